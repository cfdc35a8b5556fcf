"""Providers on this machine, with keys that are none; that no test leaves it is seen to in tests/conftest.py."""

import os
import ssl
from collections.abc import AsyncGenerator, Generator

import pytest
from structlog.testing import capture_logs

from tests.bot_process import NOWHERE
from tests.generation.played import Quiz
from tests.generation.scripted_server import ScriptedServer, knows
from tests.generation.written import CLAUDE, EXPLANATION, GPT, KNOWN, STEMS
from tests.log_check import leaks

KEY = "sk-test-4711-not-a-key"


@pytest.fixture(autouse=True)
def nobody_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are none, addresses where nobody listens, and no way round them."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    for provider in ("OPENAI", "ANTHROPIC"):
        monkeypatch.setenv(f"{provider}_API_KEY", KEY)
        monkeypatch.setenv(f"{provider}_BASE_URL", NOWHERE)
    # Without certificates no other machine would be trusted; reading them takes most of a test's time.
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", _read_nothing)


@pytest.fixture(autouse=True)
def nothing_written_is_logged() -> Generator[None]:
    """No key and nothing that a model wrote stands in a log, but where a test looks at its lines itself."""
    with capture_logs() as logs:
        yield
    assert leaks(repr(logs), [*STEMS, EXPLANATION], (), [KEY]) == set()


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[ScriptedServer]:
    """A provider of models, both OpenAI's and Anthropic's kind, that the environment points to."""
    async with ScriptedServer.running() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        yield server


@pytest.fixture(params=[(GPT, CLAUDE), (CLAUDE, GPT)], ids=["openai", "anthropic"])
async def quiz(server: ScriptedServer, request: pytest.FixtureRequest) -> AsyncGenerator[Quiz]:
    """A quiz on planets, with each client as the first writer and the solver; the solver knows them."""
    server.solves = knows(KNOWN)
    quiz = Quiz(server, *request.param)
    yield quiz
    for model in quiz.models:
        await model.aclose()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured, by the property `measured`: a title and lines."""
    for report in terminalreporter.getreports("passed"):
        for name, lines in report.user_properties:
            if name == "measured":
                title, *rest = str(lines).splitlines()
                terminalreporter.section(title)
                for line in rest:
                    terminalreporter.line(line)


def _read_nothing(*_: object, **__: object) -> None:
    pass
