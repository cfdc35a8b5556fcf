"""What attempts tell is counted once, and takes a bad question out; pools are topped up for everybody."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

import pytest
from docket import Docket

from delivery.sender import Sender
from generation.request import Accepted, Ended, Event, Trouble, Usage, WriteRequest
from quiz.identity import derived_id
from quiz.material import Evidence, Place, PlaceKind
from quiz.question import Checked, Origin, Question
from storage.attempts import Attempts
from storage.budgets import Budgets, Limits
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.due import DueTimes
from storage.pool_statistics import PoolStatistics
from storage.pools import Lead, Pools, PoolTopic
from storage.quizzes import WRITTEN, Quizzes
from storage.sources import Sources
from storage.tallies import Tallies
from tasks import top_up
from tasks.count import count_attempt, seen_in
from tasks.desk import Desk
from tasks.long import Long
from tasks.pooling import may_be_pooled
from tasks.soon import Soon
from tasks.stage import Stage
from tasks.top_up import top_up_pool
from tasks.write import write_for
from tests.samples import a_question, planned
from tests.storage.examples import catch_up, new

POOL, MOST = "pool", 8
ABOUT = PoolTopic("Gas giants", "en", "any")
ORIGIN = Origin("writer", 1, "digest", "openai:one", (), 0)
LIMITS = Limits(user=0, chat=0, everyone=1_000_000)


def pooled(number: int) -> Question:
    question = a_question(f"Question {number}?", ("One", "Two", "Three", "Four"), id=f"q{number}")
    return replace(question, checked=Checked.SOLVER, origin=ORIGIN)


QUESTIONS = [pooled(one) for one in range(4)]


@pytest.fixture
async def stage(storage: Storage, soon: Docket, long: Docket, sender: Sender) -> Stage:
    pools = Pools(storage, MOST)
    for question in QUESTIONS:
        await pools.add(POOL, ABOUT, question)
    return Stage(Attempts(storage), Quizzes(storage), sender, Long(long, long), Soon(soon, DueTimes(storage)), pools)


@pytest.fixture
def sender() -> Sender:
    """Nothing is sent here."""
    return None  # type: ignore[return-value]


@pytest.fixture
def statistics(storage: Storage) -> PoolStatistics:
    return PoolStatistics(storage)


async def played(stage: Stage, user: int, chosen: str, length: int = 4) -> str:
    """An attempt at the questions of the pool: the option chosen at each position, `-` skipped, `.` not answered."""
    attempt = derived_id("attempt", user)
    plan = tuple(map(planned, QUESTIONS[:length]))
    fresh = replace(new(attempt, user=user, chat=user), plan=plan, version=WRITTEN, pool=POOL)
    await stage.attempts.start(fresh, "one")
    await answered(stage, user, chosen)
    return attempt


async def answered(stage: Stage, user: int, chosen: str, begin: int = 0) -> None:
    attempt = derived_id("attempt", user)
    for position, option in enumerate(chosen, begin):
        await stage.attempts.record(user, attempt, {str(position): 50 + position})
        if option == ".":
            return
        what = "skip" if option == "-" else str("abcd".index(option))
        press = f"press {user} {position}"
        await stage.attempts.answer(
            user, user, attempt, press=press, position=position, what=what, shown="", message_id=50 + position
        )


async def test_what_an_attempt_tells_is_counted_once(stage: Stage, statistics: PoolStatistics) -> None:
    """The task may run twice, before and after the student goes on."""
    attempt = await played(stage, 1, "ab.")
    for _ in range(2):
        await count_attempt(stage, statistics, attempt)
    await answered(stage, 1, "-a", begin=2)
    await asyncio.gather(*(count_attempt(stage, statistics, attempt) for _ in range(3)))
    counts = await statistics.of(POOL, [(question.id, 1) for question in QUESTIONS])
    assert [(one.shown, one.answered, one.right, one.skipped) for one in counts] == [
        (1, 1, 1, 0),
        (1, 1, 0, 0),
        (1, 0, 0, 1),
        (1, 1, 1, 0),
    ]
    assert counts[1].chosen == {"b": 1}


async def test_a_question_whose_key_hardly_anybody_chooses_is_withdrawn(
    stage: Stage, statistics: PoolStatistics
) -> None:
    """By twenty-odd students who all say the same; their other questions stay."""
    for user in range(1, 25):
        await count_attempt(stage, statistics, await played(stage, user, "caaa"))
    assert await stage.pools.ids(POOL) == ["q1", "q2", "q3"]
    assert set(await stage.pools.withdrawn(POOL)) == {"q0"}


async def test_who_was_asked_before_tells_nothing_of_a_question(stage: Stage) -> None:
    attempt = await stage.attempts.load(1, await played(stage, 1, "abcd"))
    assert attempt is not None
    questions = {question.id: question for question in QUESTIONS}
    assert [one.position for one in seen_in(attempt, questions)] == [0, 1, 2, 3]
    assert [one.position for one in seen_in(replace(attempt, repeats=frozenset({1, 3})), questions)] == [0, 2]


def test_only_what_a_solver_answered_and_nobodys_material_is_in_it_goes_into_a_pool() -> None:
    question = pooled(1)
    assert may_be_pooled(question)
    evidence = Evidence("Question one it is.", Place(PlaceKind.PAGE, 1))
    assert not may_be_pooled(replace(question, evidence=evidence))
    assert not may_be_pooled(replace(question, checked=Checked.RULES))
    assert not may_be_pooled(replace(question, checked=Checked.PERSON))
    assert not may_be_pooled(replace(question, origin=None))


@dataclass
class ScriptedAuthor:
    """Writes these questions, whatever is asked for."""

    questions: list[Question]
    requests: list[WriteRequest]
    trouble: Trouble | None = None

    async def warm_up(self) -> None: ...

    async def write(self, request: WriteRequest, *, tokens: int, untold: list[Usage]) -> AsyncGenerator[Event | Usage]:
        del tokens, untold
        self.requests.append(request)
        for question in self.questions:
            yield Accepted(question)
        yield Usage("openai:one", 1000, 200)
        yield Ended(len(self.questions), self.trouble)


def desk_of(stage: Stage, storage: Storage, author: ScriptedAuthor, limits: Limits = LIMITS) -> Desk:
    return Desk(
        stage=stage,
        soon=stage.soon,
        budgets=Budgets(storage, limits),
        tallies=Tallies(storage),
        dead_letters=DeadLetters(storage),
        author=author,
        models=True,
        sources=Sources(storage),
        most_tokens=60_000,
        stopping=asyncio.Event(),
    )


async def test_a_pool_is_topped_up_to_its_bound_on_everyones_budget(stage: Stage, storage: Storage) -> None:
    """The writer is told of all that there is; and once there is no room, nothing is asked for."""
    author = ScriptedAuthor([pooled(one) for one in range(4, 10)], [])
    desk = desk_of(stage, storage, author)
    await top_up_pool(desk, POOL)
    assert len(await stage.pools.ids(POOL)) == MOST
    (request,) = author.requests
    assert (request.topic, request.language, request.level, request.count) == ("Gas giants", "en", None, 4)
    assert {asked.stem for asked in request.avoid} == {question.stem for question in QUESTIONS}
    use = await desk.budgets.use_of_all((await desk.budgets.account(None, 0, "")).day)
    assert (use.input_tokens, use.output_tokens) == (1000, 200)
    await top_up_pool(desk, POOL)
    assert len(author.requests) == 1


async def test_nothing_is_written_ahead_when_everyones_day_is_used_up(stage: Stage, storage: Storage) -> None:
    author = ScriptedAuthor([], [])
    await top_up_pool(desk_of(stage, storage, author, Limits(10**9, 10**9, everyone=1000)), POOL)
    assert author.requests == []


async def test_nothing_is_written_ahead_while_somebody_writes(stage: Stage, storage: Storage) -> None:
    author = ScriptedAuthor([], [])
    await stage.pools.lead(POOL, "an attempt")
    await top_up_pool(desk_of(stage, storage, author), POOL)
    assert author.requests == []
    assert not (await stage.pools.lead(POOL, "another")).is_yours, "the lead is still theirs"


async def test_nothing_is_written_ahead_on_a_topic_that_is_refused(stage: Stage, storage: Storage) -> None:
    author = ScriptedAuthor([], [])
    refused = PoolTopic("how to build a pipe bomb at home", "en", "any")
    await stage.pools.add("refused", refused, pooled(1))
    await top_up_pool(desk_of(stage, storage, author), "refused")
    assert author.requests == []


async def test_what_is_made_from_a_material_is_not_added_when_a_pool_is_topped_up(
    stage: Stage, storage: Storage
) -> None:
    evidence = Evidence("Question nine it is.", Place(PlaceKind.PAGE, 1))
    author = ScriptedAuthor([replace(pooled(9), evidence=evidence)], [])
    await top_up_pool(desk_of(stage, storage, author), POOL)
    assert len(await stage.pools.ids(POOL)) == len(QUESTIONS)


class FilledMeanwhile(Pools):
    """A pool whose writer adds the last question, and leaves, just before another asks for the lead."""

    async def lead(self, pool: str, who: str, since: int = 0) -> Lead:
        """As ever."""
        await self.add(pool, ABOUT, pooled(4))
        return await super().lead(pool, who, since)


async def test_what_another_wrote_while_the_lead_was_asked_for_is_not_written_again(
    stage: Stage, storage: Storage, soon: Docket, long: Docket
) -> None:
    stage = replace(stage, pools=FilledMeanwhile(storage, MOST))
    soon.register(catch_up)
    attempt = derived_id("attempt", 1)
    fresh = replace(new(attempt, user=1), plan=(), version=WRITTEN, pool=POOL, wanted=5, written_in="en")
    await stage.attempts.start(fresh, "one")
    author = ScriptedAuthor([], [])
    desk = desk_of(stage, storage, author)
    top_up.register(long, desk)
    await write_for(desk, attempt)
    written = await stage.attempts.load(1, attempt)
    assert written is not None
    assert sorted(one.question_id for one in written.plan) == ["q0", "q1", "q2", "q3", "q4"]
    assert author.requests == []
