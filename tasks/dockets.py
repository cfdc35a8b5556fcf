"""The two dockets: `soon` for what takes a moment, `long` for what takes its time; neither delays the other.

A task's name and arguments are ids, and stay what they are from release to release: Redis holds them.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn
from urllib.parse import urlencode, urlsplit, urlunsplit

from docket import Depends, Docket, Retry, Worker

from tasks.traces import trace_task

CONNECTIONS_BESIDE = 20
AGAIN_AND_AGAIN = Retry.forever(delay=timedelta(seconds=2))
CHECK_INTERVAL = timedelta(milliseconds=100)


@dataclass(frozen=True, slots=True)
class Kind:
    """A docket: how many tasks a worker runs at a time, and how soon those of a killed one start elsewhere."""

    name: str
    concurrency: int
    redelivery: timedelta


SOON = Kind("soon", concurrency=100, redelivery=timedelta(seconds=5))
LONG = Kind("long", concurrency=32, redelivery=timedelta(seconds=15))
"""Long tasks wait for models most of the time, so that many go side by side. A worker renews the lease of each four
times in 15 s; a student waits no longer for another worker."""


async def put_back(*_: object, retry: Retry = AGAIN_AND_AGAIN, **__: object) -> NoReturn:
    """Put back a task that this release does not know: a newer worker will take it."""
    retry.after(retry.delay)


@asynccontextmanager
async def open_docket(url: str, kind: Kind) -> AsyncGenerator[Docket]:
    """A docket on the same Redis as everything else; no trace of a finished task is kept."""
    async with Docket(kind.name, _with_connections(url, kind), execution_ttl=timedelta(0)) as docket:
        yield docket


@asynccontextmanager
async def open_worker(docket: Docket, kind: Kind) -> AsyncGenerator[Worker]:
    """A worker of a docket of this kind."""
    async with Worker(
        docket,
        concurrency=kind.concurrency,
        redelivery_timeout=kind.redelivery,
        minimum_check_interval=CHECK_INTERVAL,
        scheduling_resolution=CHECK_INTERVAL,
        reconnection_delay=timedelta(milliseconds=200),
        fallback_task=put_back,
        dependencies=[Depends(trace_task)],
    ) as worker:
        yield worker


def _with_connections(url: str, kind: Kind) -> str:
    """The URL with room for a connection to each task: docket's pool raises when it runs out."""
    parts = urlsplit(url)
    limit = urlencode({"max_connections": kind.concurrency + CONNECTIONS_BESIDE})
    return urlunsplit(parts._replace(query=f"{parts.query}&{limit}" if parts.query else limit))
