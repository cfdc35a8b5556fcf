"""What students see of a quiz that a model writes while they play it, on a Telegram without the newer forms."""

import asyncio
from collections.abc import Callable

from delivery.buttons import Again, Button, Choose, Report, Stop
from simulator.client import Event
from tests.generation.scripted_server import Hang, Received, Reply, ScriptedServer, knows, text
from tests.handlers.person import carried
from tests.messages_page.beginning import MOON, QUADRATIC
from tests.messages_page.bots import Room
from tests.messages_page.phone import DELETED, EDITED, MESSAGE
from tests.messages_page.questions import KNOWN, written
from tests.messages_page.scenes import Scene
from tests.messages_page.students import ANSWERS, FIRST, LAST, Student, Words, a, in_, option

GIANTS = {"en": "gas giants", "ru": "газовые гиганты"}
HARM = {"en": "how to build a pipe bomb at home", "ru": "как сделать бомбу в домашних условиях"}


async def plain_answers(room: Room) -> list[Scene]:
    """What was right, in the form that every Telegram takes."""
    both = await room.pair(count=8)
    await both.does(MOON)
    scenes = [
        await both.press("A right answer", option(0), only=(EDITED,)),
        await both.press("A wrong one", option(0), only=(EDITED,)),
    ]
    await both.does(a(Stop))
    return [
        *scenes,
        await both.say("A formula", QUADRATIC, only=(MESSAGE,), part=LAST),
        await both.press("Its answer, which only a program checked", option(0), only=(EDITED,)),
    ]


async def written_quizzes(room: Room, provider: ScriptedServer) -> list[Scene]:
    """A quiz on any topic, from the first word to the score, and topics on which there is none."""
    both = await room.pair(count=3)
    author = Author(provider)
    return [
        await both.see("A topic without a deck: the quiz is written, and the line tells how far", author.is_watched),
        await both.see("Stop, before there is a question", author.is_stopped),
        await both.see("The first question is there; what said so goes", author.writes_one, only=(MESSAGE, DELETED)),
        await both.press("Its answer; the next question is still being written", option(0)),
        await both.press("A mistake is reported", a(Report)),
        await both.say("An answer is typed meanwhile", "B"),
        await both.see(
            "The score, when the last question did not pass", author.writes_no_more, only=(MESSAGE,), part=LAST
        ),
        await both.see("No question passed", author.fails, only=(MESSAGE,), part=LAST),
        await both.see("Try again", author.is_tried_again, only=ANSWERS, part=FIRST),
        await both.say("A topic on which the bot's rules want no quiz", HARM),
    ]


class Author:
    """What the model does for each of the students, and what they do meanwhile."""

    def __init__(self, provider: ScriptedServer) -> None:
        self._provider = provider
        self._writes: dict[str, list[Reply]] = {}
        self._rest = {language: asyncio.Event() for language in GIANTS}
        provider.makes = self._writes_next

    async def is_watched(self, student: Student) -> None:
        """It has written a question that is not checked yet."""
        self._provider.solves = lambda _received: Reply([Hang()])
        self._writes[student.language] = [text(written(student.language, 0), Hang())]
        await _say_and_wait(student, GIANTS, lambda event: event.kind == "message_edited")

    async def is_stopped(self, student: Student) -> None:
        """The student has enough."""
        before = await student.person.simulator.last_event()
        await student.press(a(Stop))
        await _wait(student, before, lambda event: event.kind == "message_deleted")
        await self._provider.somebody_left()

    async def writes_one(self, student: Student) -> None:
        """One is written and checked, and the others are not."""
        self._provider.solves = knows(KNOWN)
        one, other = written(student.language, 0), written(student.language, 1)
        self._writes[student.language] = [text(one, self._rest[student.language], other), *_wrong(student.language)]
        await _say_and_wait(student, GIANTS, lambda event: event.kind == "message_deleted")

    async def writes_no_more(self, student: Student) -> None:
        """Another one passes, and none after it; that one is answered."""
        before = await student.person.simulator.last_event()
        self._rest[student.language].set()
        await _wait(student, before, lambda event: _offers(event, Choose))
        await student.press(option(1))
        await _wait(student, before, lambda event: _offers(event, Again))

    async def fails(self, student: Student) -> None:
        """It writes three times, and none passes."""
        self._writes[student.language] = _wrong(student.language)
        await _say_and_wait(student, GIANTS, lambda event: _offers(event, Again))

    async def is_tried_again(self, student: Student) -> None:
        """It is asked again, and thinks."""
        self._writes[student.language] = [text(Hang())]
        await student.press(a(Again))
        await student.press(a(Stop))

    def _writes_next(self, received: Received) -> Reply:
        (language,) = (language for language, topic in GIANTS.items() if topic in received.prompt)
        return self._writes[language].pop(0)


def _wrong(language: str) -> list[Reply]:
    """As often as the writer is asked, a question that the solver answers otherwise."""
    return [text(written(language, 2, right=False)) for _ in range(3)]


async def _say_and_wait(student: Student, words: Words, fits: Callable[[Event], bool]) -> None:
    before = await student.person.simulator.last_event()
    await student.person.tell(in_(words, student.language))
    await _wait(student, before, fits)


async def _wait(student: Student, after: int, fits: Callable[[Event], bool]) -> None:
    """Until something in the student's chat fits."""
    chat = student.person.id
    await student.person.simulator.wait_for_event(lambda event: event.chat == chat and fits(event), after=after)


def _offers(event: Event, kind: type[Button]) -> bool:
    """Whether a message has such a button."""
    return event.kind == "message" and event.message is not None and any(map(a(kind), carried(event.message)))
