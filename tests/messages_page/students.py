"""Two students who do the same, one in each language, and everything that they see meanwhile."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field

from delivery.buttons import Button, Choose, ForgedButton, button_of
from delivery.words import LANGUAGES
from simulator.client import Event, Message, Simulator
from storage.parked import ParkedUpdates
from tests.handlers.person import Person
from tests.messages_page import phone
from tests.messages_page.phone import Piece
from tests.messages_page.scenes import Scene

NAMES = {"en": "Ann", "ru": "Аня"}
IDS = {"en": 1001, "ru": 1002}
TIME = re.compile(r"⏱ .*")
TIMES = {"en": "⏱ 42 s", "ru": "⏱ 42 с"}
Kinds = tuple[str, ...]
EVERYTHING = (phone.MESSAGE, phone.EDITED, phone.DELETED, phone.TOAST, phone.ALERT)
ANSWERS = (phone.TOAST, phone.ALERT)
WHOLE, FIRST, LAST = slice(None), slice(1), slice(-1, None)

Words = str | Mapping[str, str]
"""What is typed: the same by both, or by language."""
Wanted = Callable[[Button], bool]
"""Which button is meant."""
Doing = Callable[["Student"], Awaitable[object]]


@dataclass
class Student:
    """One of the two; `kept` are messages that they come back to later."""

    language: str
    person: Person
    kept: dict[str, Message] = field(default_factory=dict[str, Message])

    async def find(self, wanted: Wanted) -> Message:
        """The newest message with such a button."""
        messages = await self.person.messages()
        return next(one for one in reversed(messages) if any(wanted(button) for _data, button in _carried(one)))

    async def press(self, wanted: Wanted, of: str = "") -> None:
        """Press the button where it stands last, or under a message that was kept, as that was then."""
        message = self.kept[of] if of else await self.find(wanted)
        await self.person.send(message, next(data for data, button in _carried(message) if wanted(button)))

    async def seen_since(self, event: int, chat: int | None = None) -> list[Piece]:
        """What appeared in a chat after an event, the private one where none is named."""
        events = await self.person.simulator.events(after=event)
        pieces = [self._piece(one) for one in events if one.chat == (chat or self.person.id)]
        return [piece for piece in pieces if piece is not None]

    def _piece(self, event: Event) -> Piece | None:
        match event.kind, event.message:
            case "message" | "message_edited" | "message_deleted", Message(from_bot=True) as message:
                kinds = {"message": phone.MESSAGE, "message_edited": phone.EDITED, "message_deleted": phone.DELETED}
                piece = phone.message(message, kinds[event.kind])
                lines = tuple(TIME.sub(TIMES[self.language], line) for line in piece.lines)
                # Of what goes it is enough to know what it was.
                return (
                    Piece(piece.kind, lines[:1])
                    if piece.kind == phone.DELETED
                    else Piece(piece.kind, lines, piece.rows)
                )
            case "toast", _ if event.text:
                return phone.words(event.text, phone.ALERT if event.show_alert else phone.TOAST)
            case _:
                return None


@dataclass
class Both:
    """Ann, whose Telegram is in English, and Anya, whose Telegram is in Russian."""

    students: tuple[Student, ...]

    @staticmethod
    async def join(simulator: Simulator, parked: ParkedUpdates, number: int = 0) -> "Both":
        """Two who have never met the bot; each pair has another number."""
        people = {
            language: await simulator.add_user(
                NAMES[language], language_code=language, user_id=IDS[language] + 10 * number
            )
            for language in LANGUAGES
        }
        return Both(tuple(Student(language, Person(simulator, parked, user)) for language, user in people.items()))

    async def see(self, title: str, doing: Doing, *, only: Kinds = EVERYTHING, part: slice = WHOLE) -> Scene:
        """Do something; the scene of what appears, or of a part of what is of these kinds."""

        async def seen_by(student: Student) -> list[Piece]:
            before = await student.person.simulator.last_event()
            await doing(student)
            return [one for one in await student.seen_since(before) if one.kind in only][part]

        seen = await asyncio.gather(*map(seen_by, self.students))
        return scene(title, {one.language: pieces for one, pieces in zip(self.students, seen, strict=True)})

    async def see_in_a_group(self, title: str, doing: Doing, group: int) -> Scene:
        """The same in a group, where both see what the other does: one after the other."""
        shown: dict[str, list[Piece]] = {}
        for student in self.students:
            before = await student.person.simulator.last_event()
            await doing(student)
            shown[student.language] = await student.seen_since(before, group)
        return scene(title, shown)

    async def say(self, title: str, words: Words, *, only: Kinds = EVERYTHING, part: slice = WHOLE) -> Scene:
        """Type something."""
        return await self.see(title, lambda one: one.person.tell(in_(words, one.language)), only=only, part=part)

    async def press(self, title: str, wanted: Wanted, of: str = "", *, only: Kinds = EVERYTHING) -> Scene:
        """Press a button."""
        return await self.see(title, lambda one: one.press(wanted, of), only=only)

    async def does(self, *doings: Wanted | Words) -> None:
        """Type or press one thing after another, with nobody to look."""

        async def does_all(student: Student) -> None:
            for one in doings:
                await (student.press(one) if callable(one) else student.person.tell(in_(one, student.language)))

        await asyncio.gather(*map(does_all, self.students))

    async def keep(self, name: str, wanted: Wanted) -> None:
        """Have the newest message with such a button in mind, as it stands now."""
        for student in self.students:
            student.kept[name] = await student.find(wanted)


def scene(title: str, shown: Mapping[str, list[Piece]]) -> Scene:
    """The scene, in which both see something, and the same kinds of it."""
    kinds = [[piece.kind for piece in pieces] for pieces in shown.values()]
    assert kinds[0] == kinds[1] != [], f"{title}: {kinds}"
    return Scene(title, shown)


def a(kind: type[Button], **parts: object) -> Wanted:
    """A button of this kind that carries these parts."""
    return lambda button: isinstance(button, kind) and all(getattr(button, name) == one for name, one in parts.items())


def option(place: int) -> Wanted:
    """The option at this place, of a question with one right answer."""
    return a(Choose, place=place)


def in_(words: Words, language: str) -> str:
    """The words in a language."""
    return words if isinstance(words, str) else words[language]


def _carried(message: Message) -> Iterator[tuple[str, Button]]:
    for button in message.buttons:
        try:
            yield button.data or "", button_of(button.data or "")
        except ForgedButton:
            continue  # it opens an address, or is there to be looked at
