"""What comes after a quiz on one's own notes: more of them, another quiz in between, and notes that are gone."""

import asyncio

from delivery.buttons import BeginNotes, MoreFromNotes, Resume
from quiz.attempt import State
from simulator.client import Message
from storage.attempts import Attempts
from storage.connection import Storage
from storage.quizzes import Quizzes
from storage.sources import Sources
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.notes.lectures import TEXT
from tests.notes.sender import button_in, done, says, shows, wants
from tests.student import Student


async def finished(student: Student, storage: Storage, count: int) -> tuple[str, Message]:
    """A quiz on the lecture that is played to its end; its attempt, and the message with the score."""
    await wants(student, storage, count=count)
    await student.say(TEXT)
    await shows(student, "words")
    await done(student)
    attempt = (await student.question()).attempt
    await student.finish(attempt, count)
    return attempt, (await student.score(attempt))[0]


async def more(student: Student, score: Message) -> str:
    """Press for more from these notes; the toast."""
    button = button_in(score, MoreFromNotes)
    assert button is not None, score.text
    return await student.toast(await student.press(score, button))


async def stems_of(storage: Storage, student: Student, attempt_id: str) -> set[str]:
    attempt = await Attempts(storage).load(student.id, attempt_id)
    assert attempt is not None
    return {one.stem for one in (await Quizzes(storage).questions_of(attempt)).values()}


async def test_more_from_the_same_notes_are_other_questions(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """One press, or two, begin one more quiz."""
    del bot
    ann = await classroom.join()
    first, score = await finished(ann, storage, count=2)
    assert await more(ann, score) == "Here we go"
    assert await more(ann, score) == "Here we go"
    second = (await ann.question()).attempt
    assert second != first
    await ann.finish(second, 2)
    assert await stems_of(storage, ann, first) & await stems_of(storage, ann, second) == set()
    assert len(await Attempts(storage).newest(ann.id, 10)) == 2


async def test_notes_that_are_gone_are_said_so(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """Those that were there when the quiz began as well as those that are asked for later."""
    del bot
    ann = await classroom.join()
    attempt_id, score = await finished(ann, storage, count=1)
    attempt = await Attempts(storage).load(ann.id, attempt_id)
    assert attempt is not None
    assert attempt.notes is not None
    await Sources(storage).delete(ann.id, attempt.notes.source)
    assert "These notes are gone" in await more(ann, score)


async def test_more_can_be_asked_for_after_a_quiz_that_was_stopped(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """And once more when that is over too, from the same message."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await ann.say(TEXT)
    await shows(ann, "words")
    await done(ann)
    begun: list[str] = []
    for _ in range(3):
        question = await ann.question()
        assert question.attempt not in begun
        begun.append(question.attempt)
        ann.over |= {question.place}
        await ann.say("/stop")
        stopped = await ann.until(lambda: _stopped(ann, begun[0]), "the score of the first")
        assert await more(ann, stopped) == "Here we go"


def _stopped(student: Student, attempt: str) -> Message | None:
    """The message that says that this quiz is stopped."""
    return next((one for one in student.shown() if button_in(one, MoreFromNotes) == MoreFromNotes(attempt)), None)


async def test_done_begins_the_quiz_though_another_one_is_open(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """In one press, or in two; the other one is stopped, and can be gone back to."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await ann.say(TEXT)
    shown = await shows(ann, "words")
    await ann.say("photosynthesis")
    await shows(ann, "To ask about: photosynthesis")
    await ann.say("/quiz photosynthesis")
    deck = await ann.question()
    ann.over.add(deck.place)
    button = button_in(shown, BeginNotes)
    assert button is not None
    for _ in range(2):
        await ann.press(shown, button)
    question = await ann.question()
    assert question.message.text.startswith("1/2 · Mount Vesuvius")
    left = await says(ann, "Stopped “")
    assert button_in(left, Resume) == Resume(deck.attempt)
    attempt = await Attempts(storage).load(ann.id, question.attempt)
    assert attempt is not None
    assert attempt.state is State.OPEN


async def test_notes_of_two_students_are_read_side_by_side(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """And neither sees the other's."""
    del bot
    students = [await classroom.join() for _ in range(3)]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(finished(one, storage, count=2)) for one in students]
    for student, task in zip(students, tasks, strict=True):
        attempt = await Attempts(storage).load(student.id, task.result()[0])
        assert attempt is not None
        assert attempt.notes is not None
        others = [one for one in students if one is not student]
        assert not any([await Sources(storage).is_kept(one.id, attempt.notes.source) for one in others])
