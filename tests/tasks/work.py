"""Workers: in this process, and in processes of their own to be frozen and killed."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from typing import cast

from docket import Docket

from storage.connection import Storage, connect
from tasks.dockets import LONG, SOON, Kind, open_docket, open_worker
from tests.bot_process import FORK_SERVER, LIVES_AT_MOST, LOOKS_FOR

QUICK = replace(SOON, redelivery=timedelta(seconds=1))
"""As `soon`, for whoever cannot wait for 5 s."""
BEGUN, ENDED, GO = "test:begun", "test:ended", "test:go"
LATE = 2.0
"""Seconds: more than that no timer is late, not even on a busy machine."""


def now() -> datetime:
    """By the clock of this process, which is that of Redis here."""
    return datetime.now(UTC)


@asynccontextmanager
async def working(docket: Docket, kind: Kind | None = None) -> AsyncGenerator[None]:
    """A worker of the docket while the context is open, then it finishes what it is at."""
    async with open_worker(docket, kind or {SOON.name: SOON, LONG.name: LONG}[docket.name]) as worker:
        running = asyncio.create_task(worker.run_forever())
        yield
    await running


async def nothing_left(docket: Docket, within: float = 30.0) -> None:
    """Wait until no task waits or runs."""
    async with asyncio.timeout(within):
        while (await docket.snapshot()).total_tasks:  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.02)


@dataclass(frozen=True)
class Worker:
    """A worker process, whose task `held` notes that it has begun, waits to be let go, and notes that it has ended."""

    process: ForkServerProcess

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self.process.pid is not None
        return self.process.pid

    def send(self, number: signal.Signals) -> None:
        """Stop it, have it go on, or kill it."""
        os.kill(self.pid, number)


@asynccontextmanager
async def worker(url: str, kind: Kind = QUICK) -> AsyncGenerator[Worker]:
    """A worker process, killed in the end."""
    process = FORK_SERVER.Process(target=_work, args=(url, kind), daemon=True)
    process.start()
    try:
        yield Worker(process)
    finally:
        process.kill()
        await asyncio.to_thread(process.join)


async def noted(storage: Storage, what: str, times: int, within: float = 30.0) -> list[int]:
    """The process ids of those that have begun or ended a task `held`, once there are so many."""
    async with asyncio.timeout(within):
        while True:
            pids = await storage.call(cast("Awaitable[list[str]]", storage.client.lrange(what, 0, -1)))
            if len(pids) >= times:
                return [int(pid) for pid in pids]
            await asyncio.sleep(0.02)


async def held(storage: Storage) -> None:
    """Begin, wait to be let go, and end."""
    await storage.call(storage.client.rpush(BEGUN, str(os.getpid())))
    while await storage.get(GO) is None:  # noqa: ASYNC110 - Redis rings no bell
        await asyncio.sleep(0.02)
    await storage.call(storage.client.rpush(ENDED, str(os.getpid())))


def _work(url: str, kind: Kind) -> None:
    signal.alarm(LIVES_AT_MOST)
    asyncio.run(_worked(url, kind))


async def _worked(url: str, kind: Kind) -> None:
    async with connect(url, LOOKS_FOR) as storage, open_docket(url, kind) as docket:

        async def task() -> None:
            await held(storage)

        docket.register(task, names=["held"])
        async with open_worker(docket, kind) as one:
            await one.run_forever()
