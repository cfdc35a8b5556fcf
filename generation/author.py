"""The writers and the solver of the settings, together: whoever asks for a quiz asks here."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import structlog

from generation.language import load_detector
from generation.models import LOCAL, Model
from generation.moderation_endpoint import OPENAI, ProviderJudge
from generation.pipeline import AT_ONCE, Pair, write_quiz
from generation.request import Ended, Event, ModelTrouble, Trouble, Usage, WriteRequest
from generation.solver import BlindSolver, FirstThatAnswers
from generation.writer import WholeQuestionWriter

log = structlog.stdlib.get_logger(__name__)


class Author:
    """Writes quizzes with these models, tried in their order; `check_model` answers the questions blind.

    Without it the same models do, in the same order.
    """

    def __init__(self, models: Sequence[str], check_model: str | None) -> None:
        solving = [check_model] if check_model else models
        opened = {name: Model(name) for name in [*models, *solving]}
        self._models = list(opened.values())
        solver = FirstThatAnswers([BlindSolver(opened[name]) for name in solving])
        self._pairs = [Pair(WholeQuestionWriter(opened[name]), solver) for name in models]
        # A model in this process does one thing at a time: what it wrote is solved before it writes on.
        self._at_once = 1 if any(name.startswith(LOCAL) for name in opened) else AT_ONCE
        # All models of this kind have one address, and so one judge.
        judge = next((name for name in opened if name.startswith(OPENAI)), None)
        self._judge = ProviderJudge(judge) if judge else None

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

        Closing it ends all calls of models; what they took, and nobody was told of, is then in `untold`.
        """
        if self._judge and await self._judge.refuses(request.topic):
            yield Ended(0, Trouble.REFUSED)
            return
        events = write_quiz(
            request,
            self._pairs,
            clock=_milliseconds,
            tokens=tokens,
            at_once=self._at_once,
            untold=untold,
        )
        async with aclosing(events):
            async for event in events:
                yield event

    async def aclose(self) -> None:
        """Close the connections to the providers."""
        for model in self._models:
            await model.aclose()


def _milliseconds() -> int:
    return time.time_ns() // 1_000_000
