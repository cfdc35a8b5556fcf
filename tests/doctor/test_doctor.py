"""The whole examination: its lines, its exit status, and checks that hang."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from telegram import Bot
from typer.testing import CliRunner

from bot import doctor as doctors
from bot.cli import app
from bot.doctor import within
from bot.finding import Finding, Mark
from bot.settings import Settings
from decks import shipped
from simulator.client import Simulator
from tests.bot_process import TOKEN, BotProcess
from tests.decks.written import write_deck
from tests.doctor.examined import KNOWN, SECRET, examined, line
from tests.generation.scripted_server import ScriptedServer
from tests.generation.written import CLAUDE

QUIZBOT = Path(sys.executable).with_name("quizbot")


async def test_a_bot_without_a_model_works_and_hears_what_one_would_add(settings: Settings) -> None:
    status, said = await examined(settings)

    assert status == 0
    assert "✗" not in said
    assert line(said, "Telegram") == f"✓ Telegram: @{await username(settings)} at {settings.api_base_url}"
    assert line(said, "Redis on disk").startswith("✓")
    assert line(said, "Model") == (
        "! Model: none: quizzes come from the decks alone. With QUIZBOT_MODEL=openai:NAME or anthropic:NAME, and the "
        "provider's key, students get quizzes on any topic"
    )


async def test_decks_are_counted_and_those_of_ones_own_tried(settings: Settings, tmp_path: Path) -> None:
    place = tmp_path / "decks"
    folder = write_deck(place)
    assert line((await examined(settings))[1], "Decks") == f"✓ Decks: {len(shipped())} that ship with the bot"

    status, said = await examined(settings, decks=place)

    assert status == 0
    assert line(said, "Decks") == f"✓ Decks: {len(shipped())} that ship with the bot, 1 in {place}"
    (folder / "en.gift").unlink()
    status, said = await examined(settings, decks=place)
    assert status == 1
    assert line(said, "Decks").startswith(f"✗ Decks: QUIZBOT_DECKS: {place}/stars/en.gift:1: there is no such file")
    assert line(said, "Decks").endswith(f"quizbot decks check {folder}")


async def username(settings: Settings) -> str:
    async with Bot(TOKEN, base_url=f"{settings.api_base_url}/bot") as bot:
        return bot.username


async def test_the_command_tries_everything_out_in_plain_text(
    bot: BotProcess, simulator: Simulator, provider: ScriptedServer
) -> None:
    environment = {
        "QUIZBOT_TOKEN": TOKEN,
        "QUIZBOT_API_BASE_URL": simulator.url,
        "QUIZBOT_DATA_DIR": str(bot.data_dir),  # of a bot that runs
        "QUIZBOT_MODEL": KNOWN,
        "QUIZBOT_CHECK_MODEL": CLAUDE,
    }

    ran = await asyncio.to_thread(
        subprocess.run,
        [QUIZBOT, "doctor"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[1].endswith(f"the embedded server on {bot.data_dir}")
    assert line(ran.stdout, f"Check {CLAUDE}").startswith("✓")
    assert "\x1b" not in ran.stdout
    assert not [secret for secret in (SECRET, TOKEN) if secret in ran.stdout]
    assert len(provider.received) == 2


def test_without_a_token_the_exit_status_is_1_and_with_a_wrong_setting_2(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = CliRunner().invoke(app, ["doctor"])
    assert failed.exit_code == 1
    assert failed.output.startswith("✗ Telegram: QUIZBOT_TOKEN is not set")

    monkeypatch.setenv("QUIZBOT_TOKEN", SECRET)
    refused = CliRunner().invoke(app, ["doctor"])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith("quizbot: QUIZBOT_TOKEN: ")
    assert SECRET not in refused.stderr


async def test_a_check_without_a_model_needs_no_langchain() -> None:
    code = "import sys, bot.doctor; assert not {'langchain', 'langchain_core', 'openai', 'telegram'} & set(sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    assert await process.wait() == 0


async def hangs() -> list[Finding]:
    await asyncio.Event().wait()
    return []


async def breaks() -> list[Finding]:
    raise RuntimeError(SECRET)


@pytest.mark.parametrize(
    ("check", "words"),
    [(hangs, "nothing came of it within 0.05 s"), (breaks, "the check itself failed (RuntimeError)")],
)
async def test_a_check_that_hangs_or_fails_is_a_line_too(
    check: Callable[[], Awaitable[list[Finding]]], words: str
) -> None:
    assert await within(0.05, "Redis", check()) == [Finding(Mark.FAILS, "Redis", words)]


async def test_checks_run_side_by_side(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    both = asyncio.Barrier(2)

    async def meets(_settings: Settings) -> list[Finding]:
        await both.wait()
        return []

    monkeypatch.setattr(doctors, "check_telegram", meets)
    monkeypatch.setattr(doctors, "check_redis", meets)
    monkeypatch.setattr(doctors, "SECONDS", 20)

    assert (await examined(settings))[0] == 0
