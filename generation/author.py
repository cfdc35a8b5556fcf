"""The writers and the solvers of the settings, together: whoever asks for a quiz asks here."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import aclosing

import structlog

from generation.answer_first.solver import AnswerFirstSolver
from generation.answer_first.writer import AnswerFirstWriter
from generation.language import load_detector
from generation.models import LOCAL, Model
from generation.moderation_endpoint import OPENAI, ProviderJudge
from generation.pipeline import AT_ONCE, Pair, write_quiz
from generation.request import Ended, Event, ModelTrouble, Trouble, Usage, WriteRequest
from generation.rule_writer import RuleWriter
from generation.solver import BlindSolver, FirstThatAnswers
from generation.source_moderation import is_refused
from generation.source_writer import SourceWriter
from generation.writer import WholeQuestionWriter

log = structlog.stdlib.get_logger(__name__)


def answer_first(writes: Model, solves: Model) -> Pair:
    """How a small model writes on a material, and who checks that."""
    return Pair(AnswerFirstWriter(writes), AnswerFirstSolver(solves))


class Author:
    """Writes quizzes with these models, tried in their order; `check_model` answers the questions blind.

    Without it the same models do, in the same order. On a material, models in this process and those named in `small`
    write as `answer_first` has them. Without any model, quizzes on a material are written by rules, and no others.
    """

    def __init__(
        self,
        models: Sequence[str],
        check_model: str | None,
        *,
        small: Collection[str] = (),
        answer_first: Callable[[Model, Model], Pair] = answer_first,
    ) -> None:
        solving = [check_model] if check_model and models else models
        opened = {name: Model(name) for name in [*models, *solving]}
        self._models = list(opened.values())
        solver = FirstThatAnswers([BlindSolver(opened[name]) for name in solving])
        self._on_topics = [Pair(WholeQuestionWriter(opened[name]), solver) for name in models]
        self._on_materials = [
            answer_first(opened[name], opened[check_model or name])
            if name in small or name.startswith(LOCAL)
            else Pair(SourceWriter(opened[name]), solver)
            for name in models
        ]
        # A model in this process does one thing at a time: what it wrote is solved before it writes on.
        self._at_once = 1 if any(name.startswith(LOCAL) for name in opened) else AT_ONCE
        # All models of this kind have one address, and so one judge.
        judge = next((name for name in opened if name.startswith(OPENAI)), None)
        self._judge = ProviderJudge(judge) if judge else None

    @property
    def has_models(self) -> bool:
        """Whether it can write on a topic alone."""
        return bool(self._on_topics)

    async def warm_up(self) -> None:
        """Import and open what takes seconds the first time, so that no student waits for it.

        No model is called; one that cannot be opened is logged.
        """
        for model in self._models:
            try:
                await model.open()
            except ModelTrouble as failed:
                log.warning(
                    "a model cannot be opened", model=model.name, trouble=str(failed.trouble), reason=str(failed)
                )
        await asyncio.to_thread(load_detector)

    async def write(
        self, request: WriteRequest, *, tokens: int, untold: list[Usage] | None = None
    ) -> AsyncGenerator[Event | Usage]:
        """What happens until the quiz is written, or `tokens` are used up.

        A quiz on a material that is refused, or says nothing, ends before any model is asked; so does one on a topic
        where there is no model. Closing it ends all calls of models; what they took, and nobody was told of, is then
        in `untold`.
        """
        if trouble := await self._trouble_before(request):
            yield Ended(0, trouble)
            return
        events = write_quiz(
            request,
            self._on_materials if request.material else self._on_topics,
            clock=_milliseconds,
            tokens=tokens,
            at_once=self._at_once,
            untold=untold,
            fallback=RuleWriter() if request.material else None,
        )
        async with aclosing(events):
            async for event in events:
                yield event

    async def _trouble_before(self, request: WriteRequest) -> Trouble | None:
        material = request.material
        if material is None and not self.has_models:
            return Trouble.UNREACHABLE
        if material and not material.passages:
            return Trouble.NOTHING
        if await is_refused(request):
            return Trouble.REFUSED
        said = f"{request.topic}\n{request.focus}" if request.focus else request.topic
        return Trouble.REFUSED if self._judge and await self._judge.refuses(said) else None

    async def aclose(self) -> None:
        """Close the connections to the providers."""
        for model in self._models:
            await model.aclose()


def _milliseconds() -> int:
    return time.time_ns() // 1_000_000
