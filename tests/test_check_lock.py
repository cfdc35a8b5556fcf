"""The program that `make check` runs over the lock files."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.check_lock import ROOT, problems

HASH = f"--hash=sha256:{'0' * 64}"
PROJECT = """
[project]
dependencies = ["redis[hiredis]>=7", "PyYAML>=6"]
[project.optional-dependencies]
models = ["langchain>=1"]
local = ["llama>=2"]
notes = ["paper>=3"]
teachers = ["sheet>=4"]
[dependency-groups]
build = ["hatchling>=1.27"]
dev = [{include-group = "build"}, "ruff>=0.14,<1"]
"""
CORE = f"""
hatchling==1.28 \\
    {HASH} \\
    {HASH}
    # via quizbot
hiredis==3 {HASH}
pyyaml==6.0.3 {HASH}
redis==7.1 {HASH}
tzdata==2026.6 ; sys_platform == 'win32' {HASH}
"""
MODELS = CORE + f"langchain==1.4 {HASH}\n"
LOCAL = MODELS + f"llama==2.1 {HASH}\n"
NOTES = CORE.replace(" ; sys_platform == 'win32'", "") + f"paper==3.1 {HASH}\n"
TEACHERS = CORE + f"sheet==4.1 {HASH}\n"
DEV = NOTES + f"sheet==4.1 {HASH}\nlangchain==1.4 {HASH}\nruff==0.15.0 {HASH}\n"
WITHOUT_RUFF = DEV.replace("ruff", "rough")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "requirements").mkdir()
    return tmp_path


def found(project: Path, *, toml: str = PROJECT, **changed: str) -> list[str]:
    """What is wrong with these files."""
    files = {
        "core": CORE,
        "models": MODELS,
        "local": LOCAL,
        "teachers": TEACHERS,
        "notes": NOTES,
        "dev": DEV,
        **changed,
    }
    (project / "pyproject.toml").write_text(toml, "utf-8")
    for name, text in {**files, **changed}.items():
        (project / "requirements" / f"{name}.txt").write_text(text, "utf-8")
    return problems(project)


def test_files_that_fit_are_fine(project: Path) -> None:
    assert found(project) == []


def test_a_dependency_that_is_not_locked_is_told(project: Path) -> None:
    assert found(project, toml=PROJECT.replace('"PyYAML>=6"', '"PyYAML>=6", "babel"')) == [
        "requirements/core.txt: babel is not locked",
        "requirements/models.txt: babel is not locked",
        "requirements/local.txt: babel is not locked",
        "requirements/teachers.txt: babel is not locked",
        "requirements/notes.txt: babel is not locked",
        "requirements/dev.txt: babel is not locked",
    ]
    assert found(project, dev=WITHOUT_RUFF) == ["requirements/dev.txt: ruff<1,>=0.14 is not locked"]
    assert found(project, models=CORE) == ["requirements/models.txt: langchain>=1 is not locked"]
    assert found(project, notes=CORE) == ["requirements/notes.txt: paper>=3 is not locked"]
    assert found(project, teachers=TEACHERS.replace("sheet", "sheets")) == [
        "requirements/teachers.txt: sheet>=4 is not locked"
    ]
    assert found(project, local=MODELS) == ["requirements/local.txt: llama>=2 is not locked"]


def test_a_version_that_does_not_satisfy_is_told(project: Path) -> None:
    assert found(project, dev=DEV.replace("0.15.0", "1.0")) == [
        "requirements/dev.txt: ruff==1.0 does not satisfy ruff<1,>=0.14"
    ]


def test_a_group_is_locked_with_what_it_includes(project: Path) -> None:
    assert found(project, toml=PROJECT.replace("hatchling>=1.27", "hatchling>=2"))[1:] == [
        "requirements/dev.txt: hatchling==1.28 does not satisfy hatchling>=2"
    ]


def test_a_pin_without_a_hash_is_told(project: Path) -> None:
    assert found(project, dev=DEV.replace(f"ruff==0.15.0 {HASH}", "ruff==0.15.0")) == [
        "requirements/dev.txt: ruff has no hash"
    ]


@pytest.mark.parametrize("line", ["ruff>=0.15", "ruff==0.*", "ruff", "-e .", f"ruff==0.15.0 {HASH[:-1]}"])
def test_what_is_no_pin_is_told(project: Path, line: str) -> None:
    assert f"requirements/dev.txt: not a pin: {line}"[:60] in "\n".join(found(project, dev=f"{DEV}{line}\n"))


@pytest.mark.parametrize(
    "line",
    ["--index-url https://index.example/simple", "-i x", "# from http://mirror", "ruff @ git+https://example.org/x"],
)
def test_an_address_is_told(project: Path, line: str) -> None:
    assert "requirements/core.txt: the address of an index or a file stands in it" in found(
        project, core=f"{CORE}{line}\n"
    )


@pytest.mark.parametrize("other", ["redis==7.2", "redis==7.1 ; sys_platform == 'linux'"])
def test_files_that_disagree_are_told(project: Path, other: str) -> None:
    problems = found(project, dev=DEV.replace("redis==7.1", other))

    assert len(problems) == 5, "with each of the others"
    words = "redis is locked differently in requirements/core.txt and requirements/dev.txt: 7.1 and 7."
    assert problems[0].startswith(words)


def test_what_is_wrong_is_printed_and_the_status_is_1(project: Path) -> None:
    found(project, dev=WITHOUT_RUFF)
    command = [sys.executable, "-m", "tests.check_lock", str(project)]

    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603

    assert ran.returncode == 1
    assert ran.stdout == "requirements/dev.txt: ruff<1,>=0.14 is not locked\nWrite the lock files again: make lock\n"
