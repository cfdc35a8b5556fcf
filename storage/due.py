"""When tasks are due, by the clock of Redis alone: docket goes by the clocks of processes, which may be wrong."""

from datetime import UTC, datetime, timedelta
from typing import cast

from storage import keys
from storage.connection import Storage

A_MS = timedelta(milliseconds=1)


class DueTimes:
    """A task is early for as long as its key lives: Redis lets it expire the moment the task is due."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def put_off(self, task: str, wait: timedelta, *, anew: bool = True) -> datetime:
        """Make a task due after some time, unless it waits already and is not put off `anew`; when that time is over.

        A day is the longest that is waited for.
        """
        wait = min(max(wait, A_MS), keys.DUE)
        pipeline = self._storage.client.pipeline(transaction=True)
        pipeline.set(keys.due(task), "", px=wait, nx=not anew)
        pipeline.time()  # pyright: ignore[reportUnknownMemberType]
        _, now = cast("tuple[object, tuple[int, int]]", await self._storage.call(pipeline.execute()))
        return _moment(now) + wait

    async def due(self, task: str) -> datetime | None:
        """When a task that is early is due; None: it is due."""
        pipeline = self._storage.client.pipeline(transaction=True)
        pipeline.pttl(keys.due(task))
        pipeline.time()  # pyright: ignore[reportUnknownMemberType]
        left, now = cast("tuple[int, tuple[int, int]]", await self._storage.call(pipeline.execute()))
        return _moment(now) + left * A_MS if left > 0 else None


def _moment(time: tuple[int, int]) -> datetime:
    seconds, microseconds = time
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=microseconds)
