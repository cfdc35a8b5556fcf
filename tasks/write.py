"""Having the quiz of an attempt written while it is played: the `write` task of the `long` docket.

Whatever is killed, a question that was accepted is kept, and another worker goes on after it. The attempt is looked
at twice a second, so that a stop ends the calls of the models at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial

import structlog
from docket import Docket, Execution, ExponentialRetry, Timeout

from delivery.errors import BUDGET, NO_MODEL, OURS
from generation.request import Trouble
from quiz.attempt import Attempt
from storage.budgets import Account
from storage.errors import StorageUnavailable
from tasks.ask import catch_up_or_later
from tasks.desk import Desk, complete, open_attempt
from tasks.dockets import THIS_TASK, put_off
from tasks.leading import Followed, write_as_leader
from tasks.pooling import take_from_pool
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
LOOK_AGAIN = timedelta(seconds=0.5)
"""So often whoever does not write looks into the pool."""
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
        except Followed:
            put_off(task, LOOK_AGAIN)
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
    """Have what is missing of an attempt's quiz written; once it is done, or the attempt stopped, nothing happens.

    What the pool of its topic has is taken first; raises `Followed` while another attempt's task writes for the pool.
    """
    found = await _missing(desk, attempt_id)
    if found is None:
        return
    user, attempt = found
    if not desk.models and attempt.notes is None:
        shortfall = NO_MODEL
    elif attempt.pool:
        write = partial(_write_what_is_missing, desk, attempt_id)
        shortfall = await write_as_leader(desk.stage.pools, attempt.pool, attempt.id, attempt.began, write)
    else:
        shortfall = await _write_on_account(desk, user, attempt)
    if shortfall is not None:
        await complete(desk, attempt_id, shortfall)


async def _missing(desk: Desk, attempt_id: str) -> tuple[int, Attempt] | None:
    """Whose attempt it is and the attempt, with all that its pool has for it; None when nothing is missing."""
    found = await open_attempt(desk, attempt_id)
    if found is None or not found[1].pool:
        return found
    await _take_from_pool(desk, *found)
    return await open_attempt(desk, attempt_id)


async def _write_what_is_missing(desk: Desk, attempt_id: str) -> str | None:
    # Whoever led before may have added the last question since the pool was looked into.
    found = await _missing(desk, attempt_id)
    return None if found is None else await _write_on_account(desk, *found)


async def _take_from_pool(desk: Desk, user: int, attempt: Attempt) -> None:
    owner = f"write:{attempt.id}"
    reply = await take_from_pool(desk.stage, user, attempt, owner)
    if reply is not None and attempt.is_waiting:
        await catch_up_or_later(desk.stage, desk.soon, user, reply, owner)


async def _write_on_account(desk: Desk, user: int, attempt: Attempt) -> str | None:
    """Write within the budgets, whatever comes of it; as below."""
    account = await desk.budgets.account(user, attempt.chat_id, attempt.quiz)
    try:
        return await _write_within_budgets(desk, user, attempt, account)
    finally:
        # Also where it is handed on, or fails: whoever goes on sets aside anew.
        await desk.budgets.settle(account)


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
            writing = Writing(desk, desk.author, user, attempt, account, tokens)
            # Why there is less: see `Attempt.writing`.
            shortfall = await unless_stopped(writing.write(), desk.stopping, writing.watch())
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


async def unless_stopped(
    write: Coroutine[None, None, str | None],
    stopping: asyncio.Event,
    watch: Coroutine[None, None, None] | None = None,
) -> str | None:
    """What `write` comes to; None once `watch` is over before. Raises `Interrupted` when the program is to end."""
    written = asyncio.create_task(write, name="write")
    told = asyncio.create_task(stopping.wait(), name="stopping")
    watched = asyncio.create_task(watch, name="watch the attempt") if watch is not None else None
    tasks = {task for task in (written, told, watched) if task is not None}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks - {task for task in tasks if task.done()}:
            task.cancel()
        await asyncio.wait(tasks)
    if not written.cancelled():
        return written.result()
    if watched is not None and not watched.cancelled():
        watched.result()
        return None
    raise Interrupted
