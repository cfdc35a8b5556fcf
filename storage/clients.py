"""A client for each kind of Redis: one server, the master that Sentinels name, a Cluster.

None of them sends a command again by itself, which could be carried out twice: the whole update is repeated instead.
None has a `socket_timeout`: redis-py keeps it by an `asyncio.wait_for`, which in Python 3.11 loses a cancellation that
comes at the very moment at which a command is sent. `Storage.call` bounds each call.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

from redis.asyncio import BlockingConnectionPool, ConnectionPool, Redis
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import MasterNotFoundError, Sentinel, SentinelConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from storage.urls import Kind, RedisUrl, cluster_options, read_url

CONNECTIONS = 32


@asynccontextmanager
async def open_client(url: str, call_seconds: float) -> AsyncGenerator[Redis]:
    """The client of an address; connections are made when first needed, and closed with the context.

    That of a Cluster is a `RedisCluster`, which takes the same commands, on keys of one hash tag at a time.
    """
    address = read_url(url)
    options: dict[str, Any] = {
        "socket_timeout": None,
        "socket_connect_timeout": call_seconds,
        "decode_responses": True,
        "max_connections": CONNECTIONS,
        "retry": Retry(NoBackoff(), 0),
    }
    match address.kind:
        case Kind.STANDALONE:
            opened = _standalone(address, options, call_seconds)
        case Kind.SENTINEL:
            opened = _found_by_sentinels(address, options, call_seconds)
        case Kind.CLUSTER:
            opened = _cluster(address, options)
    async with opened as client:
        yield client


@asynccontextmanager
async def _standalone(address: RedisUrl, options: Mapping[str, Any], call_seconds: float) -> AsyncGenerator[Redis]:
    pool = BlockingConnectionPool.from_url(  # pyright: ignore[reportUnknownMemberType] - its options are untyped
        address.plain, timeout=call_seconds, **options
    )
    async with _using(pool) as client:
        yield client


@asynccontextmanager
async def _found_by_sentinels(
    address: RedisUrl, options: Mapping[str, Any], call_seconds: float
) -> AsyncGenerator[Redis]:
    # The pool raises when it has no connection left; `Storage` asks for no more than that at a time.
    pool_options = {**options, **address.options, "ssl": address.has_tls}
    async with Sentinels(address, options, call_seconds / 3) as sentinels:
        pool = SentinelConnectionPool(address.service, sentinels, **pool_options)
        async with _using(pool) as client:
            yield client


@asynccontextmanager
async def _using(pool: ConnectionPool) -> AsyncGenerator[Redis]:
    try:
        async with Redis(connection_pool=pool) as client:
            yield client
    finally:
        await pool.disconnect()


@asynccontextmanager
async def _cluster(address: RedisUrl, options: Mapping[str, Any]) -> AsyncGenerator[Redis]:
    ((host, port),) = address.hosts
    client = RedisCluster(
        host,
        port,
        # A part of it that is away is no reason to leave those alone whose records lie elsewhere.
        require_full_coverage=False,
        **{**options, **cluster_options(address)},
    )
    try:
        yield cast("Redis", cast("object", client))
    finally:
        await client.aclose()


class Sentinels(Sentinel):
    """Asks all Sentinels at once, and believes the newest of what a majority says.

    redis-py asks one after the other: behind one that hangs, nobody would ever learn where the master is.
    """

    def __init__(self, address: RedisUrl, options: Mapping[str, Any], patience: float) -> None:
        asking = {**options, "decode_responses": False, "ssl": address.has_tls, **address.sentinel_options}
        super().__init__(address.hosts, sentinel_kwargs=asking)  # pyright: ignore[reportUnknownMemberType]
        self._patience = patience

    async def discover_master(self, service_name: str) -> tuple[str, int]:
        """Where the master is; raises `MasterNotFoundError`, a failing connection, when no Sentinel knows."""
        clients = cast("Sequence[Redis]", self.sentinels)  # pyright: ignore[reportUnknownMemberType]
        asked = [asyncio.create_task(self._ask(client, service_name)) for client in clients]
        found: list[tuple[int, str, int]] = []
        replies = 0
        try:
            for answer in asyncio.as_completed(asked):
                try:
                    known = await answer
                except (RedisError, OSError):
                    continue
                replies += 1
                found += [known] if known else []
                # One that was cut off when the master changed still names the old one.
                if found and replies > len(clients) // 2:
                    break
        finally:
            for each in asked:
                each.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
        if not found:
            raise MasterNotFoundError(f"no Sentinel names a master of {service_name!r} that is up")
        _epoch, host, port = max(found)
        return host, port

    async def _ask(self, client: Redis, service: str) -> tuple[int, str, int] | None:
        async with asyncio.timeout(self._patience):
            masters = cast("Mapping[str, dict[str, Any]]", await client.sentinel_masters())  # pyright: ignore[reportUnknownMemberType]
        state = masters.get(service)
        if state is None:
            return None
        if not self.check_master_state(state, service):  # pyright: ignore[reportUnknownMemberType]
            return None
        return cast("int", state["config-epoch"]), str(state["ip"]), cast("int", state["port"])
