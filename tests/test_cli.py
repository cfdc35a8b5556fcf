"""The command line: what a person who sets the bot up sees of it."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.app import SERVE, WORK, Roles, run
from bot.cli import app
from bot.library import open_library
from bot.settings import Settings, WrongSettings
from simulator.client import Simulator
from storage.connection import connect
from storage.embedded import SHORT_FOLDER
from tests.bot_process import NOWHERE, TOKEN, BotProcess
from tests.decks.written import DESCRIPTION, write_deck
from tests.redis_servers import Server, no_redis
from web.app import PATH

QUIZBOT = Path(sys.executable).with_name("quizbot")
SECRET = "HUSH-HUSH"  # noqa: S105 - what must not be shown


TOKEN_FORM = "QUIZBOT_TOKEN: a bot's token looks like 123456:ABC-DEF…"  # noqa: S105 - no token
API_FORM = "QUIZBOT_API_BASE_URL: the address of a Bot API server looks like https://host or http://host:8081"
REDIS_SCHEMES = (
    "QUIZBOT_REDIS_URL: the address of a Redis begins with redis://, rediss://, unix://, redis+sentinel:// or "
    "redis+cluster://"
)
REDIS_FORM = (
    "QUIZBOT_REDIS_URL: not an address like redis://:password@host:6379/0 "
    "(in a password / ? # @ are written %2F %3F %23 %40)"
)


def typed(*arguments: str) -> Result:
    """What the command line does with these words."""
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"}, prog_name="quizbot")


async def refusal(folder: Path, **settings: str) -> str:
    """What `quizbot run` says to these settings, which it cannot run with: it ends with status 2."""
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as place:
        bot = BotProcess(Path(place), "")
        bot.environment = {f"QUIZBOT_{name.upper()}": "" for name in Settings.model_fields}
        bot.environment |= {"QUIZBOT_DATA_DIR": str(folder / "data")}
        bot.environment |= {f"QUIZBOT_{name}": value for name, value in settings.items()}
        bot.start()
        assert await bot.ended() == 2, bot.said
        return bot.said


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


def test_the_program_is_installed_and_names_its_commands() -> None:
    ran = subprocess.run([QUIZBOT, "--help"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603

    assert ran.returncode == 0
    for command in ("run", "try", "simulator", "decks", "settings"):
        assert f" {command} " in ran.stdout
    assert "A quiz bot for Telegram." in ran.stdout


def test_settings_lists_every_setting_with_its_meaning_and_default(only_these: Callable[..., None]) -> None:
    only_these(TOKEN=f"123456:{SECRET}")

    listed = typed("settings")

    lines = [line for line in listed.output.splitlines() if line.startswith("  ")]
    assert [line.split()[0].removeprefix("QUIZBOT_").lower() for line in lines] == list(Settings.model_fields)
    assert lines[1].endswith("the Bot API server: Telegram's, or one of your own (default: https://api.telegram.org)")
    assert (listed.exit_code, SECRET in listed.output) == (0, False)


@pytest.mark.parametrize("module", ["typer", "pydantic", "bot.settings", "telegram.constants", "docket"])
async def test_an_interrupt_while_it_starts_ends_it_without_a_word(tmp_path: Path, module: str) -> None:
    """Python tells of each module that it has imported; after this one it is interrupted, in the midst of others."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-X", "importtime", "-m", "bot", "run"),
        env=os.environ | {"QUIZBOT_TOKEN": TOKEN, "QUIZBOT_DATA_DIR": str(tmp_path), "QUIZBOT_API_BASE_URL": NOWHERE},
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(25):
        while line := (await process.stderr.readline()).decode():
            if line.rstrip().endswith(f" {module}"):
                process.send_signal(signal.SIGINT)
                break
        said = (await process.stderr.read()).decode().splitlines()
    assert await process.wait() == -signal.SIGINT
    assert [line for line in said if not line.startswith("import time:")] == []


