"""Whoever names a topic that somebody named before is asked questions that are there, at once and without a model."""

import asyncio

import pytest

from quiz.question import Checked, Level, Question
from storage import keys
from storage.attempts import Attempts
from storage.connection import Storage
from storage.people import People, Settings
from storage.pools import Pools
from storage.quizzes import Quizzes
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.generation.scripted_server import ScriptedServer, error, knows, text
from tests.generation.written import KNOWN, STEMS, line, lines
from tests.student import Student
from tests.writing.test_playing_while_it_is_written import WRITING, asks_for_a_quiz

MOST = 200


async def plays(student: Student, storage: Storage, topic: str = "Gas giants", count: int = 2) -> list[str]:
    """A student plays a quiz on a topic to its end; the stems of the questions, in their order."""
    await asks_for_a_quiz(student, storage, topic, count)
    attempt = (await student.question()).attempt
    await student.finish(attempt, count)
    return await stems_of(student, storage, attempt)


async def stems_of(student: Student, storage: Storage, attempt_id: str) -> list[str]:
    attempt = await Attempts(storage).load(student.id, attempt_id)
    assert attempt is not None
    questions = await Quizzes(storage).questions_of(attempt)
    return [questions[planned.question_id].stem for planned in attempt.plan]


async def pool_of(student: Student, storage: Storage) -> str:
    """The pool from which a student's last quiz was taken."""
    latest = await Attempts(storage).latest(student.id)
    attempt = await Attempts(storage).load(student.id, latest) if latest else None
    assert attempt is not None
    assert attempt.pool
    return attempt.pool


