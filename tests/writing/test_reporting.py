"""Students report a question that they take for wrong, and it goes."""

import pytest

from delivery.buttons import Report
from simulator.client import Message
from storage.connection import Storage
from storage.pools import Pools
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.generation.scripted_server import ScriptedServer, text
from tests.generation.written import STEMS, lines
from tests.student import Student
from tests.writing.test_playing_while_it_is_written import asks_for_a_quiz
from tests.writing.test_pool_served import MOST, plays, pool_of, stems_of

LABEL = "⚑ Report a mistake"


@pytest.fixture
def pool_questions() -> str:
    """As many as are asked for here, so that nothing is written ahead."""
    return "2"


async def answered(student: Student, attempt: str, position: int) -> Message:
    """The message of a question that was answered and can be reported."""

    def look() -> Message | None:
        carried = [(one, button.text) for one in student.shown() for button in one.buttons if is_report(button.data)]
        return next((one for one, label in carried if label == LABEL), None)

    def is_report(data: str | None) -> bool:
        return data == f"f:{attempt}:{position}"

    return await student.until(look, "a question to report")


async def test_a_question_that_two_people_report_is_asked_no_more(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """One person counts once, however often they press."""
    del bot
    provider.writes = [text(*lines(2)), text(*lines(1, begin=2))]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    for student in (ann, ben):
        await asks_for_a_quiz(student, storage, count=2)
        question = await student.question()
        await student.answer(question)
        await student.finish(question.attempt, 2)
        stems = await stems_of(student, storage, question.attempt)
        position = stems.index(STEMS[0])
        message = await answered(student, question.attempt, position)
        for _ in range(2):
            pressed = await student.press(message, Report(question.attempt, position))
            assert (await student.toast(pressed)).startswith("Thank you")
        left = await Pools(storage, MOST).ids(await pool_of(ann, storage))
        assert len(left) == (2 if student is ann else 1)
    cid = await classroom.join(name="Cid")
    assert sorted(await plays(cid, storage)) == sorted(STEMS[1:3])


async def test_only_what_one_has_answered_can_be_reported(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Neither an open question nor another person's."""
    del bot
    provider.writes = [text(*lines(2))]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    await asks_for_a_quiz(ann, storage, count=2)
    question = await ann.question()
    early = await ann.press(question.message, Report(question.attempt, 0))
    assert "does not work" in await ann.toast(early)
    await asks_for_a_quiz(ben, storage, count=2)
    bens = await ben.question()
    strange = await ben.press(bens.message, Report(question.attempt, 0))
    assert "not yours" in await ben.toast(strange)
