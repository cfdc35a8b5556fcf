"""No test in this folder reaches a model that costs money: no key, no address, no connection beyond this machine."""

import os
import socket
import ssl
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from tests.generation.played import Quiz
from tests.generation.scripted_server import ScriptedServer, knows
from tests.generation.written import KNOWN

SECRETS = ("_API_KEY", "_AUTH_TOKEN", "_ACCESS_TOKEN")
SETTINGS = ("OPENAI_", "ANTHROPIC_", "AZURE_", "LANGCHAIN_", "LANGSMITH_")
NOWHERE = "http://127.0.0.1:9"
"""The port that discards what it is sent; nobody listens there."""
KEY = "sk-test-4711-not-a-key"
THIS_MACHINE = {"127.0.0.1", "::1", "localhost", b"127.0.0.1", b"localhost", "", None}


class PaidModel(AssertionError):
    """A test tried to leave this machine."""


@pytest.fixture(autouse=True)
def no_paid_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away keys and addresses, and refuse every connection that is not to this machine."""
    for name in list(os.environ):
        if name.endswith(SECRETS) or name.startswith(SETTINGS) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    for provider in ("OPENAI", "ANTHROPIC"):
        monkeypatch.setenv(f"{provider}_API_KEY", KEY)
        monkeypatch.setenv(f"{provider}_BASE_URL", NOWHERE)
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_look_up(socket.getaddrinfo))
    # Without certificates no other machine would be trusted; reading them takes most of a test's time.
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", _read_nothing)


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[ScriptedServer]:
    """A provider of models, both OpenAI's and Anthropic's kind, that the environment points to."""
    async with ScriptedServer.running() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        yield server


@pytest.fixture
async def quiz(server: ScriptedServer) -> AsyncGenerator[Quiz]:
    """A quiz on planets; the solver knows them."""
    server.solves = knows(KNOWN)
    quiz = Quiz(server)
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


def _guarded(connect: Any) -> Any:  # noqa: ANN401 - methods of a socket
    def guarded(one: socket.socket, address: Any) -> Any:  # noqa: ANN401 - as socket's
        if one.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in THIS_MACHINE:
            raise PaidModel(f"a test connects to {address}")
        return connect(one, address)

    return guarded


def _guarded_look_up(look_up: Any) -> Any:  # noqa: ANN401 - a function of socket
    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as socket's
        if host not in THIS_MACHINE:
            raise PaidModel(f"a test looks up {host}")
        return look_up(host, *args, **kwargs)

    return guarded