async def test_the_second_who_names_a_topic_is_asked_what_was_written_for_the_first(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """In other words, and with no model to be had any more: nobody is told to wait."""
    del bot
    provider.writes = [text(*lines(2)), error(401)]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    written = await plays(ann, storage)
    assert sorted(await plays(ben, storage, "A quiz about the gas giants, please")) == sorted(written)
    assert not [one for one in ben.messages.values() if WRITING in one.text], "nobody waits"


async def test_nothing_is_asked_of_a_student_again_before_all_is_used(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """What the pool lacks for this student is written, and whoever comes next has more to be asked."""
    del bot
    provider.writes = [text(*lines(2)), text(*lines(2, begin=2))]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    first = await plays(ann, storage)
    second = await plays(ann, storage)
    assert sorted(first + second) == sorted(STEMS[:4])
    assert all(stem in provider.writers_prompts[1] for stem in first), "the writer is told what there is"
    assert sorted(await plays(ben, storage, count=4)) == sorted(STEMS[:4])


async def test_what_a_student_left_unseen_is_asked_before_anything_new_is_written(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """A quiz that was stopped at its first question used one question only."""
    del bot
    provider.writes = [text(*lines(3)), error(401)]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    await plays(ann, storage, count=3)
    await asks_for_a_quiz(ben, storage, count=3)
    stopped = await ben.question()
    await ben.say("/stop")
    await ben.score(stopped.attempt)
    asked = (await stems_of(ben, storage, stopped.attempt))[0]
    assert sorted([asked, *await plays(ben, storage, count=2)]) == sorted(STEMS[:3])


async def test_what_was_asked_in_another_quiz_is_not_asked_from_a_pool(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Another topic, the same question in other words."""
    del bot
    alike = line("Which planet has the largest mass of all?", ["Jupiter", "Saturn", "Neptune", "Uranus"])
    provider.solves = knows({**KNOWN, "Which planet has the largest mass of all?": ["Jupiter"]})
    provider.writes = [text(*lines(2)), text(alike), text(*lines(1, begin=2))]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    await plays(ann, storage)
    await plays(ben, storage, "Heavy planets", 1)
    assert sorted(await plays(ben, storage)) == sorted([STEMS[0], STEMS[2]])


async def test_a_pool_that_was_used_is_topped_up_before_it_is_asked_for_more(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """On a topic that only one person named nothing is written ahead."""
    del bot
    provider.writes = [text(*lines(2)), text(*lines(2, begin=2))]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    first = await plays(ann, storage)
    pool, pools = await pool_of(ann, storage), Pools(storage, MOST)
    assert len(await pools.ids(pool)) == 2
    assert sorted(await plays(ben, storage)) == sorted(first)
    async with asyncio.timeout(30):
        while len(await pools.ids(pool)) < 4:  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.05)
    assert sorted(await plays(ben, storage)) == sorted(STEMS[2:4])
    assert not [one for one in ben.messages.values() if WRITING in one.text], "nobody waits"


@pytest.mark.parametrize("pool_questions", ["2"])
async def test_of_a_pool_without_room_the_oldest_comes_again(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Once a student has seen all."""
    del bot
    provider.writes = [text(*lines(2))]
    ann = await classroom.join()
    first, second = await plays(ann, storage)
    assert await plays(ann, storage, count=1) == [first]
    assert await plays(ann, storage, count=1) == [second]


@pytest.mark.parametrize("pool_questions", ["0"])
async def test_without_pools_each_quiz_is_written_anew(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """QUIZBOT_POOL_QUESTIONS=0."""
    del bot
    provider.writes = [text(*lines(1)), text(*lines(1))]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    await plays(ann, storage, count=1)
    await plays(ben, storage, count=1)
    assert len(provider.writers_prompts) == 2
    assert [key async for key in storage.client.scan_iter(match="{p:*")] == []  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


async def test_levels_and_languages_have_pools_of_their_own(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """An easy quiz is not asked of whoever wants a hard one."""
    del bot
    provider.writes = [text(*lines(1)), text(line(STEMS[1], level="3"))]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    await plays(ann, storage, count=1)
    await People(storage).save_settings(ben.id, Settings(count=1, level=Level.APPLICATION))
    await ben.say("Gas giants")
    question = await ben.question()
    assert STEMS[1] in question.message.text


@pytest.mark.parametrize("why", ["below_guessing", "reported"])
async def test_a_withdrawn_question_is_served_no_more_and_stays_in_quizzes_under_way(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage, why: str
) -> None:
    """Nor is it written again."""
    del bot
    provider.writes = [text(*lines(2)), text(*lines(3))]
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    await plays(ann, storage)
    pool, pools = await pool_of(ann, storage), Pools(storage, MOST)
    await asks_for_a_quiz(ben, storage, count=2)
    under_way = await ben.question()
    bad = next(one for one in await pools.all(pool) if one.stem == STEMS[0])
    assert await pools.withdraw(pool, bad.id, why)
    await ben.finish(under_way.attempt, 2)
    assert STEMS[0] in await stems_of(ben, storage, under_way.attempt)

    cid = await classroom.join(name="Cid")
    assert sorted(await plays(cid, storage)) == sorted([STEMS[1], STEMS[2]])
    assert await pools.withdrawn(pool) == {bad.id: why}


async def test_questions_of_a_pool_say_who_made_them_and_name_nobody(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Prompt, version and model stand with each; no key or field of a pool has the id of a person."""
    del bot
    provider.writes = [text(*lines(2))]
    ann = await classroom.join()
    await plays(ann, storage)
    questions: list[Question] = await Pools(storage, MOST).all(await pool_of(ann, storage))
    assert {one.checked for one in questions} == {Checked.SOLVER}
    assert {(one.origin.prompt, one.origin.model) for one in questions if one.origin} == {("writer", "openai:scripted")}
    for key in [key async for key in storage.client.scan_iter(match="{p:*")]:  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        assert str(ann.id) not in key
    assert await storage.hash(keys.of_pool(await pool_of(ann, storage), "about")) == {
        "topic": "Gas giants",
        "language": "en",
        "level": "any",
        "added": "2",
    }
