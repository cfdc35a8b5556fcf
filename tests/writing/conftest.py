"""A bot with a model: the provider is scripted, everything else is real."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import app
from simulator.client import Simulator
from tasks import dockets
from tests.bot_process import BotProcess
from tests.conftest import start_bot
from tests.generation.scripted_server import ScriptedServer, knows
from tests.generation.written import EXPLANATION, GPT, KNOWN, STEMS
from tests.log_check import leaks


@pytest.fixture
async def provider() -> AsyncGenerator[ScriptedServer]:
    """A provider whose solver knows the planets."""
    async with ScriptedServer.running() as server:
        server.solves = knows(KNOWN)
        yield server


def quick_redelivery() -> None:
    """A long task of a worker that was killed starts elsewhere after some seconds; the bot itself takes its time."""
    app.LONG = replace(dockets.LONG, redelivery=timedelta(seconds=4))
    app.READING = replace(dockets.READING, redelivery=timedelta(seconds=4))


@pytest.fixture
def model() -> str:
    """What writes and checks."""
    return GPT


@pytest.fixture
def pool_questions() -> str:
    """How many questions are kept on one topic; empty: as many as are where nobody says."""
    return ""


@pytest.fixture
async def bot(
    simulator: Simulator, provider: ScriptedServer, model: str, pool_questions: str
) -> AsyncGenerator[BotProcess]:
    """A bot that has this provider write on every topic without a deck."""
    settings = {
        "QUIZBOT_MODEL": model,
        "OPENAI_API_KEY": "sk-of-nobody",
        "OPENAI_BASE_URL": f"{provider.url}/v1",
        "QUIZBOT_POOL_QUESTIONS": pool_questions,
    }
    async with start_bot(simulator, settings, quick_redelivery) as bot:
        yield bot
        assert leaks(bot.said, [*STEMS, EXPLANATION], (), ()) == set(), "what a model wrote and nobody saw is logged"