def test_an_unknown_command_is_refused() -> None:
    refused = typed("dance")

    assert refused.exit_code == 2
    assert "No such command 'dance'" in refused.stderr


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"TOKEN": SECRET}, TOKEN_FORM),
        ({"TOKEN": f":{SECRET}"}, TOKEN_FORM),
        ({"TOKEN": f"123456: {SECRET}"}, TOKEN_FORM),
        ({"TOKEN": f"123456:{SECRET}\n"}, TOKEN_FORM),
        (
            {"TOKEN": TOKEN, "API_BASE_URL": "telegram.org"},
            "QUIZBOT_API_BASE_URL: the address of a Bot API server begins with https:// or http://",
        ),
        ({"API_BASE_URL": "http://"}, API_FORM),
        ({"API_BASE_URL": "http://:8081"}, API_FORM),
        ({"API_BASE_URL": "http://localhost:99999"}, API_FORM),
        ({"API_BASE_URL": "http://localhost:port"}, API_FORM),
        ({"API_BASE_URL": "http://local host"}, API_FORM),
        ({"API_BASE_URL": "https://api.telegram.org\n"}, API_FORM),
        ({"API_BASE_URL": "https://api.telegram.org/?a=b"}, API_FORM),
        (
            {"REDIS_URL": f"localhost:{SECRET}"},
            REDIS_SCHEMES,
        ),
        (
            {"REDIS_REPLICAS": "1"},
            "QUIZBOT_REDIS_REPLICAS: the embedded server has none; set QUIZBOT_REDIS_URL",
        ),
        ({"REDIS_URL": f"redis://:{SECRET}/x@host:6379"}, REDIS_FORM),
        (
            {"REDIS_URL": f"redis://:{SECRET}@host:6379?foo=bar"},
            "QUIZBOT_REDIS_URL: an option after the ? is unknown, or its value cannot be used",
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


@pytest.mark.parametrize(
    "url",
    [
        "redis://:HUSH%2FHUSH@host",
        "redis://host?password=HUSH%2FHUSH",
        "redis+sentinel://host/quiz?sentinel_password=HUSH%2FHUSH",
    ],
)
def test_the_passwords_of_the_redis_are_known_to_be_secret(only_these: Callable[..., None], url: str) -> None:
    """As they are, and as they are written: whatever knows them keeps them out of logs."""
    only_these(REDIS_URL=url)

    assert {url, "HUSH/HUSH", "HUSH%2FHUSH"} <= set(Settings.read().secrets)


def test_an_empty_setting_is_none(only_these: Callable[..., None]) -> None:
    only_these(TOKEN="", REDIS_URL="", LOG_LEVEL="debug", API_BASE_URL="http://localhost:8081/")

    settings = Settings.read()

    assert (settings.token, settings.redis_url, settings.log_level) == (None, None, "DEBUG")
    assert settings.api_base_url == "http://localhost:8081"


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({}, "QUIZBOT_TOKEN: set the bot's token, from @BotFather (or try it without: quizbot try)"),
        ({"TOKEN": SECRET}, TOKEN_FORM),
        ({"TOKEN": TOKEN, "REDIS_URL": f"redis://:{SECRET}@127.0.0.1:notaport"}, REDIS_FORM),
    ],
)
async def test_a_wrong_setting_ends_the_program_with_one_clear_line(
    tmp_path: Path, settings: dict[str, str], line: str
) -> None:
    assert await refusal(tmp_path, **settings) == f"quizbot: {line}\n"


