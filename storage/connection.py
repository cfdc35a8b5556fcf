"""The connection to Redis: one client, bounded, whose failures are `StorageUnavailable`."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Generator, Iterable
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from importlib.resources import files
from time import perf_counter
from typing import TypeVar, cast

from prometheus_client import Counter, Histogram
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    BusyLoadingError,
    ClusterDownError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    TryAgainError,
)
from redis.exceptions import (
    ConnectionError as RedisConnectionError,
)
from redis.exceptions import (
    TimeoutError as RedisTimeoutError,
)

from storage.errors import StorageUnavailable

T = TypeVar("T")
CONNECTIONS = 32
CALL_SECONDS = 1.0
"""A handler has 2 s in all, so that one call may take no more than half."""
PASSING = (
    RedisConnectionError,
    RedisTimeoutError,
    BusyLoadingError,
    ReadOnlyError,
    OutOfMemoryError,
    ClusterDownError,
    TryAgainError,
    OSError,
)
"""Failures of the server or the way to it, not of what was asked."""
CALLS = Histogram(
    "quizbot_redis_call_seconds",
    "How long a call of Redis took, a script or a pipeline being one; waiting for one of the connections included.",
    buckets=(0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1),
)
FAILURES = Counter(
    "quizbot_redis_failures",
    "Calls of Redis, those that add tasks included, that failed because it was away, slow, full or read only.",
)
PASSING_CODES = ("OOM", "READONLY", "MISCONF", "LOADING", "MASTERDOWN")


@contextmanager
def unavailable_when_redis_fails() -> Generator[None]:
    """Turn failures of the server, or of the way to it, into `StorageUnavailable`; others stay what they are."""
    try:
        yield
    except PASSING as error:
        FAILURES.inc()
        raise StorageUnavailable(f"{type(error).__name__}: {error}") from error
    except RedisError as error:
        # What the server refuses inside a script arrives as a plain error with the server's code in its text.
        if any(code in str(error) for code in PASSING_CODES):
            FAILURES.inc()
            raise StorageUnavailable(str(error)) from error
        raise


class Script:
    """A Lua script of `storage/lua/`, sent by its digest."""

    def __init__(self, storage: "Storage", *names: str) -> None:
        source = "\n".join(files("storage").joinpath("lua", f"{name}.lua").read_text("utf-8") for name in names)
        self._storage = storage
        self._script = storage.client.register_script(source)

    async def __call__(self, keys: Iterable[str], args: Iterable[str | int]) -> list[object]:
        """Run it; raises `StorageUnavailable` as every call does."""
        result = await self._storage.call(self._script(keys=list(keys), args=list(args)))
        return cast("list[object]", result)


class Storage:
    """A Redis client through which every call goes, at most `CONNECTIONS` at a time."""

    def __init__(self, client: Redis, call_seconds: float = CALL_SECONDS) -> None:
        self.client = client
        self._call_seconds = call_seconds
        self._places = asyncio.Semaphore(CONNECTIONS)

    async def call(self, command: Awaitable[T]) -> T:
        """Await one command; raises `StorageUnavailable` where the server, not the command, is at fault."""
        began = perf_counter()
        try:
            with unavailable_when_redis_fails():
                # Waiting for a place counts too: under a stall the last in the queue is not to wait for all before it.
                async with asyncio.timeout(self._call_seconds), self._places:
                    return await command
        finally:
            CALLS.observe(perf_counter() - began)

    async def get(self, key: str) -> str | None:
        """The text kept under a key."""
        return cast("str | None", await self.call(self.client.get(key)))

    async def set(self, key: str, text: str, life: timedelta | None) -> None:
        """Keep a text under a key, for its life from now on."""
        await self.call(self.client.set(key, text, px=life))

    async def delete(self, key: str) -> None:
        """Keep nothing under a key."""
        await self.call(self.client.delete(key))

    async def hash(self, key: str) -> dict[str, str]:
        """The fields of a hash; empty when there is none."""
        return cast("dict[str, str]", await self.call(self.client.hgetall(key)))

    async def now(self) -> int:
        """Redis time in ms since 1970."""
        command = cast("Awaitable[tuple[int, int]]", self.client.execute_command("TIME"))  # pyright: ignore[reportUnknownMemberType]
        seconds, microseconds = await self.call(command)
        return seconds * 1000 + microseconds // 1000


@asynccontextmanager
async def connect(url: str, call_seconds: float = CALL_SECONDS) -> AsyncGenerator[Storage]:
    """Open storage on a standalone Redis or Valkey; the connections are made when first needed.

    A call that takes longer than `call_seconds` raises `StorageUnavailable`.
    """
    pool = BlockingConnectionPool.from_url(  # pyright: ignore[reportUnknownMemberType] - its options are untyped
        url,
        max_connections=CONNECTIONS,
        timeout=call_seconds,
        # `Storage.call` bounds each call. The pool's own bound is an `asyncio.wait_for`, which in Python 3.11 loses a
        # cancellation that comes at the very moment at which a command is sent.
        socket_timeout=None,
        socket_connect_timeout=call_seconds,
        decode_responses=True,
        # A command sent again by itself could be carried out twice; the whole update is repeated instead.
        retry=Retry(NoBackoff(), 0),
    )
    async with Redis(connection_pool=pool) as client:
        yield Storage(client, call_seconds)
    await pool.disconnect()
