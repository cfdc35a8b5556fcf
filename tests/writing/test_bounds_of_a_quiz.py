"""What a quiz may take, and how many are written at a time."""

import asyncio

from storage.budgets import Budgets, Limits
from storage.connection import Storage
from tests.bot_process import BotProcess
from tests.generation.scripted_server import Hang, ScriptedServer, text
from tests.generation.written import STEMS, line, lines
from tests.student import Classroom
from tests.writing.test_playing_while_it_is_written import asks_for_a_quiz

LIMITS = Limits(300_000, 600_000, 5_000_000)


async def test_a_quiz_is_begun_with_what_is_left_of_the_day(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Nobody is sent away who could still have a quiz: most take far less than the most."""
    del bot
    provider.writes = [text(*lines(3))]
    ann = await classroom.join()
    budgets = Budgets(storage, LIMITS)
    await budgets.take(await budgets.account(ann.id, ann.id, "earlier"), 290_000, 0, 0)
    await asks_for_a_quiz(ann, storage)

    await ann.finish((await ann.question()).attempt, 3)


async def test_stopping_over_and_over_is_not_free(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """A provider says only at the end of a call what it took; a call ended before is booked all the same."""
    del bot
    provider.writes = [text(line(STEMS[0]), Hang())]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage)
    await ann.question()
    await ann.say("/stop")
    await provider.somebody_left()

    budgets = Budgets(storage, LIMITS)
    day = (await budgets.account(ann.id, ann.id, "another")).day
    async with asyncio.timeout(30):
        while (await budgets.use_of_user(ann.id, day)).input_tokens < 1000:  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.05)


async def test_a_class_is_not_kept_waiting_for_one_another(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Ten students name topics at once, and the writer pauses after each first question: all ten play it."""
    del bot
    provider.writes = [text(line(STEMS[0]), Hang()) for _ in range(10)]
    students = [await classroom.join(name=f"Student {number}") for number in range(10)]
    for student in students:
        await asks_for_a_quiz(student, storage)
    async with asyncio.TaskGroup() as group:
        for student in students:
            group.create_task(student.question())
