"""What the `soon` docket runs."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog
from docket import CurrentExecution, Docket, Execution, ExponentialRetry, Timeout

from delivery.sender import ChatGone, Held, MessageGone, NotNow, Screen, Sender
from storage.attempts import Outcome
from storage.connection import unavailable_when_redis_fails
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable
from storage.unsaid import UnsaidMessages
from tasks.ask import Stage, catch_up, redraw

log = structlog.stdlib.get_logger(__name__)

TRIES = 20
"""With pauses of 1, 2, 4 … 60 s: a quarter of an hour, after which the student's next touch goes on."""
TASK_LIMIT = Timeout(timedelta(seconds=5))
THIS = CurrentExecution()
RETRY = ExponentialRetry(attempts=TRIES, minimum_delay=timedelta(seconds=1), maximum_delay=timedelta(seconds=60))


def register(docket: Docket, stage: Stage, unsaid: UnsaidMessages, dead_letters: DeadLetters) -> None:
    """Make the docket know the tasks of this release, under names that never change."""
    docket.register(catch_up_task(stage, dead_letters), names=["catch_up"])
    docket.register(redraw_task(stage, dead_letters), names=["redraw"])
    docket.register(say_task(unsaid, stage.sender, dead_letters), names=["say"])


def catch_up_task(stage: Stage, dead_letters: DeadLetters) -> Callable[..., Awaitable[None]]:
    """The task that catches up with an attempt, as docket calls it."""

    async def catch_up_with(
        attempt: str,
        owner: str,
        this: Execution = THIS,
        retry: ExponentialRetry = RETRY,
        limit: Timeout = TASK_LIMIT,
    ) -> None:
        del limit
        await _until_done(this, {"attempt": attempt}, _catch_up(stage, attempt, owner), retry, dead_letters)

    return catch_up_with


def redraw_task(stage: Stage, dead_letters: DeadLetters) -> Callable[..., Awaitable[None]]:
    """The task that makes a question's message show how things stand, as docket calls it."""

    async def redraw_question(
        attempt: str,
        position: int,
        message: int,
        this: Execution = THIS,
        retry: ExponentialRetry = RETRY,
        limit: Timeout = TASK_LIMIT,
    ) -> None:
        del limit
        work = _redraw(stage, attempt, position, message)
        await _until_done(this, {"attempt": attempt}, work, retry, dead_letters)

    return redraw_question


def say_task(unsaid: UnsaidMessages, sender: Sender, dead_letters: DeadLetters) -> Callable[..., Awaitable[None]]:
    """The task that says what Telegram did not take at once, as docket calls it."""

    async def say(
        message: str, this: Execution = THIS, retry: ExponentialRetry = RETRY, limit: Timeout = TASK_LIMIT
    ) -> None:
        del limit
        await _until_done(this, {"message": message}, _say(unsaid, sender, message), retry, dead_letters)

    return say


async def _until_done(
    this: Execution, subject: dict[str, str], work: Awaitable[None], retry: ExponentialRetry, dead_letters: DeadLetters
) -> None:
    """Do the work; what must wait is put off, what fails is tried again, and is a dead letter in the end."""
    task = this.function_name
    try:
        await work
    except ChatGone:
        log.info("the chat is gone", task=task, **subject)
    except StorageUnavailable:
        raise
    except Held as error:
        await _put_off(this, error.seconds)
    except NotNow as error:
        if retry.attempt >= TRIES:
            await dead_letters.add("task", task, subject, error)
            return
        retry.after(max(retry.delay, timedelta(seconds=error.seconds)))
    except Exception as error:
        log.exception("a task failed", task=task, **subject)
        if retry.attempt >= TRIES:
            await dead_letters.add("task", task, subject, error)
            return
        raise


async def _put_off(this: Execution, seconds: float) -> None:
    """Run the task anew after just so long. A retry would count as a try, and one that only waited has not failed."""
    with unavailable_when_redis_fails():
        again = this.docket.replace(this.function_name, datetime.now(UTC) + timedelta(seconds=seconds), this.key)
        await again(*this.args, **this.kwargs)


async def _catch_up(stage: Stage, attempt: str, owner: str) -> None:
    user = await stage.attempts.owner(attempt)
    if user is None:
        return
    reply = await stage.attempts.touch(user, attempt, owner=owner)
    if reply.attempt is not None and reply.outcome is not Outcome.GONE:
        await catch_up(stage, user, reply.attempt, owner)


async def _redraw(stage: Stage, attempt_id: str, position: int, message: int) -> None:
    user = await stage.attempts.owner(attempt_id)
    attempt = await stage.attempts.load(user, attempt_id) if user is not None else None
    if attempt is not None:
        with suppress(MessageGone):
            await redraw(stage, attempt, position, message)


async def _say(unsaid: UnsaidMessages, sender: Sender, message: str) -> None:
    found = await unsaid.get(message)
    if found is not None:
        await sender.send(found.chat, Screen.read(found.screen))
        await unsaid.said(message)
