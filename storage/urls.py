"""Addresses of a Redis: one server, Sentinels or a Cluster; read and judged before anything is connected.

The forms for Sentinels and for a Cluster are docket's, which is given the same address (`tasks/dockets.py`).
"""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from redis.asyncio import BlockingConnectionPool
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.connection import parse_url
from redis.exceptions import RedisClusterException, RedisError

LOCALHOST, PORT, SENTINEL_PORT = "localhost", 6379, 26379
FOR_SENTINELS = ("sentinel_username", "sentinel_password")
LOGIN = {"username", "password"}


class Kind(Enum):
    """How a Redis is reached."""

    STANDALONE = "standalone"
    SENTINEL = "sentinel"
    CLUSTER = "cluster"


KINDS = {
    **dict.fromkeys(("redis", "rediss", "unix"), Kind.STANDALONE),
    **dict.fromkeys(("redis+sentinel", "rediss+sentinel"), Kind.SENTINEL),
    **dict.fromkeys(("redis+cluster", "rediss+cluster"), Kind.CLUSTER),
}
EXAMPLES = {
    Kind.STANDALONE: "redis://:password@host:6379/0",
    Kind.SENTINEL: "redis+sentinel://:password@host:26379,host:26379/service",
    Kind.CLUSTER: "redis+cluster://:password@host:6379",
}


@dataclass(frozen=True, slots=True)
class RedisUrl:
    """What an address says."""

    kind: Kind
    hosts: tuple[tuple[str, int], ...]
    """The server, the Sentinels, or the node from which a Cluster is learned; none: a socket on this machine."""
    has_tls: bool
    plain: str = field(repr=False)
    """The address of one server of it, as redis-py reads it."""
    options: Mapping[str, Any] = field(repr=False)
    """What redis-py's connections to the Redis itself are made with, beside host and port."""
    service: str = ""
    """The name by which the Sentinels know the Redis."""
    sentinel_options: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)

    @property
    def password(self) -> str | None:
        """What the Redis is to be told."""
        return cast("str | None", self.options.get("password"))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What is in it that nobody is to read."""
        found = (self.password, self.sentinel_options.get("password"))
        return tuple(str(secret) for secret in found if secret)


def read_url(url: str) -> RedisUrl:
    """What an address says; raises `ValueError`, which never repeats the address, if no connection can be made of it.

    A `/`, `?`, `#` or `@` that belongs to the password, but is not written %2F and so on, is refused too: what
    comes after it would be taken for something else, and another server be connected to.
    """
    scheme, colon, rest = url.partition("://")
    if not colon or scheme not in KINDS:
        raise ValueError(
            "the address of a Redis begins with redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://"
        )
    if any(one.isspace() for one in url):
        raise ValueError("the address of a Redis has no spaces or line breaks in it")
    kind = KINDS[scheme]
    try:
        place, slash, tail = _parts(rest)
        read = _read(kind, scheme.partition("+")[0], place, slash + tail)
    except ValueError:
        raise ValueError(
            f"not an address like {EXAMPLES[kind]} (in a password / ? # @ are written %2F %3F %23 %40)"
        ) from None
    try:
        BlockingConnectionPool.from_url(read.plain).make_connection()  # pyright: ignore[reportUnknownMemberType]
        if kind is Kind.CLUSTER:
            RedisCluster("127.0.0.1", **cluster_options(read))
        _require_utf8(read.options)
    except (LookupError, ValueError, TypeError, AttributeError, RedisError, RedisClusterException):
        # What is wrong is an option of the connection: redis-py says so in whichever way its class fails.
        raise ValueError("an option after the ? is unknown, or its value cannot be used") from None
    return read


def cluster_options(address: RedisUrl) -> dict[str, Any]:
    """What redis-py's client of a Cluster is made with, beside host and port."""
    return {**{name: value for name, value in address.options.items() if name != "db"}, "ssl": address.has_tls}


def _parts(rest: str) -> tuple[str, str, str]:
    """What comes after the scheme: who and where, and the path with the options after it."""
    end = min((at for at in (rest.find(one) for one in "/?#") if at >= 0), default=len(rest))
    return rest[:end], rest[end : end + 1], rest[end + 1 :]


def _read(kind: Kind, scheme: str, place: str, tail: str) -> RedisUrl:
    """An address by its parts; raises `ValueError` where they do not fit."""
    parts = urlsplit(f"//host{tail}")
    query = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    login, at, members = place.rpartition("@")
    path, service = parts.path, ""
    if kind is Kind.SENTINEL:
        service, _, database = path.removeprefix("/").partition("/")
        path = f"/{database}"
    if not (_is_placed(scheme, members, path) and "#" not in tail and "@" not in login):
        raise ValueError(kind)
    asked = {name.removeprefix("sentinel_"): query.pop(name) for name in FOR_SENTINELS if query.get(name)}
    # Of several hosts one is enough to see whether connections can be made.
    plain = f"{scheme}://{login}{at}{members.split(',')[0]}{path}" + (f"?{urlencode(query)}" if query else "")
    options = dict(cast("Mapping[str, Any]", parse_url(plain)))
    options.pop("connection_class", None)
    one = str(options.pop("host", LOCALHOST)), cast("int", options.pop("port", PORT))
    certificates = {name: value for name, value in options.items() if name.startswith("ssl_")}
    read = RedisUrl(kind, (one,), scheme == "rediss", plain, options, service, {**certificates, **asked})
    match kind:
        case Kind.STANDALONE if "," not in members:
            return replace(read, hosts=() if scheme == "unix" else (one,))
        case Kind.SENTINEL if service and LOGIN.isdisjoint(query):  # docket reads those before the @ alone
            return replace(read, hosts=tuple(_sentinel(member) for member in members.split(",")))
        case Kind.CLUSTER if (
            "," not in members and path in {"", "/", "/0"} and LOGIN.isdisjoint(query) and "db" not in query
        ):
            return read
        case _:
            raise ValueError(kind)


def _is_placed(scheme: str, members: str, path: str) -> bool:
    """Whether a socket, or hosts and the number of a database, stand where they should."""
    if scheme == "unix":
        return bool(path) and not members
    return path in {"", "/"} or path.removeprefix("/").isdecimal()


def _require_utf8(options: Mapping[str, Any]) -> None:
    """Redis itself speaks ASCII, and texts are in every language; raises `ValueError` or `LookupError`."""
    if codecs.lookup(options.get("encoding", "utf-8")).name != "utf-8":
        raise ValueError("encoding")
    codecs.lookup_error(options.get("encoding_errors", "strict"))


def _sentinel(member: str) -> tuple[str, int]:
    parts = urlsplit(f"//{member}")
    if not parts.hostname:
        raise ValueError(member)
    return parts.hostname, parts.port or SENTINEL_PORT
