"""One quiz being written: who is asked, what is read, checked and solved, and when it is over."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import cast

import structlog

from generation.checks import CHECKS, failed_check
from generation.drafts import to_question
from generation.failures import CallFailed, not_installed
from generation.language import load_detector
from generation.models import CannotOpen
from generation.question_moderation import refused_question
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
from generation.source_checks import NAMES, SourceChecks
from quiz.identity import derived_id
from quiz.material import Evidence
from quiz.question import Checked, Level, Origin

CALLS = 3
"""Of one writer."""
DRAFTS_EACH = 3
"""Drafts that are read for each question asked for."""
PASSING = {Trouble.BUSY, Trouble.UNREACHABLE, Trouble.BROKEN}
"""Trouble of a provider that may be over after a pause."""
WRITE_AGAIN = {Trouble.GARBAGE, *PASSING}
"""Trouble after which the last writer is asked again, having no other to follow it."""
MOST_PAUSE_SECONDS = 5.0
DOWN = {Trouble.KEY, Trouble.NOT_INSTALLED, Trouble.SILENT, *PASSING}
"""Trouble of a model that cannot be asked just now."""
UNREADABLE = "unreadable"
LEVEL = "level"
SOLVER = "solver"
MODERATION = "moderation"
"""What no quiz is written on stands in the question itself."""
COMMON = "common"
"""Only what the material says was wanted, and this was answered without it, or nobody could say."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pair:
    """A writer, and who answers its questions without their keys."""

    writer: Writer
    solver: Solver


@dataclass(frozen=True, slots=True)
class Maker:
    """What made a draft."""

    prompt: PromptName
    model: str


