"""Telegram's limits of sending, where a test wants them: so many sends and edits in a chat, in a group, in all."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil

from simulator.clock import Clock

COUNTED = ("send", "edit", "copy", "forward")


@dataclass(frozen=True)
class Limit:
    """No more calls than this in any time of so many seconds, however one cuts it."""

    calls: int
    seconds: float


@dataclass
class Limits:
    """What is allowed to each bot; None allows everything. Telegram's own numbers are not exactly known."""

    clock: Clock
    chat: Limit | None = None
    group: Limit | None = None
    everyone: Limit | None = None
    _taken: defaultdict[tuple[int, int | None], deque[float]] = field(
        default_factory=lambda: defaultdict(deque), init=False
    )

    def take(self, bot: int, method: str, chat: int | None) -> int:
        """Count a call that is allowed and return 0; else count nothing and return the seconds to wait, whole ones."""
        if chat is None or not method.startswith(COUNTED):
            return 0
        now = self.clock.now()
        limits = {(bot, chat): self.group if chat < 0 else self.chat, (bot, None): self.everyone}
        waits = [self._wait(self._taken[who], limit, now) for who, limit in limits.items() if limit is not None]
        if any(waits):
            return max(waits)
        for who, limit in limits.items():
            if limit is not None:
                self._taken[who].append(now)
        return 0

    @staticmethod
    def _wait(taken: deque[float], limit: Limit, now: float) -> int:
        while taken and taken[0] <= now - limit.seconds:
            taken.popleft()
        return 0 if len(taken) < limit.calls else max(1, ceil(taken[-limit.calls] + limit.seconds - now))
