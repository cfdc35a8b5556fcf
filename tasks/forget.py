"""Deleting everything that is kept of a person: the tasks `forget` and `forget_rest` of the docket `soon`.

Neither holds a place while it waits, so that nobody's timer is late however many ask to be forgotten.
"""

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import structlog
from docket import Docket, Execution, ExponentialRetry

from delivery.forget import forgotten_screen
from quiz.attempt import State
from storage.attempts import Attempts
from storage.errors import StorageUnavailable
from storage.forgetting import Forgetting
from tasks.dockets import THIS_TASK, put_off
from tasks.later import Patience
from tasks.say import Voice

T = TypeVar("T")

log = structlog.stdlib.get_logger(__name__)

TRIES = 8
RETRY = ExponentialRetry.forever(delay=timedelta(seconds=1), maximum_delay=timedelta(seconds=60))
REST_SECONDS = 4.0
"""Whoever writes for a person looks twice a second whether that is still wanted; by then nothing more comes."""
FILE_AGAIN = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Eraser:
    """What deleting needs; `embedded`: the server is our own, and so is its file."""

    forgetting: Forgetting
    attempts: Attempts
    voice: Voice
    patience: Patience
    embedded: bool


def register(docket: Docket, eraser: Eraser) -> None:
    """Make the docket know the tasks, under names that never change."""
    docket.register(forget_task(eraser), names=["forget"])
    docket.register(forget_rest_task(eraser), names=["forget_rest"])


def forget_task(eraser: Eraser) -> Callable[..., Awaitable[None]]:
    """The task that begins to grant a request to be forgotten, as docket calls it."""

    async def forget(request: str, retry: ExponentialRetry = RETRY) -> None:
        await _until_done(eraser, "forget", request, forget_person(eraser, request), retry)

    return forget


def forget_rest_task(eraser: Eraser) -> Callable[..., Awaitable[None]]:
    """The task that ends it, as docket calls it; the arguments after the request are ids of quizzes."""

    async def forget_rest(
        request: str, *quizzes: str, retry: ExponentialRetry = RETRY, task: Execution = THIS_TASK
    ) -> None:
        await eraser.patience.until_due(task)
        is_done = await _until_done(
            eraser, "forget_rest", request, forget_rest_of_person(eraser, request, set(quizzes)), retry
        )
        if is_done is False:
            put_off(task, FILE_AGAIN)

    return forget_rest


async def _until_done(eraser: Eraser, name: str, request: str, work: Awaitable[T], retry: ExponentialRetry) -> T | None:
    """Do the work; what fails is tried again, and is a dead letter in the end, for which None is returned."""
    try:
        return await work
    except StorageUnavailable:
        raise
    except Exception as error:
        log.exception("a task failed", task=name, request=request)
        if retry.attempt < TRIES:
            raise
        await eraser.patience.dead_letters.add("task", name, {"request": request}, error)
    return None


async def forget_person(eraser: Eraser, name: str) -> None:
    """Stop what is done for who made a request, delete everything of theirs, and have the rest done a moment later."""
    request = await eraser.forgetting.request(name)
    if request is None:
        return
    for attempt_id in await eraser.forgetting.attempts(request.user):
        attempt = await eraser.attempts.load(request.user, attempt_id)
        if attempt is not None and attempt.state is State.OPEN and attempt.writing and attempt.writing.is_open:
            await eraser.attempts.stop(
                request.user, attempt.chat_id, attempt_id, update=f"forget:{name}", message_id=sys.maxsize
            )
    quizzes = await eraser.forgetting.erase(request.user, request.chat)
    await eraser.voice.soon.forget_rest(name, sorted(quizzes), REST_SECONDS)


async def forget_rest_of_person(eraser: Eraser, name: str, quizzes: set[str]) -> bool:
    """Delete what was on its way to Redis when it was deleted, and say so; False: the file is still to be written."""
    request = await eraser.forgetting.request(name)
    if request is None:
        return True
    await eraser.forgetting.erase_quizzes(quizzes)
    await eraser.forgetting.erase(request.user, request.chat)
    if eraser.embedded and not await eraser.forgetting.rewrite_file():
        return False
    await eraser.voice.say(request.chat, forgotten_screen(request.language))
    await eraser.forgetting.granted(name)
    return True
