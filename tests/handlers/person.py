"""A person in a chat with the bot, who looks only once the bot is done with what was said or pressed."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from decks import load_decks
from delivery.buttons import Button, Stop, button_of, data_of
from delivery.markup import plain_text
from quiz.question import Question
from simulator.client import Callback, Event, Message, Simulator
from storage.parked import ParkedUpdates

DECKS = load_decks()
WITHIN = 30.0
IDS = count(50_000)
"""The bot remembers people longer than the simulator, which begins its numbers anew for each test."""


@dataclass
class Person:
    """Someone with a private chat, whose id is the person's own."""

    simulator: Simulator
    parked: ParkedUpdates
    id: int

    async def say(self, text: str, *, chat: int | None = None, reply_to: int | None = None) -> list[Message]:
        """Write, there or in private; what the bot wrote in answer, in order."""
        before = await self.messages(chat)
        if not await self.tell(text, chat=chat, reply_to=reply_to):
            return []
        known = {message.message_id for message in before}
        return [message for message in await self.messages(chat) if message.message_id not in known]

    async def tell(self, text: str, *, chat: int | None = None, reply_to: int | None = None) -> bool:
        """Write, and look at nothing; whether the bot hears it."""
        said = await self.simulator.say(self.id, text, chat=chat, reply_to=reply_to)
        if said.update_id is not None:
            await self._handled(said.update_id, said.event)
        return said.update_id is not None

    async def ask(self, text: str) -> Message:
        """Write something that one message answers; that message."""
        (answer,) = await self.say(text)
        return answer

    async def press(self, message: Message, label: str) -> Callback:
        """Press the button of this label as the message shows it; what the bot answered the press."""
        return await self.send(message, message.button(label).data or "")

    async def push(self, message: Message, button: Button) -> Callback:
        """Press a button that the message may not show, or not any more."""
        return await self.send(message, data_of(button))

    async def send(self, message: Message, data: str) -> Callback:
        """Send the data of a button, whatever it is, for a message."""
        pressed = await self.simulator.press(self.id, message, data=data)
        assert pressed.update_id is not None
        await self._handled(pressed.update_id, pressed.event)
        return await self.simulator.wait_for_answer(pressed)

    async def upload(self, name: str, content: bytes) -> None:
        """Send a file."""
        sent = await self.simulator.upload(self.id, name, content)
        assert sent.update_id is not None
        await self._handled(sent.update_id, sent.event)

    async def messages(self, chat: int | None = None) -> list[Message]:
        """What the bot has written and is still there, oldest first."""
        messages = await self.simulator.messages(self.id if chat is None else chat)
        return [message for message in messages if message.from_bot and not message.deleted]

    async def last(self) -> Message:
        """The newest message of the bot in private."""
        return (await self.messages())[-1]

    async def now(self, message: Message) -> Message:
        """A message as it stands now."""
        return next(each for each in await self.messages(message.chat_id) if each.message_id == message.message_id)

    async def set(self, *labels: str) -> None:
        """Choose these values in the settings."""
        screen = await self.ask("/settings")
        for label in labels:
            await self.press(await self.now(screen), label)

    async def begin(self, topic: str = "photosynthesis", count: int | None = None) -> Message:
        """Begin a quiz of so many questions; its first one."""
        if count is not None:
            await self.set(str(count))
        return (await self.say(topic))[-1]

    async def answer(self, question: Message, *, right: bool) -> Callback:
        """Answer a question; what the bot said to the press that did it."""
        asked = question_of(question)
        chosen = right_labels(question) if right else wrong_labels(question)
        if len(asked.key) == 1:
            return await self.press(question, chosen[0])
        for label in chosen:
            await self.press(await self.now(question), f"☐ {label}")
        now = await self.now(question)
        return await self.press(now, "Submit" if "Submit" in labels(now) else "Ответить")

    async def _handled(self, update: int, after: int) -> None:
        """Wait until the bot is done with an update: it is confirmed, and not parked."""

        def confirmed(event: Event) -> bool:
            return event.kind == "update_confirmed" and event.update_id == update

        await self.simulator.wait_for_event(confirmed, after=after, within=WITHIN)
        async with asyncio.timeout(WITHIN):
            while update in await self.parked.all():  # noqa: ASYNC110 - another process takes it out
                await asyncio.sleep(0.01)


async def newcomer(simulator: Simulator, parked: ParkedUpdates, language: str | None) -> Person:
    """Somebody the bot has never met, whose Telegram is in this language."""
    return Person(simulator, parked, await simulator.add_user(language_code=language, user_id=next(IDS)))


def labels(message: Message) -> list[str]:
    """What stands on the buttons."""
    return [button.text for button in message.buttons]


def carried(message: Message) -> list[Button]:
    """What the buttons ask for."""
    return [button_of(button.data) for button in message.buttons if button.data]


def stop_of(message: Message) -> Stop:
    """The stop button of a question."""
    return next(button for button in carried(message) if isinstance(button, Stop))


def question_of(message: Message) -> Question:
    """The question of a deck that a message asks."""
    for deck in DECKS:
        for questions in deck.questions.values():
            for question in questions:
                if _squeezed(plain_text(question.stem)) in _squeezed(message.text):
                    return question
    raise AssertionError(f"no question of a deck: {message.text}")


def right_labels(message: Message) -> list[str]:
    """The labels of the right options, without the mark of one switched on."""
    question = question_of(message)
    return [_label(message, question.option(option).text) for option in sorted(question.key)]


def wrong_labels(message: Message) -> list[str]:
    """The label of a wrong option."""
    question = question_of(message)
    wrong = next(option for option in question.options if option.id not in question.key)
    return [_label(message, wrong.text)]


def _label(message: Message, option: str) -> str:
    text = plain_text(option)
    lettered = re.search(rf"^([A-L])\. {re.escape(text)}$", message.text, re.MULTILINE)
    return lettered[1] if lettered else text


def _squeezed(text: str) -> str:
    return "".join(text.split())


def texts(messages: Sequence[Message]) -> list[str]:
    """What messages say."""
    return [message.text for message in messages]
