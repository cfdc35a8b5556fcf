"""The two dockets: `soon` for what takes a moment, `long` for what takes its time; neither delays the other.

A task's name and arguments are ids, and stay what they are from release to release: Redis holds them.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn
from urllib.parse import urlencode

import structlog
from docket import Docket, Retry, Worker
from redis.credentials import CredentialProvider, UsernamePasswordCredentialProvider
from redis.exceptions import RedisClusterException

from storage.urls import Kind as RedisKind
from storage.urls import read_url

CONNECTIONS_BESIDE = 20
AGAIN_AND_AGAIN = Retry.forever(delay=timedelta(seconds=2))
PAUSE_SECONDS = 1.0
CHECK_INTERVAL = timedelta(milliseconds=100)

log = structlog.stdlib.get_logger(__name__)


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
    place, login = _docket_url(url, kind)
    async with Docket(kind.name, place, execution_ttl=timedelta(0), credential_provider=login) as docket:
        yield docket


@asynccontextmanager
async def open_worker(docket: Docket, kind: Kind) -> AsyncGenerator[Worker]:
    """A worker of a docket of this kind."""
    kind_of_worker = WorkerOnCluster if read_url(docket.url).kind is RedisKind.CLUSTER else Worker
    async with kind_of_worker(
        docket,
        concurrency=kind.concurrency,
        redelivery_timeout=kind.redelivery,
        minimum_check_interval=CHECK_INTERVAL,
        scheduling_resolution=CHECK_INTERVAL,
        reconnection_delay=timedelta(milliseconds=200),
        fallback_task=put_back,
    ) as worker:
        yield worker


async def keep_working(worker: Worker) -> None:
    """Work until told to stop; docket's worker ends by itself when redis-py says that a part of a Cluster is away."""
    while True:
        away: BaseException | None = None
        try:
            await worker.run_forever()
        except* RedisClusterException as error:
            away = error
        if away is None:
            return
        log.warning("the Cluster cannot be used, tasks wait", docket=worker.docket.name, again_in=PAUSE_SECONDS)
        await asyncio.sleep(PAUSE_SECONDS)


class WorkerOnCluster(Worker):
    """A worker that does not listen for cancelled tasks, since the bot cancels none.

    docket listens at one node of a Cluster, chosen once and for all and connected to with no option of the address,
    and runs nothing until it hears it: with a certificate of one's own, or once that node is gone, it never would.
    """

    async def _cancellation_listener(self) -> None:
        session = self._processing_session
        if session is not None:
            session.cancellation_ready.set()
            await session.stopping.wait()


def _docket_url(url: str, kind: Kind) -> tuple[str, CredentialProvider | None]:
    """The address with room for a connection to each task, since docket's pools raise when they run out; and who asks.

    docket takes every form of address that the bot does. On a Cluster it listens for cancelled tasks by a connection
    of its own, which takes user and password as they are written: there they are handed over apart from the address.
    """
    limit = urlencode({"max_connections": kind.concurrency + CONNECTIONS_BESIDE})
    place = f"{url}{'&' if '?' in url else '?'}{limit}"
    address = read_url(url)
    if address.kind is not RedisKind.CLUSTER or address.password is None:
        return place, None
    scheme, _, rest = place.partition("://")
    login = UsernamePasswordCredentialProvider(address.options.get("username"), address.password)
    return f"{scheme}://{rest.partition('@')[2]}", login