@pytest.mark.parametrize("words", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-OpenSSH\r\n"], ids=["http", "ssh"])
async def test_an_address_at_which_no_redis_answers_is_one_line(tmp_path: Path, words: bytes) -> None:
    async with no_redis(words) as url:
        said = await refusal(tmp_path, TOKEN=TOKEN, REDIS_URL=url)

    assert said == "quizbot: QUIZBOT_REDIS_URL: what answers there is no Redis\n"


@pytest.mark.parametrize("form", ["{}/99", "{}?db=99"])
async def test_a_database_that_the_redis_does_not_have_is_one_line(
    tmp_path: Path, redis_server: Server, form: str
) -> None:
    said = await refusal(tmp_path, TOKEN=TOKEN, REDIS_URL=form.format(redis_server.url.removesuffix("/0")))

    assert said == "quizbot: QUIZBOT_REDIS_URL: it has no database of the number in the address\n"


@pytest.mark.parametrize("command", [("SET", "schema", "public"), ("LPUSH", "schema", "public")])
async def test_a_redis_that_is_somebody_elses_is_one_line(
    tmp_path: Path, redis_server: Server, command: tuple[str, ...]
) -> None:
    async with connect(redis_server.url, 30) as storage:
        await storage.ask("FLUSHALL")
        await storage.ask(*command)
        try:
            said = await refusal(tmp_path, TOKEN=TOKEN, REDIS_URL=redis_server.url)
        finally:
            await storage.ask("FLUSHALL")

    assert said.startswith("quizbot: the key 'schema' is somebody else's: ")
    assert said.count("\n") == 1


def test_a_file_of_settings_is_read_and_the_environment_goes_first(only_these: Callable[..., None]) -> None:
    Path(".env").write_text("QUIZBOT_LOG_LEVEL=ERROR\nQUIZBOT_DATA_DIR=there\n", "utf-8")
    only_these(LOG_LEVEL="WARNING")

    assert (Settings.read().log_level, Settings.read().data_dir) == ("WARNING", Path("there"))


def test_keys_of_model_providers_may_stand_in_the_file_too(
    only_these: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    only_these()
    monkeypatch.delenv("SOME_PROVIDERS_KEY", raising=False)
    monkeypatch.setenv("ANOTHER_KEY", "of the environment")
    Path(".env").write_text("SOME_PROVIDERS_KEY=of the file\nANOTHER_KEY=of the file\n", "utf-8")

    Settings.read()

    assert os.environ.pop("SOME_PROVIDERS_KEY") == "of the file"
    assert os.environ["ANOTHER_KEY"] == "of the environment"


@pytest.mark.parametrize(
    ("roles", "settings", "setting"),
    [
        (SERVE, {}, "QUIZBOT_REDIS_URL"),
        (WORK, {}, "QUIZBOT_REDIS_URL"),
        (SERVE, {"REDIS_URL": "redis://127.0.0.1:1"}, "QUIZBOT_WEBHOOK_URL"),
    ],
)
async def test_replicas_need_a_redis_that_they_share_and_an_address(
    only_these: Callable[..., None], roles: Roles, settings: dict[str, str], setting: str
) -> None:
    only_these(TOKEN=TOKEN, **settings)

    with pytest.raises(WrongSettings, match=f"^{setting}: "):
        await run(Settings.read(), roles)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEBHOOK_URL", "bot.example.org"),
        ("WEBHOOK_URL", f"https://bot.example.org{PATH}"),
        ("WEBHOOK_URL", f"https://bot.example.org/quiz{PATH}/"),
        ("WEBHOOK_SECRET", "a b"),
        ("PORT", "0"),
        ("PORT", "http"),
    ],
)
def test_a_wrong_setting_of_the_webhook_is_one_line(only_these: Callable[..., None], name: str, value: str) -> None:
    only_these(**{name: value})

    with pytest.raises(WrongSettings, match=f"^QUIZBOT_{name}: "):
        Settings.read()


def test_a_file_of_settings_that_is_no_text_is_one_line(only_these: Callable[..., None]) -> None:
    only_these()
    Path(".env").write_bytes(b"QUIZBOT_LOG_LEVEL=\xff\n")

    with pytest.raises(WrongSettings, match=r"^the file .env cannot be read as text in UTF-8$"):
        Settings.read()


async def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    said = await refusal(tmp_path, TOKEN=TOKEN, DATA_DIR=str(tmp_path / "file" / "data"))

    assert said.startswith(f"quizbot: The data folder {tmp_path}/file/data cannot be used")
    assert said.count("\n") == 1
    assert "QUIZBOT_DATA_DIR" in said


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


async def test_a_token_that_telegram_does_not_know_is_one_line(tmp_path: Path, simulator: Simulator) -> None:
    wrong = f"{TOKEN.partition(':')[0]}:{SECRET}"

    said = await refusal(tmp_path, TOKEN=wrong, API_BASE_URL=simulator.url, LOG_LEVEL="ERROR")

    assert said == "quizbot: QUIZBOT_TOKEN: Telegram does not know this token\n"


async def test_a_second_bot_on_the_same_folder_is_refused(
    tmp_path: Path, bot: BotProcess, simulator: Simulator
) -> None:
    said = await refusal(tmp_path, TOKEN=TOKEN, API_BASE_URL=simulator.url, DATA_DIR=str(bot.data_dir))

    assert said.startswith("quizbot: ")
    assert said.count("\n") == 1
    assert str(bot.data_dir) in said
    assert bot.is_running
