"""A Telegram, a bot that talks to it, and people: each a real process, or real enough to press buttons."""

import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import settings

from simulator.client import Event, Simulator, connect, start_simulator
from storage.connection import Storage
from storage.embedded import SHORT_FOLDER
from storage.parked import ParkedUpdates
from tests.bot_process import NO_MODEL, TOKEN, BotProcess, Change
from tests.classroom import Classroom
from tests.faults.lesson import SEED
from tests.faults.outcome import table
from tests.log_check import assert_well_logged
from tests.redis_servers import PASSWORD, Cluster, Server, Watched, cluster, free_ports, server, watched

# What an example takes depends on who else uses the machine: no test of ours fails by the clock.
settings.register_profile("quizbot", deadline=None)
settings.load_profile("quizbot")

NO_BROWSER = "no Chromium; on Debian: apt-get install chromium-headless-shell fonts-dejavu-core fonts-noto-color-emoji"
PROVIDERS = ("OPENAI_", "ANTHROPIC_", "AZURE_", "GOOGLE_", "LANGSMITH_", "LANGCHAIN_")
SECRETS = ("_API_KEY", "_AUTH_TOKEN", "_ACCESS_TOKEN")
for name in list(os.environ):
    if name.startswith(PROVIDERS) or name.endswith(SECRETS):
        del os.environ[name]
os.environ.update(NO_MODEL)  # for every process that a test starts
if not os.environ.get(SEED):
    os.environ[SEED] = str(time.time_ns())  # one for the whole run: the other processes of pytest inherit it


class PaidModel(AssertionError):
    """A test tried to leave this machine."""


@pytest.fixture(autouse=True)
def no_paid_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection, and every look-up of a name, that is not of this machine."""
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_look_up(socket.getaddrinfo))


def asks_for_updates(event: Event) -> bool:
    """The bot is ready: it has asked for the first time."""
    return event.kind == "call_received" and event.method == "getUpdates"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running_simulator() -> AsyncGenerator[tuple[str, str]]:
    async with start_simulator() as simulator:
        yield simulator.url, simulator.token


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def redis_cluster() -> AsyncGenerator[Cluster]:
    """A Cluster of three masters, for tests that empty it before they begin and kill nothing of it."""
    async with cluster() as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def redis_server() -> AsyncGenerator[Server]:
    """A server over TCP that wants a password, for tests that empty it before they begin and kill nothing of it."""
    async with server(free_ports(1)[0], password=PASSWORD) as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def watched_redis() -> AsyncGenerator[Watched]:
    """A master with replicas and Sentinels, for tests that empty it before they begin and kill nothing of it."""
    async with watched() as running:
        yield running


@pytest.fixture
async def simulator(running_simulator: tuple[str, str]) -> AsyncGenerator[Simulator]:
    """A Telegram as new, whose rules the bot must not have broken when the test is over."""
    async with connect(*running_simulator) as simulator:
        await simulator.reset()
        await simulator.add_bot(TOKEN)
        yield simulator
        await simulator.lift_faults()
        assert await simulator.violations() == []


@asynccontextmanager
async def start_bot(
    simulator: Simulator, settings: Mapping[str, str], change: Change | None = None, *, ready: bool = True
) -> AsyncGenerator[BotProcess]:
    """A bot on an empty folder, once it asks for updates (`ready`); what it logged is shown, and looked through."""
    # Not pytest's own folder: the path of a socket must be short.
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        bot = BotProcess(Path(folder), simulator.url, change, settings)
        bot.start()
        try:
            if ready:
                await simulator.wait_for_event(asks_for_updates, within=60)
            yield bot
        finally:
            if bot.is_running:
                await bot.put_away()
            sys.stderr.write(bot.said)
        await assert_well_logged(bot, simulator)


@pytest.fixture
async def bot(simulator: Simulator) -> AsyncGenerator[BotProcess]:
    """A bot that runs; what it logged is shown when the test fails."""
    async with start_bot(simulator, {}) as bot:
        yield bot


@pytest.fixture
async def storage(bot: BotProcess, classroom: Classroom) -> AsyncGenerator[Storage]:
    """What the bot keeps."""
    async with bot.storage() as storage:
        classroom.parked = ParkedUpdates(storage)
        yield storage


@pytest.fixture
async def classroom(simulator: Simulator) -> AsyncGenerator[Classroom]:
    """People who play with the bot."""
    async with Classroom.open(simulator) as classroom:
        yield classroom


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests of promises injected and what came of it, in a table; one line for what else was measured."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    for report in reports:
        for title, measured in report.user_properties:
            if isinstance(measured, str):
                terminalreporter.line(f"{title}: {measured}")
    skipped = [str(report.longrepr) for report in terminalreporter.getreports("skipped")]
    without_browser = [why for why in skipped if NO_BROWSER in why]
    if without_browser:
        terminalreporter.line(f"{len(without_browser)} tests of the chat page were skipped: {NO_BROWSER}")
    every_phase = [one for kind in terminalreporter.stats for one in terminalreporter.getreports(kind)]
    lines = list(table(one for one in every_phase if isinstance(one, pytest.TestReport)))
    if lines:
        terminalreporter.section(f"what was injected, and what came of it; seed {os.environ[SEED]}")
    for line in lines:
        terminalreporter.line(line)


def _guarded(connect: Any) -> Any:  # noqa: ANN401 - methods of a socket
    def guarded(one: socket.socket, address: Any) -> Any:  # noqa: ANN401 - as socket's
        if one.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise PaidModel(f"a test connects to {address}")
        return connect(one, address)

    return guarded


def _guarded_look_up(look_up: Any) -> Any:  # noqa: ANN401 - a function of socket
    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as socket's
        if not _is_here(host):
            raise PaidModel(f"a test looks up {host}")
        return look_up(host, *args, **kwargs)

    return guarded


def _is_here(host: str | bytes | None) -> bool:
    """Whether it is this machine, or a name that nobody has."""
    name = host.decode() if isinstance(host, bytes) else host or ""
    return name in {"", "localhost", "::1", "::", "0.0.0.0"} or name.startswith("127.") or name.endswith(".invalid")  # noqa: S104 - not listened on
