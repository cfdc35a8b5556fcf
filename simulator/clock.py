"""The simulator's time: the real one, plus what a test has advanced it by."""

import time


class Clock:
    """Says what time it is in the simulated world; only the control API moves it, and only forward."""

    def __init__(self) -> None:
        self._advanced = 0.0

    @property
    def advanced(self) -> float:
        """Seconds by which this world is ahead of the real one."""
        return self._advanced

    def now(self) -> float:
        """Unix time in the simulated world, in seconds."""
        return time.time() + self._advanced

    def advance(self, seconds: float) -> None:
        """Move the simulated world forward; callbacks and updates grow older by so much."""
        self._advanced += seconds

    def reset(self) -> None:
        """Go back to the real time."""
        self._advanced = 0.0
