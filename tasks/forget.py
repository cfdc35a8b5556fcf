"""Deleting everything that is kept of a person: the `forget` task of the `long` docket."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from docket import Docket, Execution, ExponentialRetry

from delivery.forget import forgotten_screen
from quiz.attempt import State
from storage.attempts import Attempts
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable
from storage.forgetting import Forgetting
from tasks.dockets import THIS_TASK, put_off
from tasks.say import Voice

log = structlog.stdlib.get_logger(__name__)

TRIES = 8
RETRY = ExponentialRetry.forever(delay=timedelta(seconds=1), maximum_delay=timedelta(seconds=60))
WRITERS_SECONDS = 2.0
"""Whoever writes for a person looks twice a second whether that is still wanted."""
FILE_AGAIN = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Eraser:
    """What deleting needs; `embedded`: the server is our own, and so is its file."""

    forgetting: Forgetting
    attempts: Attempts
    voice: Voice
    dead_letters: DeadLetters
    embedded: bool


def register(docket: Docket, eraser: Eraser) -> None:
    """Make the docket know the task, under a name that never changes."""
    docket.register(forget_task(eraser), names=["forget"])


def forget_task(eraser: Eraser) -> Callable[..., Awaitable[None]]:
    """The task that grants a request to be forgotten, as docket calls it."""

    async def forget(request: str, retry: ExponentialRetry = RETRY, task: Execution = THIS_TASK) -> None:
        try:
            is_done = await forget_person(eraser, request)
        except StorageUnavailable:
            raise
        except Exception as error:
            log.exception("a task failed", task="forget", request=request)
            if retry.attempt < TRIES:
                raise
            await eraser.dead_letters.add("task", "forget", {"request": request}, error)
        else:
            if not is_done:
                put_off(task, FILE_AGAIN)

    return forget


async def forget_person(eraser: Eraser, name: str) -> bool:
    """Delete everything of who made a request, and say so; False when the server's file is still to be written anew."""
    request = await eraser.forgetting.request(name)
    if request is None:
        return True
    for attempt_id in await eraser.forgetting.attempts(request.user):
        attempt = await eraser.attempts.load(request.user, attempt_id)
        if attempt is not None and attempt.state is State.OPEN and attempt.writing and attempt.writing.is_open:
            await eraser.attempts.stop(
                request.user, attempt.chat_id, attempt_id, update=f"forget:{name}", message_id=sys.maxsize
            )
    await asyncio.sleep(WRITERS_SECONDS)
    quizzes = await eraser.forgetting.erase(request.user, request.chat)
    # What was on its way to Redis when it was deleted is there again.
    await asyncio.sleep(WRITERS_SECONDS)
    await eraser.forgetting.erase_quizzes(quizzes)
    await eraser.forgetting.erase(request.user, request.chat)
    if eraser.embedded and not await eraser.forgetting.rewrite_file():
        return False
    await eraser.voice.say(request.chat, forgotten_screen(request.language))
    await eraser.forgetting.granted(name)
    return True
