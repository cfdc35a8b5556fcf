"""What a press costs before the student sees that it was heard."""

from contextlib import aclosing
from typing import Any, cast

from simulator.client import Fault, Simulator
from tests.bot_process import BotProcess
from tests.classroom import Classroom

MARK = "the toast is about to be sent"


async def test_one_command_to_redis_stands_between_a_press_and_its_toast(
    simulator: Simulator, bot: BotProcess, classroom: Classroom
) -> None:
    student = await classroom.join()
    await student.say("photosynthesis")
    await student.answer()  # the server has learnt the script
    question = await student.question()
    before = await simulator.last_event()
    await simulator.add_faults(Fault("answerCallbackQuery", "hang", "before", times=1))

    async with bot.storage() as storage:
        client = cast("Any", storage.client)
        async with client.monitor() as monitor, aclosing(monitor.listen()) as commands:
            await simulator.press(student.id, question.message, button=question.message.buttons[0].text)
            await simulator.wait_for_event(lambda event: event.kind == "fault_holding", after=before)
            await client.echo(MARK)
            about_the_student: list[str] = []
            async for each in commands:
                command = str(each["command"])
                if MARK in command:
                    break
                # Commands inside a script are shown as well, as coming from "lua".
                if any(tag in command for tag in (f"{{u:{student.id}}}", "{send}")) and each["client_type"] != "lua":
                    about_the_student.append(command)

    assert len(about_the_student) == 1, about_the_student
    assert about_the_student[0].startswith("EVALSHA ")
