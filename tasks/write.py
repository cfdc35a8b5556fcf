"""Having the quiz of an attempt written while it is played: the `write` task of the `long` docket.

Whatever is killed, a question that was accepted is kept, and another worker goes on after it. The attempt is looked
at twice a second, so that a stop ends the calls of the models at once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from docket import Docket, Execution, ExponentialRetry, Timeout

from delivery.errors import BUDGET, NO_MODEL, OURS
from generation.request import Trouble
from quiz.attempt import Attempt
from storage.budgets import Account
from storage.errors import StorageUnavailable
from tasks.desk import Desk, complete, open_attempt
from tasks.dockets import THIS_TASK, put_off
from tasks.writing import Writing

log = structlog.stdlib.get_logger(__name__)

TOKENS_EACH, TOKENS_BESIDE = 4000, 4000
"""The most that a question takes with all its tries and checks; set aside before, given back after."""
LEAST_TOKENS = TOKENS_EACH + TOKENS_BESIDE
TRIES = 4
RETRY = ExponentialRetry.forever(delay=timedelta(seconds=1), maximum_delay=timedelta(seconds=30))
"""Docket gives up on none: after so many tries the task itself does, with a word to the student and a dead letter."""
HANDED_ON = timedelta(seconds=2)
"""By then the worker that is to end takes no more tasks, so that another one gets it."""
WRITE_SECONDS = 15 * 60.0
LIMIT = Timeout(timedelta(seconds=WRITE_SECONDS + 60))
"""Docket's own limit only says so; the task itself ends before, with a word to the student."""


class Interrupted(Exception):
    """The program is to end; another worker, or the next start, goes on."""


def register(docket: Docket, desk: Desk) -> None:
    """Make the docket know the task, under a name that never changes."""
    docket.register(write_task(desk), names=["write"])


def write_task(desk: Desk) -> Callable[..., Awaitable[None]]:
    """The task that has the quiz of an attempt written, as docket calls it."""

    async def write(
        attempt: str, retry: ExponentialRetry = RETRY, limit: Timeout = LIMIT, task: Execution = THIS_TASK
    ) -> None:
        del limit
        try:
            await write_for(desk, attempt)
        except Interrupted:
            put_off(task, HANDED_ON)
        except StorageUnavailable:
            raise
        except Exception as error:
            log.exception("a task failed", task="write", attempt=attempt)
            if retry.attempt < TRIES:
                raise
            await desk.dead_letters.add("task", "write", {"attempt": attempt}, error)
            await complete(desk, attempt, OURS)

    return write


async def write_for(desk: Desk, attempt_id: str) -> None:
    """Have what is missing of an attempt's quiz written; once it is done, or the attempt stopped, nothing happens."""
    found = await open_attempt(desk, attempt_id)
    if found is None:
        return
    user, attempt = found
    if not desk.models and attempt.notes is None:
        await complete(desk, attempt_id, NO_MODEL)
        return
    account = await desk.budgets.account(user, attempt.chat_id, attempt.quiz)
    try:
        shortfall = await _write_within_budgets(desk, user, attempt, account)
    finally:
        # Also where it is handed on, or fails: whoever goes on sets aside anew.
        await desk.budgets.settle(account)
    if shortfall is not None:
        await complete(desk, attempt_id, shortfall)


async def _write_within_budgets(desk: Desk, user: int, attempt: Attempt, account: Account) -> str | None:
    """Write with what the budgets leave; why there is less than was asked for, None once the attempt is stopped."""
    use = await desk.budgets.use_of_quiz(attempt.quiz)
    most = min(desk.most_tokens, TOKENS_EACH * attempt.total + TOKENS_BESIDE)
    wanted = most - use.input_tokens - use.output_tokens
    if wanted <= 0:
        return str(Trouble.TOKENS)
    tokens = await _set_aside(desk, account, wanted) if desk.models else wanted
    if tokens == 0:
        return BUDGET
    try:
        async with asyncio.timeout(WRITE_SECONDS):
            shortfall = await _unless_stopped(Writing(desk, desk.author, user, attempt, account, tokens), desk.stopping)
    except TimeoutError:
        return str(Trouble.SILENT)
    # Not the quiz but the day was used up, where the day left less than the quiz might have taken.
    return BUDGET if shortfall == Trouble.TOKENS and tokens < wanted else shortfall


async def _set_aside(desk: Desk, account: Account, wanted: int) -> int:
    """The tokens that the quiz may take, set aside in the budgets; 0 when there are none.

    Where a budget has less left than is wanted, half of that is tried, and so on: most quizzes take far less than the
    most.
    """
    tokens = wanted
    while not await desk.budgets.reserve(account, tokens):
        if tokens <= LEAST_TOKENS:
            return 0
        tokens = max(LEAST_TOKENS, tokens // 2)
    return tokens


async def _unless_stopped(writing: Writing, stopping: asyncio.Event) -> str | None:
    """Write until all is written (why there is less: see `Attempt.writing`), or until the attempt is stopped (None)."""
    written = asyncio.create_task(writing.write(), name="write")
    watched = asyncio.create_task(writing.watch(), name="watch the attempt")
    told = asyncio.create_task(stopping.wait(), name="stopping")
    tasks = {written, watched, told}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks - {task for task in tasks if task.done()}:
            task.cancel()
        await asyncio.wait(tasks)
    if not written.cancelled():
        return written.result()
    if not watched.cancelled():
        watched.result()
        return None
    raise Interrupted
