"""Live rounds: begun once, led, answered; each change one script on the keys of one round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import cast

from quiz.identity import derived_id
from quiz.round import Control, Ending, Round, RoundSettings
from quiz.round_score import Answers
from storage import keys
from storage.connection import Script, Storage
from storage.round_record import NewRound, answers_of, fields_of, fields_of_settings, round_of

A_MS = timedelta(milliseconds=1)
LIFE_MS = keys.ROUND // A_MS


class RoundOutcome(StrEnum):
    """What became of a request about a round."""

    STARTED = "started"
    REPEATED = "repeated"
    """The very same update was handled before; nothing changed, but what it began may be unfinished."""
    YOURS = "yours"
    TAKEN_BY_OTHER = "taken by another"
    DONE = "done"
    """Nothing is to be sent now."""
    CHANGED = "changed"
    OUTDATED = "outdated"
    """The round is not where the button says."""
    RECORDED = "recorded"
    TAKEN = "taken"
    FINAL = "final"
    """An answer stands already, and none may be changed."""
    LATE = "late"
    PAUSED = "paused"
    READY = "ready"
    RUNNING = "running"
    CLOSED = "closed"
    """The round is over."""
    ELSEWHERE = "elsewhere"
    """The round is played in another chat."""
    GONE = "gone"
    INVALID = "invalid"
    """No button of ours asks for this."""


@dataclass(frozen=True)
class RoundReply:
    """What a script answered: the outcome, Redis time in ms, and the record of the round as it stands."""

    outcome: RoundOutcome
    now: int
    id: str
    record: Mapping[str, str]

    @cached_property
    def round(self) -> Round | None:
        """The round; None when there is none. Raises `UnknownRecord` when another release wrote it."""
        return round_of(self.id, self.record) if self.record else None


@dataclass(frozen=True, slots=True)
class AnswerReply:
    """What became of a press by a player: the outcome, and what stands as their answer then, as shown in `order`."""

    outcome: RoundOutcome
    language: str
    quiz: str
    version: str
    question: str
    order: str
    chosen: frozenset[str]
    may_change: bool


@dataclass(frozen=True, slots=True)
class ReadyReply:
    """What became of somebody's word that they are ready."""

    outcome: RoundOutcome
    language: str
    players: int


@dataclass(frozen=True, slots=True)
class Presser:
    """Who plays, what they are called, and in which chat; no chat for a vote in a poll, which does not say it."""

    user: int
    name: str
    chat: int | None


