"""How much waits in a docket, and for how long: looked at from outside, without a worker."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

from docket import Docket
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from storage.connection import unavailable_when_redis_fails


@dataclass(frozen=True, slots=True)
class Waiting:
    """Tasks that are due and not begun, that run, and that are for later; how late the oldest of the due ones is."""

    due: int
    running: int
    later: int
    oldest_seconds: float


WaitingAt = Callable[[float], Awaitable[Waiting]]
"""How things stand in a docket at this time of Redis, in seconds since 1970."""


async def waiting(docket: Docket, now: float) -> Waiting:
    """How things stand at this time of Redis, in seconds since 1970; raises `StorageUnavailable` when it fails."""
    with unavailable_when_redis_fails():
        return await _look(docket, now)


async def _look(docket: Docket, now: float) -> Waiting:
    async with docket.redis() as client:
        redis = cast("Redis", client)  # docket's own type has only what docket calls
        given_out, running = await _given_out(redis, docket)
        oldest_due = cast(
            "list[tuple[bytes, object]]", await redis.xrange(docket.stream_key, min=f"({given_out}", count=1)
        )
        entries = await redis.xlen(docket.stream_key)
        overdue = await redis.zcount(docket.queue_key, 0, now)
        later = await redis.zcount(docket.queue_key, f"({now}", "+inf")
        timers = redis.zrange(docket.queue_key, 0, 0, withscores=True)  # pyright: ignore[reportUnknownMemberType]
        oldest_timer = cast("list[tuple[bytes, float]]", await timers)
    # An entry of the stream has the time at which it came there in its id.
    since = [int(entry.partition(b"-")[0]) / 1000 for entry, _ in oldest_due]
    since += [due for _, due in oldest_timer]
    oldest = max((now - one for one in since), default=0.0)
    return Waiting(max(0, entries - running) + overdue, running, later, max(0.0, oldest))


async def _given_out(redis: Redis, docket: Docket) -> tuple[str, int]:
    """The newest entry of the stream that was given to a worker, and how many given ones are not done."""
    try:
        groups = cast("list[dict[str, object]]", await redis.xinfo_groups(docket.stream_key))
    except ResponseError:  # nothing was ever added
        groups = []
    for group in groups:
        if group["name"] == docket.worker_group_name.encode():
            return cast("bytes", group["last-delivered-id"]).decode(), cast("int", group["pending"])
    return "0-0", 0
