"""Telegram keeps its limits: the bot stays below them, waits where it is told to, and loses nothing by either."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from itertools import pairwise

import pytest
from docket import ExponentialRetry

from delivery.question import ON
from simulator.client import Fault, Limit, Simulator
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.people import People, Settings
from tasks import later
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.faults.test_telegram_trouble import begun, chosen
from tests.student import Student

TRIES = 3
TELEGRAMS = {"QUIZBOT_CHAT_MESSAGES": "60", "QUIZBOT_GROUP_MESSAGES": "20", "QUIZBOT_ALL_MESSAGES": "30"}


def few_tries() -> None:
    later.TRIES = TRIES
    later.RETRY = ExponentialRetry(attempts=TRIES, minimum_delay=timedelta(seconds=1))


@pytest.fixture
async def bot(simulator: Simulator) -> AsyncGenerator[BotProcess]:
    """A bot that keeps to Telegram's own limits, as it does unless it is told otherwise; its tasks give up early."""
    async with start_bot(simulator, TELEGRAMS, few_tries) as bot:
        yield bot


async def test_thirty_students_and_a_group_play_within_the_limits(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """All at once, and faster than people: everyone gets every question and a score, and nobody is ever refused."""
    # Over three seconds: calls bunch on the way from the bot, so that one second may see some of the next one's.
    await simulator.set_limits(chat=Limit(60, 60), group=Limit(20, 60), everyone=Limit(90, 3))
    students = [await classroom.join() for _ in range(30)]
    group = await simulator.add_group("Class", [student.id for student in students])
    for student in students[:8]:
        await simulator.say(student.id, "/quiz", chat=group)
    for student in students:
        await People(storage).save_settings(student.id, Settings(count=3))

    async def play(student: Student) -> None:
        await student.say("photosynthesis")
        await student.finish((await student.question(within=60)).attempt, 3)

    async with asyncio.TaskGroup() as tasks:
        for student in students:
            tasks.create_task(play(student))

    calls = await simulator.calls()
    assert not [call for call in calls if call["status"] == 429]
    assert [call for call in calls if call["chat_id"] == group]
    assert await DeadLetters(storage).count() == 0
    assert bot.is_running


async def test_a_chat_told_to_wait_gets_nothing_until_then_whatever_is_pressed_there(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Its presses are answered meanwhile, and another chat plays a whole quiz."""
    del bot
    ann, bob = await classroom.join(), await classroom.join(name="Bob")
    anns, bobs = await begun(ann, storage), await begun(bob, storage)
    before = await simulator.last_event()
    await simulator.add_faults(Fault("*", "429", chat_id=ann.id, retry_after=4, times=2))
    # The first 429 is for the toast, which has no limits; the second one silences the chat.
    await chosen(ann, anns)
    await simulator.wait_for_event(
        lambda event: event.kind == "call_answered" and event.status == 429 and event.method == "editMessageText",
        after=before,
    )
    for _ in range(3):
        assert "already" in await ann.toast(await chosen(ann, anns))
    await ann.say("/help")
    await bob.finish(bobs.attempt, 3)

    assert (await ann.question()).place == (anns.attempt, 1)
    await ann.finish(anns.attempt, 3)
    calls = [call for call in await simulator.calls(chat=ann.id) if call["method"] != "answerCallbackQuery"]
    refused = next(place for place, call in enumerate(calls) if call["status"] == 429)
    assert calls[refused + 1]["received_at"] - calls[refused]["answered_at"] >= 4
    assert all(call["status"] in {200, 429} for call in await simulator.calls(chat=bob.id))
    assert await DeadLetters(storage).count() == 0


async def test_however_often_a_message_must_wait_it_is_sent(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """To be told to wait is no failure, of which a task may have so many before it is given up."""
    del bot
    ann = await classroom.join()
    await simulator.add_faults(Fault("sendMessage", "429", chat_id=ann.id, retry_after=1, times=2 * TRIES))
    await ann.say("/help")
    words = await ann.until(lambda: next(iter(ann.shown()), None), "the help", within=90)
    assert "/quiz" in words.text
    assert await DeadLetters(storage).count() == 0
    assert len(await simulator.calls("sendMessage", chat=ann.id)) == 2 * TRIES + 1


async def test_a_student_who_presses_faster_than_the_chat_may_be_written_to_waits_a_moment(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """A burst passes at once; after it the quiz goes on as fast as the chat takes it, and comes to its score."""
    del bot
    await simulator.set_limits(chat=Limit(60, 60))
    ann = await classroom.join()
    await People(storage).save_settings(ann.id, Settings(count=12))
    await ann.say("photosynthesis")
    await ann.finish((await ann.question()).attempt, 12)
    sent = [call for call in await simulator.calls(chat=ann.id) if call["method"].startswith(("send", "edit"))]
    assert not [call for call in sent if call["status"] == 429]
    pauses = [later["received_at"] - one["received_at"] for one, later in pairwise(sent)]
    assert max(pauses[:12]) < max(pauses[15:])


async def test_a_box_that_could_not_be_ticked_at_once_is_ticked_a_moment_later(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Without another press: the message shows how things stand by then."""
    del bot
    ann = await classroom.join()
    await People(storage).save_settings(ann.id, Settings(count=12))
    await ann.say("photosynthesis")
    while not (question := await ann.question()).switches:
        await ann.answer(question)
    await simulator.add_faults(Fault("editMessageText", "429", chat_id=ann.id, retry_after=2, times=1))
    first, second = question.switches[:2]
    await ann.toast(await ann.press(question.message, first))
    await ann.toast(await ann.press(question.message, second))

    def ticked() -> bool | None:
        message = ann.messages[question.message.message_id]
        return sum(button.text.startswith(ON) for button in message.buttons) == 2 or None

    await ann.until(ticked, "both boxes ticked")
    assert await DeadLetters(storage).count() == 0


async def test_a_quiz_that_is_stopped_where_the_chat_takes_no_more_comes_to_its_score_once(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Taking the buttons away and sending the score are two calls: the first must not use up what the second needs."""
    del bot
    ann = await classroom.join()
    await People(storage).save_settings(ann.id, Settings(count=12))
    await ann.say("photosynthesis")
    for _ in range(7):
        await ann.answer()
    attempt = (await ann.question()).attempt
    await ann.say("/stop")

    _message, _right, total = await ann.score(attempt)
    assert total == 12
    scores = [call for call in await simulator.calls("sendMessage", chat=ann.id) if "⏹ <b>" in str(call["parameters"])]
    assert len(scores) == 1
