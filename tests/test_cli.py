"""The command line: what a person who sets the bot up sees of it."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import Settings, WrongSettings
from simulator.client import Simulator
from tests.bot_process import TOKEN, BotProcess

QUIZBOT = Path(sys.executable).with_name("quizbot")
SECRET = "HUSH-HUSH"  # noqa: S105 - what must not be shown


@dataclass(frozen=True)
class Ran:
    """How a program ended, and what it said."""

    status: int
    output: str
    errors: str


def quizbot(folder: Path, *arguments: str, **settings: str) -> Ran:
    """Run the program in a folder, with these settings and no others."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("QUIZBOT_")}
    ran = subprocess.run(  # noqa: S603 - our own program
        [QUIZBOT, *arguments],
        cwd=folder,
        env={**others, "COLUMNS": "200", **{f"QUIZBOT_{name}": value for name, value in settings.items()}},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.fixture
def only_these(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets these settings and no others, in a folder without a file of them."""
    monkeypatch.chdir(tmp_path)

    def set_them(**settings: str) -> None:
        for name in [name for name in os.environ if name.startswith("QUIZBOT_")]:
            monkeypatch.delenv(name)
        for name, value in settings.items():
            monkeypatch.setenv(f"QUIZBOT_{name}", value)

    return set_them


def test_help_names_every_command(tmp_path: Path) -> None:
    ran = quizbot(tmp_path, "--help")

    assert ran.status == 0
    for command in ("run", "try", "simulator", "settings"):
        assert f" {command} " in ran.output
    assert "A quiz bot for Telegram." in ran.output


def test_settings_lists_every_setting_with_its_meaning_and_default(tmp_path: Path) -> None:
    ran = quizbot(tmp_path, "settings", TOKEN=f"123456:{SECRET}")

    assert ran.status == 0
    lines = ran.output.splitlines()
    assert [line.split()[0].removeprefix("QUIZBOT_") for line in lines] == [
        "TOKEN",
        "API_BASE_URL",
        "REDIS_URL",
        "DATA_DIR",
        "LOG_LEVEL",
    ]
    assert lines[1].endswith("the Bot API server (default: https://api.telegram.org)")
    assert SECRET not in ran.output


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"TOKEN": SECRET}, "QUIZBOT_TOKEN: a bot's token looks like 123456:ABC-DEF…"),
        ({"TOKEN": f":{SECRET}"}, "QUIZBOT_TOKEN: a bot's token looks like 123456:ABC-DEF…"),
        (
            {"TOKEN": TOKEN, "API_BASE_URL": "telegram.org"},
            "QUIZBOT_API_BASE_URL: the address of a Bot API server begins with https:// or http://",
        ),
        (
            {"TOKEN": TOKEN, "REDIS_URL": f"localhost:{SECRET}"},
            "QUIZBOT_REDIS_URL: the address of a Redis begins with redis://, rediss:// or unix://",
        ),
        ({"TOKEN": TOKEN, "LOG_LEVEL": "LOUD"}, "QUIZBOT_LOG_LEVEL: one of DEBUG, INFO, WARNING, ERROR"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_and_never_shown(
    only_these: Callable[..., None], settings: dict[str, str], line: str
) -> None:
    only_these(**settings)

    with pytest.raises(WrongSettings) as wrong:
        Settings.read()
    assert str(wrong.value) == line


def test_an_empty_setting_is_none(only_these: Callable[..., None]) -> None:
    only_these(TOKEN="", REDIS_URL="", LOG_LEVEL="debug", API_BASE_URL="http://localhost:8081/")

    settings = Settings.read()

    assert (settings.token, settings.redis_url, settings.log_level) == (None, None, "DEBUG")
    assert settings.api_base_url == "http://localhost:8081"


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({}, "QUIZBOT_TOKEN: set the bot's token, from @BotFather (or try it without: quizbot try)"),
        ({"TOKEN": SECRET}, "QUIZBOT_TOKEN: a bot's token looks like 123456:ABC-DEF…"),
    ],
)
def test_a_wrong_setting_ends_the_program_with_one_clear_line(
    tmp_path: Path, settings: dict[str, str], line: str
) -> None:
    assert quizbot(tmp_path, "run", **settings) == Ran(2, "", f"quizbot: {line}\n")


def test_a_file_of_settings_is_read_and_the_environment_goes_first(only_these: Callable[..., None]) -> None:
    Path(".env").write_text("QUIZBOT_LOG_LEVEL=ERROR\nQUIZBOT_DATA_DIR=there\n", "utf-8")
    only_these(LOG_LEVEL="WARNING")

    assert (Settings.read().log_level, Settings.read().data_dir) == ("WARNING", Path("there"))


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    ran = quizbot(tmp_path, "run", TOKEN=TOKEN, DATA_DIR=str(tmp_path / "file" / "data"))

    assert (ran.status, ran.errors.count("\n")) == (2, 1)
    assert ran.errors.startswith(f"quizbot: The data folder {tmp_path}/file/data cannot be used")
    assert "QUIZBOT_DATA_DIR" in ran.errors


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    ran = quizbot(tmp_path, "dance")

    assert ran.status == 2
    assert "dance" in ran.errors


async def test_a_token_that_telegram_does_not_know_is_one_line(tmp_path: Path, simulator: Simulator) -> None:
    wrong = f"{TOKEN.partition(':')[0]}:{SECRET}"

    ran = quizbot(tmp_path, "run", TOKEN=wrong, API_BASE_URL=simulator.url, LOG_LEVEL="ERROR")

    assert ran == Ran(2, "", "quizbot: QUIZBOT_TOKEN: Telegram does not know this token\n")


async def test_a_second_bot_on_the_same_folder_is_refused(tmp_path: Path, bot: BotProcess) -> None:
    ran = quizbot(
        tmp_path, "run", TOKEN=TOKEN, API_BASE_URL=bot.environment["QUIZBOT_API_BASE_URL"], DATA_DIR=str(bot.data_dir)
    )

    assert (ran.status, ran.output, ran.errors.count("\n")) == (2, "", 1)
    assert ran.errors.startswith("quizbot: ")
    assert str(bot.data_dir) in ran.errors
    assert bot.is_running
