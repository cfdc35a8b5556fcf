"""What a quiz may take, and how many are written at a time."""

import asyncio

from storage.budgets import Account, Budgets, Limits
from storage.connection import Storage
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.generation.scripted_server import Hang, Reply, ScriptedServer, text
from tests.generation.written import STEMS, line, lines
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
    """A provider says only at the end of a call what it took; a call ended before is booked by what came of it."""
    del bot
    provider.writes = [text(line(STEMS[0]), Hang())]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage)
    await ann.question()
    await ann.say("/stop")
    await provider.somebody_left()

    budgets = Budgets(storage, LIMITS)
    day = (await budgets.account(ann.id, ann.id, "another")).day
    (prompt,) = provider.writers_prompts
    taken = 300 + len(prompt) // 4, 20 + len(line(STEMS[0])) // 4
    async with asyncio.timeout(30):
        while sum(taken) != await all_tokens(budgets, ann.id, day):  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.05)
    use = await budgets.use_of_user(ann.id, day)
    assert (use.input_tokens, use.output_tokens) == taken
    await given_back(budgets, await budgets.account(ann.id, ann.id, "another"), LIMITS.user - sum(taken))


async def test_a_quiz_handed_on_holds_nothing_that_it_does_not_use(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Told to end in mid-writing, the bot gives back what it had set aside; the next one sets aside anew."""
    provider.writes = [text(line(STEMS[0]), Hang()), text(*lines(2, begin=1))]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage)
    first = await ann.question()
    await bot.stop()
    bot.start()
    await ann.finish(first.attempt, 3)
    budgets = Budgets(storage, LIMITS)
    account = await budgets.account(ann.id, ann.id, "another")
    async with asyncio.timeout(30):  # what a call took is said at its end, after the last question
        while not await budgets.reserve(  # noqa: ASYNC110 - Redis rings no bell
            account, LIMITS.user - await all_tokens(budgets, ann.id, account.day)
        ):
            await asyncio.sleep(0.05)


async def test_a_day_that_ends_in_mid_quiz_is_called_by_its_name(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """What is at the solver by then is still asked."""
    del bot
    provider.writes = [Reply([line(STEMS[0])], usage=(8000, 200))]
    ann = await classroom.join()
    budgets = Budgets(storage, LIMITS)
    await budgets.take(await budgets.account(ann.id, ann.id, "earlier"), 291_000, 0, 0)
    await asks_for_a_quiz(ann, storage)
    question = await ann.question()
    await ann.answer(question)
    score, _right, total = await ann.score(question.attempt)
    assert total == 1
    assert "Questions written: 1 of 3. Today's limit for new quizzes is reached" in score.text
    assert "00:00 UTC" in score.text


async def all_tokens(budgets: Budgets, user: int, day: str) -> int:
    use = await budgets.use_of_user(user, day)
    return use.input_tokens + use.output_tokens


async def given_back(budgets: Budgets, account: Account, tokens: int) -> None:
    """Wait until so much can be set aside again."""
    async with asyncio.timeout(20):
        while not await budgets.reserve(account, tokens):  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.05)


async def test_a_class_is_not_kept_waiting_for_one_another(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Ten students name topics at once, and the writer pauses after each first question: all ten play it."""
    del bot
    # More than ten: on a slow machine a task may be delivered twice.
    provider.writes = [text(line(STEMS[0]), Hang()) for _ in range(40)]
    students = [await classroom.join(name=f"Student {number}") for number in range(10)]
    for student in students:
        await asks_for_a_quiz(student, storage)
    async with asyncio.TaskGroup() as group:
        for student in students:
            group.create_task(student.question())
