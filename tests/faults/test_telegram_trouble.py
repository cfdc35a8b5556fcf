"""Telegram refuses, hangs or drops calls in one chat: that chat goes on a moment later, the others at once."""

import asyncio
from itertools import pairwise

import httpx
import pytest

from delivery.buttons import Choose, Skip, Submit, button_of
from quiz.question import Level
from simulator.client import Fault, Message, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.people import People, Settings
from tests.bot_process import NOWHERE, TOKEN, BotProcess
from tests.classroom import Classroom
from tests.student import Question, Student


async def begun(student: Student, storage: Storage, count: int = 3) -> Question:
    """The first question of a quiz whose questions take one press each."""
    await People(storage).save_settings(student.id, Settings(count=count, level=Level.RECALL))
    await student.say("photosynthesis")
    question = await student.question()
    await student.acknowledged()
    return question


async def chosen(student: Student, question: Question) -> str:
    """Press the first option, whatever comes of it; the id of the press."""
    button = Choose(*question.place, question.places[0])
    pressed = await student.press(question.message, button)
    student.over.add(question.place)
    return pressed.callback_query_id


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        pytest.param(Fault("sendMessage", "429", retry_after=1, times=1), 1, id="429"),
        pytest.param(Fault("sendMessage", "500", times=1), 1, id="500"),
        pytest.param(Fault("sendMessage", "502", "after", times=1), 2, id="502 after the effect"),
        pytest.param(Fault("sendMessage", "401", times=1), 1, id="401"),
        pytest.param(Fault("sendMessage", "garbage", times=1), 1, id="garbage"),
        pytest.param(Fault("sendMessage", "foreign_json", times=1), 1, id="JSON of a proxy"),
        pytest.param(Fault("sendMessage", "foreign_403", times=1), 1, id="403 of a proxy"),
        pytest.param(Fault("sendMessage", "garbage", "after", times=1), 2, id="garbage after the effect"),
        pytest.param(Fault("sendMessage", "reset", times=1), 1, id="reset"),
        pytest.param(Fault("sendMessage", "reset", "after", times=1), 2, id="reset after the effect"),
        pytest.param(Fault("sendMessage", "hang", times=1), 1, id="hang"),
        pytest.param(Fault("sendMessage", "hang", "after", times=1), 2, id="hang after the effect"),
        pytest.param(Fault("editMessageText", "429", retry_after=1, times=1), 1, id="429 for the edit"),
        pytest.param(Fault("editMessageText", "garbage", times=1), 1, id="garbage for the edit"),
        pytest.param(Fault("editMessageText", "garbage", "after", times=1), 1, id="garbage after the edit"),
        pytest.param(Fault("editMessageText", "hang", times=1), 1, id="hang of the edit"),
        pytest.param(Fault("answerCallbackQuery", "500", times=1), 1, id="500 for the toast"),
        pytest.param(Fault("answerCallbackQuery", "403", times=1), 1, id="403 for the toast"),
        pytest.param(Fault("answerCallbackQuery", "garbage", times=1), 1, id="garbage for the toast"),
        pytest.param(Fault("answerCallbackQuery", "garbage", "after", times=1), 1, id="garbage after the toast"),
        pytest.param(Fault("answerCallbackQuery", "hang", times=1), 1, id="hang of the toast"),
        pytest.param(Fault("getUpdates", "500", times=1), 1, id="500 for the updates"),
        pytest.param(Fault("getUpdates", "403", times=1), 1, id="403 for the updates"),
        pytest.param(Fault("getUpdates", "reset", times=1), 1, id="reset of the updates"),
    ],
)
async def test_a_call_that_fails_is_made_again(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, fault: Fault, copies: int
) -> None:
    """The verdict is shown and the next question asked without another press; twice only if Telegram did not say."""
    del bot
    ann = await classroom.join()
    first = await begun(ann, storage)
    await simulator.add_faults(fault)
    await chosen(ann, first)
    second = await ann.question()
    assert second.place == (first.attempt, 1)
    await ann.until(lambda: edited(ann, first), "the verdict")
    await ann.until(lambda: ann.copies(first.attempt, 1) == copies or None, "the copy")
    await ann.finish(first.attempt, 3)
    await ann.acknowledged()
    assert ann.copies(first.attempt, 1) == copies
    assert ann.copies(first.attempt, 2) == 1
    assert await DeadLetters(storage).count() == 0
    assert len([event for event in await simulator.events() if event.kind in {"fault_fired", "fault_holding"}]) == 1


