"""Telegram did what was asked, and the connection is cut before its answer: nobody can know, so it is done again.

The design's promise: questions and results at least once; whichever message is pressed counts once.
"""

import asyncio

import pytest

from delivery.buttons import Again, Choose, data_of
from simulator.client import Fault, Message, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.people import People
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.faults.lesson import Lesson, new_seed
from tests.faults.outcome import IS_THOROUGH, Outcome
from tests.faults.test_telegram_trouble import begun, chosen, edited
from tests.student import Question, Student, check_kept, question_of

LENGTH = 2
STUDENTS, PART_LOST = (4, 0.3) if IS_THOROUGH else (2, 0.15)


def lost(method: str) -> Fault:
    """Of the next call of this method the answer is lost, after the call was done."""
    return Fault(method, "reset", "after", times=1)


@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText", "sendMessage"])
@pytest.mark.parametrize("last", [False, True], ids=["before a question", "before the score"])
async def test_what_was_done_without_an_answer_is_done_at_least_once(
    simulator: Simulator,
    bot: BotProcess,
    classroom: Classroom,
    storage: Storage,
    method: str,
    *,
    last: bool,
) -> None:
    """A question or score comes twice when its own answer was lost, else once; toast and verdict are as they were."""
    del bot
    ann = await classroom.join()
    question = await begun(ann, storage, LENGTH)
    if last:
        await ann.answer(question)
        question = await ann.question()
        await ann.acknowledged()
    await simulator.add_faults(lost(method))
    press = await chosen(ann, question)

    assert (await ann.toast(press))[0] in "✅❌"
    await ann.until(lambda: edited(ann, question), "the verdict")
    copies = 2 if method == "sendMessage" else 1
    if last:
        await ann.until(lambda: len(scores(ann, question.attempt)) == copies or None, "the score")
    else:
        assert (await ann.question()).place == (question.attempt, 1)
        await ann.until(lambda: ann.copies(question.attempt, 1) == copies or None, "the question")
        await ann.finish(question.attempt, LENGTH)
    await ann.acknowledged()

    assert len(scores(ann, question.attempt)) == (copies if last else 1)
    assert len({message.text for message in scores(ann, question.attempt)}) == 1, "the same score"
    assert ann.copies(question.attempt, 1) == (1 if last else copies)
    attempt = await Attempts(storage).load(ann.id, question.attempt)
    assert attempt is not None
    assert attempt.answers[question.position].press == press
    check_kept(ann, attempt)
    assert await DeadLetters(storage).count() == 0
    assert len([event for event in await simulator.events() if event.kind == "fault_fired"]) == 1


@pytest.mark.parametrize("newer_first", [False, True], ids=["the older first", "the newer first"])
async def test_whichever_copy_is_pressed_counts_once(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, *, newer_first: bool
) -> None:
    """The other copy says that the question is done, and shows what was right."""
    del bot
    ann = await classroom.join()
    first = await begun(ann, storage, LENGTH)
    await simulator.add_faults(lost("sendMessage"))
    await chosen(ann, first)
    older, newer = await ann.until(lambda: asked_twice(ann, first.attempt), "both copies")
    one, other = (newer, older) if newer_first else (older, newer)

    press = await chosen(ann, one)
    assert (await ann.toast(press))[0] in "✅❌"
    await ann.until(lambda: edited(ann, one), "the verdict")
    late = await ann.press(other.message, Choose(*other.place, other.places[-1]))
    assert "already" in await ann.toast(late)
    await ann.until(lambda: edited(ann, other), "the verdict in the other copy")

    await ann.score(first.attempt)
    attempt = await Attempts(storage).load(ann.id, first.attempt)
    assert attempt is not None
    assert attempt.answers[1].press == press
    check_kept(ann, attempt)


@pytest.mark.timeout(120)
async def test_a_lesson_in_which_a_part_of_all_answers_is_lost(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, outcome: Outcome
) -> None:
    """All of them are lost at random, those to getUpdates too: everyone is asked everything and scored right."""
    seed = new_seed()
    lesson = Lesson(classroom, People(storage), seed, students=STUDENTS, patience=60.0)
    await lesson.begin()
    await simulator.add_faults(
        *(Fault(method, "reset", "after", probability=PART_LOST) for method in ("*", "getUpdates")), seed=seed % 2**32
    )
    lesson.is_over.set()
    await asyncio.wait_for(lesson.play(), 100)
    await simulator.lift_faults()
    await lesson.check(simulator, storage, outcome)
    assert bot.is_running
    copies = [student.copies(*place) for student in lesson.students for place in student.over]
    assert min(copies) >= 1


def scores(student: Student, attempt: str) -> list[Message]:
    """The messages that tell the score of an attempt."""
    return [one for one in student.shown() if any(each.data == again(attempt) for each in one.buttons)]


def again(attempt: str) -> str:
    """What the button carries that only a score has."""
    return data_of(Again(attempt, mistakes=False))


def asked_twice(student: Student, attempt: str) -> tuple[Question, Question] | None:
    """The two open copies of the second question, once there are two."""
    found = [question for one in student.shown() if (question := question_of(one)) is not None]
    match [question for question in found if question.place == (attempt, 1)]:
        case [older, newer]:
            return older, newer
        case _:
            return None
