"""The dockets, one for each kind of work, so that none waits for another: `soon`, `long` and `reading`.

What docket does, and each task therefore heeds: a task runs twice where a worker is killed, frozen or kept busy for
longer than the redelivery, so that it first asks storage whether its work is still to be done. One that raises is gone
unless it declares a `Retry`, and a retry counts as a try even when nothing failed: what has not failed is put off
instead. Docket goes by the clocks of processes: a task that has a time asks Redis whether it is due. A task's name and
arguments are ids, and stay what they are from release to release: Redis holds them.
"""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn
from urllib.parse import urlencode

import structlog
from docket import CurrentExecution, Depends, Docket, Execution, Worker
from docket.dependencies import AdmissionBlocked
from redis.credentials import CredentialProvider, UsernamePasswordCredentialProvider
from redis.exceptions import RedisClusterException

from storage.connection import unavailable_when_redis_fails
from storage.urls import Kind as RedisKind
from storage.urls import read_url
from tasks.traces import trace_task

CONNECTIONS_BESIDE = 20
CHECK_INTERVAL = timedelta(milliseconds=100)
UNKNOWN_AGAIN = timedelta(seconds=2)
FINISHED = timedelta(minutes=1)
"""For so long docket remembers the key of a task that has ended. Without, it counts the tasks of a key from 1 again,
and a worker that was frozen in an earlier one takes the next for its own, and ends it, when it wakes up."""
LOOK_SECONDS = 2.0
THIS_TASK: Execution = CurrentExecution()
"""As a parameter's default: docket hands the task over that runs."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A docket: how many tasks a worker runs at a time, and how soon those of a killed one start elsewhere."""

    name: str
    concurrency: int
    redelivery: timedelta


SOON = Kind("soon", concurrency=100, redelivery=timedelta(seconds=5))
"""What takes a moment: to ask, remind, send."""
LONG = Kind("long", concurrency=32, redelivery=timedelta(seconds=15))
"""To write. Such tasks wait for models most of the time, so that many go side by side. A worker renews the lease of
each four times in 15 s; a student waits no longer for another worker."""
READING = Kind("reading", concurrency=8, redelivery=timedelta(seconds=15))
"""To read what students send: two documents at a time in a process, while files and pages of others are fetched."""
DOCKETS = (SOON, LONG, READING)
AT_ONCE = timedelta(microseconds=1)
"""Put off for so long, a task goes behind all that wait; by none docket means its own pause."""


def put_off(task: Execution, delay: timedelta) -> NoReturn:
    """End a task here, to run again after a while, in whichever worker; unlike a retry this is no try."""
    raise AdmissionBlocked(task, "put off", retry_delay=delay)


async def put_back(*_: object, task: Execution = THIS_TASK, **__: object) -> NoReturn:
    """Put back a task that this release does not know: a newer worker will take it."""
    put_off(task, UNKNOWN_AGAIN)


@asynccontextmanager
async def open_docket(url: str, kind: Kind) -> AsyncGenerator[Docket]:
    """A docket on the same Redis as everything else."""
    place, login = _docket_url(url, kind)
    async with Docket(kind.name, place, execution_ttl=FINISHED, credential_provider=login) as docket:
        yield docket


@asynccontextmanager
async def open_worker(docket: Docket, kind: Kind) -> AsyncGenerator[Worker]:
    """A worker of a docket of this kind; it finishes what it is at before the context is left."""
    kind_of_worker = WorkerOnCluster if read_url(docket.url).kind is RedisKind.CLUSTER else Worker
    async with kind_of_worker(
        docket,
        name=this_worker(),
        concurrency=kind.concurrency,
        redelivery_timeout=kind.redelivery,
        minimum_check_interval=CHECK_INTERVAL,
        scheduling_resolution=CHECK_INTERVAL,
        reconnection_delay=timedelta(milliseconds=200),
        fallback_task=put_back,
        dependencies=[Depends(trace_task)],
    ) as worker:
        yield worker


async def run_worker(worker: Worker) -> bool:
    """Work until the worker's context is left; False: it ended before, since a part of a Cluster is away.

    docket outlives a Redis that is away, but not redis-py's word for that of a Cluster.
    """
    try:
        await worker.run_forever()
    except* RedisClusterException:
        log.warning("the Cluster cannot be used, tasks wait", docket=worker.docket.name)
        is_away = True
    else:
        is_away = False
    return not is_away


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


def this_worker() -> str:
    """The name of this process among the workers."""
    return f"{socket.gethostname()}#{os.getpid()}"


async def workers_of(docket: Docket) -> set[str]:
    """The names of the workers whose heart has beaten within 10 s; raises `StorageUnavailable`."""
    with unavailable_when_redis_fails():
        async with asyncio.timeout(LOOK_SECONDS):
            return {worker.name for worker in await docket.workers()}


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
