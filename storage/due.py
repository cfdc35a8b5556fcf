"""When tasks are due, by the clock of Redis alone: docket goes by the clocks of processes, which may be wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import cast

from storage import keys
from storage.connection import Script, Storage

A_MS = timedelta(milliseconds=1)


class DueTimes:
    """A task is early for as long as its key lives: Redis lets it expire the moment the task is due."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._put_off = Script(storage, "put_off")

    async def put_off(self, task: str, wait: timedelta, *, anew: bool = True) -> datetime:
        """Make a task due after some time, unless it waits already and is not put off `anew`; when that time is over.

        A day is the longest that is waited for.
        """
        wait = min(max(wait, A_MS), keys.DUE)
        # Time and life by one clock, in one round trip: the nodes of a Cluster each have a clock of their own.
        now = await self._put_off([keys.due(task)], [wait // A_MS, 1 if anew else 0])
        return _moment(now) + wait

    async def due(self, task: str) -> datetime | None:
        """When a task that is early is due; None: it is due."""
        left = await self._storage.call(self._storage.client.pttl(keys.due(task)))
        if left <= 0:
            return None
        return datetime.fromtimestamp((await self._storage.now() + left) / 1000, UTC)


def _moment(time: Sequence[object]) -> datetime:
    seconds, microseconds = (int(cast("str", part)) for part in time)
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=microseconds)
