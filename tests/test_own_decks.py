"""Decks of whoever runs the bot: named by a setting, refused in one line, played as those that ship."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.library import open_library
from bot.settings import WrongSettings
from tests.bot_process import TOKEN
from tests.decks.written import DESCRIPTION, write_deck

QUIZBOT = Path(sys.executable).with_name("quizbot")


@pytest.mark.parametrize(
    ("name", "files", "words"),
    [
        ("stars", {"en": "Which? {"}, "{place}/stars/en.gift:1: the answers must stand in"),
        ("photosynthesis", {}, "a deck called photosynthesis ships with the bot: rename {place}/photosynthesis"),
        ("Stars", {}, "{place}/Stars/deck.yaml:1: the folder is called “Stars”"),
        (".", {}, "{place} is a deck itself: name the folder that it stands in"),
        ("", {}, "{place} holds no deck: a deck is a folder with deck.yaml and its questions"),
    ],
)
def test_decks_of_ones_own_that_cannot_be_used_are_one_line(
    tmp_path: Path, name: str, files: dict[str, str], words: str
) -> None:
    if name:
        write_deck(tmp_path, name, **files)

    with pytest.raises(WrongSettings) as wrong:
        open_library(tmp_path)

    said = str(wrong.value)
    assert said.startswith(f"QUIZBOT_DECKS: {words.format(place=tmp_path)}")
    assert "\n" not in said


def test_the_command_that_says_all_that_is_wrong_with_a_deck_is_named(tmp_path: Path) -> None:
    folder = write_deck(tmp_path, en="Which? {")

    with pytest.raises(WrongSettings, match=rf"What is wrong with it: quizbot decks check {folder}$"):
        open_library(tmp_path)


def test_that_command_can_be_copied_where_a_folder_has_spaces(tmp_path: Path) -> None:
    folder = write_deck(tmp_path / "my decks", en="Which? {")

    with pytest.raises(WrongSettings, match=rf"quizbot decks check '{folder}'$"):
        open_library(tmp_path / "my decks")


def test_a_folder_of_decks_may_be_named_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write_deck(tmp_path / "decks", "my-stars", yaml=DESCRIPTION.replace("name: stars\n", ""))

    assert open_library(Path("~/decks")).deck("my-stars") is not None


def test_a_home_that_nobody_has_is_one_line() -> None:
    with pytest.raises(WrongSettings, match="QUIZBOT_DECKS: ~nobody-of-this-name/decks cannot be found"):
        open_library(Path("~nobody-of-this-name/decks"))


@pytest.mark.parametrize("command", ["run", "serve", "worker", "try"])
async def test_wrong_decks_end_every_role_before_anything_is_started(tmp_path: Path, command: str) -> None:
    settings = {"QUIZBOT_REDIS_URL": "redis://127.0.0.1:1", "QUIZBOT_WEBHOOK_URL": "https://bot.example.org"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUIZBOT_")} | settings
    process = await asyncio.create_subprocess_exec(
        *(QUIZBOT, command),
        env=environment | {"QUIZBOT_TOKEN": TOKEN, "QUIZBOT_DECKS": str(tmp_path / "nowhere")},
        cwd=tmp_path,
        stderr=subprocess.PIPE,
    )

    _out, said = await process.communicate()

    assert process.returncode == 2
    assert said.decode() == (f"quizbot: QUIZBOT_DECKS: {tmp_path}/nowhere cannot be read: No such file or directory\n")


async def test_a_deck_of_ones_own_is_played(tmp_path: Path) -> None:
    write_deck(tmp_path, "my-stars", yaml=DESCRIPTION.replace("name: stars\n", ""))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUIZBOT_")}
    process = await asyncio.create_subprocess_exec(
        *(QUIZBOT, "try", "the stars"),
        env=environment | {"QUIZBOT_DECKS": "."},
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )

    said, _ = await process.communicate()

    assert process.returncode == 0
    assert "1/1 · Stars" in said.decode()
