"""From a request to checked questions: writers one after the other, checks, the blind solver."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import cast

import structlog

from generation.checks import CHECKS, failed_check
from generation.drafts import to_question
from generation.failures import CallFailed
from generation.language import load_detector
from generation.models import CannotOpen
from generation.request import (
    Accepted,
    Asked,
    Draft,
    Drafted,
    Dropped,
    Ended,
    Event,
    ModelTrouble,
    PromptName,
    Tally,
    Trouble,
    Unreadable,
    Usage,
    Writer,
    WriteRequest,
)
from generation.solver import Solver
from quiz.identity import derived_id
from quiz.question import Level, Origin

CEILING = 100_000
"""Tokens that one quiz may take, of writers and solver together."""
AT_ONCE = 4
"""Questions at the solver at the same time."""
CALLS = 3
"""Of one writer."""
DRAFTS_EACH = 3
"""Drafts that are read for each question asked for."""
PATIENCE_SECONDS = 5.0
"""How long a writer may go on once there is enough: the provider counts the tokens at the end only."""
PASSING = {Trouble.BUSY, Trouble.UNREACHABLE, Trouble.BROKEN}
"""Trouble of a provider that may be over after a pause."""
WRITE_AGAIN = {Trouble.GARBAGE, *PASSING}
"""Trouble after which the last writer is asked again, having no other to follow it."""
PAUSE_SECONDS = 1.0
"""Before that, where the provider does not say how long it wants to be left alone."""
MOST_PAUSE_SECONDS = 5.0
UNREADABLE = "unreadable"
LEVEL = "level"
SOLVER = "solver"

log = structlog.stdlib.get_logger(__name__)


async def write_quiz(
    request: WriteRequest,
    writers: Sequence[Writer],
    solver: Solver,
    *,
    clock: Callable[[], int],
    tokens: int = CEILING,
    at_once: int = AT_ONCE,
    patience: float = PATIENCE_SECONDS,
    pause: float = PAUSE_SECONDS,
    untold: list[Usage] | None = None,
) -> AsyncGenerator[Event | Usage]:
    """Yield what happens until `Ended`, each question as soon as it is accepted, while the writer writes on.

    - A writer that brought too few is asked for the rest, three times in all; one that fails is followed by the
      next, the last one is asked again when what came broke off, and, after `pause` or as long as the provider asks for
      (at most 5 s), when its provider was busy, broken or not reached. At most three drafts are read for each question.
    - A draft passes the checks, then the solver (`at_once`, never more than are still needed; with 1 the next
      draft is read when the one before is solved, for a model that does one thing at a time).
    - Asked for one level, a draft of the level beside it is taken for that level: writers are that unsure of their
      labels. One two levels off is dropped.
    - When the solver cannot be asked, nothing more is accepted; when the tokens are used up, what is at the
      solver still is.
    - A call that brought text, and of which the provider did not say what it took, is booked as `Tally` estimates it.
    - When this generator is closed, so are all calls of models; what they took, and nobody was told of, is then in
      `untold`.

    `clock` gives the milliseconds since 1970 that questions are marked with.
    """
    writing = _Writing(request, solver, clock, tokens, at_once=at_once, patience=patience, pause=pause)
    task = asyncio.create_task(writing.run(writers))
    try:
        while (event := await writing.events.get()) is not None:
            yield event
        await task
    finally:
        task.cancel()
        await asyncio.wait({task})
        if untold is not None:
            left = [writing.events.get_nowait() for _ in range(writing.events.qsize())]
            untold += [event for event in left if isinstance(event, Usage)]
        if not task.cancelled():
            # Nobody is there any more to be told.
            task.exception()


class _Writing:
    """One quiz being written."""

    def __init__(
        self,
        request: WriteRequest,
        solver: Solver,
        clock: Callable[[], int],
        tokens: int,
        *,
        at_once: int,
        patience: float,
        pause: float,
    ) -> None:
        self.events: asyncio.Queue[Event | Usage | None] = asyncio.Queue()
        self._request = request
        self._solver = solver
        self._clock = clock
        self._tokens_left = tokens
        self._at_once = at_once
        self._patience = patience
        self._pause = pause
        self._drafts = 0
        self._accepted: list[Asked] = []
        self._dropped: list[Asked] = []
        self._solving: dict[asyncio.Task[None], Asked] = {}
        self._reading: asyncio.Timeout | None = None
        self._stopped: Trouble | None = None

    async def run(self, writers: Sequence[Writer]) -> None:
        try:
            await asyncio.to_thread(load_detector)
            trouble = await self._ask_all(writers)
            nothing_readable = None if self._dropped or self._accepted else Trouble.GARBAGE
            why = (self._stopped or trouble or nothing_readable) if self._needed else None
            self.events.put_nowait(Ended(len(self._accepted), why))
        finally:
            self.events.put_nowait(None)

    @property
    def _needed(self) -> int:
        return self._request.count - len(self._accepted)

    @property
    def _over(self) -> bool:
        """Whether no more drafts are of use."""
        return self._stopped is not None or self._needed <= 0 or self._drafts >= DRAFTS_EACH * self._request.count

    async def _ask_all(self, writers: Sequence[Writer]) -> Trouble | None:
        trouble: Trouble | None = None
        for writer in writers:
            for call in range(1, CALLS + 1):
                if self._over:
                    return trouble
                try:
                    await self._ask(writer)
                    trouble = None
                except ModelTrouble as failed:
                    trouble = failed.trouble
                    log.warning("a writer failed", model=writer.model, trouble=str(trouble), reason=str(failed))
                    final = isinstance(failed, CannotOpen) or trouble not in WRITE_AGAIN
                    if writer is not writers[-1] or final:
                        break
                    if trouble in PASSING and call < CALLS and not self._over:
                        asked_for = failed.retry_after if isinstance(failed, CallFailed) else None
                        await asyncio.sleep(min(asked_for or self._pause, MOST_PAUSE_SECONDS))
        return trouble

    async def _ask(self, writer: Writer) -> None:
        """One call of a writer; over when each of its drafts is accepted or dropped."""
        avoid = (*self._request.avoid, *self._accepted, *self._dropped)
        request = replace(self._request, count=self._needed, avoid=avoid)
        trouble: ModelTrouble | None = None
        async with asyncio.TaskGroup() as solving:
            try:
                # No limit yet: one is set as soon as reading on is of no use.
                async with asyncio.timeout(None) as self._reading:
                    await self._read(writer, request, solving)
            except ModelTrouble as failed:
                trouble = failed
            except TimeoutError:
                if not self._over:
                    raise
        if trouble:
            raise trouble

    async def _read(self, writer: Writer, request: WriteRequest, solving: asyncio.TaskGroup) -> None:
        prompt = writer.prompt(request.language)
        tally, counted, cancelled = Tally(), False, False
        proposals = cast("AsyncGenerator[Draft | Usage | Unreadable]", writer.write(request, tally))
        try:
            async with aclosing(proposals):
                while True:
                    while not self._over and len(self._solving) >= min(self._at_once, self._needed):
                        await asyncio.wait(self._solving, return_when=asyncio.FIRST_COMPLETED)
                    proposal = await anext(proposals, None)
                    if proposal is None:
                        return
                    if isinstance(proposal, Usage):
                        counted = True
                        self._book(proposal)
                        self._stop_when_used_up()
                    elif not self._over:
                        self._consider(proposal, prompt, writer.model, solving)
        except asyncio.CancelledError:
            cancelled = True  # a call that has just begun costs its prompt all the same
            raise
        finally:
            self._reading = None
            if not counted and (tally.text or cancelled):
                self._book(tally.estimate(writer.model))
                self._stop_when_used_up()

    def _consider(
        self, proposal: Draft | Unreadable, prompt: PromptName, model: str, solving: asyncio.TaskGroup
    ) -> None:
        self._drafts += 1
        if self._over:
            self._end_reading(self._patience)
        self.events.put_nowait(Drafted(prompt, model))
        if isinstance(proposal, Unreadable):
            self.events.put_nowait(Dropped(UNREADABLE, prompt, model))
            return
        draft = _at_level(proposal, self._request.level)
        asked = Asked(draft.stem, " ".join(draft.options[place] for place in sorted(draft.right)))
        known = (*self._request.avoid, *self._accepted, *self._solving.values())
        if check := _failed(draft, replace(self._request, avoid=known)):
            self._drop(check, draft, asked, prompt, model)
        else:
            task = solving.create_task(self._solve(draft, asked, prompt, model))
            self._solving[task] = asked
            task.add_done_callback(self._solving.pop)

    async def _solve(self, draft: Draft, asked: Asked, prompt: PromptName, model: str) -> None:
        try:
            verdict = await self._solver.solve(draft, self._request, self._book)
        except ModelTrouble as failed:
            self._stop(failed.trouble)
            return
        if not verdict.agrees:
            self._drop(SOLVER, draft, asked, prompt, model)
        elif self._stopped in {None, Trouble.TOKENS}:
            self._accept(draft, asked, prompt, model)
        self._stop_when_used_up()

    def _accept(self, draft: Draft, asked: Asked, prompt: PromptName, model: str) -> None:
        checks = (*CHECKS, LEVEL, SOLVER)
        origin = Origin(prompt.name, prompt.version, prompt.digest, model, checks, self._clock())
        # The stem alone would not do: "Which of these is a mammal?" can be asked twice.
        question_id = derived_id("question", self._request.quiz, draft.stem, *draft.options)
        question = to_question(draft, question_id=question_id, origin=origin)
        self._accepted.append(asked)
        self.events.put_nowait(Accepted(question))
        if self._over:
            self._end_reading(self._patience)

    def _drop(self, check: str, draft: Draft, asked: Asked, prompt: PromptName, model: str) -> None:
        self._dropped.append(asked)
        self.events.put_nowait(Dropped(check, prompt, model, draft))

    def _book(self, usage: Usage) -> None:
        self.events.put_nowait(usage)
        self._tokens_left -= usage.input_tokens + usage.output_tokens

    def _stop_when_used_up(self) -> None:
        if self._tokens_left <= 0 and self._needed:
            self._stop(Trouble.TOKENS)

    def _stop(self, trouble: Trouble) -> None:
        """Accept nothing more, and end all calls; once the tokens are used up, what is at the solver still counts."""
        self._stopped = self._stopped or trouble
        for task in self._solving:
            if trouble is not Trouble.TOKENS and task is not asyncio.current_task():
                task.cancel()
        self._end_reading(0)

    def _end_reading(self, seconds: float) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        if self._reading and not self._reading.expired():
            self._reading.reschedule(min(deadline, self._reading.when() or deadline))


def _at_level(draft: Draft, level: Level | None) -> Draft:
    beside = level is not None and abs(int(draft.level) - int(level)) == 1
    return replace(draft, level=level) if beside else draft


def _failed(draft: Draft, request: WriteRequest) -> str | None:
    if request.level not in {None, draft.level}:
        return LEVEL
    return failed_check(draft, request)
