"""Whether an address of a Redis can be used, told before anything is connected."""

from urllib.parse import parse_qsl, urlsplit

from redis.asyncio import BlockingConnectionPool
from redis.exceptions import RedisError

SCHEMES = ("redis", "rediss", "unix")


def check_url(url: str) -> None:
    """Raise `ValueError` for an address that no connection can be made of; its message never repeats the address.

    A `/`, `?`, `#` or `@` that belongs to the password, but is not written %2F and so on, is refused too: what
    comes after it would be taken for something else, and another server be connected to.
    """
    if not url.startswith(tuple(f"{scheme}://" for scheme in SCHEMES)):
        raise ValueError("the address of a Redis begins with redis://, rediss:// or unix://")
    if any(one.isspace() for one in url):
        raise ValueError("the address of a Redis has no spaces or line breaks in it")
    if not _is_sound(url):
        raise ValueError(
            "not an address like redis://:password@host:6379/0 (in a password / ? # @ are written %2F %3F %23 %40)"
        )
    try:
        BlockingConnectionPool.from_url(url).make_connection()  # pyright: ignore[reportUnknownMemberType]
    except (ValueError, TypeError, AttributeError, RedisError):
        # What is wrong is an option of the connection: redis-py says so in whichever way its class fails.
        raise ValueError("an option after the ? is unknown, or its value cannot be used") from None


def _is_sound(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
        parse_qsl(parts.query, strict_parsing=bool(parts.query))
    except ValueError:
        return False
    database = parts.path.removeprefix("/")
    placed = bool(parts.path) if parts.scheme == "unix" else not database or database.isdecimal()
    return placed and "#" not in url and parts.netloc.count("@") <= 1
