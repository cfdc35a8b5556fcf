"""Telegram, or what stands before it, answers with what a bot does not hope for: a page of a proxy, 401, 403."""

from typing import get_args

import pytest

from delivery.buttons import Choose
from simulator.client import Fault, Simulator
from simulator.faults import Foreign, When
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.faults.test_telegram_trouble import begun, chosen, edited, refusals

STARTS_WITHIN = 60.0
"""Seconds for a start and the pauses after two answers that cannot be read."""


@pytest.mark.parametrize("kind", get_args(Foreign))
async def test_an_answer_of_a_proxy_in_place_of_updates_neither_stops_the_bot_nor_loses_one(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, kind: Foreign
) -> None:
    """Whether the call or only its answer got lost: what was not read is asked for again, and done once."""
    students = [await classroom.join(name=name) for name in ("Ann", "Bob")]
    questions = [await begun(student, storage) for student in students]
    await bot.kill()
    await simulator.add_faults(*(Fault("getUpdates", kind, when, times=1) for when in get_args(When)))
    presses = [await chosen(student, question) for student, question in zip(students, questions, strict=True)]
    before = await simulator.last_event()
    bot.start()
    for student, question, press in zip(students, questions, presses, strict=True):
        assert await student.toast(press, STARTS_WITHIN)
        assert (await student.question()).place == (question.attempt, 1)
        await student.acknowledged()
        assert student.copies(question.attempt, 1) == 1
    events = await simulator.events(after=before)
    struck = [event.fault["when"] for event in events if event.kind == "fault_fired" and event.fault]
    assert struck == ["before", "after"]
    delivered = [event.update_id for event in events if event.kind == "update_delivered"]
    assert min(delivered.count(student.update) for student in students) >= 2
    assert await DeadLetters(storage).count() == 0
    assert '"exception"' not in bot.said
    assert "This network wants to know" not in bot.said, "content of an answer is in the log"


async def test_a_token_that_telegram_knows_no_more_ends_the_bot_with_one_clear_line(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Status 2, so that no supervisor takes it for a crash; whoever sets it right finds every quiz as it was."""
    ann = await classroom.join()
    question = await begun(ann, storage)
    said = bot.said
    await simulator.add_faults(Fault("getUpdates", "401", times=1))
    await chosen(ann, question)
    assert await bot.ended() == 2
    last = bot.said.removeprefix(said).splitlines()[-1]
    assert last == "quizbot: QUIZBOT_TOKEN: Telegram does not know this token any more"
    assert '"exception"' not in bot.said

    bot.start()
    await ann.finish(question.attempt, 3)
    assert await DeadLetters(storage).count() == 0


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_a_chat_that_refuses_the_bot_is_left_alone_until_it_is_touched(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, method: str
) -> None:
    """Nothing is tried a second time; the answer is kept, and the old button leads on."""
    del bot
    ann, bob = await classroom.join(), await classroom.join(name="Bob")
    anns, bobs = await begun(ann, storage), await begun(bob, storage)
    await simulator.add_faults(Fault(method, "403", chat_id=ann.id), Fault(method, "500", chat_id=bob.id, times=1))
    press = await chosen(ann, anns)
    await ann.acknowledged()
    await chosen(bob, bobs)
    # A call that is worth another try gets it in the same time: Bob's came later, so Ann's would have come by now.
    assert (await bob.question()).place == (bobs.attempt, 1)
    await bob.until(lambda: edited(bob, bobs), "the verdict")
    assert await refusals(simulator, ann) == 1
    await simulator.lift_faults()

    assert "already" in await ann.toast(await ann.press(anns.message, Choose(*anns.place, anns.places[-1])))
    assert (await ann.question()).place == (anns.attempt, 1)
    await ann.until(lambda: edited(ann, anns), "the verdict")
    attempt = await Attempts(storage).load(ann.id, anns.attempt)
    assert attempt is not None
    assert attempt.answers[0].press == press
    await ann.finish(anns.attempt, 3)
    assert await DeadLetters(storage).count() == 0
