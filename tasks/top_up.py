"""Writing more for a pool before it runs out: the `top_up` task of the `long` docket, on everyone's budget."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from functools import partial

import structlog
from docket import Docket, Execution, ExponentialRetry, Timeout

from generation.moderation import refused_topic
from generation.request import Accepted, Ended, Trouble, Usage, WriteRequest
from quiz.identity import derived_id
from quiz.question import Level, Question
from storage.budgets import Account
from storage.errors import StorageUnavailable
from storage.pools import PoolTopic
from tasks.asked import asked
from tasks.booking import book
from tasks.desk import Author, Desk
from tasks.dockets import THIS_TASK, put_off
from tasks.leading import Followed, write_as_leader
from tasks.pooling import may_be_pooled
from tasks.write import (
    HANDED_ON,
    LIMIT,
    RETRY,
    TOKENS_BESIDE,
    TOKENS_EACH,
    TRIES,
    WRITE_SECONDS,
    Interrupted,
    unless_stopped,
)

log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 10
"""Questions that are written at a time: as many as a quiz has where nobody chose otherwise."""


def register(docket: Docket, desk: Desk) -> None:
    """Make the docket know the task, under a name that never changes."""
    docket.register(top_up_task(desk), names=["top_up"])


def top_up_task(desk: Desk) -> Callable[..., Awaitable[None]]:
    """The task that has more written for a pool, as docket calls it."""

    async def top_up(
        pool: str, retry: ExponentialRetry = RETRY, limit: Timeout = LIMIT, task: Execution = THIS_TASK
    ) -> None:
        del limit
        try:
            await top_up_pool(desk, pool)
        except Interrupted:
            put_off(task, HANDED_ON)
        except StorageUnavailable:
            raise
        except Exception as error:
            log.exception("a task failed", task="top_up", pool=pool)
            if retry.attempt < TRIES:
                raise
            await desk.dead_letters.add("task", "top_up", {"pool": pool}, error)

    return top_up


async def top_up_pool(desk: Desk, pool: str) -> None:
    """Write some more questions for a pool, if it has room and nobody writes for it just now.

    No topic that is refused is written on, and nothing once everyone's budget of the day is used up.
    """
    pools, author = desk.stage.pools, desk.author
    about = await pools.about(pool)
    if about is None or not desk.models or refused_topic(about.topic):
        return
    room = pools.most - len(await pools.ids(pool))
    if room > 0:
        with suppress(Followed):
            write = partial(_write, desk, author, pool, about, min(room, AT_ONCE))
            await write_as_leader(pools, pool, f"top_up:{pool}", 0, write)


async def _write(desk: Desk, author: Author, pool: str, about: PoolTopic, count: int) -> str | None:
    there = await desk.stage.pools.all(pool)
    quiz = derived_id("top up", pool, len(there))
    account = await desk.budgets.account(None, 0, quiz)
    tokens = min(desk.most_tokens, TOKENS_EACH * count + TOKENS_BESIDE)
    if not await desk.budgets.reserve(account, tokens):
        return None
    request = WriteRequest(
        quiz=quiz,
        topic=about.topic,
        language=about.language,
        level=Level(about.level) if about.level in set(Level) else None,
        count=count,
        avoid=tuple(map(asked, there)),
    )
    try:
        async with asyncio.timeout(WRITE_SECONDS):
            adding = _add_all(desk, author, pool, about, request, account, tokens)
            return await unless_stopped(adding, desk.stopping)
    except TimeoutError:
        return Trouble.SILENT
    finally:
        await desk.budgets.settle(account)


async def _add_all(
    desk: Desk, author: Author, pool: str, about: PoolTopic, request: WriteRequest, account: Account, tokens: int
) -> str | None:
    """Add each question as soon as it is accepted; what the model's trouble was, if there was one."""
    trouble: str | None = None
    untold: list[Usage] = []
    try:
        async with aclosing(author.write(request, tokens=tokens, untold=untold)) as events:
            async for event in events:
                if isinstance(event, Ended):
                    trouble = event.trouble
                    continue
                if isinstance(event, Accepted):
                    await _add(desk, pool, about, event.question)
                await book(desk, account, event)
    finally:
        for usage in untold:
            await book(desk, account, usage)
    return trouble


async def _add(desk: Desk, pool: str, about: PoolTopic, question: Question) -> None:
    if may_be_pooled(question):
        await desk.stage.pools.add(pool, about, question)
