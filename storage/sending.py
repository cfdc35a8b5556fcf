"""How fast messages may go out: counted in Redis, so that all replicas together keep to Telegram's limits.

All counters lie under one hash tag, so that one script, in one round trip, asks the chat's and that of all and counts
in both or in neither. In a Cluster that makes one slot busy: the counter of all would do so anyway, and it turns away
what is more than some tens of calls a second.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil, inf
from typing import cast

from storage import keys
from storage.connection import Script, Storage

RECOVERY = timedelta(seconds=60)
"""After so long without another 429, one halving of a pace is taken back."""
SEVERAL = 3
TOGETHER = timedelta(seconds=10)
"""So many chats told to wait within this time are no longer the chats' own affair: the pace of all is halved."""
AT_ONCE = 4
"""Of the calls of a limit, one part of so many may go at once."""
NEVER_TOO_EARLY = timedelta(days=365)
"""A tolerance that no counter ever comes to."""


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `calls` (4 or more) in any `seconds`, however one cuts them.

    A quarter may go at once, the rest is spread: a burst of all would leave a chat without a word until the time is
    over. By GCRA at most burst + time / pause calls go in any time, and the pause is what makes that `calls`.
    """

    calls: int
    seconds: float

    @property
    def burst(self) -> int:
        """How many may go at once."""
        return self.calls // AT_ONCE

    @property
    def pause(self) -> int:
        """µs between two calls once the burst is used up."""
        return ceil(self.seconds * 1_000_000 / (self.calls - self.burst))

    def tolerance(self, share: float = 1.0) -> int:
        """µs by which a call may be early, for those who may use this share of the burst; with `inf` it never is.

        Not by a large share: of a burst of one nothing can be used early, and every share of nothing is nothing.
        """
        if share == inf:
            return _us(NEVER_TOO_EARLY)
        return int((self.burst - 1) * self.pause * share)


@dataclass(frozen=True, slots=True)
class Paces:
    """The limits: of a private chat, of a group, of all chats together."""

    chat: Pace
    group: Pace
    everyone: Pace

    def of(self, chat: int | str) -> Pace:
        """That of one chat: groups and channels have negative ids or names."""
        return self.chat if isinstance(chat, int) and chat > 0 else self.group


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one call at Redis time `at`: how long it must `wait`, 0 for not at all; both in µs."""

    wait: int
    at: int

    @property
    def seconds(self) -> float:
        """How long the call must wait."""
        return self.wait / 1_000_000


@dataclass(frozen=True, slots=True)
class Slowness:
    """How often the pace of a chat, and that of all, is halved."""

    chat: int
    everyone: int


class Sending:
    """The counters of all calls that change a chat."""

    def __init__(self, storage: Storage, paces: Paces) -> None:
        self._paces = paces
        self._let_through = Script(storage, "pace", "let_through", may_be_lost=True)
        self._told_to_wait = Script(storage, "pace", "told_to_wait")

    async def let_through(self, chat: int | str, *, kind: str, share: float = 1.0) -> Decision:
        """Count a call that goes out now, or say when to ask again; those of a kind are told to come back in turn.

        `share` is how much of a burst calls of this kind may use: the rest is kept for others. Those with `inf` are
        counted, and wait for nothing but a silence that Telegram asked for.
        """
        one, everyone = self._paces.of(chat), self._paces.everyone
        wait, at = await self._let_through(
            [keys.sending(chat), keys.SENDING_TO_ALL],
            [
                *(one.pause, one.tolerance(share), everyone.pause, everyone.tolerance(share)),
                *(_us(RECOVERY), kind, _ms(keys.SENDING)),
            ],
        )
        return Decision(cast("int", wait), cast("int", at))

    async def told_to_wait(self, chat: int | str, seconds: float, *, share: float = 1.0) -> Slowness:
        """Keep that Telegram answered 429: nothing goes to the chat for so long, or an hour; after that, half as fast.

        Of a burst only so much is left then that a call goes at once of those which may use this `share` of it.
        When several chats are told so within a short time, everything goes half as fast.
        """
        one, everyone = self._paces.of(chat), self._paces.everyone
        silence = min(timedelta(seconds=seconds), keys.SENDING)
        of_chat, of_all = await self._told_to_wait(
            [keys.sending(chat), keys.SENDING_TO_ALL, keys.TOLD_TO_WAIT],
            [
                *(one.pause, one.tolerance(share), everyone.pause),
                *(_us(RECOVERY), str(chat), _us(silence), _us(TOGETHER), SEVERAL),
                *(_ms(keys.SENDING), _ms(keys.TOLD)),
            ],
        )
        return Slowness(cast("int", of_chat), cast("int", of_all))


def _us(time: timedelta) -> int:
    return time // timedelta(microseconds=1)


def _ms(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)
