"""The master dies in mid-quiz and a replica takes its place: what is lost then, with the setting and without it."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import suppress
from time import monotonic

import pytest

from quiz.attempt import Attempt
from quiz.scoring import score
from simulator.client import Simulator
from storage.attempts import Attempts
from storage.attempts import Outcome as Became
from storage.connection import Storage, connect
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable
from storage.people import People, Settings
from tests.classroom import Classroom
from tests.faults.lesson import new_seed
from tests.faults.outcome import Outcome
from tests.faults.test_redis_kinds import bot_on
from tests.injected import inject
from tests.redis_servers import PASSWORD, Watched, watched
from tests.storage.examples import new
from tests.student import Student, check_kept

pytestmark = pytest.mark.timeout(240)
STUDENTS = 6
QUESTIONS = 5
PEOPLE = 12
PATIENCE = 60.0


@pytest.fixture
async def mortal() -> AsyncGenerator[Watched]:
    """Servers of one test's own."""
    async with watched() as servers:
        yield servers


async def test_no_answer_is_lost_or_counted_twice_when_the_master_dies_in_mid_quiz(
    mortal: Watched, simulator: Simulator, classroom: Classroom
) -> None:
    """SIGKILL while everybody plays; Sentinel makes a replica the master, and the bot finds it."""
    seed = new_seed()
    master = await mortal.master()
    async with bot_on(mortal.url, simulator, replicas=1) as (_bot, storage):
        students = [await classroom.join(seed=seed) for _ in range(STUDENTS)]
        for student in students:
            await People(storage).save_settings(student.id, Settings(count=QUESTIONS))
        in_the_middle = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for student in students:
                group.create_task(plays(student, storage, in_the_middle))
            await in_the_middle.wait()
            master.signal(signal.SIGKILL)
        assert await mortal.master() is not master
        assert await DeadLetters(storage).count() == 0


async def plays(student: Student, storage: Storage, in_the_middle: asyncio.Event) -> None:
    """A quiz from its beginning to its score, which is that of what is kept."""
    await student.say("photosynthesis")
    attempt_id = (await student.question(PATIENCE)).attempt
    for position in range(QUESTIONS):
        await student.answer(await student.question(PATIENCE), 2 * PATIENCE)
        if position == 1:
            in_the_middle.set()
    _message, right, total = await student.score(attempt_id, PATIENCE)
    attempt = await once_it_answers(Attempts(storage), student, attempt_id)
    assert attempt is not None
    assert len(attempt.answers) == total == QUESTIONS
    assert right == score(attempt).right
    check_kept(student, attempt)


async def once_it_answers(attempts: Attempts, student: Student, attempt_id: str) -> Attempt | None:
    """What is kept; whoever is quick has the score before there is a master again."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(StorageUnavailable):
                return await attempts.load(student.id, attempt_id)
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("replicas", [0, 1])
async def test_what_a_failover_loses_when_the_replicas_are_behind(
    mortal: Watched, replicas: int, outcome: Outcome
) -> None:
    """Answers that were acknowledged while no replica got them are gone; with the setting none is acknowledged then."""
    async with connect(mortal.url, replicas=replicas) as storage:
        attempts = Attempts(storage)
        for person in range(PEOPLE):
            await begins(attempts, person)
        before = await answered(attempts, 0)
        await mortal.in_step()
        await cut_off(mortal)
        unseen = await answered(attempts, 1)
        master, began = await mortal.master(), monotonic()
        master.signal(signal.SIGKILL)
        for replica in mortal.servers:
            if replica is not master:
                await replica.ask("CONFIG", "SET", "primaryauth", PASSWORD)
        seconds = await until_it_answers(storage) - began

        lost = [person for person in before if await kept(attempts, person, 0) != "press 0"]
        lost_unseen = [person for person in unseen if await kept(attempts, person, 1) != "press 1"]
        again = await answered(attempts, 1)

    outcome.measured = (
        f"replicas behind, QUIZBOT_REDIS_REPLICAS={replicas}: {len(before) + len(unseen)} answers acknowledged, "
        f"{len(lost) + len(lost_unseen)} lost, away {seconds:.1f} s"
    )
    assert len(before) == PEOPLE
    assert lost == []
    assert len(unseen) == len(lost_unseen) == (0 if replicas else PEOPLE), "else the setting would make no difference"
    assert len(again) == PEOPLE


async def begins(attempts: Attempts, person: int) -> None:
    reply = await attempts.start(new(f"attempt{person}", user=person, chat=person), "owner")
    assert reply.outcome is Became.STARTED


async def answered(attempts: Attempts, position: int) -> list[int]:
    """Everybody answers the question at a position: the people whose answer was acknowledged."""
    done: list[int] = []

    async def answers(person: int) -> None:
        what = "0" if position == 0 else "skip"
        with suppress(StorageUnavailable):
            reply = await attempts.answer(
                *(person, person, f"attempt{person}"),
                press=f"press {position}",
                position=position,
                what=what,
                shown="",
                message_id=5,
            )
            assert reply.outcome in {Became.TAKEN, Became.REPEATED}
            done.append(person)

    await asyncio.gather(*(answers(person) for person in range(PEOPLE)))
    return done


async def kept(attempts: Attempts, person: int, position: int) -> str | None:
    """The press that is kept as the answer of a question."""
    attempt = await attempts.load(person, f"attempt{person}")
    answer = attempt.answers.get(position) if attempt else None
    return answer.press if answer else None


async def cut_off(servers: Watched) -> None:
    """Let no replica hear its master any more, which goes on as before: they cannot log in to it again."""
    inject("replicas cut off from their master")
    for replica in await servers.replicas():
        await replica.ask("CONFIG", "SET", "primaryauth", f"not {PASSWORD}")
    master = await servers.master()
    await master.ask("CLIENT", "KILL", "TYPE", "replica")
    await master.until("INFO", "replication", shows=["'connected_slaves': 0"])


async def until_it_answers(storage: Storage) -> float:
    """The moment at which a master takes writes again."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(StorageUnavailable):
                await storage.set("settings", "a text", None)
                return monotonic()
            await asyncio.sleep(0.02)
