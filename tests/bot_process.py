"""The bot as a process of its own, for tests to kill.

Importing the bot takes a second and more, so it is imported once, by the fork server of the standard library, and
each bot is forked from there: a real process that does just what the command `quizbot run` does.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from storage import folder_lock
from storage.connection import Storage, connect
from storage.embedded import attach_server
from tests.injected import inject
from web.webhook import derived_secret

TOKEN = "123456:secret"  # noqa: S105 - of a bot that is not there
ENDS_WITHIN = 30.0
LOOKS_FOR = 30.0
"""Seconds that a look at what is kept may take: it is no test of how fast the server is."""
LIVES_AT_MOST = 900
"""Seconds after which a bot whose test was killed ends by itself."""

FORK_SERVER = multiprocessing.get_context("forkserver")
FORK_SERVER.set_forkserver_preload(
    [
        *("__main__", "bot.cli", "bot.app", "bot.logs", "tests.bot_process"),
        *("anyio._backends._asyncio", "httpcore", "h11", "langchain_openai"),  # imported by others when first used
    ]
)

NOWHERE = "http://127.0.0.1:9"
"""The port that discards what it is sent; nobody listens there."""
NO_MODEL = {
    **dict.fromkeys(("QUIZBOT_MODEL", "QUIZBOT_CHECK_MODEL", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"), ""),
    **dict.fromkeys(("OPENAI_BASE_URL", "ANTHROPIC_BASE_URL"), NOWHERE),
    **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE),
    **dict.fromkeys(("no_proxy", "NO_PROXY"), "127.0.0.1,localhost"),
}
"""No test reaches a model that costs money, whatever the environment of whoever runs it holds."""

AS_FAST_AS_CAN_BE = dict.fromkeys(("QUIZBOT_CHAT_MESSAGES", "QUIZBOT_GROUP_MESSAGES", "QUIZBOT_ALL_MESSAGES"), "100000")
"""The students of most tests press faster than people do, and nobody's limits are what those tests are about."""

Change = Callable[[], None]
"""What is done to the bot before it runs, in its own process; a function of a module, so that it can be sent there."""


class Running(Protocol):
    """A process that was started: one of multiprocessing's, or like it."""

    @property
    def exitcode(self) -> int | None:
        """None while it lives; negative for the signal that ended it."""
        ...

    def is_alive(self) -> bool: ...
    def kill(self) -> None: ...
    def terminate(self) -> None: ...
    def join(self, timeout: float | None = None) -> None: ...
    @property
    def pid(self) -> int | None:
        """Its process id."""
        ...


