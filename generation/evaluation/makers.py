"""Who makes the quizzes that are evaluated: each writer by itself, without another to follow it."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Protocol

from generation.author import answer_first
from generation.evaluation.writers import WriterName
from generation.language import load_detector
from generation.models import LOCAL, Model
from generation.offline.writer import NothingToAsk, write_offline
from generation.pipeline import AT_ONCE, Pair, write_quiz
from generation.request import (
    Draft,
    Drafted,
    Dropped,
    Ended,
    Event,
    Usage,
    WriteRequest,
)
from generation.rule_writer import RuleWriter
from generation.solver import BlindSolver, FirstThatAnswers
from generation.source_writer import SourceWriter
from generation.writer import WholeQuestionWriter
from quiz.material import Material, Passage, Place, PlaceKind


class Maker(Protocol):
    """Somebody who writes checked quizzes."""

    async def warm_up(self) -> None:
        """Load what takes seconds the first time, so that no quiz is measured with it; raises ModelTrouble."""
        ...

    def write(self, request: WriteRequest) -> AsyncGenerator[Event | Usage]:
        """What happens until the quiz is written."""
        ...

    async def aclose(self) -> None:
        """Close the connections to providers."""
        ...


class OfflineMaker:
    """Has quizzes written by rules."""

    async def warm_up(self) -> None:
        """Read the dictionaries."""
        await asyncio.to_thread(load_detector)
        for language, text in (("en", "Water boils at 100 °C."), ("ru", "Вода кипит при 100 °C.")):
            await asyncio.to_thread(
                _nothing_or_some, Material("", (Passage(text, Place(PlaceKind.LINE, 1)),)), language
            )

    async def write(self, request: WriteRequest) -> AsyncGenerator[Event | Usage]:
        """What happens until the quiz is written; what the rules' own checks dropped is told at the end."""
        dropped: list[tuple[Draft, str]] = []
        rules = RuleWriter(dropped)
        async with aclosing(write_quiz(request, (), fallback=rules, clock=_milliseconds)) as events:
            async for event in events:
                if isinstance(event, Ended):
                    for draft, check in dropped:
                        yield Drafted(rules.prompt(request.language), rules.model)
                        yield Dropped(check, rules.prompt(request.language), rules.model, draft)
                yield event

    async def aclose(self) -> None:
        """There is nothing to close."""


class ModelMaker:
    """Has quizzes written by models, and each question solved by `check_model`, else by the same models.

    What a small model words it is asked in its own way, openly and then by letters.
    """

    def __init__(self, writer: WriterName, models: Sequence[str], check_model: str | None) -> None:
        solving = [check_model] if check_model else models
        self._models = {name: Model(name) for name in (*models, *solving)}
        solver = FirstThatAnswers([BlindSolver(self._models[one]) for one in solving])
        self._on_topics = [Pair(WholeQuestionWriter(self._models[name]), solver) for name in models]
        self._on_sources = [
            answer_first(self._models[name], self._models[check_model or name])
            if writer is WriterName.ANSWER_FIRST
            else Pair(SourceWriter(self._models[name]), solver)
            for name in models
        ]
        self._at_once = 1 if any(name.startswith(LOCAL) for name in self._models) else AT_ONCE

    async def warm_up(self) -> None:
        """Open the models; raises ModelTrouble when one cannot be opened."""
        await asyncio.to_thread(load_detector)
        for model in self._models.values():
            await model.open()

    def write(self, request: WriteRequest) -> AsyncGenerator[Event | Usage]:
        """What happens until the quiz is written."""
        pairs = self._on_sources if request.material else self._on_topics
        return write_quiz(request, pairs, clock=_milliseconds, at_once=self._at_once)

    async def aclose(self) -> None:
        """Close the connections to the providers."""
        for model in self._models.values():
            await model.aclose()


def _nothing_or_some(material: Material, language: str) -> None:
    try:
        write_offline(material, language, 1, "warm-up")
    except NothingToAsk:
        return


def _milliseconds() -> int:
    return time.time_ns() // 1_000_000
