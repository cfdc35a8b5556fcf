"""The clock of this process beside that of Redis: timers are only set by one that can be trusted."""

import asyncio

import structlog

from storage.connection import Storage
from storage.errors import StorageUnavailable
from storage.health import MOST_MS_OFF, clock_ms

LOOKS_EVERY = 1.0
log = structlog.stdlib.get_logger(__name__)


class Clock:
    """Whether this process is within 1 s of Redis: one of two events is set, and neither before the first look."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.is_right = asyncio.Event()
        self.is_wrong = asyncio.Event()

    async def watch(self) -> None:
        """Look every second, for ever; while Redis does not answer, nothing is known to have changed."""
        while True:
            try:
                self._found(await clock_ms(self._storage))
            except StorageUnavailable as error:
                log.warning("the clock cannot be compared", reason=str(error))
            await asyncio.sleep(LOOKS_EVERY)

    def _found(self, ahead: int) -> None:
        if abs(ahead) <= MOST_MS_OFF:
            if self.is_wrong.is_set():
                log.warning("the clock is right again")
            self.is_wrong.clear()
            self.is_right.set()
        else:
            if not self.is_wrong.is_set():
                log.error("no timers run here until the clock is set right", reason=words_of(ahead))
            self.is_right.clear()
            self.is_wrong.set()


def words_of(ahead: int) -> str:
    """By how much the clock is off, given the ms by which that of Redis is ahead."""
    return f"the clock is {abs(ahead) / 1000:.1f} s {'behind' if ahead > 0 else 'ahead of'} that of Redis"
