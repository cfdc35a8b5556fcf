"""Counting what an attempt tells of the questions of a pool, and taking out those that it shows to be bad: `count`."""

from collections.abc import Awaitable, Callable, Iterator, Mapping

import structlog
from docket import Docket, Execution, ExponentialRetry, Timeout
from prometheus_client import Counter

from quiz.attempt import Attempt
from quiz.item_analysis import GOOD_SHARE, fault_of
from quiz.question import Question
from storage.pool_statistics import PoolStatistics, Seen
from tasks.dockets import THIS_TASK
from tasks.later import RETRY, TASK_LIMIT, Patience
from tasks.stage import Stage

log = structlog.stdlib.get_logger(__name__)

LATER_SECONDS = 3600.0
"""After so long an attempt is counted that nobody ended; most that are ended are by then."""
FEWEST_OTHERS = 2
WITHDRAWN = Counter(
    "quizbot_pool_withdrawn", "Questions taken out of pools, by why: what answers say, or reports.", ["why"]
)


def register(docket: Docket, stage: Stage, statistics: PoolStatistics, patience: Patience) -> None:
    """Make the docket know the task, under a name that never changes."""
    docket.register(count_task(stage, statistics, patience), names=["count"])


def count_task(stage: Stage, statistics: PoolStatistics, patience: Patience) -> Callable[..., Awaitable[None]]:
    """The task that counts an attempt, as docket calls it."""

    async def count(
        attempt: str, retry: ExponentialRetry = RETRY, limit: Timeout = TASK_LIMIT, task: Execution = THIS_TASK
    ) -> None:
        del limit
        await patience.until_due(task)
        await patience.until_done(task, {"attempt": attempt}, count_attempt(stage, statistics, attempt), retry)

    return count


async def count_attempt(stage: Stage, statistics: PoolStatistics, attempt_id: str) -> None:
    """Count what is not counted yet of an attempt, and take out of the pool what the counts then show to be bad."""
    user = await stage.attempts.owner(attempt_id)
    attempt = await stage.attempts.load(user, attempt_id) if user is not None else None
    if attempt is None or not attempt.pool:
        return
    pooled = await stage.pools.questions(attempt.pool, [planned.question_id for planned in attempt.plan])
    seen = list(seen_in(attempt, pooled))
    await statistics.count(attempt.pool, attempt.id, seen)
    for one, counted in zip(
        seen, await statistics.of(attempt.pool, [(one.question, one.revision) for one in seen]), strict=True
    ):
        fault = fault_of(pooled[one.question], counted)
        if fault is not None:
            await withdraw(stage, attempt.pool, one.question, str(fault))


async def withdraw(stage: Stage, pool: str, question: str, why: str) -> None:
    """Take a question out of its pool; done again, nothing happens."""
    if await stage.pools.withdraw(pool, question, why):
        WITHDRAWN.labels(why).inc()
        log.warning("a question was withdrawn", pool=pool, question=question, why=why)


def seen_in(attempt: Attempt, pooled: Mapping[str, Question]) -> Iterator[Seen]:
    """What an attempt tells of the questions of its pool that came to this person for the first time."""
    for position in sorted({*attempt.asked, *attempt.answers} - attempt.repeats):
        planned, answer = attempt.plan[position], attempt.answers.get(position)
        question = pooled.get(planned.question_id)
        if question is None or question.revision != planned.revision:
            continue
        chosen = None if answer is None else answer.chosen or frozenset[str]()
        right, good = attempt.is_right(position), _is_good(attempt, position)
        yield Seen(position, planned.question_id, planned.revision, chosen, right, good)


def _is_good(attempt: Attempt, position: int) -> bool:
    """Whether the person has enough of the other questions right to tell by them what they know."""
    others = [one for one, answer in attempt.answers.items() if one != position and not answer.skipped]
    right = sum(attempt.is_right(one) for one in others)
    return len(others) >= FEWEST_OTHERS and right >= GOOD_SHARE * len(others)
