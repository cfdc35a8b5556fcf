"""What the docs tell a reader to type, write and set can be typed, written and set; what they say is seen is seen."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings
from decks import shipped
from tests.check_links import LINKS, ROOT, prose
from tests.command_line import PROGRAM, refusal
from tests.doc_pages import (
    SEEN,
    SHELL,
    Block,
    Typed,
    blocks,
    code_named,
    commands_of,
    pages,
    settings_named,
    status_without_a_token,
    typed,
)
from tests.reference_pages import targets

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
VARIABLES = set(re.findall(r"\b[A-Z]{2,}\b", MAKEFILE))
IN_TESTS = re.compile(rf"{PREFIX}(?:TEST|LIAR)_[A-Z_]+")
"""What only tests read."""
OTHERS = {
    *(
        "cd",
        "chmod",
        "cp",
        "curl",
        "docker",
        "echo",
        "git",
        "install",
        "jq",
        "journalctl",
        "ln",
        "mkdir",
        "mv",
        "pytest",
    ),
    *("python", "python3", "redis-cli", "sed", "systemctl", "tar", "tee", "touch", "useradd", "xargs"),
}
"""Programs that are not ours."""
TUTORIAL = ROOT / "docs" / "tutorials" / "teacher.md"
TOP_FOLDERS = {one.name for one in ROOT.iterdir() if one.is_dir() and not one.name.startswith(".")}
READMES = ROOT / "README.md", ROOT / "README.ru.md"

each_page = pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))


@each_page
def test_every_command_exists_and_takes_what_is_typed(page: Path) -> None:
    wrong = [f"{one} ({why})" for one in typed(page) if (why := trouble(one))]

    assert wrong == []


def trouble(one: Typed) -> str | None:
    """Why a command cannot be typed as it stands; None when it can."""
    unknown = {name for name in one.variables if name.startswith(PREFIX)} - known_settings()
    if unknown:
        return f"no such setting: {unknown}"
    if one.program == PROGRAM:
        return refusal(one.words[1:])
    if one.program == "make":
        made = [word for word in one.words[1:] if "=" not in word]
        given = {word.partition("=")[0] for word in one.words[1:] if "=" in word}
        if not (set(made) <= set(targets()) and given <= VARIABLES):
            return "make knows no such target or variable"
        return refusal_of_make(one.words[1:])
    return None if one.program in OTHERS else "no program that this test knows"


def refusal_of_make(words: Sequence[str]) -> str | None:
    """What make says when it would not do this; it does nothing of it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--dry-run", *words]
    tried = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    return None if tried.returncode == 0 else tried.stderr


@each_page
def test_every_setting_that_is_named_exists(page: Path) -> None:
    assert settings_named(page) - known_settings() == set()


@cache
def known_settings() -> set[str]:
    """The names of all settings, and of what tests read."""
    tests = "".join(one.read_text("utf-8") for one in (ROOT / "tests").rglob("*.py"))
    return {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | set(IN_TESTS.findall(tests))


@each_page
def test_every_path_that_is_named_is_there(page: Path) -> None:
    named = {code.split()[0].rstrip(":,") for code in code_named(page)}
    paths = {one for one in named if re.fullmatch(r"[\w.-]+/[\w./-]*\w", one) and one.partition("/")[0] in TOP_FOLDERS}

    assert [one for one in sorted(paths) if not (ROOT / one).exists()] == []


def test_every_page_of_the_docs_that_the_code_names_is_there() -> None:
    code = [one for folder in TOP_FOLDERS - {"docs", "tests"} for one in (ROOT / folder).rglob("*.py")]
    named = {name for one in code for name in re.findall(r"docs/[\w/-]+\.md", one.read_text("utf-8"))}

    assert named
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    "page",
    [page for page in pages() if any(status_without_a_token(one) is not None for one in typed(page))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_what_needs_no_token_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    """The page is followed from its top: its files are written, its commands run, and their output is as it stands."""
    ran: dict[int, str] = {}
    before: Block | None = None
    for block in blocks(page):
        if block.file and not Path(block.file).is_absolute():
            write(tmp_path, block)
        if block.mark == SHELL:
            for one in commands_of(block):
                if (status := status_without_a_token(one)) is not None:
                    did = quizbot(tmp_path, *one.words[1:])
                    assert did.returncode == status, f"{one}\n{did.stdout}{did.stderr}"
                    ran[block.line] = did.stdout
        elif block.mark == SEEN and before is not None and before.line in ran:
            assert ran[before.line] == block.text
        before = block

    assert ran


def test_the_mistake_that_the_tutorial_shows_is_told_as_it_says(tmp_path: Path) -> None:
    files = [block for block in blocks(TUTORIAL) if block.file and block.file.startswith("my-decks/")]
    told = next(block.text for block in blocks(TUTORIAL) if block.mark == SEEN and ": error: " in block.text)
    for block in files:
        write(tmp_path, block)
    questions = tmp_path / "my-decks" / "tides" / "en.gift"
    second = questions.read_text("utf-8").replace("[id:two-a-day] [tag:level-1] [tag:source-noaa]", "{}")
    questions.write_text(second.replace("{}", "[id:two-a-day] [tag:level-1] [tag:source-noa]", 1), "utf-8")

    ran = quizbot(tmp_path, "decks", "check", "my-decks/tides")

    assert (ran.returncode, ran.stdout) == (1, told)


def test_the_deck_that_the_tutorial_writes_is_kept_out_of_git() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()

    assert "/my-decks/" in ignored


def test_what_holds_the_token_is_made_so_that_nobody_else_reads_it() -> None:
    backup, server = ((ROOT / "docs" / "how-to" / page).read_text("utf-8") for page in ("backup.md", "server.md"))

    made, packed = backup.index("install -m 600 /dev/null /var/backups/quizbot.tar.gz"), backup.index("tar -C ")
    assert made < packed
    assert "\ninstall -m 600 deploy/example.env .env\n" in server


def test_both_readmes_name_the_same_commands_settings_and_links() -> None:
    english, russian = READMES

    assert commands_in(english) == commands_in(russian)
    assert settings_named(english) == settings_named(russian)
    assert links_in(english) - {"README.ru.md"} == links_in(russian) - {"README.md"}
    assert "README.ru.md" in links_in(english)
    assert "README.md" in links_in(russian)


def test_the_readmes_and_the_tutorial_say_how_many_decks_there_are() -> None:
    said = re.compile(r"(\d+) (?:ready decks|готов\w+ набор\w*|that ship with the bot)")

    for page in (*READMES, ROOT / "docs" / "tutorials" / "admin.md"):
        assert said.findall(page.read_text("utf-8")) == [str(len(shipped()))], page


def commands_in(page: Path) -> list[tuple[object, ...]]:
    """The commands of a page with their variables, but for the topic, which is in the reader's language."""
    return [
        (sorted(one.variables.items()), [word for word in one.words if not word.startswith("TOPIC=")])
        for one in typed(page)
    ]


def links_in(page: Path) -> set[str]:
    """Where a page leads to."""
    lines = [line for _number, line in prose(page.read_text("utf-8"))]
    return {target for line in lines for link in LINKS for target in link.findall(line)}


def write(folder: Path, block: Block) -> None:
    """Write the file that a block shows."""
    assert block.file
    file = folder / block.file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(block.text, "utf-8")


def quizbot(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """The program itself, in a folder of its own and without any setting."""
    program = Path(sys.executable).with_name(PROGRAM)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return subprocess.run(  # noqa: S603 - what our own pages say
        [program, *words], cwd=folder, env=clean, capture_output=True, text=True, timeout=60, check=False
    )
