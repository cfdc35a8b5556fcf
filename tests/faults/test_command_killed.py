"""The command itself, started anew as a supervisor would: the other tests fork the same program to save time."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from pathlib import Path

import pytest

from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.injected import inject

STARTS_WITHIN = 60.0
QUIZBOT = Path(sys.executable).with_name("quizbot")


@pytest.mark.timeout(240)
async def test_a_quiz_outlives_the_command_that_runs_the_bot(bot: BotProcess, classroom: Classroom) -> None:
    """SIGKILL in mid-quiz loses nothing, SIGTERM ends the command in good order, with status 0."""
    await bot.kill()
    command = await quizbot_run(bot)
    student = await classroom.join()
    await student.say("photosynthesis")
    question = await student.question(STARTS_WITHIN)
    await student.answer(question)
    command.kill()
    inject("SIGKILL to the command")
    await command.wait()

    command = await quizbot_run(bot)
    try:
        await student.answer(await student.question(STARTS_WITHIN))
        right = await student.finish(question.attempt, 10)
        assert right == sum(told.toast.startswith("✅") for told in student.told.values())
        command.send_signal(signal.SIGTERM)
        inject("SIGTERM to the command")
        async with asyncio.timeout(40):
            assert await command.wait() == 0
    finally:
        if command.returncode is None:
            command.kill()
            await command.wait()


async def quizbot_run(bot: BotProcess) -> Process:
    """The command, on the data and with the Telegram of this bot."""
    log = bot.folder / "log"
    with log.open("ab") as said:
        return await asyncio.create_subprocess_exec(
            QUIZBOT, "run", cwd=bot.folder, env=os.environ | bot.environment, stderr=said
        )
