"""How a Redis or Valkey is set up, looked at without changing anything in it: for `quizbot doctor`."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import cast
from urllib.parse import quote

from redis.asyncio import BlockingConnectionPool, SSLConnection
from redis.exceptions import ResponseError

from storage import keys
from storage.connection import Storage
from storage.schema import WrongSchema, ensure_schema

OLDEST = {"Valkey": 8, "Redis": 7}
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


def read_address(url: str) -> RedisAddress:
    """What redis-py makes of an address that `storage.urls.check_url` has let pass."""
    pool = BlockingConnectionPool.from_url(url)  # pyright: ignore[reportUnknownMemberType] - its options are untyped
    options = cast("dict[str, object]", pool.connection_kwargs)  # pyright: ignore[reportUnknownMemberType]
    has_tls = issubclass(cast("type[object]", pool.connection_class), SSLConnection)
    return RedisAddress(
        host=None if "path" in options else str(options.get("host", LOCALHOST)),
        has_password=bool(options.get("password")),
        has_tls=has_tls,
        checks_certificate=has_tls and options.get("ssl_cert_reqs", "required") == "required",
    )


def is_loopback(host: str) -> bool:
    """Whether a host, as it stands in an address, can only be this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == LOCALHOST


def without_password(text: str, url: str) -> str:
    """A text of redis-py's about this address, in which its password does not stand."""
    pool = BlockingConnectionPool.from_url(url)  # pyright: ignore[reportUnknownMemberType]
    password = str(cast("dict[str, object]", pool.connection_kwargs).get("password") or "")  # pyright: ignore[reportUnknownMemberType]
    for written in sorted({url, quote(password, safe=""), password} - {""}, key=len, reverse=True):
        text = text.replace(written, SECRET)
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
    )


async def clock_ms(storage: Storage) -> int:
    """By how many ms the clock of Redis is ahead of this process's, at the very least; raises StorageUnavailable.

    A slow answer makes it less certain, and never more than it is.
    """
    before = time.time() * 1000
    there = await storage.now()
    after = time.time() * 1000
    return round(max(there - after, 0) + min(there + 1 - before, 0))  # what is less than 1 ms was cut off


async def _info(storage: Storage) -> Mapping[str, str]:
    try:
        about = await storage.call(storage.client.info("server"))  # pyright: ignore[reportUnknownMemberType]
    except ResponseError:  # a server in a cloud, or a user without the right to ask
        return {}
    return {name: str(value) for name, value in cast("dict[str, object]", about).items()}


async def _setting(storage: Storage, name: str) -> str | None:
    try:
        settings = await storage.call(storage.client.config_get(name))  # pyright: ignore[reportUnknownMemberType]
    except ResponseError:
        return None
    return cast("dict[str, str]", settings).get(name)


async def _wrong_schema(storage: Storage) -> str | None:
    try:
        if await storage.get(keys.SCHEMA) is not None:  # one without records is not to be marked by a mere look
            await ensure_schema(storage)
    except WrongSchema as wrong:
        return str(wrong)
    except (ValueError, ResponseError):
        return f"the key {keys.SCHEMA!r} is somebody else's: give the bot a Redis, or a database of one, of its own"
    return None
