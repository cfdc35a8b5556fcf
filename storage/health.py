"""How a Redis or Valkey does, for `/readyz`; and how it is set up, for `quizbot doctor`, which changes nothing."""

import time
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import cast
from urllib.parse import quote

from redis.asyncio.cluster import RedisCluster
from redis.exceptions import ResponseError

from storage import keys
from storage.connection import Storage
from storage.errors import AccessRefused, StorageUnavailable
from storage.schema import WrongSchema, ensure_schema
from storage.urls import read_url

OLDEST = {"Valkey": 8, "Redis": 7}
BEST = {"yes", "always", "noeviction"}
MOST_MS_OFF = 1000
"""By so much may the clock of a process differ from that of Redis: docket sets its timers by the former."""
LOCALHOST = "localhost"
SECRET = "•••"  # noqa: S105 - stands in for one


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """What an address promises. `host` None: a socket on this machine."""

    host: str | None
    has_password: bool
    has_tls: bool
    checks_certificate: bool

    @property
    def is_remote(self) -> bool:
        """Whether what is said goes over a network."""
        return self.host is not None and not is_loopback(self.host)


@dataclass(frozen=True, slots=True)
class RedisHealth:
    """What a server says of itself; None where it will not say. `clock_ms`: how far it is ahead of this machine."""

    server: str
    version: str | None
    is_recent: bool | None
    appendonly: str | None
    appendfsync: str | None
    maxmemory_policy: str | None
    clock_ms: int
    wrong_schema: str | None
    replicas: int | None
    """How many the master with the fewest has."""
    least_replicas: int | None
    """`min-replicas-to-write`: with fewer, a master takes no writes."""


def read_address(url: str) -> RedisAddress:
    """What an address that `storage.urls.read_url` takes promises, for the whole way to the Redis."""
    read = read_url(url)
    remote = [host for host, _port in read.hosts if not is_loopback(host)]
    here = read.hosts[0][0] if read.hosts else None
    return RedisAddress(
        host=", ".join(remote) or here,
        has_password=bool(read.password),
        has_tls=read.has_tls,
        checks_certificate=read.has_tls and _checks(read.options),
    )


def _checks(options: Mapping[str, object]) -> bool:
    """Whether connections ask for a certificate, and whether it is that of the host."""
    return options.get("ssl_cert_reqs", "required") == "required" and bool(options.get("ssl_check_hostname", True))


def is_loopback(host: str) -> bool:
    """Whether a host, as it stands in an address, can only be this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == LOCALHOST


def without_password(text: str, url: str) -> str:
    """A text of redis-py's about this address, in which no password of it stands."""
    written = {url, *(form for secret in read_url(url).secrets for form in (quote(secret, safe=""), secret))}
    for each in sorted(written, key=len, reverse=True):
        text = text.replace(each, SECRET)
    return text


async def examine(storage: Storage) -> RedisHealth:
    """Ask a server what it is and how it keeps what it is given; raises StorageUnavailable when it does not answer."""
    ahead = await clock_ms(storage)
    about = await _info(storage)
    server = "Valkey" if "valkey_version" in about else "Redis"
    version = about.get("valkey_version") or about.get("redis_version")
    return RedisHealth(
        server=server,
        version=version,
        is_recent=None if version is None else int(version.partition(".")[0]) >= OLDEST[server],
        appendonly=await _setting(storage, "appendonly"),
        appendfsync=await _setting(storage, "appendfsync"),
        maxmemory_policy=await _setting(storage, "maxmemory-policy"),
        clock_ms=ahead,
        wrong_schema=await _wrong_schema(storage),
        replicas=await _replicas(storage),
        least_replicas=None if (least := await _setting(storage, "min-replicas-to-write")) is None else int(least),
    )


async def clock_ms(storage: Storage) -> int:
    """By how many ms the clock of Redis is ahead of this process's, at the very least; raises StorageUnavailable.

    A slow answer makes it less certain, and never more than it is.
    """
    before = time.time() * 1000
    there = await storage.now()
    after = time.time() * 1000
    return round(max(there - after, 0) + min(there + 1 - before, 0))  # what is less than 1 ms was cut off


async def takes_writes(storage: Storage) -> bool:
    """Whether something can be written now, and as many replicas as are wanted have it in time."""
    try:
        await storage.set(keys.PROBE, "", keys.PROBE_LIFE)
    except StorageUnavailable:
        return False
    return True


async def _info(storage: Storage) -> Mapping[str, str]:
    found = await _of_each_master(storage, "INFO", "server")
    return {name: str(value) for name, value in found[0].items()} if found else {}


async def _replicas(storage: Storage) -> int | None:
    found = await _of_each_master(storage, "INFO", "replication")
    return min((int(str(about["connected_slaves"])) for about in found), default=None)


async def _setting(storage: Storage, name: str) -> str | None:
    """A setting, of whichever master has it other than the first that was asked."""
    found = [about.get(name) for about in await _of_each_master(storage, "CONFIG GET", name)]
    values = [None if value is None else str(value) for value in found]
    return next((value for value in values if value not in BEST), values[0] if values else None)


async def _of_each_master(storage: Storage, *command: str) -> list[Mapping[str, object]]:
    """What the server, or each master of a Cluster, says; nothing where it does not say it."""
    target = {"target_nodes": RedisCluster.PRIMARIES} if isinstance(storage.client, RedisCluster) else {}
    asked = cast("Awaitable[Mapping[str, object]]", storage.client.execute_command(*command, **target))  # pyright: ignore[reportUnknownMemberType]
    try:
        reply = await storage.call(asked)
    except (ResponseError, AccessRefused):  # a server in a cloud, or a user without the right to ask
        return []
    is_of_many = bool(target) and all(isinstance(one, Mapping) for one in reply.values())
    return [cast("Mapping[str, object]", one) for one in reply.values()] if is_of_many else [reply]


async def _wrong_schema(storage: Storage) -> str | None:
    try:
        if await storage.ask("EXISTS", keys.SCHEMA):  # one without records is not to be marked by a mere look
            await ensure_schema(storage)
    except WrongSchema as wrong:
        return str(wrong)
    return None
