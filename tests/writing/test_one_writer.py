"""However many name a topic at the same moment, one quiz is written, and all play it."""

import asyncio

import pytest

from storage import keys
from storage.attempts import Attempts
from storage.budgets import Budgets, Limits
from storage.connection import Storage
from storage.pools import Pools
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.generation.scripted_server import Hang, ScriptedServer, error, text
from tests.generation.written import STEMS, line, lines
from tests.student import Student
from tests.writing.test_playing_while_it_is_written import asks_for_a_quiz, line_of
from tests.writing.test_pool_served import MOST, plays, pool_of, stems_of

LIMITS = Limits(300_000, 600_000, 5_000_000)


@pytest.fixture
def pool_questions() -> str:
    """As many as are asked for here, so that nothing is written ahead."""
    return "3"


async def a_class(classroom: Classroom, storage: Storage, number: int, count: int = 3) -> list[Student]:
    """So many students, each of whom has named the topic and waits or plays."""
    students = [await classroom.join(name=f"Student {one}") for one in range(number)]
    await asyncio.gather(*(asks_for_a_quiz(one, storage, count=count) for one in students))
    return students


async def all_asked(students: list[Student]) -> None:
    async with asyncio.TaskGroup() as group:
        for student in students:
            group.create_task(student.question(within=60))


async def test_a_class_that_names_one_topic_has_it_written_once(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Each question is there for everybody while the next is still written."""
    del bot
    rest = asyncio.Event()
    provider.writes = [text(line(STEMS[0]), rest, *lines(2, begin=1))]
    students = await a_class(classroom, storage, 8)
    await all_asked(students)
    rest.set()
    for student in students:
        question = await student.question()
        await student.finish(question.attempt, 3)
        assert sorted(await stems_of(student, storage, question.attempt)) == sorted(STEMS[:3])
    assert len(provider.writers_prompts) == 1


async def test_another_goes_on_at_once_when_whoever_leads_stops(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """With what is missing: what was accepted is not written again."""
    del bot
    provider.writes = [text(line(STEMS[0]), Hang()), text(*lines(2, begin=1))]
    ann, ben = await a_class(classroom, storage, 2)
    await all_asked([ann, ben])
    leader, other = (ann, ben) if await leads(ann, storage) else (ben, ann)
    await leader.say("/stop")
    await provider.somebody_left()
    await other.finish((await other.question()).attempt, 3)
    assert len(provider.writers_prompts) == 2
    assert STEMS[0] in provider.writers_prompts[1]


async def test_after_a_kill_all_of_a_class_get_their_quiz(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Whoever led, and whoever waited: the lead is free again after 10 s, and what is in the pool stays."""
    provider.writes = [text(*lines(2), Hang()), text(*lines(1, begin=2))]
    students = await a_class(classroom, storage, 3)
    await all_asked(students)
    pool = await pool_of(students[0], storage)
    async with asyncio.timeout(30):
        while len(await Pools(storage, MOST).ids(pool)) < 2:  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.05)
    await bot.restart()
    for student in students:
        await student.finish((await student.question()).attempt, 3)
    assert len(provider.writers_prompts) == 2


async def test_whoever_leads_pays_and_nobody_else(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """One whose day is used up takes part without paying, as long as somebody writes."""
    del bot
    first = asyncio.Event()
    provider.writes = [text(first, *lines(2))]
    ann, poor = await classroom.join(), await classroom.join(name="Poor")
    budgets = Budgets(storage, LIMITS)
    account = await budgets.account(poor.id, poor.id, "earlier")
    await budgets.take(account, 299_000, 0, 0)
    await asks_for_a_quiz(ann, storage, count=2)
    await provider.was_asked()
    await asks_for_a_quiz(poor, storage, count=2)
    await poor.until(lambda: line_of(poor, "Writing your quiz"), "the progress")
    first.set()
    await poor.finish((await poor.question()).attempt, 2)
    assert (await budgets.use_of_user(poor.id, account.day)).input_tokens == 299_000
    async with asyncio.timeout(20):  # what a call took is said at its end
        while (await budgets.use_of_user(ann.id, account.day)).input_tokens == 0:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.05)


async def test_another_leads_where_the_leader_has_no_budget(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """One who can write nothing keeps nobody from it."""
    del bot
    provider.writes = [text(*lines(2))]
    poor = await classroom.join(name="Poor")
    budgets = Budgets(storage, LIMITS)
    await budgets.take(await budgets.account(poor.id, poor.id, "earlier"), 299_000, 0, 0)
    await asks_for_a_quiz(poor, storage, count=2)
    # Ann asks only then: had her quiz been written first, there would be one for the other too, who pays for nothing.
    await poor.until(lambda: line_of(poor, "00:00 UTC"), "that the day is used up", within=60)
    assert await storage.get(keys.of_pool(await pool_of(poor, storage), "lead")) is None, "the lead is given back"
    ann = await classroom.join()
    assert sorted(await plays(ann, storage)) == sorted(STEMS[:2])


async def test_those_who_waited_share_the_trouble_of_the_model(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Not one after the other the same failure; whoever asks again has it tried again."""
    del bot
    provider.writes = [error(401)]
    students = await a_class(classroom, storage, 4)
    for student in students:
        await student.until(lambda student=student: line_of(student, "not set up correctly"), "the trouble")
    assert len(provider.writers_prompts) <= 2, "one for all, unless somebody came after it was over"
    provider.writes = [text(*lines(3))]
    assert sorted(await plays(students[0], storage, count=3)) == sorted(STEMS[:3])


async def leads(student: Student, storage: Storage) -> bool:
    """Whether a student's quiz is the one that is written for all."""
    attempt = await Attempts(storage).latest(student.id)
    return await storage.get(f"{{p:{await pool_of(student, storage)}}}:lead") == attempt
