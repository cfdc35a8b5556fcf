"""Pools keep questions within bounds, let one write at a time, and count each attempt once."""

from dataclasses import replace
from typing import cast

import pytest

from quiz.attempt import PlannedQuestion
from quiz.item_analysis import ItemStatistics
from quiz.question import Question
from storage import keys
from storage.attempts import Attempts
from storage.connection import Storage
from storage.forgetting import Forgetting
from storage.pool_statistics import PoolStatistics, Seen
from storage.pools import Pools, PoolTopic
from storage.quizzes import Quizzes
from tests.samples import a_question, planned
from tests.storage.examples import ANN, BOB, CHAT, FIRST, SECOND, new

POOL = "pool"
ABOUT = PoolTopic("Gas giants", "en", "any")


@pytest.fixture
def pools(storage: Storage) -> Pools:
    return Pools(storage, 3)


@pytest.fixture
def statistics(storage: Storage) -> PoolStatistics:
    return PoolStatistics(storage)


def question(number: int) -> Question:
    return a_question(f"Question {number}?", id=f"q{number}")


async def test_a_pool_keeps_its_questions_in_their_order_and_no_more_than_it_may(pools: Pools) -> None:
    assert [await pools.add(POOL, ABOUT, question(one)) for one in (1, 2, 1, 3, 4)] == [True, True, False, True, False]
    assert await pools.ids(POOL) == ["q1", "q2", "q3"]
    assert await pools.questions(POOL, ["q3", "q9"]) == {"q3": question(3)}
    assert await pools.about(POOL) == ABOUT
    assert await pools.about("another") is None


async def test_what_is_withdrawn_does_not_come_back(pools: Pools) -> None:
    """It is remembered, so that it is not written again, and makes room for another."""
    for one in (1, 2, 3):
        await pools.add(POOL, ABOUT, question(one))
    assert await pools.withdraw(POOL, "q2", "reported")
    assert not await pools.withdraw(POOL, "q2", "below_guessing"), "once"
    assert not await pools.add(POOL, ABOUT, question(2))
    assert await pools.add(POOL, ABOUT, question(4))
    assert await pools.ids(POOL) == ["q1", "q3", "q4"]
    assert await pools.withdrawn(POOL) == {"q2": "reported"}
    assert question(2) in await pools.all(POOL)


async def test_a_pool_whose_questions_are_withdrawn_again_and_again_comes_to_an_end(pools: Pools) -> None:
    for one in range(20):
        await pools.add(POOL, ABOUT, question(one))
        await pools.withdraw(POOL, f"q{one}", "reported")
    assert len(await pools.all(POOL)) == 9


async def test_a_pool_lives_on_when_it_is_used(pools: Pools, storage: Storage) -> None:
    await pools.add(POOL, ABOUT, question(1))
    for part in ("about", "order", "questions"):
        await storage.ask("PEXPIRE", keys.of_pool(POOL, part), 1000)
    await pools.used(POOL)
    for part in ("about", "order", "questions"):
        assert int(str(await storage.ask("PTTL", keys.of_pool(POOL, part)))) > 1000


async def test_one_leads_at_a_time_and_keeps_the_lead_by_asking_again(pools: Pools) -> None:
    assert (await pools.lead(POOL, "ann")).is_yours
    assert not (await pools.lead(POOL, "ben")).is_yours
    assert (await pools.lead(POOL, "ann")).is_yours
    await pools.release(POOL, "ben")
    assert not (await pools.lead(POOL, "ben")).is_yours, "nobody takes away what is another's"
    await pools.release(POOL, "ann")
    assert (await pools.lead(POOL, "ben")).is_yours


async def test_the_lead_of_who_was_killed_is_free_within_15_seconds(pools: Pools, storage: Storage) -> None:
    await pools.lead(POOL, "ann")
    assert 0 < int(str(await storage.ask("PTTL", keys.of_pool(POOL, "lead")))) <= 15_000


async def test_who_waited_for_a_writer_that_failed_shares_the_trouble(pools: Pools, storage: Storage) -> None:
    """Whoever asks afterwards leads, and so does who shares nobody's trouble."""
    await pools.lead(POOL, "ann")
    waited_since = await storage.now() - 1000
    await pools.release(POOL, "ann", "busy")
    ben = await pools.lead(POOL, "ben", waited_since)
    assert (ben.is_yours, ben.trouble) == (False, "busy")
    assert (await pools.lead(POOL, "cid", await storage.now() + 1000)).is_yours
    await pools.release(POOL, "cid")
    assert (await pools.lead(POOL, "dan")).is_yours