async def test_a_chat_told_to_wait_keeps_nobody_else_waiting(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """While Telegram wants silence in one chat, another one plays a whole quiz; each wait is as long as was asked."""
    del bot
    ann, bob = await classroom.join(), await classroom.join(name="Bob")
    anns, bobs = await begun(ann, storage), await begun(bob, storage)
    await simulator.add_faults(Fault("sendMessage", "429", chat_id=ann.id, retry_after=1))
    await ann.toast(await chosen(ann, anns))
    await bob.finish(bobs.attempt, 3)
    assert ann.open_question() is None
    await simulator.lift_faults()
    assert (await ann.question()).place == (anns.attempt, 1)
    tries = (await simulator.calls("sendMessage", chat=ann.id))[1:]
    assert tries[0]["status"] == 429
    assert all(later["received_at"] - one["answered_at"] >= 1 for one, later in pairwise(tries))
    await ann.finish(anns.attempt, 3)


async def test_nothing_is_given_up_when_every_call_in_a_chat_hangs(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """The update is acknowledged although no call ever ends, what it asked for is done once Telegram answers again."""
    del bot
    ann, bob = await classroom.join(), await classroom.join(name="Bob")
    anns, bobs = await begun(ann, storage), await begun(bob, storage)
    await simulator.add_faults(Fault("*", "hang", chat_id=ann.id))
    press = await chosen(ann, anns)
    await simulator.wait_for_event(lambda event: event.kind == "fault_holding" and event.chat == ann.id)
    await bob.answer(bobs)
    await ann.acknowledged()
    await bob.finish(bobs.attempt, 3)
    await simulator.lift_faults()
    assert (await ann.question()).place == (anns.attempt, 1)
    await ann.until(lambda: edited(ann, anns), "the verdict")
    attempt = await Attempts(storage).load(ann.id, anns.attempt)
    assert attempt is not None
    assert attempt.answers[0].press == press
    await ann.finish(anns.attempt, 3)
    assert await DeadLetters(storage).count() == 0


async def test_everyone_at_once_is_not_too_much(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """As many updates as Telegram gives at a time, each of another person, are all handled; none runs out of time."""
    await bot.kill()
    students = [await classroom.join() for _ in range(100)]
    for student in students:
        await student.say("photosynthesis")
    bot.start()
    async with asyncio.TaskGroup() as group:
        for student in students:
            group.create_task(student.question(within=90))
    await students[-1].acknowledged()
    assert await DeadLetters(storage).count() == 0


async def test_a_deleted_question_gets_its_verdict_in_a_new_message(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Whoever deletes the message that they pressed still learns what was right, and the quiz goes on."""
    ann = await classroom.join()
    question = await begun(ann, storage)
    await bot.kill()
    press = await chosen(ann, question)
    await simulator.delete(ann.id, question.message.message_id)
    bot.start()
    right = (await ann.toast(press)).startswith("✅")

    def verdict() -> Message | None:
        words = "✅ Right!" if right else "❌ Wrong"
        return next((one for one in ann.shown() if one.text.startswith("1/3") and words in one.text), None)

    message = await ann.until(verdict, "the verdict")
    assert (await ann.question()).message.message_id > message.message_id > question.message.message_id
    await ann.finish(question.attempt, 3)


async def test_whoever_blocks_the_bot_can_come_back(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """What was answered before is kept, nothing is tried in vain, and the old button leads on."""
    ann = await classroom.join()
    question = await begun(ann, storage)
    await bot.kill()
    press = await chosen(ann, question)
    await simulator.block(ann.id)
    bot.start()
    await ann.acknowledged()
    refused = await refusals(simulator, ann)
    assert refused
    await begun(await classroom.join(name="Bob"), storage)
    assert await refusals(simulator, ann) == refused
    await simulator.block(ann.id, blocked=False)
    assert "already" in await ann.toast(await ann.press(question.message, Choose(*question.place, question.places[-1])))
    assert (await ann.question()).place == (question.attempt, 1)
    assert edited(ann, question)
    attempt = await Attempts(storage).load(ann.id, question.attempt)
    assert attempt is not None
    assert attempt.answers[0].press == press
    await ann.finish(question.attempt, 3)


async def test_a_telegram_that_is_away_when_the_bot_starts_is_waited_for(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """It begins as soon as Telegram answers."""
    del storage
    await bot.kill()
    troubles = (Fault("getMe", "502", times=1), Fault("getMe", "reset", times=1), Fault("getMe", "garbage", times=1))
    await simulator.add_faults(*troubles)
    bot.start()
    ann = await classroom.join()
    await ann.say("photosynthesis")
    await ann.question(within=60)


async def test_a_webhook_that_was_set_before_is_taken_away(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Whoever goes back from a webhook to polling need not know how to end it; what is pending is not dropped."""
    del storage
    await bot.kill()
    async with httpx.AsyncClient(trust_env=False) as http:
        await http.post(f"{simulator.url}/bot{TOKEN}/setWebhook", json={"url": NOWHERE})
    ann = await classroom.join()
    await ann.say("photosynthesis")
    bot.start()
    await ann.question()


async def test_a_press_too_old_to_be_answered_is_still_an_answer(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Telegram takes the answer to a press for a short time only; the quiz goes on without the toast."""
    ann = await classroom.join()
    question = await begun(ann, storage)
    await simulator.add_faults(Fault("answerCallbackQuery", "hang", "before", seconds=0.3, times=1))
    before = await simulator.last_event()
    press = await chosen(ann, question)
    await simulator.wait_for_event(lambda event: event.kind == "fault_holding", after=before)
    await simulator.advance_clock(60)

    assert (await ann.question()).place == (question.attempt, 1)
    assert not (await simulator.callback(press)).answered
    assert bot.is_running


async def refusals(simulator: Simulator, student: Student) -> int:
    """How often the bot was told that this person blocks it."""
    return len([call for call in await simulator.calls(chat=student.id) if call["status"] == 403])


def edited(student: Student, question: Question) -> bool | None:
    """The message does not ask any more, but shows what was right."""
    message = student.messages[question.message.message_id]
    asks = any(isinstance(button_of(one.data), Choose | Skip | Submit) for one in message.buttons if one.data)
    return (bool(message.edits) and not asks) or None