class BotProcess:
    """`quizbot run`, or another role, with an embedded server on a folder of its own, told where its Telegram is."""

    def __init__(
        self,
        folder: Path,
        api_base_url: str,
        change: Change | None = None,
        settings: Mapping[str, str] | None = None,
        command: str = "run",
    ) -> None:
        self.folder = folder
        self.data_dir = folder / "data"
        self.environment = {
            "QUIZBOT_TOKEN": TOKEN,
            "QUIZBOT_API_BASE_URL": api_base_url,
            "QUIZBOT_DATA_DIR": str(self.data_dir),
            "QUIZBOT_REDIS_URL": "",
            "QUIZBOT_LOG_LEVEL": "DEBUG",  # what is logged at all is looked through after each test
            # The simulator speaks plain HTTP: without the world's certificates a start takes 100 ms less.
            "SSL_CERT_FILE": "",
            "SSL_CERT_DIR": str(folder),
            **NO_MODEL,
            **AS_FAST_AS_CAN_BE,
            **(settings or {}),
        }
        self.change = change
        self.command = command
        self.expected: set[str] = set()
        """Troubles that the test makes, and that the bot may therefore log."""
        self._process: Running | None = None

    @property
    def said(self) -> str:
        """Everything that the bots of this folder have written to standard error."""
        log = self.folder / "log"
        return log.read_text("utf-8") if log.exists() else ""

    @property
    def secrets(self) -> set[str]:
        """What must not stand in a log: the token, what Telegram proves itself with, keys of providers, passwords."""
        given = {name: value for name, value in self.environment.items() if value}
        named = {value for name, value in given.items() if name.endswith(("_TOKEN", "_SECRET", "_API_KEY"))}
        password = urlsplit(given.get("QUIZBOT_REDIS_URL", "")).password
        named |= {password, unquote(password)} if password else set()
        return named | {derived_secret(given["QUIZBOT_TOKEN"])} if "QUIZBOT_TOKEN" in given else named

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.is_alive()

    def start(self) -> None:
        """Start it; returns at once, long before it is ready."""
        assert not self.is_running
        self._process = self._launched()

    def _launched(self) -> Running:
        process = FORK_SERVER.Process(
            target=quizbot, args=(self.command, self.environment, self.folder, self.change), daemon=True
        )
        process.start()
        return process

    def send(self, number: signal.Signals) -> None:
        """Stop it, or have it go on."""
        assert self._process is not None
        assert self._process.pid is not None
        inject(f"{number.name} to quizbot {self.command}", times=number is not signal.SIGCONT)
        os.kill(self._process.pid, number)

    async def has_said(self, words: str, within: float = 60.0) -> None:
        """Wait until it has logged this."""
        async with asyncio.timeout(within):
            while words not in self.said:  # noqa: ASYNC110 - a file rings no bell
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """SIGKILL: no line of it runs after this; its server goes with it."""
        inject(f"SIGKILL to quizbot {self.command}")
        await self.put_away()

    async def put_away(self) -> None:
        """The same at the end of a test, where it is no part of that."""
        assert self._process is not None
        self._process.kill()
        await self.ended()

    async def restart(self) -> None:
        """SIGKILL, and at once another."""
        await self.kill()
        self.start()

    async def stop(self) -> None:
        """SIGTERM, after which it ends in good order."""
        assert self._process is not None
        inject(f"SIGTERM to quizbot {self.command}")
        self._process.terminate()
        status = await self.ended()
        assert status == 0, f"the bot ended with status {status}:\n{self.said}"

    async def ended(self) -> int | None:
        """Wait for the end of the process; its exit status, negative for a signal."""
        assert self._process is not None
        await asyncio.to_thread(self._process.join, ENDS_WITHIN)
        status = self._process.exitcode
        assert status is not None, f"the bot did not end:\n{self.said}"
        return status

    def server_pid(self) -> int:
        """The process id of the embedded server; raises ProcessLookupError when it cannot be known."""
        pid = folder_lock.server_pid(self.data_dir)
        if pid is None:  # it is being written
            raise ProcessLookupError(self.data_dir)
        return pid

    def signal_server(self, number: signal.Signals) -> None:
        """Kill, stop or continue the embedded server; raises ProcessLookupError when none lives."""
        lock = folder_lock.take_server_lock(self.data_dir)
        if lock is not None:  # the process id is that of a server which is dead, or by now of a stranger
            os.close(lock)
            raise ProcessLookupError(self.data_dir)
        os.kill(self.server_pid(), number)
        inject(f"{number.name} to the embedded server", times=number is not signal.SIGCONT)

    @asynccontextmanager
    async def storage(self) -> AsyncGenerator[Storage]:
        """What the bot that runs keeps, looked at from outside; it may be restarted while one looks."""
        async with attach_server(self.data_dir) as server, connect(server.url, LOOKS_FOR) as storage:
            yield storage


def quizbot(command: str, environment: dict[str, str], folder: Path, change: Change | None) -> None:
    """What the forked process does: the program `quizbot`, its standard error in a file."""
    signal.alarm(LIVES_AT_MOST)
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 2)
    os.chdir(folder)  # no .env file of whoever runs the tests
    os.environ.update(environment)
    sys.argv = ["quizbot", command]
    if change is not None:
        change()
    from bot.cli import main

    main()
