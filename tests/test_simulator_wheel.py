"""The simulator as authors of other bots get it: a wheel of its own, built from its folder, and run from that alone."""

import ast
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.test_wheel import ROOT, run

FOLDER = ROOT / "simulator"
pytestmark = pytest.mark.timeout(240)


def project(folder: Path) -> dict[str, Any]:
    """What the package of a folder says of itself."""
    return tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]


def imported() -> Iterator[str]:
    """The modules at the top that the simulator's code imports; pytest loads the plugin itself, and is there then."""
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.module, f"{file}: a relative import"
                names = [node.module]
            tops = {name.partition(".")[0] for name in names}
            yield from tops - ({"pytest"} if file.name == "pytest_plugin.py" else set())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the folder as it is now."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=FOLDER)
    (wheel,) = folder.glob("telegram_bot_simulator-*.whl")
    return wheel


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; our dependencies come after it on the path, and the tree not at all."""
    environment = tmp_path_factory.mktemp("elsewhere") / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=environment.parent)
    python = environment / "bin" / "python"
    install = ("install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=environment.parent)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return environment


def test_it_depends_on_what_it_imports_and_on_nothing_else() -> None:
    needed = {name for name in imported() if name not in sys.stdlib_module_names} - {"simulator"}

    assert needed == {Requirement(one).name for one in project(FOLDER)["dependencies"]}


def test_what_it_depends_on_is_what_the_bot_is_locked_with() -> None:
    alone, whole = project(FOLDER), project(ROOT)

    assert set(alone["dependencies"]) <= set(whole["dependencies"])
    assert alone["requires-python"] == whole["requires-python"]
    assert (FOLDER / "LICENSE").read_text("utf-8") == (ROOT / "LICENSE").read_text("utf-8")


def test_the_wheel_is_the_module_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    tree = {path.relative_to(ROOT).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    tree = {name for name in tree if not re.search(r"__pycache__|/(LICENSE|pyproject\.toml)$", name)}
    assert packed == tree
    assert {"simulator/bot-api-10.3.json", "simulator/page/index.html"} <= packed


@pytest.mark.parametrize("program", [("python", "-m", "simulator"), ("telegram-simulator",)])
def test_the_installed_wheel_runs_from_another_folder(
    elsewhere: Path, tmp_path: Path, program: tuple[str, ...]
) -> None:
    where = run(elsewhere / "bin" / "python", "-c", "import simulator; print(simulator.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(elsewhere)

    command = [elsewhere / "bin" / program[0], *program[1:], "--token", "t", "--die-with-parent"]
    # Its standard input has ended already: it says where it listens, and ends.
    done = subprocess.run(command, cwd=tmp_path, input=b"", capture_output=True, timeout=60, check=True)  # noqa: S603
    assert re.match(rb'\{"url": "http://127\.0\.0\.1:\d+", "token": "t", "page": ', done.stdout)


def test_its_fixture_is_there_also_where_the_bot_is_installed_too(elsewhere: Path, tmp_path: Path) -> None:
    """Both packages name the same plugin, and pytest loads it once."""
    (tmp_path / "test_it.py").write_text("def test_it(telegram):\n    assert telegram.person('Ann').id\n", "utf-8")
    names = "from importlib.metadata import distributions as all; print(sorted(one.metadata['Name'] for one in all() "
    names += "if any(each.group == 'pytest11' and each.name == 'simulator' for each in one.entry_points)))"
    python = elsewhere / "bin" / "python"
    assert run(python, "-c", names, cwd=tmp_path).strip() == "['quizbot', 'telegram-bot-simulator']"

    assert "1 passed" in run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py", cwd=tmp_path)