class Writing:
    """One quiz being written."""

    def __init__(
        self,
        request: WriteRequest,
        clock: Callable[[], int],
        tokens: int,
        *,
        at_once: int,
        patience: float,
        pause: float,
    ) -> None:
        self.events: asyncio.Queue[Event | Usage | None] = asyncio.Queue()
        self._request = request
        self._clock = clock
        self._tokens_left = tokens
        self._at_once = at_once
        self._patience = patience
        self._pause = pause
        self._drafts = 0
        self._accepted: list[Asked] = []
        self._covered: list[Evidence] = []
        self._dropped: list[Asked] = []
        self._troubles: list[Trouble | None] = []
        """How the last call of each writer ended."""
        self._solving: dict[asyncio.Task[None], Asked] = {}
        self._reading: asyncio.Timeout | None = None
        self._stopped: Trouble | None = None
        self._source: SourceChecks | None = None
        """What a draft on a material must hold to besides."""

    async def run(self, pairs: Sequence[Pair], fallback: Writer | None) -> None:
        try:
            try:
                await asyncio.to_thread(load_detector)
            except ModuleNotFoundError as missing:
                self.events.put_nowait(Ended(0, not_installed(missing).trouble))
                return
            if self._request.material and pairs:
                language = self._request.language
                self._source = await asyncio.to_thread(SourceChecks, self._request.material, language)
            await self._ask_all(pairs)
            trouble = self._stopped or (self._troubles[-1] if self._troubles else None)
            if fallback and self._may_fall_back:
                unwritten = await self._fall_back(fallback)
                trouble = trouble if pairs else unwritten
            nothing_readable = None if self._dropped or self._accepted else Trouble.GARBAGE
            why = (trouble or nothing_readable) if self._needed else None
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

    @property
    def _may_fall_back(self) -> bool:
        none_can_be_asked = self._stopped in DOWN or all(trouble in DOWN for trouble in self._troubles)
        return self._needed > 0 and Trouble.REFUSED not in self._troubles and (none_can_be_asked or not self._accepted)

    async def _ask_all(self, pairs: Sequence[Pair]) -> None:
        for pair in pairs:
            for call in range(1, CALLS + 1):
                if self._over:
                    return
                if call == 1:
                    self._troubles.append(None)
                try:
                    await self._ask(pair)
                    self._troubles[-1] = None
                except ModelTrouble as failed:
                    trouble = self._troubles[-1] = failed.trouble
                    log.warning("a writer failed", model=pair.writer.model, trouble=str(trouble), reason=str(failed))
                    final = isinstance(failed, CannotOpen) or trouble not in WRITE_AGAIN
                    if pair is not pairs[-1] or final:
                        break
                    if trouble in PASSING and call < CALLS and not self._over:
                        asked_for = failed.retry_after if isinstance(failed, CallFailed) else None
                        await asyncio.sleep(min(asked_for or self._pause, MOST_PAUSE_SECONDS))

    async def _ask(self, pair: Pair) -> None:
        """One call of a writer; over when each of its drafts is accepted or dropped."""
        avoid = (*self._request.avoid, *self._accepted, *self._dropped)
        covered = (*self._request.covered, *self._covered)
        request = replace(self._request, count=self._needed, avoid=avoid, covered=covered)
        trouble: ModelTrouble | None = None
        async with asyncio.TaskGroup() as solving:
            try:
                # No limit yet: one is set as soon as reading on is of no use.
                async with asyncio.timeout(None) as self._reading:
                    await self._read(pair, request, solving)
            except ModelTrouble as failed:
                trouble = failed
            except TimeoutError:
                if not self._over:
                    raise
        if trouble:
            raise trouble

    async def _read(self, pair: Pair, request: WriteRequest, solving: asyncio.TaskGroup) -> None:
        writer, maker = pair.writer, Maker(pair.writer.prompt(request.language), pair.writer.model)
        tally, cancelled = Tally(), False
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
                        # What was counted is no longer to be estimated; a writer may make several calls.
                        tally.prompt = tally.text = 0
                        self._book(proposal)
                        self._stop_when_used_up()
                    elif not self._over:
                        self._consider(proposal, maker, pair.solver, solving)
        except asyncio.CancelledError:
            cancelled = True  # a call that has just begun costs its prompt all the same
            raise
        finally:
            self._reading = None
            if tally.text or (tally.prompt and cancelled):
                self._book(tally.estimate(writer.model))
                self._stop_when_used_up()

    def _consider(self, proposal: Draft | Unreadable, maker: Maker, solver: Solver, solving: asyncio.TaskGroup) -> None:
        self._drafts += 1
        if self._over:
            self._end_reading(self._patience)
        self.events.put_nowait(Drafted(maker.prompt, maker.model))
        if isinstance(proposal, Unreadable):
            self.events.put_nowait(Dropped(UNREADABLE, maker.prompt, maker.model, why=proposal.why))
            return
        draft = _at_level(proposal, self._request.level)
        asked = _asked(draft)
        known = (*self._request.avoid, *self._accepted, *self._solving.values())
        if check := self._failed(draft, replace(self._request, avoid=known)):
            self._drop(check, draft, maker)
        else:
            task = solving.create_task(self._solve(draft, solver, maker))
            self._solving[task] = asked
            task.add_done_callback(self._solving.pop)

    def _failed(self, draft: Draft, request: WriteRequest) -> str | None:
        if request.level not in {None, draft.level}:
            return LEVEL
        if failed := failed_check(draft, request):
            return failed
        if self._source and (failed := self._source.failed(draft)):
            return failed
        return MODERATION if refused_question(draft) else None

    @property
    def _checks(self) -> tuple[str, ...]:
        return (*CHECKS, *(NAMES if self._request.material else ()), MODERATION)

    async def _solve(self, draft: Draft, solver: Solver, maker: Maker) -> None:
        try:
            verdict = await solver.solve(draft, self._request, self._book)
        except ModelTrouble as failed:
            self._stop(failed.trouble)
            return
        only_material = self._request.material is not None and self._request.only_material
        if not verdict.agrees:
            self._drop(SOLVER, draft, maker)
        elif only_material and verdict.common_knowledge is not False:
            self._drop(COMMON, draft, maker)
        elif self._stopped in {None, Trouble.TOKENS}:
            known = bool(verdict.common_knowledge)
            self._accept(draft, maker, (*self._checks, LEVEL, SOLVER), Checked.SOLVER, common_knowledge=known)
        self._stop_when_used_up()

    async def _fall_back(self, writer: Writer) -> Trouble | None:
        """Have what lacks written by rules; why there is less of it."""
        request = replace(self._request, count=self._needed, avoid=(*self._request.avoid, *self._accepted))
        maker = Maker(writer.prompt(request.language), writer.model)
        proposals = cast("AsyncGenerator[Draft | Usage | Unreadable]", writer.write(request, Tally()))
        try:
            async with aclosing(proposals):
                async for draft in proposals:
                    if not isinstance(draft, Draft):
                        continue
                    self.events.put_nowait(Drafted(maker.prompt, maker.model))
                    if refused_question(draft):
                        self._drop(MODERATION, draft, maker)
                    else:
                        self._accept(draft, maker, self._checks, Checked.RULES)
        except ModelTrouble as failed:
            log.info("the rules wrote less than was asked for", trouble=str(failed.trouble))
            return failed.trouble
        return None

    def _accept(
        self, draft: Draft, maker: Maker, checks: tuple[str, ...], checked: Checked, *, common_knowledge: bool = False
    ) -> None:
        prompt = maker.prompt
        origin = Origin(prompt.name, prompt.version, prompt.digest, maker.model, checks, self._clock())
        # The stem alone would not do: "Which of these is a mammal?" can be asked twice.
        question_id = derived_id("question", self._request.quiz, draft.stem, *draft.options)
        question = to_question(draft, question_id=question_id, origin=origin, checked=checked)
        self._accepted.append(_asked(draft))
        self._covered += [draft.evidence] if draft.evidence else []
        self.events.put_nowait(Accepted(replace(question, common_knowledge=common_knowledge)))
        if self._over:
            self._end_reading(self._patience)

    def _drop(self, check: str, draft: Draft, maker: Maker) -> None:
        self._dropped.append(_asked(draft))
        self.events.put_nowait(Dropped(check, maker.prompt, maker.model, draft))

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


def _asked(draft: Draft) -> Asked:
    return Asked(draft.stem, " ".join(draft.options[place] for place in sorted(draft.right)))


def _at_level(draft: Draft, level: Level | None) -> Draft:
    beside = level is not None and abs(int(draft.level) - int(level)) == 1
    return replace(draft, level=level) if beside else draft
