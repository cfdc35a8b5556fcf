"""Having the quiz of an attempt written while it is played: the `write` task of the `long` docket.

Whatever is killed, a question that was accepted is kept, and another worker goes on after it. The attempt is looked
at twice a second, so that a stop ends the calls of the models at once.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Protocol

import structlog
from docket import Docket, ExponentialRetry, Timeout

from delivery.errors import BUDGET, CHECKS, NO_MODEL, OURS
from delivery.progress import Progress, waiting_screen
from delivery.sender import ChatGone, MessageGone, NotNow, Refused
from generation.prices import cost
from generation.request import Accepted, Asked, Drafted, Dropped, Ended, Event, Usage, WriteRequest
from quiz.attempt import Attempt, State
from quiz.planning import plan_question
from quiz.question import Level, Question
from storage.attempts import Outcome
from storage.budgets import Account, Budgets
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable
from storage.forms import NewerForms
from storage.tallies import ACCEPTED, DRAFTED, Tallies
from tasks.ask import Stage, catch_up_or_later
from tasks.soon import Soon

log = structlog.stdlib.get_logger(__name__)

LOOK_SECONDS = 0.5
EDIT_SECONDS = 2.0
"""Telegram takes about one message a second in a chat; the student's own come first."""
ATTEMPTS_REMEMBERED = 20
MOST_REMEMBERED = 200
"""Questions that must not come again: more would fill the prompt."""
TOKENS_EACH, TOKENS_BESIDE = 4000, 4000
"""The most that a question takes with all its tries and checks; set aside before, given back after."""
DRAFT = "message-draft"
TRIES = 4
RETRY = ExponentialRetry(attempts=TRIES, minimum_delay=timedelta(seconds=1), maximum_delay=timedelta(seconds=30))
HANDED_ON = timedelta(seconds=2)
"""By then the worker that is to end takes no more tasks, so that another one gets it."""
LIMIT = Timeout(timedelta(minutes=15))


class Author(Protocol):
    """Whoever writes: `generation.author.Author`, or a test."""

    def write(self, request: WriteRequest, *, tokens: int) -> AsyncGenerator[Event | Usage]:
        """What happens until the quiz is written."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What writing needs. `author` None: no model is set up. `stopping` is set when the program is to end."""

    stage: Stage
    soon: Soon
    budgets: Budgets
    tallies: Tallies
    dead_letters: DeadLetters
    forms: NewerForms
    author: Author | None
    most_tokens: int
    stopping: asyncio.Event


class Interrupted(Exception):
    """The program is to end; another worker, or the next start, goes on."""


def register(docket: Docket, desk: Desk) -> None:
    """Make the docket know the task, under a name that never changes."""
    docket.register(write_task(desk), names=["write"])


def write_task(desk: Desk) -> Callable[..., Awaitable[None]]:
    """The task that has the quiz of an attempt written, as docket calls it."""

    async def write(attempt: str, retry: ExponentialRetry = RETRY, limit: Timeout = LIMIT) -> None:
        del limit
        try:
            await write_for(desk, attempt)
        except Interrupted:
            retry.after(HANDED_ON)
        except StorageUnavailable:
            raise
        except Exception as error:
            log.exception("a task failed", task="write", attempt=attempt)
            if retry.attempt < TRIES:
                raise
            await desk.dead_letters.add("task", "write", {"attempt": attempt}, error)
            await _complete(desk, attempt, OURS)

    return write


async def write_for(desk: Desk, attempt_id: str) -> None:
    """Have what is missing of an attempt's quiz written; done, or begun by somebody else, it changes nothing."""
    found = await _open_attempt(desk, attempt_id)
    if found is None:
        return
    user, attempt = found
    if desk.author is None:
        await _complete(desk, attempt_id, NO_MODEL)
        return
    account = await desk.budgets.account(user, attempt.chat_id, attempt.quiz)
    tokens = min(desk.most_tokens, TOKENS_EACH * attempt.total + TOKENS_BESIDE)
    if not await desk.budgets.reserve(account, tokens):
        await _complete(desk, attempt_id, BUDGET)
        return
    writing = _Writing(desk, desk.author, user, attempt, account, tokens)
    try:
        shortfall = await _unless_stopped(writing, desk.stopping)
    finally:
        await desk.budgets.settle(account)
    if shortfall is not None:
        await _complete(desk, attempt_id, shortfall)


async def _unless_stopped(writing: "_Writing", stopping: asyncio.Event) -> str | None:
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


