"""The package as a stranger gets it: a wheel built from the tree, and a quiz played from it alone."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = (
    ("decks", "*/*.gift"),
    ("decks", "*/deck.yaml"),
    ("generation", "*.toml"),
    ("locales", "*/LC_MESSAGES/*.po"),
    ("prompts", "**/*.*"),
    ("simulator", "*.json"),
    ("simulator", "page/*.*"),
    ("storage", "lua/*.lua"),
)
"""Files that are no code, by folder, which the bot reads when it runs."""
FROM_THE_WHEEL = ("bot", "decks", "generation", "prompts", "simulator")
pytestmark = pytest.mark.timeout(240)


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """What a program without a keyboard says; fails when it fails. The tree is not on its path."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(  # noqa: S603 - our own programs
        command,
        cwd=cwd,
        env={**environment, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A wheel of the tree as it is now."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT)
    (wheel,) = tmp_path.glob("quizbot-*.whl")
    return wheel


@pytest.fixture
def elsewhere(wheel: Path, tmp_path: Path) -> Path:
    """A fresh environment with the wheel; our dependencies come after it on the path, and the tree not at all."""
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=tmp_path)
    python = environment / "bin" / "python"
    install = ("install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=tmp_path)
    # Only the folder itself: a .pth file in a folder that is named by another .pth file is not read.
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return environment


def test_a_wheel_carries_decks_words_scripts_and_prompts(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())

    for folder, pattern in DATA:
        data = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).glob(pattern) if path.suffix != ".pyc"}
        assert data, (folder, pattern)
        assert data <= packed
    assert not [name for name in packed if name.startswith("tests/")]


def test_the_installed_wheel_plays_a_quiz_from_another_folder(elsewhere: Path, tmp_path: Path) -> None:
    folder = tmp_path / "somewhere"
    folder.mkdir()
    where = f"import {', '.join(FROM_THE_WHEEL)}; print(*(one.__file__ for one in ({', '.join(FROM_THE_WHEEL)})))"
    files = run(elsewhere / "bin" / "python", "-c", where, cwd=folder).split()
    assert len(files) == len(FROM_THE_WHEEL)
    assert all(Path(one).is_relative_to(elsewhere) for one in files), files

    played = run(elsewhere / "bin" / "quizbot", "try", cwd=folder, TOPIC="фотосинтез")

    assert "1/10 · Фотосинтез" in played
    assert "Верно" in played.partition("🏁")[2]
    assert not list(folder.iterdir())
