"""One quiz being written for one attempt: each question kept, added and asked as soon as it is accepted."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from random import Random

import structlog
from prometheus_client import Counter

from delivery.errors import CHECKS, NOTES_GONE
from delivery.failures import ChatGone, MessageGone, NotNow, Refused
from delivery.priority import Priority
from delivery.progress import Progress, waiting_screen
from generation.prices import cost
from generation.request import Accepted, Asked, Drafted, Dropped, Ended, Usage, WriteRequest
from quiz.attempt import Attempt, Notes, State
from quiz.collection import joined
from quiz.material import Material
from quiz.planning import plan_question
from quiz.question import Level, Question
from storage.attempts import Outcome, Reply
from storage.budgets import Account
from storage.errors import StorageUnavailable
from storage.tallies import ACCEPTED, DRAFTED
from tasks.ask import Stage, catch_up_or_later
from tasks.desk import Author, Desk, complete

log = structlog.stdlib.get_logger(__name__)

LOOK_SECONDS = 0.5
EDIT_SECONDS = 2.0
"""Telegram takes about one message a second in a chat; the student's own come first."""
ATTEMPTS_REMEMBERED = 100
MOST_REMEMBERED = 500
"""Questions that must not come again: to compare a draft with so many takes 13 ms. The prompt names the newest."""

TOKENS = Counter(
    "quizbot_model_tokens",
    "Tokens that calls of a model took, by the model as the settings name it and by direction (in, out); estimated "
    "where its provider does not say.",
    ["model", "direction"],
)
DOLLARS = Counter(
    "quizbot_model_dollars",
    "What calls of a model cost in US dollars; one in no price table costs nothing here.",
    ["model"],
)


class Writing:
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
        notes = self._attempt.notes
        material = await self._material(notes) if notes else None
        if notes and material is None:
            return NOTES_GONE
        request = WriteRequest(
            quiz=self._attempt.quiz,
            topic=self._attempt.title,
            language=self._attempt.writing.language if self._attempt.writing else self._attempt.language,
            level=Level(self._attempt.level) if self._attempt.level in set(Level) else None,
            count=wanted - len(kept),
            # The newest last: where there are too many for a prompt, the oldest are left out.
            avoid=(*reversed(await asked_before(self._desk.stage, self._user)), *map(_asked, kept)),
            material=material,
            focus=notes.focus if notes else "",
            only_material=notes.only if notes else False,
        )
        shortfall = CHECKS
        untold: list[Usage] = []
        try:
            async with aclosing(self._author.write(request, tokens=self._tokens, untold=untold)) as events:
                async for event in events:
                    if isinstance(event, Ended):
                        shortfall = str(event.trouble or CHECKS)
                    else:
                        await self._take(event)
        finally:
            for usage in untold:
                await self._take(usage)
        return "" if self._progress.ready >= wanted else shortfall

    async def _material(self, notes: Notes) -> Material | None:
        """What the quiz is about; None where it is kept no more."""
        parts = await self._desk.sources.parts(self._user, notes.source)
        return joined(parts, self._attempt.title) if parts else None

    async def _take(self, event: Accepted | Drafted | Dropped | Usage) -> None:
        match event:
            case Usage(_, taken, given):
                price = cost(event)
                TOKENS.labels(event.model, "in").inc(taken)
                TOKENS.labels(event.model, "out").inc(given)
                DOLLARS.labels(event.model).inc((price or 0) / 1_000_000)
                await self._desk.budgets.take(self._account, taken, given, price)
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
            if self._progress.ready >= self._attempt.total:
                # What the calls took is still to come; the student need not wait for that.
                await self._extend(position, kept)
                await complete(self._desk, self._attempt.id, "")
                return
            await self._show(position, kept)
            if kept.id == question.id:
                return  # else: another worker put one there

    async def _extend(self, position: int, question: Question) -> Reply:
        dice = Random(f"{self._attempt.id} {question.id}")  # noqa: S311 - the same order when it is done again
        planned = plan_question(question, dice)
        return await self._desk.stage.attempts.extend(
            self._user, self._attempt.id, position, planned, owner=self._owner
        )

    async def _show(self, position: int, question: Question) -> None:
        reply = await self._extend(position, question)
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
        screen, sender = waiting_screen(attempt, progress), self._desk.stage.sender
        try:
            if not await sender.draft(attempt.chat_id, attempt.origin_message, screen):
                await sender.edit(attempt.chat_id, message, screen, Priority.PROGRESS)
        except (NotNow, MessageGone, ChatGone, Refused, StorageUnavailable) as error:
            log.info("the progress was not shown", attempt=attempt.id, reason=type(error).__name__)


async def asked_before(stage: Stage, user: int) -> list[Asked]:
    """What a person was asked in the attempts they began last, newest first."""
    asked: list[Asked] = []
    for attempt_id in await stage.attempts.newest(user, ATTEMPTS_REMEMBERED):
        attempt = await stage.attempts.load(user, attempt_id)
        seen = {*attempt.asked, *attempt.answers} if attempt else set[int]()
        if len(asked) >= MOST_REMEMBERED:
            break
        if attempt is None or not seen:
            continue
        try:
            questions = await stage.quizzes.questions_of(attempt)
        except KeyError:
            continue  # kept no more
        asked += [_asked(questions[attempt.plan[position].question_id]) for position in sorted(seen)]
    return asked[:MOST_REMEMBERED]


def _asked(question: Question) -> Asked:
    return Asked(question.stem, "; ".join(one.text for one in question.options if one.id in question.key))