class _Writing:
    """One quiz being written for one attempt."""

    def __init__(self, desk: Desk, author: Author, user: int, attempt: Attempt, account: Account, tokens: int) -> None:
        self._desk = desk
        self._author = author
        self._user = user
        self._attempt = attempt
        self._account = account
        self._tokens = tokens
        self._owner = f"write:{attempt.id}"
        self._progress = Progress(ready=0)

    async def write(self) -> str:
        """Write what is missing; why there is less than was asked for, empty when there is not."""
        wanted = self._attempt.total
        kept = await self._desk.stage.quizzes.written(self._attempt.quiz)
        for position, question in enumerate(kept):
            await self._show(position, question)
        self._progress = Progress(ready=len(kept))
        if len(kept) >= wanted:
            return ""
        request = WriteRequest(
            quiz=self._attempt.quiz,
            topic=self._attempt.title,
            language=self._attempt.writing.language if self._attempt.writing else self._attempt.language,
            level=Level(self._attempt.level) if self._attempt.level in set(Level) else None,
            count=wanted - len(kept),
            avoid=(*map(_asked, kept), *await asked_before(self._desk.stage, self._user)),
        )
        shortfall = CHECKS
        async with aclosing(self._author.write(request, tokens=self._tokens)) as events:
            async for event in events:
                if isinstance(event, Ended):
                    shortfall = str(event.trouble or CHECKS)
                else:
                    await self._take(event)
        return "" if self._progress.ready >= wanted else shortfall

    async def _take(self, event: Accepted | Drafted | Dropped | Usage) -> None:
        match event:
            case Usage(_, taken, given):
                await self._desk.budgets.take(self._account, taken, given, cost(event))
            case Drafted(prompt, model):
                self._progress = replace(self._progress, checking=self._progress.checking + 1)
                await self._desk.tallies.add(prompt.name, prompt.version, model, DRAFTED)
            case Dropped(check, prompt, model):
                self._progress = replace(self._progress, checking=max(0, self._progress.checking - 1))
                await self._desk.tallies.add(prompt.name, prompt.version, model, check)
            case Accepted(question):
                await self._accept(question)
                if question.origin:
                    origin = question.origin
                    await self._desk.tallies.add(origin.prompt, origin.prompt_version, origin.model, ACCEPTED)

    async def _accept(self, question: Question) -> None:
        """Keep the question at the first free place, and have it asked if the student waits for it."""
        while True:
            position = self._progress.ready
            kept = await self._desk.stage.quizzes.add_written(self._attempt.quiz, position, question)
            self._progress = Progress(ready=position + 1, checking=max(0, self._progress.checking - 1))
            await self._show(position, kept)
            if self._progress.ready >= self._attempt.total:
                # What the calls took is still to come; the student need not wait for that.
                await _complete(self._desk, self._attempt.id, "")
                return
            if kept.id == question.id:
                return  # else: another worker put one there

    async def _show(self, position: int, question: Question) -> None:
        dice = Random(f"{self._attempt.id} {question.id}")  # noqa: S311 - the same order when it is done again
        reply = await self._desk.stage.attempts.extend(
            self._user, self._attempt.id, position, plan_question(question, dice), owner=self._owner
        )
        attempt = reply.attempt
        if attempt is not None and reply.outcome is Outcome.EXTENDED and attempt.position == position:
            await catch_up_or_later(self._desk.stage, self._desk.soon, self._user, reply, self._owner)

    async def watch(self) -> None:
        """Show the progress to a student who waits; returns once the attempt is stopped."""
        shown, edited = Progress(ready=0), 0.0
        clock = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                attempt = await self._desk.stage.attempts.load(self._user, self._attempt.id)
            except StorageUnavailable:
                continue  # whoever writes finds out, and is tried again
            if attempt is None or attempt.state is State.STOPPED:
                return
            message = attempt.placeholders.get(attempt.position) if attempt.is_waiting else None
            if message is not None and self._progress != shown and clock() - edited > EDIT_SECONDS:
                shown, edited = self._progress, clock()
                await self._report(attempt, message, shown)

    async def _report(self, attempt: Attempt, message: int, progress: Progress) -> None:
        """Show the progress: as a draft where Telegram takes one, which spares the chat its edits; else in its line."""
        screen, sender, forms = waiting_screen(attempt, progress), self._desk.stage.sender, self._desk.forms
        try:
            if await forms.may_be_used(DRAFT):
                taken = True
                try:
                    await sender.draft(attempt.chat_id, attempt.origin_message, screen)
                except (NotNow, ChatGone, Refused):
                    taken = False
                await forms.was_taken(DRAFT, taken=taken)
                if taken:
                    return
            await sender.edit(attempt.chat_id, message, screen)
        except (NotNow, MessageGone, ChatGone, Refused, StorageUnavailable) as error:
            log.info("the progress was not shown", attempt=attempt.id, reason=type(error).__name__)


async def asked_before(stage: Stage, user: int) -> list[Asked]:
    """What a person was asked in the attempts they began last, newest first."""
    asked: list[Asked] = []
    for attempt_id in await stage.attempts.newest(user, ATTEMPTS_REMEMBERED):
        attempt = await stage.attempts.load(user, attempt_id)
        seen = {*attempt.asked, *attempt.answers} if attempt else set[int]()
        if attempt is None or not seen or len(asked) >= MOST_REMEMBERED:
            continue
        try:
            questions = await stage.quizzes.questions_of(attempt)
        except KeyError:
            continue  # kept no more
        asked += [_asked(questions[attempt.plan[position].question_id]) for position in sorted(seen)]
    return asked[:MOST_REMEMBERED]


def _asked(question: Question) -> Asked:
    return Asked(question.stem, "; ".join(one.text for one in question.options if one.id in question.key))


async def _open_attempt(desk: Desk, attempt_id: str) -> tuple[int, Attempt] | None:
    """Whose attempt it is, and the attempt, if it is played and its quiz is still to be written."""
    user = await desk.stage.attempts.owner(attempt_id)
    attempt = await desk.stage.attempts.load(user, attempt_id) if user is not None else None
    if user is None or attempt is None or attempt.state is not State.OPEN:
        return None
    return (user, attempt) if attempt.writing and attempt.writing.is_open else None


async def _complete(desk: Desk, attempt_id: str, shortfall: str) -> None:
    found = await _open_attempt(desk, attempt_id)
    if found is None:
        return
    user, attempt = found
    owner = f"write:{attempt_id}"
    reply = await desk.stage.attempts.complete(user, attempt.chat_id, attempt_id, shortfall=shortfall, owner=owner)
    await catch_up_or_later(desk.stage, desk.soon, user, reply, owner)
