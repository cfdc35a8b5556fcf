"""The `soon` docket: what could not be done at once, done a moment later, whoever is killed in between.

A task's name and arguments are ids, and stay what they are from release to release: Redis holds them.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import NoReturn
from urllib.parse import urlencode, urlsplit, urlunsplit

from docket import Docket, Retry, Worker

from storage.connection import unavailable_when_redis_fails

NAME = "soon"
CONCURRENCY = 100
CONNECTIONS = CONCURRENCY + 20
REDELIVERY = timedelta(seconds=5)
AGAIN_AND_AGAIN = Retry.forever(delay=timedelta(seconds=2))
CHECK_INTERVAL = timedelta(milliseconds=100)


class Soon:
    """Adds tasks; each method raises `StorageUnavailable` unless the task is in Redis when it returns."""

    def __init__(self, docket: Docket) -> None:
        self._docket = docket

    async def catch_up(self, attempt: str, position: int, owner: str, seconds: float) -> None:
        """Have the steps of an attempt caught up with after some seconds; once for each position."""
        when = datetime.now(UTC) + timedelta(seconds=seconds)
        with unavailable_when_redis_fails():
            await self._docket.add("catch_up", when=when, key=f"catch_up:{attempt}:{position}")(attempt, owner)


async def put_back(*_: object, retry: Retry = AGAIN_AND_AGAIN, **__: object) -> NoReturn:
    """Put back a task that this release does not know: a newer worker will take it."""
    retry.after(retry.delay)


@asynccontextmanager
async def open_docket(url: str) -> AsyncGenerator[Docket]:
    """The `soon` docket on the same Redis as everything else; no trace of a finished task is kept."""
    async with Docket(NAME, _with_connections(url), execution_ttl=timedelta(0)) as docket:
        yield docket


@asynccontextmanager
async def open_worker(docket: Docket) -> AsyncGenerator[Worker]:
    """A worker of the docket, at most `CONCURRENCY` tasks at a time."""
    async with Worker(
        docket,
        concurrency=CONCURRENCY,
        redelivery_timeout=REDELIVERY,
        minimum_check_interval=CHECK_INTERVAL,
        scheduling_resolution=CHECK_INTERVAL,
        reconnection_delay=timedelta(milliseconds=200),
        fallback_task=put_back,
    ) as worker:
        yield worker


def _with_connections(url: str) -> str:
    """The URL with room for a connection to each task: docket's pool raises when it runs out."""
    parts = urlsplit(url)
    limit = urlencode({"max_connections": CONNECTIONS})
    return urlunsplit(parts._replace(query=f"{parts.query}&{limit}" if parts.query else limit))
