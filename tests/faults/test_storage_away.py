"""Only storage that is away leaves an update with Telegram: nothing is lost, and all of it is handled after."""

import os
import signal

import pytest

from delivery.buttons import Skip
from simulator.client import Event, Simulator
from storage import folder_lock
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.injected import inject

pytestmark = pytest.mark.timeout(240)


async def test_no_update_is_acknowledged_while_the_server_does_not_answer(
    simulator: Simulator, bot: BotProcess, classroom: Classroom
) -> None:
    student = await classroom.join()
    await student.say("python")
    question = await student.question()
    await student.acknowledged()
    before = await simulator.last_event()
    bot.signal_server(signal.SIGSTOP)

    pressed = await student.press(question.message, Skip(*question.place))
    student.over.add(question.place)

    def given_again(event: Event) -> bool:
        return event.kind == "call_received" and event.method == "getUpdates" and event.number > delivered.number

    delivered = await simulator.wait_for_event(lambda event: event.kind == "update_delivered", after=before)
    await simulator.wait_for_event(given_again, after=delivered.number, within=60)
    events = await simulator.events(after=before)
    assert not [event for event in events if event.kind == "update_confirmed"]
    assert not student.toasts

    bot.signal_server(signal.SIGCONT)
    assert (await student.toast(pressed, within=60)).startswith("⏭")
    assert (await student.question(within=60)).position == 1


async def test_a_server_killed_in_mid_quiz_is_back_before_the_student_notices(
    bot: BotProcess, classroom: Classroom
) -> None:
    student = await classroom.join()
    await student.say("python")
    attempt = (await student.question()).attempt
    for _ in range(3):
        bot.signal_server(signal.SIGKILL)
        await student.answer()

    assert await student.finish(attempt, 10) == sum(told.toast.startswith("✅") for told in student.told.values())


async def test_a_folder_that_cannot_be_used_for_a_while_loses_nothing(
    simulator: Simulator, bot: BotProcess, classroom: Classroom
) -> None:
    """The server dies and its data are out of reach: the bot waits, and goes on when they are back."""
    student = await classroom.join()
    await student.say("python")
    question = await student.question()
    await student.acknowledged()
    before = await simulator.last_event()
    away = bot.data_dir.with_name("away")
    bot.data_dir.rename(away)
    os.kill(folder_lock.server_pid(away) or 0, signal.SIGKILL)
    inject("SIGKILL to the embedded server", "its data away")

    pressed = await student.press(question.message, Skip(*question.place))
    student.over.add(question.place)
    await simulator.wait_for_event(
        lambda event: event.kind == "call_received" and event.method == "getUpdates",
        after=(await simulator.wait_for_event(lambda event: event.kind == "update_delivered", after=before)).number,
        within=60,
    )
    assert not [event for event in await simulator.events(after=before) if event.kind == "update_confirmed"]

    away.rename(bot.data_dir)
    assert (await student.toast(pressed, within=60)).startswith("⏭")
    assert (await student.question(within=60)).place == (question.attempt, 1)
