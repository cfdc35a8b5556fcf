"""Students: they see what Telegram shows them, press buttons, and remember what they were told."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from delivery.buttons import Again, Button, Choose, ForgedButton, Skip, Submit, Switch, button_of, data_of
from quiz.attempt import Attempt, PlannedQuestion
from simulator.client import Event, Message, Pressed, Simulator
from storage.errors import StorageUnavailable
from storage.parked import ParkedUpdates

T = TypeVar("T")
WITHIN = 30.0
PATIENCE = 8.0
"""Seconds after which somebody presses again: Telegram may have been too slow for a toast or an edit."""
VERDICTS = ("✅", "❌", "⏭")
NO_ANSWER = "Stopped before the first answer"
SCORE = re.compile(r"(\d+) of (\d+) right")


@dataclass(frozen=True)
class Question:
    """An open question as it stands in a chat."""

    message: Message
    attempt: str
    position: int
    places: tuple[int, ...]
    shown: str | None
    """The ids of the options switched on; None when one press answers."""
    switches: tuple[Switch, ...]

    @property
    def place(self) -> tuple[str, int]:
        """Which question it is, whichever of its messages this one is."""
        return self.attempt, self.position


@dataclass(frozen=True)
class Told:
    """An answer that the bot has acknowledged: what was pressed, by which press, and the toast."""

    press: str
    pressed: Button
    toast: str


@dataclass
class Student:
    """One person in a private chat with the bot."""

    simulator: Simulator
    id: int
    dice: Random
    presses: dict[str, Button] = field(default_factory=dict[str, Button])
    messages: dict[int, Message] = field(default_factory=dict[int, Message])
    toasts: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    over: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    """Questions that this person takes for answered."""
    update: int = 0
    """The update of what this person did last."""
    last: tuple[Message, Button, str] | None = None
    """What this person pressed last: where, what, and the id of the press."""
    dropped: set[str] = field(default_factory=set[str])
    """Presses that Telegram gave up, since nobody took them in time."""
    parked: ParkedUpdates | None = None
    """Where a bot that polls keeps what is slow, if that can be looked at."""
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def loses(self, press: str) -> None:
        """Telegram gave a press up."""
        self.dropped.add(press)
        self._news.set()

    def sees(self, event: Event) -> None:
        """Something happened in the chat."""
        if event.kind == "toast" and event.callback_query_id is not None:
            self.toasts.setdefault(event.callback_query_id, []).append(event.text or "")
        elif event.message is not None:
            self.messages[event.message.message_id] = event.message
        self._news.set()

    async def until(self, look: Callable[[], T | None], what: str, within: float = WITHIN) -> T:
        """What there is to see, as soon as there is.

        One whose last press Telegram dropped presses once more: what it began may be half done until the next touch.
        """
        try:
            async with asyncio.timeout(within):
                while (seen := look()) is None:
                    self._news.clear()
                    if self.last is not None and self.last[2] in self.dropped:
                        await self.press(*self.last[:2])
                    await self._news.wait()
        except TimeoutError:
            chat = "\n".join(
                f"{one.message_id} {one.text!r} {[button.data for button in one.buttons]}{' deleted' * one.deleted}"
                for one in self.messages.values()
            )
            raise AssertionError(
                f"student {self.id} waited {within} s for {what}\n{chat}\n{self.toasts}\ndropped {self.dropped}"
            ) from None
        return seen

    async def say(self, text: str) -> None:
        """Write to the bot."""
        said = await self.simulator.say(self.id, text)
        assert said.update_id is not None
        self.update = said.update_id

    async def press(self, message: Message, button: Button) -> Pressed:
        """Press a button; it is written down even where nobody waits for it any more."""
        return await asyncio.shield(self._press(message, button))

    async def _press(self, message: Message, button: Button) -> Pressed:
        pressed = await self.simulator.press(self.id, message, data=data_of(button))
        assert pressed.update_id is not None
        self.update = pressed.update_id
        self.presses[pressed.callback_query_id] = button
        self.last = message, button, pressed.callback_query_id
        return pressed

    @property
    def told(self) -> dict[tuple[str, int], Told]:
        """The answers that were acknowledged, by attempt and position; fails when two presses were for one question."""
        told: dict[tuple[str, int], Told] = {}
        for press, button in self.presses.items():
            for toast in self.toasts.get(press, ()):
                if isinstance(button, Choose | Skip | Submit) and toast.startswith(VERDICTS):
                    place = button.attempt, button.position
                    assert told.setdefault(place, Told(press, button, toast)) == Told(press, button, toast)
        return told

    async def acknowledged(self, within: float = WITHIN) -> None:
        """Wait until the bot has handled what this person did last, and told Telegram so."""

        def confirmed(event: Event) -> bool:
            return event.kind == "update_confirmed" and event.update_id == self.update

        await self.simulator.wait_for_event(confirmed, within=within)
        async with asyncio.timeout(within):
            while await self._is_parked():  # noqa: ASYNC110 - another process takes it out
                await asyncio.sleep(0.02)

    async def _is_parked(self) -> bool:
        """Whether the bot has confirmed the update, but not handled it yet; unknown while its storage is away."""
        try:
            return self.parked is not None and self.update in await self.parked.all()
        except StorageUnavailable:
            return True

    async def question(self, within: float = WITHIN) -> Question:
        """The question that waits for an answer, as soon as there is one."""
        return await self.until(self.open_question, "a question", within)

    def open_question(self) -> Question | None:
        """The newest question of the chat that this person has not answered."""
        for message in reversed(self.shown()):
            question = question_of(message)
            if question is not None and question.place not in self.over:
                return question
        return None

    def shown(self) -> Sequence[Message]:
        """The messages of the bot that are there, oldest first."""
        return [
            self.messages[one] for one in sorted(self.messages) if self.messages[one].from_bot and self.visible(one)
        ]

    def visible(self, message: int) -> bool:
        """Whether the message is there and not deleted."""
        return message in self.messages and not self.messages[message].deleted

    def copies(self, attempt: str, position: int) -> int:
        """How many messages have asked this question so far."""
        found = 0
        for message in self.messages.values():
            versions = [message.rows, *(version.rows for version in message.history)]
            found += any(
                _asks(button.data) == (attempt, position) for rows in versions for row in rows for button in row
            )
        return found

    async def toast(self, pressed: Pressed | str, within: float = WITHIN) -> str:
        """The first answer to a press."""
        press = pressed if isinstance(pressed, str) else pressed.callback_query_id
        return await self.until(lambda: next(iter(self.toasts.get(press, ())), None), f"a toast for {press}", within)

    async def answer(self, question: Question | None = None, within: float = 6 * PATIENCE) -> None:
        """Answer the open question in some way, pressing as often as it takes."""
        question = question or await self.question()
        wanted = [switch for switch in question.switches if self.dice.random() < 1 / 2] or question.switches[:1]
        skips = self.dice.random() < 1 / 8
        given_up = asyncio.get_running_loop().time() + within
        while asyncio.get_running_loop().time() < given_up:
            question = self.latest(question)
            if skips:
                button: Button = Skip(*question.place)
            elif question.shown is None:
                button = Choose(*question.place, self.dice.choice(question.places))
            else:
                wrong = [one for one in wanted if one in question.switches]
                button = wrong[0] if wrong else Submit(*question.place, question.shown)
            if await self._try(question, button):
                self.over.add(question.place)
                return
        raise AssertionError(f"student {self.id} cannot answer {question}")

    def latest(self, question: Question) -> Question:
        """The same message as it stands now, or as this person saw it last with its buttons."""
        return question_of(self.messages[question.message.message_id]) or question

    async def _try(self, question: Question, button: Button) -> bool:
        """Press, and see whether the question is answered now; one to whom nothing happens will press again."""
        pressed = await self.press(question.message, button)

        def answered() -> str | None:
            toasts = self.toasts.get(pressed.callback_query_id)
            return toasts[0] if toasts else None if self._asks(question) else VERDICTS[0]

        toast = await self.in_time(answered)
        if toast is None or toast.startswith(VERDICTS) or "already" in toast:
            return toast is not None
        assert isinstance(button, Switch) or "changed" in toast, (button, toast)
        edits = question.message.edits
        await self.in_time(lambda: self.messages[question.message.message_id].edits > edits or None)
        return False

    def _asks(self, question: Question) -> bool:
        return question_of(self.messages[question.message.message_id]) is not None

    async def in_time(self, look: Callable[[], T | None]) -> T | None:
        """What there is to see, or None where somebody would press again."""
        try:
            return await self.until(look, "something to happen", PATIENCE)
        except AssertionError:
            return None

    async def score(self, attempt: str, within: float = WITHIN) -> tuple[Message, int, int]:
        """The message with the score of an attempt that has ended: right answers, of how many (0 of 0: no answer)."""

        def look() -> Message | None:
            ends = Again(attempt, mistakes=False)
            return next((one for one in self.shown() if any(_read(each.data) == ends for each in one.buttons)), None)

        message = await self.until(look, f"the score of {attempt}", within)
        if NO_ANSWER in message.text:
            return message, 0, 0
        found = SCORE.search(message.text)
        assert found, message.text
        return message, int(found[1]), int(found[2])

    async def finish(self, attempt: str, length: int) -> int:
        """Answer what is left of a quiz; how many were right by the score."""
        while len([one for one in self.over if one[0] == attempt]) < length:
            await self.answer()
        _message, right, total = await self.score(attempt)
        assert total == length
        return right


def question_of(message: Message) -> Question | None:
    """The question that a message asks; None when it asks none (any more)."""
    carried = [_read(button.data) for button in message.buttons]
    skip = next((one for one in carried if isinstance(one, Skip)), None)
    if skip is None:
        return None
    submit = next((one for one in carried if isinstance(one, Submit)), None)
    return Question(
        message,
        skip.attempt,
        skip.position,
        tuple(one.place for one in carried if isinstance(one, Choose)),
        None if submit is None else submit.shown,
        tuple(one for one in carried if isinstance(one, Switch)),
    )


def check_kept(student: Student, attempt: Attempt) -> None:
    """What is kept is what the student did, and was told: no acknowledged answer is another one or missing."""
    told = {position: one for (of, position), one in student.told.items() if of == attempt.id}
    assert told.keys() <= attempt.answers.keys()
    for position, answer in attempt.answers.items():
        button = student.presses[answer.press]
        assert isinstance(button, Choose | Skip | Submit)
        assert (button.attempt, button.position) == (attempt.id, position)
        assert answer.chosen == _meant(button, attempt.plan[position])
        if position in told:
            assert told[position].press == answer.press
            mark = "⏭" if answer.skipped else "✅" if attempt.is_right(position) else "❌"
            assert told[position].toast.startswith(mark)


def _meant(button: Choose | Skip | Submit, planned: PlannedQuestion) -> frozenset[str] | None:
    match button:
        case Choose(place=place):
            return frozenset(planned.order[place])
        case Submit(shown=shown):
            return frozenset(shown)
        case Skip():
            return None


def _asks(data: str | None) -> tuple[str, int] | None:
    button = _read(data)
    return (button.attempt, button.position) if isinstance(button, Skip) else None


def _read(data: str | None) -> Button | None:
    try:
        return button_of(data or "")
    except ForgedButton:
        return None
