"""A group that plays: a teacher who leads, students who press, and what the bot shows them."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal, TypeVar

from delivery.buttons import Button, ForgedButton, button_of, data_of
from delivery.round_buttons import Lead, Ready, RoundAnswer
from quiz.round import END, Control, Round, RoundSettings
from simulator.client import Callback, Event, Message, Pressed, Simulator
from storage.connection import Storage
from storage.groups import Groups
from storage.rounds import Rounds

T = TypeVar("T")
WITHIN = 30.0
IDS = count(70_000)
"""The bot remembers people longer than the simulator, which begins its numbers anew for each test."""
DECK = "solar system"
FAST = RoundSettings(seconds=5, pause=1, count=2)
"""As fast as questions may be."""


@dataclass
class PlayingGroup:
    """A group in which rounds are played."""

    simulator: Simulator
    storage: Storage
    chat: int
    teacher: int
    students: list[int]
    thread: int | None = None
    messages: dict[int, Message] = field(default_factory=dict[int, Message])
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        simulator: Simulator,
        storage: Storage,
        *,
        students: int,
        settings: RoundSettings = FAST,
        kind: Literal["group", "supergroup"] = "supergroup",
        is_forum: bool = False,
    ) -> AsyncGenerator["PlayingGroup"]:
        """A group with a teacher who runs it, that sees what happens as long as the context is open."""
        teacher = await simulator.add_user("Tea", user_id=next(IDS))
        pupils = [await simulator.add_user(f"Pupil {number}", user_id=next(IDS)) for number in range(1, students + 1)]
        chat = await simulator.add_group(
            "Class 7b", pupils, admins=[teacher], kind=kind, is_forum=is_forum, owner=teacher
        )
        group = cls(simulator, storage, chat, teacher, pupils)
        await group.set(settings)
        looking = asyncio.create_task(group._look_on(await simulator.last_event()), name=f"group {chat}")
        try:
            yield group
        finally:
            looking.cancel()
            await asyncio.wait([looking])

    @property
    def rounds(self) -> Rounds:
        """What is kept of rounds."""
        return Rounds(self.storage)

    @property
    def groups(self) -> Groups:
        """What is kept of groups."""
        return Groups(self.storage)

    async def set(self, settings: RoundSettings) -> None:
        """Have the next round played so."""
        group = await self.groups.enter(self.chat, "Class 7b")
        await self.groups.remember(group.id, settings)

    async def begin(self, topic: str = DECK) -> Message:
        """The teacher begins a round; its lobby."""
        before = max(self.messages, default=0)
        await self.say(f"/quiz {topic}")
        return await self.sees(lambda one: one.message_id > before and _has(one, Ready), "the lobby")

    async def say(self, text: str, user: int | None = None) -> None:
        """Write in the group, by default the teacher."""
        await self.simulator.say(user or self.teacher, text, chat=self.chat, thread=self.thread)

    async def press(self, user: int, message: Message, button: Button) -> Callback:
        """Press a button; the bot's answer."""
        return await self.simulator.wait_for_answer(await self.presses(user, message, button), within=WITHIN)

    async def presses(self, user: int, message: Message, button: Button) -> Pressed:
        """The same, without waiting for the answer."""
        return await self.simulator.press(user, message.message_id, data=data_of(button), chat=self.chat)

    async def leads(self, message: Message, control: Control, user: int | None = None) -> Callback:
        """Press a button for who leads the round, as the message shows it."""
        return await self.press(user or self.teacher, message, lead_of(message, control))

    async def question(self, position: int) -> Message:
        """The message that asks a question, the newest where there are several."""
        return await self.sees(lambda message: position in {one.position for one in answers_of(message)}, "a question")

    async def sees(self, fits: Callable[[Message], bool], what: str, within: float = WITHIN) -> Message:
        """The newest message that fits, as soon as there is one."""

        def look() -> Message | None:
            return next((one for one in reversed(self.shown()) if fits(one)), None)

        return await self.until(look, what, within)

    async def reads(self, words: str, within: float = WITHIN) -> Message:
        """The newest message with these words."""
        return await self.sees(lambda message: words in message.text, words, within)

    async def until(self, look: Callable[[], T | None], what: str, within: float = WITHIN) -> T:
        """What there is to see, as soon as there is."""
        try:
            async with asyncio.timeout(within):
                while (seen := look()) is None:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"{what} was not seen in {within:g} s\n{self.transcript()}") from None
        return seen

    def shown(self) -> Sequence[Message]:
        """What the bot has written and is still there, oldest first."""
        return [self.messages[number] for number in sorted(self.messages)]

    def transcript(self) -> str:
        """Everything that the group sees, one message after the other."""
        return "\n\n".join(f"{one.text}\n{_rows(one)}".strip() for one in self.shown())

    async def round(self) -> Round:
        """The round that is open, or was last."""
        group = await self.groups.find(self.chat)
        assert group is not None
        one = await self.rounds.load(group.round or group.last or "")
        assert one is not None
        return one

    async def answers_rightly(self, user: int, position: int) -> None:
        """Press all that is right of the open question."""
        question, one = await self.question(position), await self.round()
        planned = one.plan[position].planned
        for place, option in enumerate(planned.order):
            if option in planned.key:
                await self.press(user, question, RoundAnswer(one.id, position, place))

    async def ended(self, within: float = 60.0) -> Round:
        """The round once it is over and the group has been told."""
        async with asyncio.timeout(within):
            while END not in (one := await self.round()).messages:  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.05)
        return one

    async def calls(self) -> Sequence[dict[str, Any]]:
        """The bot's calls that Telegram counts in this group, those that were refused too."""
        calls = await self.simulator.calls(chat=self.chat)
        return [call for call in calls if call["method"].startswith(("send", "edit"))]

    def moved_to(self, chat: int) -> None:
        """The group is another chat now."""
        self.chat = chat
        self.messages.clear()  # a supergroup counts its messages anew

    async def _look_on(self, after: int) -> None:
        async for event in self.simulator.follow(after=after):
            self._see(event)

    def _see(self, event: Event) -> None:
        message = event.message
        if event.chat != self.chat or message is None or not message.from_bot:
            return
        if message.deleted:
            self.messages.pop(message.message_id, None)
        else:
            self.messages[message.message_id] = message
        self._news.set()


def answers_of(message: Message) -> list[RoundAnswer]:
    """The options of a question, in the order shown."""
    return [one for one in carried(message) if isinstance(one, RoundAnswer)]


def lead_of(message: Message, control: Control) -> Lead:
    """The button that asks for this."""
    return next(one for one in carried(message) if isinstance(one, Lead) and one.control is control)


def carried(message: Message) -> list[Button]:
    """What the buttons of a message ask for."""
    found: list[Button] = []
    for button in message.buttons:
        try:
            found.append(button_of(button.data or ""))
        except ForgedButton:
            continue  # it opens an address
    return found


def right_place(one: Round, position: int) -> int:
    """Where the right option of a question stands, or the first of several."""
    planned = one.plan[position].planned
    return next(place for place, option in enumerate(planned.order) if option in planned.key)


def wrong_place(one: Round, position: int) -> int:
    """Where a wrong one stands."""
    planned = one.plan[position].planned
    return next(place for place, option in enumerate(planned.order) if option not in planned.key)


def _has(message: Message, kind: type[Button]) -> bool:
    return any(isinstance(one, kind) for one in carried(message))


def _rows(message: Message) -> str:
    return "\n".join(" ".join(f"[ {button.text} ]" for button in row) for row in message.rows)
