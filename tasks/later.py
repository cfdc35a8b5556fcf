"""What the `soon` docket runs."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from docket import Docket, Execution, ExponentialRetry, Timeout

from delivery.failures import ChatGone, Held, MessageGone, NotNow
from delivery.screen import Screen
from delivery.sender import Sender
from storage.attempts import Outcome
from storage.deadletters import DeadLetters
from storage.due import DueTimes
from storage.errors import StorageUnavailable
from storage.unsaid import UnsaidMessages
from tasks.ask import catch_up, redraw
from tasks.dockets import THIS_TASK, put_off
from tasks.stage import Stage

log = structlog.stdlib.get_logger(__name__)

TRIES = 20
"""With pauses of 1, 2, 4 … 60 s: a quarter of an hour, after which the student's next touch goes on."""
TASK_SECONDS = 4.5
"""What a task may take, its calls of Telegram included; by then it raises, which counts as a try."""
TASK_LIMIT = Timeout(timedelta(seconds=5))
RETRY = ExponentialRetry.forever(delay=timedelta(seconds=1), maximum_delay=timedelta(seconds=60))
"""Docket gives up on none: after so many tries the task itself becomes a dead letter, once that is kept."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How the tasks of `soon` are done: not before they are due, again when they fail, and at last as a dead letter."""

    due: DueTimes
    dead_letters: DeadLetters

    async def until_due(self, task: Execution) -> None:
        """Put the task back when it is early by the clock of Redis: the worker that moved it may have a fast one."""
        when = await self.due.due(task.key)
        if when is not None:
            # Docket adds the time of this process again, whatever that is.
            put_off(task, when - datetime.now(UTC))

    async def until_done(
        self, task: Execution, subject: dict[str, str], work: Awaitable[None], retry: ExponentialRetry
    ) -> None:
        """Do the work; what must wait is put off, what fails is tried again, and is a dead letter in the end."""
        name, pause = task.function_name, retry.delay
        try:
            async with asyncio.timeout(TASK_SECONDS):
                await work
        except ChatGone:
            log.info("the chat is gone", task=name, **subject)
            return
        except StorageUnavailable:
            raise
        except Held as error:
            when = await self.due.put_off(task.key, timedelta(seconds=error.seconds))
            put_off(task, when - datetime.now(UTC))  # to have waited is no failed try
        except NotNow as error:
            pause, reason = max(pause, timedelta(seconds=error.seconds)), error
        except TimeoutError as error:
            log.warning("a task took too long", task=name, **subject)
            reason = error
        except Exception as error:
            log.exception("a task failed", task=name, **subject)
            reason = error
        else:
            return
        if retry.attempt >= TRIES:
            await self.dead_letters.add("task", name, subject, reason)
        else:
            retry.at(await self.due.put_off(task.key, pause))


def register(docket: Docket, stage: Stage, unsaid: UnsaidMessages, patience: Patience) -> None:
    """Make the docket know the tasks of this release, under names that never change."""
    docket.register(catch_up_task(stage, patience), names=["catch_up"])
    docket.register(redraw_task(stage, patience), names=["redraw"])
    docket.register(say_task(unsaid, stage.sender, patience), names=["say"])


def catch_up_task(stage: Stage, patience: Patience) -> Callable[..., Awaitable[None]]:
    """The task that catches up with an attempt, as docket calls it."""

    async def catch_up_with(
        attempt: str,
        owner: str,
        retry: ExponentialRetry = RETRY,
        limit: Timeout = TASK_LIMIT,
        task: Execution = THIS_TASK,
    ) -> None:
        del limit
        await patience.until_due(task)
        await patience.until_done(task, {"attempt": attempt}, _catch_up(stage, attempt, owner), retry)

    return catch_up_with


def redraw_task(stage: Stage, patience: Patience) -> Callable[..., Awaitable[None]]:
    """The task that makes a question's message show how things stand, as docket calls it."""

    async def redraw_question(
        attempt: str,
        position: int,
        message: int,
        retry: ExponentialRetry = RETRY,
        limit: Timeout = TASK_LIMIT,
        task: Execution = THIS_TASK,
    ) -> None:
        del limit
        await patience.until_due(task)
        work = _redraw(stage, attempt, position, message)
        await patience.until_done(task, {"attempt": attempt}, work, retry)

    return redraw_question


def say_task(unsaid: UnsaidMessages, sender: Sender, patience: Patience) -> Callable[..., Awaitable[None]]:
    """The task that says what Telegram did not take at once, as docket calls it."""

    async def say(
        message: str, retry: ExponentialRetry = RETRY, limit: Timeout = TASK_LIMIT, task: Execution = THIS_TASK
    ) -> None:
        del limit
        await patience.until_due(task)
        await patience.until_done(task, {"message": message}, _say(unsaid, sender, message), retry)

    return say


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
        await sender.send(found.chat, Screen.read(found.screen), thread=found.thread)
        await unsaid.said(message)