class Rounds:
    """The live rounds; a change holds once its method has returned, and again changes nothing."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        names = ("begin", "touch", "record", "answer", "ready", "control", "set", "end", "without")
        self._scripts = {name: Script(storage, "one_hash", "round", f"round_{name}") for name in names}

    async def begin(self, new: NewRound, owner: str) -> RoundReply:
        """Begin a round in its lobby: STARTED, or REPEATED when this id was begun before."""
        fields = [text for pair in fields_of(new).items() for text in pair]
        return await self._change("begin", new.id, owner, LIFE_MS, *fields)

    async def touch(self, round_id: str, owner: str) -> RoundReply:
        """Do what is due by the clock of Redis, and take the step that is next: YOURS, TAKEN_BY_OTHER, or DONE."""
        reply = await self._scripts["touch"]([keys.of_round(round_id, "round")], [owner])
        outcome, now, record = cast("tuple[str, int, list[str]]", tuple(reply))
        taken = RoundOutcome.TAKEN_BY_OTHER if outcome == "taken" else RoundOutcome(outcome)
        return RoundReply(taken, now, round_id, _fields(record))

    async def record(self, round_id: str, sent: Mapping[str, int]) -> RoundReply:
        """Keep what Telegram confirmed, by its step; a question opens now unless somebody has pressed already."""
        return await self._change("record", round_id, *(part for pair in sent.items() for part in pair))

    async def control(
        self, round_id: str, control: Control, *, update: str, turn: int | None, owner: str
    ) -> RoundReply:
        """Lead a round: CHANGED, REPEATED, CLOSED when it is over, or OUTDATED when it is not at that turn any more."""
        return await self._change("control", round_id, update, control, "" if turn is None else turn, owner)

    async def configure(
        self, round_id: str, settings: RoundSettings, *, together: bool, starts: int | None
    ) -> RoundReply:
        """Change how a round is played, and in how many ms it starts (0: not by itself, None: as before).

        CHANGED, or OUTDATED when it has left its lobby.
        """
        fields = [text for pair in fields_of_settings(settings, together=together).items() for text in pair]
        begins = [] if starts is None else ["starts", starts]
        return await self._change("set", round_id, *fields, *begins)

    async def end(self, round_id: str, ending: Ending) -> RoundReply:
        """End a round in whose chat nothing can be said any more."""
        return await self._change("end", round_id, "end", ending)

    async def move(self, round_id: str, chat: int) -> RoundReply:
        """The group of a round is another chat now."""
        return await self._change("end", round_id, "chat", chat)

    async def leave_result(self, round_id: str, position: int) -> RoundReply:
        """Go on to the next question, whose message shall have the result of this one."""
        return await self._change("without", round_id, position)

    async def answer(self, round_id: str, presser: Presser, *, press: str, position: int, what: str) -> AnswerReply:
        """Take a press as an answer to the open question, or the vote of a poll: TAKEN, or why not.

        `what` is `b` and the place of an option, or `p` and all places that were voted for, separated by commas.
        """
        reply = await self._scripts["answer"](
            [*self._keys_of_players(round_id), keys.round_answers(round_id, position)],
            [_chat(presser), presser.user, presser.name, press, position, what, LIFE_MS],
        )
        outcome, now, flat = cast("tuple[str, int, list[str]]", tuple(reply))
        fields = _fields(flat)
        if fields.get("joined") == "1":
            await self._list(presser.user, round_id, now)
        names = ("language", "quiz", "version", "question", "order")
        language, quiz, version, question, order = (fields.get(name, "") for name in names)
        chosen, may_change = frozenset(fields.get("chosen", "")), fields.get("change") == "1"
        return AnswerReply(RoundOutcome(outcome), language, quiz, version, question, order, chosen, may_change)

    async def ready(self, round_id: str, presser: Presser) -> ReadyReply:
        """Somebody is ready: READY, STARTED when the round begins with them, RUNNING when it has begun before."""
        reply = await self._scripts["ready"](
            self._keys_of_players(round_id), [_chat(presser), presser.user, presser.name, LIFE_MS]
        )
        outcome, now, flat = cast("tuple[str, int, list[str]]", tuple(reply))
        fields = _fields(flat)
        if fields.get("joined") == "1":
            await self._list(presser.user, round_id, now)
        return ReadyReply(RoundOutcome(outcome), fields.get("language", ""), int(fields.get("players", 0)))

    async def load(self, round_id: str) -> Round | None:
        """A round as it stands; None when there is none."""
        record = await self._storage.hash(keys.of_round(round_id, "round"))
        return round_of(round_id, record) if record else None

    async def now(self) -> int:
        """The time by the clock of Redis."""
        return await self._storage.now()

    async def seconds_until(self, time: int) -> float:
        """How long it is until a time, by the clock of Redis."""
        return max(0, time - await self._storage.now()) / 1000

    async def drop(self, round_id: str) -> None:
        """Keep nothing of a round that did not begin."""
        await self._storage.delete(keys.of_round(round_id, "round"))

    async def answers(self, round_id: str, position: int) -> Answers:
        """What was answered to a question."""
        return answers_of(await self._storage.hash(keys.round_answers(round_id, position)))

    async def names(self, round_id: str) -> Mapping[int, str]:
        """The names of the players by their numbers, of those who are not forgotten."""
        return {int(number): name for number, name in (await self._storage.hash(self._names(round_id))).items()}

    async def numbers(self, round_id: str) -> Mapping[int, int]:
        """The players' numbers by their ids, of those who are not forgotten."""
        players = await self._storage.hash(keys.of_round(round_id, "players"))
        return {int(user): int(number) for user, number in players.items()}

    async def of_person(self, user: int) -> list[str]:
        """The ids of the rounds that a person played in, newest first."""
        newest = self._storage.client.zrange(keys.rounds(user), 0, -1, desc=True)  # pyright: ignore[reportUnknownMemberType]
        return cast("list[str]", await self._storage.call(newest))

    async def ask_by_poll(self, poll: str, round_id: str, position: int) -> None:
        """Keep which question a poll asks."""
        await self._storage.set(keys.poll(poll), f"{round_id} {position}", keys.POLL)

    async def of_poll(self, poll: str) -> tuple[str, int] | None:
        """The round and the position that a poll asks; None: no poll of ours, or not yet known."""
        record = await self._storage.get(keys.poll(poll))
        if record is None:
            return None
        round_id, position = record.split(" ")
        return round_id, int(position)

    async def _change(self, script: str, round_id: str, *args: str | int) -> RoundReply:
        reply = await self._scripts[script]([keys.of_round(round_id, "round")], args)
        outcome, now, record = cast("tuple[str, int, list[str]]", tuple(reply))
        return RoundReply(RoundOutcome(outcome), now, round_id, _fields(record))

    async def _list(self, user: int, round_id: str, now: int) -> None:
        """Keep that a person plays in a round."""
        key = keys.rounds(user)
        await self._storage.write(key, "ZADD", key, now, round_id)
        await self._storage.write(key, "PEXPIRE", key, LIFE_MS)

    def _keys_of_players(self, round_id: str) -> list[str]:
        return [keys.of_round(round_id, what) for what in ("round", "players", "names")]

    @staticmethod
    def _names(round_id: str) -> str:
        return keys.of_round(round_id, "names")


def leader(update: str) -> str:
    """Who claims the step that an update begins, by the update's id."""
    return derived_id("leader", update)


def _chat(presser: Presser) -> str | int:
    return "" if presser.chat is None else presser.chat


def _fields(flat: list[str]) -> dict[str, str]:
    return dict(zip(flat[::2], flat[1::2], strict=True))
