"""One quiz being written for one attempt: each question kept, added and asked as soon as it is accepted."""

import asyncio
from contextlib import aclosing
from dataclasses import replace

import structlog

from delivery.errors import CHECKS, NOTES_GONE
from delivery.failures import ChatGone, MessageGone, NotNow, Refused
from delivery.notes import not_there_screen
from delivery.priority import Priority
from delivery.progress import Progress, waiting_screen
from generation.focus import wanted
from generation.request import Accepted, Drafted, Dropped, Ended, Usage, WriteRequest
from quiz.attempt import Attempt, Notes, State
from quiz.collection import joined
from quiz.material import Material
from quiz.question import Level, Question
from storage.attempts import Outcome, Reply
from storage.budgets import Account
from storage.errors import StorageUnavailable
from storage.pools import PoolTopic
from tasks.ask import catch_up_or_later
from tasks.asked import asked, asked_before
from tasks.booking import book
from tasks.desk import Author, Desk, complete
from tasks.pooling import FROM_MODEL, QUESTIONS, may_be_pooled, planned_for

log = structlog.stdlib.get_logger(__name__)

LOOK_SECONDS = 0.5
SENDS = 3
EDIT_SECONDS = 2.0
"""Telegram takes about one message a second in a chat; the student's own come first."""


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
        total = self._attempt.total
        kept = await self._desk.stage.quizzes.written(self._attempt.quiz)
        for position, question in enumerate(kept):
            await self._show(position, question)
        self._progress = Progress(ready=len(kept))
        if len(kept) >= total:
            return ""
        notes = self._attempt.notes
        material = await self._material(notes) if notes else None
        if notes and material is None:
            return NOTES_GONE
        if material and notes and not kept:
            await self._say_what_lacks(material, notes.focus)
        pooled = await self._desk.stage.pools.all(self._attempt.pool) if self._attempt.pool else []
        request = WriteRequest(
            quiz=self._attempt.quiz,
            topic=self._attempt.title,
            language=self._language,
            level=Level(self._attempt.level) if self._attempt.level in set(Level) else None,
            count=total - len(kept),
            # The newest last: where there are too many for a prompt, the oldest are left out.
            avoid=(*reversed(await asked_before(self._desk.stage, self._user)), *map(asked, pooled), *map(asked, kept)),
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
                        if isinstance(event, Accepted) and request.material is None:
                            await self._pool(event.question)
                        await self._take(event)
        finally:
            for usage in untold:
                await self._take(usage)
        return "" if self._progress.ready >= total else shortfall

    async def _material(self, notes: Notes) -> Material | None:
        """What the quiz is about; None where it is kept no more."""
        parts = await self._desk.sources.parts(self._user, notes.source)
        return joined(parts, self._attempt.title) if parts else None

    @property
    def _language(self) -> str:
        """The language of the questions."""
        return self._attempt.writing.language if self._attempt.writing else self._attempt.language

    async def _say_what_lacks(self, material: Material, focus: str) -> None:
        """Say what was to be asked about and is not in the notes; again only where the task is killed before it has a
        question."""
        part = await asyncio.to_thread(wanted, material, focus, self._language)
        if not part.missing:
            return
        screen = not_there_screen(self._attempt.language, part.missing, all_instead=part.is_all)
        for _ in range(SENDS):
            try:
                await self._desk.stage.sender.send(self._attempt.chat_id, screen)
            except NotNow as error:
                await asyncio.sleep(error.seconds)
            except (ChatGone, Refused) as error:
                log.info("what the notes lack was not said", attempt=self._attempt.id, reason=type(error).__name__)
                return
            else:
                return
        log.warning("what the notes lack was not said", attempt=self._attempt.id, reason=NotNow.__name__)

    async def _take(self, event: Accepted | Drafted | Dropped | Usage) -> None:
        checking = self._progress.checking
        if isinstance(event, Drafted):
            self._progress = replace(self._progress, checking=checking + 1)
        elif isinstance(event, Dropped):
            self._progress = replace(self._progress, checking=max(0, checking - 1))
        elif isinstance(event, Accepted):
            await self._accept(event.question)
        await book(self._desk, self._account, event)

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

    async def _pool(self, question: Question) -> None:
        """Let others have a question on a bare topic; before it is in the quiz, so that none is in the quiz alone."""
        if self._attempt.pool:
            attempt = self._attempt
            QUESTIONS.labels(FROM_MODEL).inc()
            if may_be_pooled(question):
                about = PoolTopic(attempt.title, self._language, attempt.level)
                await self._desk.stage.pools.add(attempt.pool, about, question)

    async def _extend(self, position: int, question: Question) -> Reply:
        planned = planned_for(self._attempt, question)
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
