"""Updates delivered several times, and presses late among others: all is as if each had come once."""

from typing import cast

import pytest

from delivery.buttons import Again, Button, OpenSettings, Resume, SetCount, SetLanguage, SetLevel, Stop, button_of
from quiz.attempt import State
from quiz.question import Level
from simulator.client import Message, Simulator
from storage import keys
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.people import People, Settings
from tests.bot_process import BotProcess
from tests.injected import inject
from tests.student import Classroom, Student, check_kept

SEEDS = range(4)
QUESTIONS = 6


@pytest.mark.parametrize("seed", SEEDS)
async def test_each_answer_counts_once_and_each_question_is_asked_once(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, seed: int
) -> None:
    """A quiz, the same again, a stop and a resume in it: three beginnings are three attempts, whatever comes again."""
    student, attempts = await classroom.join(seed=seed), Attempts(storage)
    await People(storage).save_settings(student.id, Settings(count=QUESTIONS))
    await simulator.set_delivery(copies=(1, 5), late=0.5, seed=seed)

    await student.say("photosynthesis")
    first = (await student.question()).attempt
    await student.finish(first, QUESTIONS)

    ended, _right, _total = await student.score(first)
    await student.press(ended, Again(first, mistakes=False))
    question = await student.question()
    second = question.attempt
    await student.answer(question)
    question = await student.question()
    await student.press(question.message, Stop(second))
    stopped, right, _total = await student.score(second)
    assert right == sum(one.toast.startswith("✅") for place, one in student.told.items() if place[0] == second)
    await student.press(stopped, Resume(second))
    await student.until(lambda: student.copies(second, 1) == 2 or None, "the question once more")
    await student.finish(second, QUESTIONS)

    await no_more_copies(student)
    ids = await attempts_of(student, storage)
    assert set(ids) == {first, second}
    for attempt_id in ids:
        attempt = await attempts.load(student.id, attempt_id)
        assert attempt is not None
        assert attempt.state is State.DONE
        check_kept(student, attempt)
        asked = [student.copies(attempt_id, position) for position in range(QUESTIONS)]
        assert asked == [1, 2 if attempt_id == second else 1, 1, 1, 1, 1]
    assert await DeadLetters(storage).count() == 0
    del bot


@pytest.mark.parametrize("seed", SEEDS)
async def test_the_settings_are_those_that_were_pressed_last(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, seed: int
) -> None:
    """An old press that is delivered once more, at once, does not undo a newer one."""
    student = await classroom.join(seed=seed)
    await student.say("/settings")
    screen = await student.until(lambda: with_button(student, SetCount(3)), "the settings")
    await simulator.set_delivery(copies=(1, 5), seed=seed)
    wanted: list[Button] = [
        SetCount(3),
        SetLevel(Level.RECALL),
        SetCount(4),
        SetLanguage("en"),
        SetLevel(None),
        SetCount(7),
    ]
    for button in wanted:
        await student.toast(await student.press(screen, button))
    await no_more_copies(student)
    assert await People(storage).settings(student.id) == Settings(count=7, level=None, language="en")
    del bot


async def no_more_copies(student: Student) -> None:
    """Go on until whatever was to be delivered again has been, late copies among the newest updates; count them."""
    screen = next(iter(student.shown()))
    for _ in range(6):
        await student.toast(await student.press(screen, OpenSettings()))
        await student.acknowledged()
    again = [one for one in await student.simulator.events() if one.kind == "update_delivered" and one.again]
    inject("update delivered again", times=len(again))


async def attempts_of(student: Student, storage: Storage) -> list[str]:
    """Every attempt that a student ever began."""
    index = storage.client.zrange(keys.attempts(student.id), 0, -1)  # pyright: ignore[reportUnknownMemberType]
    return cast("list[str]", await storage.call(index))


def with_button(student: Student, button: Button) -> Message | None:
    """The newest message with this button."""
    return next(
        (
            one
            for one in reversed(student.shown())
            if button in [button_of(each.data) for each in one.buttons if each.data]
        ),
        None,
    )
