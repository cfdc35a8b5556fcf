"""The simulator's time: the real one, plus what a test has advanced it by."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable


class Clock:
    """Says what time it is in the simulated world; only the control API moves it, and only forward."""

    def __init__(self) -> None:
        self._advanced = 0.0
        self._alarms: list[tuple[float, int, Callable[[], object]]] = []
        self._numbers = itertools.count()
        self._timer: asyncio.TimerHandle | None = None
        self._sleepers: set[asyncio.Event] = set()

    @property
    def advanced(self) -> float:
        """Seconds by which this world is ahead of the real one."""
        return self._advanced

    def now(self) -> float:
        """Unix time in the simulated world, in seconds."""
        return time.time() + self._advanced

    def advance(self, seconds: float) -> None:
        """Move the simulated world forward; what falls due on the way is done before this returns."""
        self._advanced += seconds
        self._ring()

    def at(self, when: float, action: Callable[[], object]) -> None:
        """Do this at that time of the simulated world, whether it passes by itself or is advanced."""
        heapq.heappush(self._alarms, (when, next(self._numbers), action))
        self._ring()

    async def sleep(self, seconds: float) -> None:
        """Return when so much time has passed in the simulated world, or when that world is begun anew."""
        woken = asyncio.Event()
        self._sleepers.add(woken)
        try:
            self.at(self.now() + seconds, woken.set)
            await woken.wait()
        finally:
            self._sleepers.discard(woken)

    def reset(self) -> None:
        """Go back to the real time, and forget what was to be done."""
        self._advanced = 0.0
        self._alarms.clear()
        for woken in self._sleepers:
            woken.set()

    def _ring(self) -> None:
        while self._alarms and self._alarms[0][0] <= self.now():
            heapq.heappop(self._alarms)[2]()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._alarms:
            left = self._alarms[0][0] - self.now()
            self._timer = asyncio.get_running_loop().call_later(left, self._ring)
