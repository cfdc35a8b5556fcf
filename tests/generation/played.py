"""Quizzes that are written by a scripted provider, and what came of them."""

from collections.abc import AsyncGenerator

from generation.models import Model
from generation.pipeline import Pair, write_quiz
from generation.request import Accepted, Dropped, Ended, Event, Usage, WriteRequest
from generation.solver import BlindSolver
from generation.writer import WholeQuestionWriter
from quiz.question import Question
from tests.generation.scripted_server import ScriptedServer
from tests.generation.written import QUICK

NOON = 1_764_000_000_000


class Quiz:
    """A provider, and what came of the quizzes that it was asked for."""

    def __init__(self, server: ScriptedServer, *models: str) -> None:
        self.server = server
        self.models = [Model(name) for name in models]
        self.patience = 5.0
        self.pause = 0.0
        self.events: list[Event | Usage] = []

    def begin(
        self, request: WriteRequest, *, writers: int = 1, tokens: int = 100_000, at_once: int = 4
    ) -> AsyncGenerator[Event | Usage]:
        solver = BlindSolver(self.models[0], pause=0)
        return write_quiz(
            request,
            [Pair(WholeQuestionWriter(model), solver) for model in self.models[:writers]],
            clock=lambda: NOON,
            tokens=tokens,
            at_once=at_once,
            patience=self.patience,
            pause=self.pause,
        )

    async def play(self, request: WriteRequest, *, writers: int = 1, tokens: int = 100_000, at_once: int = 4) -> None:
        async for event in self.begin(request, writers=writers, tokens=tokens, at_once=at_once):
            self.events.append(event)

    async def hurry(self) -> None:
        """Bounds are reached soon."""
        for model in self.models:
            await self.server.hurry(model, QUICK)

    @property
    def accepted(self) -> list[Question]:
        return [event.question for event in self.events if isinstance(event, Accepted)]

    @property
    def stems(self) -> list[str]:
        return [question.stem for question in self.accepted]

    @property
    def usages(self) -> list[Usage]:
        return [event for event in self.events if isinstance(event, Usage)]

    @property
    def dropped(self) -> list[str]:
        return [event.check for event in self.events if isinstance(event, Dropped)]

    @property
    def ended(self) -> Ended:
        last = self.events[-1]
        assert isinstance(last, Ended)
        return last
