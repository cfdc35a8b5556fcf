"""The connection to Redis: one client, bounded, whose failures are `StorageUnavailable`."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Awaitable, Generator, Iterable
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from importlib.resources import files
from time import perf_counter
from typing import TypeVar, cast

from prometheus_client import Counter, Histogram
from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster
from redis.exceptions import (
    AskError,
    AuthenticationError,
    BusyLoadingError,
    ClusterError,
    InvalidResponse,
    NoPermissionError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    RedisError,
    SlotNotCoveredError,
    TryAgainError,
)
from redis.exceptions import (
    ConnectionError as RedisConnectionError,
)
from redis.exceptions import (
    TimeoutError as RedisTimeoutError,
)

from storage.batches import Batches
from storage.clients import CONNECTIONS, open_client
from storage.errors import AccessRefused, NotTheRedis, StorageUnavailable
from storage.replicas import write_to_replicas

T = TypeVar("T")
CALL_SECONDS = 1.0
"""A handler has 2 s in all, so that one call may take no more than half."""
WAIT_SHARE = 0.75
"""How much of that the replicas have to say that they have a write."""
PASSING = (
    RedisConnectionError,
    RedisTimeoutError,
    BusyLoadingError,
    ReadOnlyError,
    OutOfMemoryError,
    ClusterError,
    SlotNotCoveredError,
    AskError,
    TryAgainError,
    OSError,
)
"""Failures of the server or the way to it, not of what was asked."""
CALLS = Histogram(
    "quizbot_redis_call_seconds",
    "How long a call of Redis took, a script or a pipeline being one; waiting for one of the connections, and for the "
    "replicas of QUIZBOT_REDIS_REPLICAS, included.",
    buckets=(0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1),
)
FAILURES = Counter(
    "quizbot_redis_failures",
    "Calls of Redis, those that add tasks included, that failed because it was away, slow, full or read only.",
)
PASSING_CODES = (
    *("OOM", "READONLY", "MISCONF", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "NOREPLICAS", "UNBLOCKED"),
    "BUSY ",  # somebody's script does not end; BUSYKEY and BUSYGROUP are something else
)
NO_DATABASE = "DB index is out of range"
"""How a server says it, over a network as an error of its own, over a socket as one of the connection."""


@contextmanager
def unavailable_when_redis_fails() -> Generator[None]:
    """Turn failures of the server, or of the way to it, into `StorageUnavailable`; others stay what they are."""
    try:
        yield
    except (AuthenticationError, NoPermissionError) as error:
        raise AccessRefused(str(error)) from error
    except InvalidResponse as error:
        raise NotTheRedis("what answers there is no Redis") from error
    except PASSING as error:
        _refuse_database(error)
        FAILURES.inc()
        raise StorageUnavailable(f"{type(error).__name__}: {error}") from error
    except RedisClusterException as error:
        # The same class stands for a command that no Cluster could carry out, which is a mistake of ours; but for a
        # Cluster none of whose nodes answers it has a cause, and one of which a part is away is "not covered".
        if error.__cause__ is None and "not covered" not in str(error):
            raise
        FAILURES.inc()
        raise StorageUnavailable(str(error)) from error
    except RedisError as error:
        _refuse_database(error)
        # What the server refuses inside a script arrives as a plain error with the server's code in its text.
        if any(code in str(error) for code in PASSING_CODES):
            FAILURES.inc()
            raise StorageUnavailable(str(error)) from error
        raise


def _refuse_database(error: Exception) -> None:
    if NO_DATABASE in str(error):
        raise NotTheRedis("it has no database of the number in the address") from error


class Script:
    """A Lua script of `storage/lua/`, sent by its digest; its keys lie under one hash tag.

    What it writes counts once replicas have it, unless it `may_be_lost`.
    """

    def __init__(self, storage: "Storage", *names: str, may_be_lost: bool = False) -> None:
        self._source = "\n".join(files("storage").joinpath("lua", f"{name}.lua").read_text("utf-8") for name in names)
        self._digest = hashlib.sha1(self._source.encode(), usedforsecurity=False).hexdigest()
        self._storage = storage
        self._may_be_lost = may_be_lost

    async def __call__(self, keys: Iterable[str], args: Iterable[str | int]) -> list[object]:
        """Run it; raises `StorageUnavailable` as every call does."""
        names = list(keys)
        rest = (len(names), *names, *args)
        try:
            result = await self._run(names[0], "EVALSHA", self._digest, *rest)
        except NoScriptError:  # a server that was started again, or took over from another
            result = await self._run(names[0], "EVAL", self._source, *rest)
        return cast("list[object]", result)

    def _run(self, key: str, *command: str | int) -> Awaitable[object]:
        return self._storage.ask(*command) if self._may_be_lost else self._storage.write(key, *command)


class Storage:
    """A Redis client through which every call goes, at most `CONNECTIONS` at a time."""

    def __init__(self, client: Redis, call_seconds: float = CALL_SECONDS, replicas: int = 0) -> None:
        self.client = client
        self._call_seconds = call_seconds
        self._replicas = replicas
        self._places = asyncio.Semaphore(CONNECTIONS)
        # A Cluster's commands go to several servers.
        self._batches = None if isinstance(client, RedisCluster) else Batches(client, call_seconds)
        self._looking: asyncio.Task[None] | None = None

    async def call(self, command: Awaitable[T]) -> T:
        """Await one command; raises `StorageUnavailable` where the server, not the command, is at fault."""
        return await self._watched(self._bounded(command))

    async def _watched(self, command: Awaitable[T]) -> T:
        began = perf_counter()
        try:
            with unavailable_when_redis_fails():
                return await command
        except StorageUnavailable:
            self._look_again()
            raise
        finally:
            CALLS.observe(perf_counter() - began)

    async def _bounded(self, command: Awaitable[T]) -> T:
        # Waiting for a place counts too: under a stall the last in the queue is not to wait for all before it.
        async with asyncio.timeout(self._call_seconds), self._places:
            return await command

    async def write(self, key: str, *command: str | float) -> object:
        """Run a command that writes, on this key and others of its hash tag; returns once enough replicas have it.

        When they do not say so in time, it raises `StorageUnavailable` although it was written: what is asked again
        must come to the same.
        """
        if not self._replicas:
            return await self.ask(*command)
        patience = round(1000 * WAIT_SHARE * self._call_seconds)
        return await self.call(write_to_replicas(self.client, key, command, self._replicas, patience))

    async def ask(self, *command: str | float) -> object:
        """Run a command on one key or none that reads, or writes what a failover may lose: no replica is waited for."""
        if self._batches is not None:
            return await self._watched(self._batches.run(command))
        call = cast("Awaitable[object]", self.client.execute_command(*command))  # pyright: ignore[reportUnknownMemberType]
        return await self.call(call)

    async def get(self, key: str) -> str | None:
        """The text kept under a key."""
        return cast("str | None", await self.ask("GET", key))

    async def set(self, key: str, text: str, life: timedelta | None) -> None:
        """Keep a text under a key, for its life from now on."""
        await self.write(key, "SET", key, text, *(() if life is None else ("PX", life // timedelta(milliseconds=1))))

    async def delete(self, key: str) -> None:
        """Keep nothing under a key."""
        await self.ask("DEL", key)

    async def hash(self, key: str) -> dict[str, str]:
        """The fields of a hash; empty when there is none."""
        return cast("dict[str, str]", await self.ask("HGETALL", key))

    async def now(self) -> int:
        """Redis time in ms since 1970."""
        seconds, microseconds = cast("tuple[int, int]", await self.ask("TIME"))
        return seconds * 1000 + microseconds // 1000

    async def aclose(self) -> None:
        """Ask for nothing any more."""
        if self._batches is not None:
            await self._batches.aclose()
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])

    def _look_again(self) -> None:
        """Learn anew where the parts of a Cluster are: redis-py does so only after what it takes for a failure.

        A call to a machine that is gone without a word is no failure to it, but one that we cut off.
        """
        if isinstance(self.client, RedisCluster) and (self._looking is None or self._looking.done()):
            self._looking = asyncio.create_task(self._look(self.client), name="where the Cluster is")

    async def _look(self, client: RedisCluster) -> None:
        with suppress(RedisError, RedisClusterException, OSError):  # whoever calls next sees for himself
            async with asyncio.timeout(self._call_seconds):
                await client.nodes_manager.initialize()


@asynccontextmanager
async def connect(url: str, call_seconds: float = CALL_SECONDS, replicas: int = 0) -> AsyncGenerator[Storage]:
    """Open storage on a Redis or Valkey of any kind; the connections are made when first needed.

    A call that takes longer than `call_seconds` raises `StorageUnavailable`, and so does a write that `replicas` of
    the server do not have in time.
    """
    async with open_client(url, call_seconds) as client:
        storage = Storage(client, call_seconds, replicas)
        try:
            yield storage
        finally:
            await storage.aclose()
