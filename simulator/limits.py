"""Telegram's limits of sending, where a test wants them: so many sends and edits in a chat, in a group, in all."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from simulator.clock import Clock

JsonObject = dict[str, Any]

COUNTED = ("send", "edit", "copy", "forward")
FREE = {"sendChatAction"}
# Those that make several messages at once, and the list with one entry for each.
SEVERAL = {"sendMediaGroup": "media", "copyMessages": "message_ids", "forwardMessages": "message_ids"}


@dataclass(frozen=True)
class Limit:
    """No more calls than this in any time of so many seconds, however one cuts it."""

    calls: int
    seconds: float


TELEGRAM = {"chat": Limit(5, 5.0), "group": Limit(20, 60.0), "everyone": Limit(30, 1.0)}
"""About what Telegram allows: one a second in a private chat, five at once; 20 a minute in a group; 30 a second."""


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

    def as_json(self) -> JsonObject:
        """How the control API shows it."""
        limits = {"chat": self.chat, "group": self.group, "everyone": self.everyone}
        return {name: None if limit is None else vars(limit) for name, limit in limits.items()}

    def take(self, bot: int, method: str, chat: int | None, values: JsonObject) -> int:
        """Count a call that is allowed and return 0; else count nothing and return the seconds to wait, whole ones."""
        if chat is None or not method.startswith(COUNTED) or method in FREE:
            return 0
        messages = len(values.get(SEVERAL[method], "1")) if method in SEVERAL else 1
        now = self.clock.now()
        limits = {(bot, chat): self.group if chat < 0 else self.chat, (bot, None): self.everyone}
        waits = [
            self._wait(self._taken[who], limit, now, messages) for who, limit in limits.items() if limit is not None
        ]
        if any(waits):
            return max(waits)
        for who, limit in limits.items():
            if limit is not None:
                self._taken[who].extend([now] * messages)
        return 0

    @staticmethod
    def _wait(taken: deque[float], limit: Limit, now: float, messages: int) -> int:
        while taken and taken[0] <= now - limit.seconds:
            taken.popleft()
        # An album larger than the limit passes when nothing else was sent.
        beyond = len(taken) + min(messages, limit.calls) - limit.calls
        return 0 if beyond <= 0 else max(1, ceil(taken[beyond - 1] + limit.seconds - now))
