"""The ordered log of everything that happened, which tests and the terminal wait on."""

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

from simulator.clock import Clock

JsonObject = dict[str, Any]

# A long benchmark must not fill the memory; who follows the log reads far fewer at a time.
KEPT_EVENTS = 100_000


class Bell:
    """Wakes everyone who asked for its next ring, and nobody who asks later."""

    def __init__(self) -> None:
        self._ringing = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        self._ringing.set()
        self._ringing = asyncio.Event()

    def next(self) -> asyncio.Event:
        """Set at the next ring; ask for it before looking whether there is anything to wait for."""
        return self._ringing


class EventLog:
    """Events numbered from 1 in the order in which they happened; numbers never repeat in one run."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._events: deque[JsonObject] = deque(maxlen=KEPT_EVENTS)
        self._last = 0
        self.bell = Bell()

    @property
    def last(self) -> int:
        """The number of the newest event, 0 before the first."""
        return self._last

    def __iter__(self) -> Iterator[JsonObject]:
        return iter(self._events)

    def add(self, kind: str, bot: int | None = None, **fields: object) -> JsonObject:
        """Log one event and wake who waits for it."""
        self._last += 1
        event: JsonObject = {
            "number": self._last,
            "kind": kind,
            "at": time.time(),
            "clock": self._clock.now(),
            "bot": bot,
            **fields,
        }
        self._events.append(event)
        self.bell.ring()
        return event

    def after(self, number: int) -> list[JsonObject]:
        """All kept events with a higher number, oldest first."""
        missing = min(self._last - number, len(self._events))
        if missing <= 0:
            return []
        newest = [self._events[-back] for back in range(1, missing + 1)]
        return newest[::-1]

    def clear(self) -> None:
        """Forget what happened; numbering goes on, so that nobody waiting is led astray."""
        self._events.clear()
        self.bell.ring()
