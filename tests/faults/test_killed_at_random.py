"""Twenty students play while the bot, or its server, is killed at random moments."""

import asyncio
import os
import signal
from contextlib import suppress
from random import Random

import pytest

from simulator.client import Simulator
from storage.connection import Storage
from storage.errors import StorageUnavailable
from storage.people import People
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.faults.lesson import Lesson, new_seed
from tests.faults.outcome import Outcome
from tests.injected import known

KILLS = int(os.environ.get("QUIZBOT_TEST_KILLS", "14"))
TIME_LIMIT = 150 + 5 * KILLS
STUDENTS = 20
LONGEST_LIFE = 3.0
STEPS = {"call_received": "in", "call_abandoned": "in", "call_answered": "after"}
PATIENCE = 60.0 + KILLS
"""Seconds in which a student who presses is answered, or a question comes, however often the bot is killed.

A batch that a kill cut short comes again whole, so that on a slow machine it takes many kills to get on.
"""


@pytest.mark.timeout(TIME_LIMIT)
@pytest.mark.longest
async def test_no_answer_is_lost_or_counted_twice_when_the_bot_is_killed(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, outcome: Outcome
) -> None:
    """SIGKILL at random moments, between and in its steps and while it starts; each time another bot at once."""
    seed = new_seed()
    dice = Random(seed)
    lesson = Lesson(classroom, People(storage), seed, students=STUDENTS, patience=PATIENCE)
    await lesson.begin()
    async with asyncio.TaskGroup() as group:
        group.create_task(lesson.play())
        for _ in range(KILLS):
            begun = await simulator.last_event()
            await at_some_moment(simulator, dice)
            await bot.kill()
            known("SIGKILL to quizbot run", await last_step(simulator, begun))
            bot.start()
        lesson.is_over.set()
    await lesson.check(simulator, storage, outcome)


@pytest.mark.timeout(TIME_LIMIT)
@pytest.mark.longest
async def test_no_answer_is_lost_or_counted_twice_when_the_server_is_killed(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, outcome: Outcome
) -> None:
    """SIGKILL for Valkey at random moments; the bot starts it again, ever later, so that it too is killed at times."""
    seed = new_seed()
    dice = Random(seed)
    lesson = Lesson(classroom, People(storage), seed, students=STUDENTS, patience=PATIENCE)
    await lesson.begin()
    async with asyncio.TaskGroup() as group:
        group.create_task(lesson.play())
        kills = 0
        while kills < KILLS:
            begun = await simulator.last_event()
            await at_some_moment(simulator, dice, storage)
            with suppress(ProcessLookupError):  # it is dead already, and the next is not there yet
                bot.signal_server(signal.SIGKILL)
                kills += 1
                known("SIGKILL to the embedded server", await last_step(simulator, begun))
                if kills % 3 == 0:
                    await bot.restart()
                    known("SIGKILL to quizbot run", "while its server is away")
        lesson.is_over.set()
    await lesson.check(simulator, storage, outcome)


async def at_some_moment(simulator: Simulator, dice: Random, storage: Storage | None = None) -> None:
    """Wait for some calls of Telegram by the bot that was just started and up to 10 ms; or less than it takes to start.

    Where it is the server (`storage`) that was killed, for calls since it answers again.

    A batch of updates takes about 70 calls here: one that is killed before 40 each time would never get on.
    """
    if dice.random() < 1 / 8:
        await asyncio.sleep(dice.random() / 4)
        return
    if storage is not None:
        await answers_again(storage)
    seen, calls, most = await simulator.last_event(), 0, dice.choice((1, 3, 10, 20, 40, 80, 160))
    try:
        async with asyncio.timeout(PATIENCE) as limit:
            async for event in simulator.follow(after=seen):
                if event.kind == "call_received":
                    calls += 1
                    if calls == 1:
                        limit.reschedule(asyncio.get_running_loop().time() + LONGEST_LIFE)
                if calls >= most:
                    break
    except TimeoutError:
        assert calls, "the bot did not start"  # else: one that waits is killed as well
    await asyncio.sleep(dice.random() / 100)


async def answers_again(storage: Storage) -> None:
    """Wait for the server."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(StorageUnavailable):
                await storage.now()
                return
            await asyncio.sleep(0.01)


async def last_step(simulator: Simulator, begun: int) -> str:
    """What the bot was at since this event: its last call of Telegram, and whether that was answered."""
    calls = [event for event in await simulator.events(after=begun) if event.kind in STEPS]
    return f"{STEPS[calls[-1].kind]} {calls[-1].method}" if calls else "while it starts"
