"""A material about planets, what a model writes on it, and quizzes that are played on it."""

import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

from generation.models import Model
from generation.pipeline import Pair, write_quiz
from generation.request import Accepted, Dropped, Ended, Event, Usage, WriteRequest
from generation.solver import BlindSolver
from generation.source_writer import SourceWriter
from quiz.material import Material, Passage, Place, PlaceKind
from quiz.question import Question
from tests.generation.scripted_server import Received, Reply, ScriptedServer, Solves, answer
from tests.generation.written import STEMS, line

FACTS = (
    "Of all planets Venus is the hottest, since its thick air keeps the warmth.",
    "Jupiter has more mass than all the other planets together.",
    "Iron oxide in the dust gives Mars its reddish colour.",
    "Uranus rotates lying on its side, unlike every other planet.",
    "The Moon is the only natural satellite of the Earth.",
    "In 1610 Galilei first saw four satellites near Jupiter.",
)
"""What the questions of `written.PLANETS` are about, in their order."""
PLANETS = Material(
    "Planets",
    tuple(Passage(fact, Place(PlaceKind.PAGE, page, "The sky")) for page, fact in enumerate(FACTS, 1)),
)


def on_planets(count: int = 1, **changed: object) -> WriteRequest:
    """A quiz on the material."""
    return replace(WriteRequest("quiz-1", "Planets", "en", None, count, material=PLANETS), **changed)  # pyright: ignore[reportArgumentType]


def told(number: int, **changed: object) -> str:
    """The question about a fact, as a model writes it, with a line break."""
    said = json.loads(line(STEMS[number]))
    return json.dumps({**said, "passage": number + 1, "evidence": FACTS[number], **changed}, ensure_ascii=False) + "\n"


def has_passage(received: Received) -> bool:
    """Whether a solver is shown the source."""
    return "<passages>" in received.prompt


def by_passage(with_it: Solves, without: Solves | Reply) -> Solves:
    """A solver that answers as one with the source, and as another without it."""

    def solve(received: Received) -> Reply:
        if has_passage(received):
            return with_it(received)
        return without if isinstance(without, Reply) else without(received)

    return solve


def knows_nothing(_: Received) -> Reply:
    """A solver that cannot say."""
    return answer([])


class SourceQuiz:
    """A provider, and what came of the quizzes on a material that it was asked for."""

    def __init__(self, server: ScriptedServer, *models: str) -> None:
        self.server = server
        self.models = [Model(name) for name in models]
        self.events: list[Event | Usage] = []

    def begin(self, request: WriteRequest) -> AsyncGenerator[Event | Usage]:
        pair = Pair(SourceWriter(self.models[0]), BlindSolver(self.models[0], pause=0))
        return write_quiz(request, [pair], clock=lambda: 0, pause=0)

    async def play(self, request: WriteRequest) -> None:
        self.events = [event async for event in self.begin(request)]

    @property
    def accepted(self) -> Sequence[Question]:
        return [event.question for event in self.events if isinstance(event, Accepted)]

    @property
    def dropped(self) -> Sequence[str]:
        return [event.check for event in self.events if isinstance(event, Dropped)]

    @property
    def ended(self) -> Ended:
        last = self.events[-1]
        assert isinstance(last, Ended)
        return last
