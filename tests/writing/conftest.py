"""A bot with a model: the provider is scripted, everything else is real."""

import sys
import tempfile
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import app
from simulator.client import Simulator
from storage.embedded import SHORT_FOLDER
from tasks import dockets
from tests.bot_process import BotProcess
from tests.conftest import TROUBLES, asks_for_updates
from tests.generation.scripted_server import ScriptedServer, knows
from tests.generation.written import GPT, KNOWN


@pytest.fixture
async def provider() -> AsyncGenerator[ScriptedServer]:
    """A provider whose solver knows the planets."""
    async with ScriptedServer.running() as server:
        server.solves = knows(KNOWN)
        yield server


def quick_redelivery() -> None:
    """A long task of a worker that was killed starts elsewhere after some seconds; the bot itself takes its time."""
    app.LONG = replace(dockets.LONG, redelivery=timedelta(seconds=4))


@pytest.fixture
def model() -> str:
    """What writes and checks."""
    return GPT


@pytest.fixture
async def bot(simulator: Simulator, provider: ScriptedServer, model: str) -> AsyncGenerator[BotProcess]:
    """A bot that has this provider write on every topic without a deck."""
    settings = {"QUIZBOT_MODEL": model, "OPENAI_API_KEY": "sk-of-nobody", "OPENAI_BASE_URL": f"{provider.url}/v1"}
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        bot = BotProcess(Path(folder), simulator.url, quick_redelivery, settings)
        bot.start()
        try:
            await simulator.wait_for_event(asks_for_updates, within=60)
            yield bot
        finally:
            if bot.is_running:
                await bot.kill()
            sys.stderr.write(bot.said)
    assert not [trouble for trouble in TROUBLES - bot.expected if trouble in bot.said]
