"""Settings of a bot in good order, and the servers that they name."""

import os
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.settings import Settings
from simulator.client import Simulator
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server
from tests.bot_process import TOKEN
from tests.doctor.examined import KEY
from tests.generation.scripted_server import ScriptedServer, answer, text

PROVIDERS = ("OPENAI_", "ANTHROPIC_", "LANGSMITH_", "LANGCHAIN_")


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting and no key of whoever runs the tests, and no file of them."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("QUIZBOT_", *PROVIDERS)):
            monkeypatch.delenv(name)


@pytest.fixture
async def provider(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[ScriptedServer]:
    """A provider of models on this machine, that the environment points to."""
    async with ScriptedServer.running() as server:
        server.solves = lambda _: answer("B")
        server.writes = [text("ready"), text("ready")]
        for name, url in (("OPENAI", f"{server.url}/v1"), ("ANTHROPIC", server.url)):
            monkeypatch.setenv(f"{name}_API_KEY", KEY)
            monkeypatch.setenv(f"{name}_BASE_URL", url)
        yield server


@pytest.fixture
async def redis() -> AsyncGenerator[EmbeddedServer]:
    """A Redis that the bot is given by its address."""
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server


@pytest.fixture
async def settings(redis: EmbeddedServer, simulator: Simulator) -> Settings:
    """Those of a bot in good order, without a model."""
    return Settings.model_validate({"token": TOKEN, "api_base_url": simulator.url, "redis_url": redis.url})
