"""Attempts: begun once, answered once a question, stopped, resumed; each change one script on one hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import cast

from quiz.attempt import Attempt, PlannedQuestion
from quiz.identity import derived_id
from storage import keys
from storage.attempt_record import SCORE, NewAttempt, attempt_of, fields_of, packed
from storage.connection import Script, Storage

__all__ = ["SCORE", "Attempts", "NewAttempt", "Outcome", "Reply", "claimant", "verdict_step", "waiting_step"]


MOST_SEEN = 5000
"""Questions of pools that are remembered of a person."""


class Outcome(StrEnum):
    """What became of a request about an attempt."""

    STARTED = "started"
    TAKEN = "taken"
    SELECTED = "selected"
    STOPPED = "stopped"
    RESUMED = "resumed"
    RECORDED = "recorded"
    EXTENDED = "extended"
    COMPLETED = "completed"
    REPEATED = "repeated"
    """The very same update was handled before; nothing changed, but what it began may be unfinished."""
    LATE = "late"
    """Another press answered this question already."""
    CHANGED = "changed"
    """The options switched on are not those that the pressed button shows."""
    EMPTY = "empty"
    CLOSED = "closed"
    BUSY = "busy"
    GONE = "gone"
    INVALID = "invalid"
    """No button of ours asks for this."""
    YOURS = "yours"
    TAKEN_BY_OTHER = "other"
    DONE = "done"


@dataclass(frozen=True)
class Reply:
    """What a script answered: the outcome, Redis time in ms, and the record of the attempt as it stands."""

    outcome: Outcome
    now: int
    id: str
    record: Mapping[str, str]
    """Empty when there is no attempt."""

    @cached_property
    def attempt(self) -> Attempt | None:
        """The attempt as it stands; None when there is none. Read when first asked for: many ask for the outcome only.

        Raises `UnknownRecord` when another release wrote it.
        """
        is_there = self.record and self.outcome is not Outcome.BUSY
        return attempt_of(self.id, self.record) if is_there else None

    @property
    def other(self) -> str | None:
        """The attempt that is open in the chat instead, when the outcome is BUSY."""
        return self.record["id"] if self.outcome is Outcome.BUSY else None


class Attempts:
    """The attempts of everyone; a change holds once its method has returned, and again changes nothing."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._start = Script(storage, "one_hash", "attempt", "start")
        self._answer = Script(storage, "one_hash", "attempt", "answer")
        self._select = Script(storage, "one_hash", "attempt", "select")
        self._stop = Script(storage, "one_hash", "attempt", "stop")
        self._resume = Script(storage, "one_hash", "attempt", "resume")
        self._touch = Script(storage, "one_hash", "attempt", "touch")
        self._record = Script(storage, "one_hash", "attempt", "record")
        self._extend = Script(storage, "one_hash", "attempt", "extend")
        self._complete = Script(storage, "one_hash", "attempt", "complete")

    async def start(self, new: NewAttempt, owner: str) -> Reply:
        """Begin an attempt: STARTED, REPEATED when this id was begun before, or BUSY with the one open here."""
        # First, so that none stands without: a task would find nobody's, and who was killed in between may never be
        # told again, since Telegram keeps a press for 150 s only.
        await self._storage.set(keys.owner(new.id), str(new.user_id), keys.FINISHED_ATTEMPT)
        fields = [text for pair in fields_of(new).items() for text in pair]
        reply = await self._start(
            [
                keys.attempt(new.user_id, new.id),
                keys.active(new.user_id, new.chat_id),
                keys.attempts(new.user_id),
            ],
            [new.id, owner, _ms(keys.UNFINISHED_ATTEMPT), _ms(keys.FINISHED_ATTEMPT), *fields],
        )
        begun = _reply(new.id, reply)
        if begun.outcome is Outcome.BUSY:
            # It goes soon, but not at once: the same update, delivered twice, may have begun the attempt by now.
            await self._storage.set(keys.owner(new.id), str(new.user_id), keys.DUE)
        return begun

    async def answer(
        self,
        user: int,
        chat: int,
        attempt: str,
        *,
        press: str,
        position: int,
        what: str,
        shown: str,
        message_id: int,
    ) -> Reply:
        """Take a press as the answer to a question, once: TAKEN, or why not.

        `what` is `skip`, `submit`, or the place of an option as shown, from 0; `shown` are the ids of the
        options that the pressed submit button shows as on. The press that was TAKEN is REPEATED ever after.
        """
        reply = await self._answer(
            [keys.attempt(user, attempt), keys.active(user, chat)],
            [
                *(attempt, press, position, what, shown, message_id),
                *(_ms(keys.FINISHED_ATTEMPT), _ms(keys.UNFINISHED_ATTEMPT), claimant(press)),
            ],
        )
        return _reply(attempt, reply)

    async def select(self, user: int, attempt: str, *, press: str, position: int, place: int, on: bool) -> Reply:
        """Switch an option of the open question on or off: SELECTED, or why not."""
        reply = await self._select([keys.attempt(user, attempt)], [press, position, place, int(on), claimant(press)])
        return _reply(attempt, reply)

    async def stop(self, user: int, chat: int, attempt: str, *, update: str, message_id: int) -> Reply:
        """End an attempt early: STOPPED, CLOSED when it had ended, REPEATED when this update was heard before.

        An update whose message is older than the attempt is REPEATED too: it meant another one.
        """
        reply = await self._stop(
            [keys.attempt(user, attempt), keys.active(user, chat)],
            [attempt, update, message_id, _ms(keys.UNFINISHED_ATTEMPT), claimant(update)],
        )
        return _reply(attempt, reply)

    async def resume(self, user: int, chat: int, attempt: str, *, update: str) -> Reply:
        """Open a stopped attempt again, and let its question be asked anew: RESUMED, REPEATED, CLOSED or BUSY."""
        await self._storage.set(keys.owner(attempt), str(user), keys.FINISHED_ATTEMPT)
        reply = await self._resume(
            [keys.attempt(user, attempt), keys.active(user, chat)],
            [attempt, update, _ms(keys.UNFINISHED_ATTEMPT), claimant(update)],
        )
        return _reply(attempt, reply)

    async def touch(self, user: int, attempt: str, *, owner: str) -> Reply:
        """Read an attempt and take its next step: YOURS, TAKEN_BY_OTHER for up to 5 s, or DONE."""
        outcome, now, record = cast(
            "tuple[str, int, list[str]]", await self._touch([keys.attempt(user, attempt)], [owner])
        )
        return _reply(attempt, [Outcome.TAKEN_BY_OTHER if outcome == "taken" else outcome, now, record])

    async def record(self, user: int, attempt: str, sent: Mapping[str, int]) -> Reply:
        """Keep what Telegram confirmed: `v:POSITION` a verdict, `POSITION` a question, `score` → message id.

        `w:POSITION` is the line which says that a question is on its way; 0 instead of its id: it was taken away.
        A question of a pool counts as seen from then on.

        The reply has the attempt only where it was not planned whole from the start.
        """
        pairs = [part for pair in sent.items() for part in pair]
        life = (_ms(keys.FINISHED_ATTEMPT), MOST_SEEN)
        return _reply(attempt, await self._record([keys.attempt(user, attempt), keys.seen(user)], [*life, *pairs]))

    async def extend(
        self, user: int, attempt: str, position: int, planned: PlannedQuestion, *more: PlannedQuestion, owner: str
    ) -> Reply:
        """Add what was written next: EXTENDED, REPEATED when all is there, or CLOSED when no more may come."""
        reply = await self._extend([keys.attempt(user, attempt)], [position, owner, *map(packed, (planned, *more))])
        return _reply(attempt, reply)

    async def complete(self, user: int, chat: int, attempt: str, *, shortfall: str, owner: str) -> Reply:
        """Say that no more questions will be written, and why (empty: all were): COMPLETED, or REPEATED."""
        reply = await self._complete(
            [keys.attempt(user, attempt), keys.active(user, chat)],
            [attempt, owner, shortfall, _ms(keys.FINISHED_ATTEMPT)],
        )
        return _reply(attempt, reply)

    async def active(self, user: int, chat: int) -> str | None:
        """The id of the attempt that is open in a chat."""
        return await self._storage.get(keys.active(user, chat))

    async def latest(self, user: int) -> str | None:
        """The id of the attempt that a person began last."""
        ids = await self.newest(user, 1)
        return ids[0] if ids else None

    async def newest(self, user: int, count: int) -> list[str]:
        """The ids of the attempts that a person began last, newest first."""
        newest = self._storage.client.zrange(keys.attempts(user), 0, count - 1, desc=True)  # pyright: ignore[reportUnknownMemberType]
        return cast("list[str]", await self._storage.call(newest))

    async def seen(self, user: int) -> Mapping[str, int]:
        """The questions of pools that a person was asked, by id, each with when it was last (ms since 1970)."""
        seen = self._storage.client.zrange(keys.seen(user), 0, -1, withscores=True)  # pyright: ignore[reportUnknownMemberType]
        return {question: int(at) for question, at in cast("list[tuple[str, float]]", await self._storage.call(seen))}

    async def load(self, user: int, attempt: str) -> Attempt | None:
        """An attempt as it stands; None when there is none or it belongs to somebody else."""
        record = await self._storage.hash(keys.attempt(user, attempt))
        return attempt_of(attempt, record) if record else None

    async def owner(self, attempt: str) -> int | None:
        """Whose attempt it is."""
        user = await self._storage.get(keys.owner(attempt))
        return int(user) if user else None


def claimant(update: str) -> str:
    """Who claims the step that an update begins, by the update's id; tasks carry it.

    In the id of a press itself Telegram puts the presser's.
    """
    return derived_id("claim", update)


def verdict_step(position: int) -> str:
    """The step of showing what was right at a position."""
    return f"v:{position}"


def waiting_step(position: int) -> str:
    """The step of saying that the question at a position is on its way."""
    return f"w:{position}"


def _ms(life: timedelta) -> int:
    return life // timedelta(milliseconds=1)


def _reply(attempt: str, reply: list[object]) -> Reply:
    outcome, now, flat = cast("tuple[str, int, list[str]]", tuple(reply))
    return Reply(Outcome(outcome), now, attempt, dict(zip(flat[::2], flat[1::2], strict=True)))