async def test_an_attempt_is_counted_once_however_often(statistics: PoolStatistics) -> None:
    """What was answered since is counted when it is asked again."""
    shown = [Seen(0, "q1", 1, frozenset("a"), right=True, good=True), Seen(1, "q2", 1)]
    for _ in range(3):
        await statistics.count(POOL, FIRST, shown)
    later = [shown[0], Seen(1, "q2", 1, frozenset("b"), good=True)]
    for _ in range(3):
        await statistics.count(POOL, FIRST, later)
    await statistics.count(POOL, SECOND, [Seen(0, "q2", 1, frozenset()), Seen(1, "q1", 2, frozenset("b"))])
    assert await statistics.of(POOL, [("q1", 1), ("q2", 1), ("q1", 2), ("q3", 1)]) == [
        ItemStatistics(1, 1, 1, 0, {"a": 1}, {"a": 1}),
        ItemStatistics(2, 1, 0, 1, {"b": 1}, {"b": 1}),
        ItemStatistics(1, 1, 0, 0, {"b": 1}),
        ItemStatistics(),
    ]


async def test_a_person_reports_a_question_once(statistics: PoolStatistics, storage: Storage) -> None:
    """However often, with being forgotten in between; and nothing tells who it was, or what else they reported."""
    ann, bob = 987_654_321, 123_456_789
    assert await statistics.report(ann, POOL, "q1", 1) == 1
    assert await statistics.report(ann, POOL, "q1", 1) == 1
    await Forgetting(storage).erase(ann, ann)
    assert await PoolStatistics(storage).report(ann, POOL, "q1", 1) == 1
    assert await statistics.report(bob, POOL, "q1", 1) == 2
    assert await statistics.report(bob, POOL, "q2", 1) == 1
    reports = cast("set[str]", await storage.ask("SMEMBERS", keys.of_pool(POOL, "reports")))
    assert len({report.partition(":")[2] for report in reports}) == 3
    assert not [report for report in reports if str(ann) in report or str(bob) in report]


async def test_marks_of_another_deployment_are_others(statistics: PoolStatistics, storage: Storage) -> None:
    """Who knows the ids of everybody cannot tell whose they are."""

    async def marks() -> object:
        await statistics.report(ANN, POOL, "q1", 1)
        return await storage.ask("SMEMBERS", keys.of_pool(POOL, "reports"))

    here = await marks()
    await storage.client.flushall()  # pyright: ignore[reportUnknownMemberType]
    assert await marks() != here


def of_pool(*plan: PlannedQuestion) -> dict[str, object]:
    return {"plan": plan, "pool": POOL, "wanted": len(plan), "written_in": "en"}


async def test_a_question_of_a_pool_is_seen_once_it_was_asked(attempts: Attempts) -> None:
    """What is planned and was never asked is not; nor is what is asked of no pool."""
    plan = [planned(question(one)) for one in (1, 2)]
    await attempts.start(replace(new(FIRST), **of_pool(*plan)), "one")  # type: ignore[arg-type]
    await attempts.record(ANN, FIRST, {"w:1": 7, "0": 50})
    assert set(await attempts.seen(ANN)) == {"q1"}
    await attempts.stop(ANN, CHAT, FIRST, update="stop", message_id=60)
    await attempts.start(replace(new(SECOND), plan=(plan[1],)), "two")
    await attempts.record(ANN, SECOND, {"0": 51})
    assert set(await attempts.seen(ANN)) == {"q1"}
    assert await attempts.seen(BOB) == {}


async def test_what_comes_again_in_another_attempt_is_marked(attempts: Attempts, storage: Storage) -> None:
    """Not what is asked again in the same one, because it was stopped and gone on with."""
    plan = [planned(question(one)) for one in (1, 2)]
    await attempts.start(replace(new(FIRST), **of_pool(*plan)), "one")  # type: ignore[arg-type]
    await attempts.record(ANN, FIRST, {"0": 50})
    await attempts.stop(ANN, CHAT, FIRST, update="stop", message_id=60)
    await attempts.resume(ANN, CHAT, FIRST, update="resume")
    await attempts.record(ANN, FIRST, {"0": 51})
    attempt = await attempts.load(ANN, FIRST)
    assert attempt is not None
    assert attempt.repeats == frozenset()
    await attempts.stop(ANN, CHAT, FIRST, update="stop again", message_id=61)
    await storage.ask("ZINCRBY", keys.seen(ANN), -5000, "q1")
    await attempts.start(replace(new(SECOND), **of_pool(*plan[::-1])), "two")  # type: ignore[arg-type]
    await attempts.record(ANN, SECOND, {"0": 52})
    await attempts.record(ANN, SECOND, {"1": 53})
    attempt = await attempts.load(ANN, SECOND)
    assert attempt is not None
    assert attempt.repeats == {1}


async def test_questions_are_added_next_only_by_who_knows_what_is_there(storage: Storage) -> None:
    """Two who add at the same time add once."""
    quizzes = Quizzes(storage)
    assert await quizzes.add_next("quiz", 0, [question(1), question(2)])
    assert not await quizzes.add_next("quiz", 0, [question(3)])
    assert await quizzes.add_next("quiz", 2, [question(3)])
    assert await quizzes.written("quiz") == [question(1), question(2), question(3)]
