"""The writers and the solver of the settings, together: whoever asks for a quiz asks here."""

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from generation.models import LOCAL, Model
from generation.moderation_endpoint import provider_refuses
from generation.pipeline import AT_ONCE, write_quiz
from generation.request import Ended, Event, Trouble, Usage, WriteRequest
from generation.solver import BlindSolver
from generation.writer import WholeQuestionWriter


class Author:
    """Writes quizzes with these models, tried in their order; `check_model` answers the questions blind."""

    def __init__(self, models: Sequence[str], check_model: str | None) -> None:
        opened = {name: Model(name) for name in [*models, check_model or models[0]]}
        self._models = list(opened.values())
        self._writers = [WholeQuestionWriter(opened[name]) for name in models]
        self._solver = BlindSolver(opened[check_model or models[0]])
        # A model in this process does one thing at a time: what it wrote is solved before it writes on.
        local = any(name.startswith(LOCAL) for name in (models[0], check_model or models[0]))
        self._at_once = 1 if local else AT_ONCE

    async def write(self, request: WriteRequest, *, tokens: int) -> AsyncGenerator[Event | Usage]:
        """What happens until the quiz is written, or `tokens` are used up; closing it ends all calls of models."""
        if await provider_refuses(self._models[0].name, request.topic):
            yield Ended(0, Trouble.REFUSED)
            return
        events = write_quiz(
            request, self._writers, self._solver, clock=_milliseconds, tokens=tokens, at_once=self._at_once
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
