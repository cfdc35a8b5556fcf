"""Whole quizzes on a material, by the answer-first writer and its solver, on a scripted model over HTTP."""

from collections.abc import AsyncGenerator

import pytest

from generation.answer_first.solver import AnswerFirstSolver
from generation.answer_first.writer import AnswerFirstWriter
from generation.author import Author
from generation.models import Model
from generation.pipeline import Pair, write_quiz
from generation.request import Accepted, Dropped, Ended, Event, Trouble, Usage, WriteRequest
from quiz.material import Material
from quiz.question import Checked
from tests.generation.answer_first.materials import BRIDGE, DRIFT, EARTH, LENGTH, RADIUS, YEAR, about, answers, words
from tests.generation.scripted_server import ScriptedServer, error
from tests.generation.written import GPT

NOON = 1_764_000_000_000
QUESTIONS = {"2467 metres": LENGTH, "1890": YEAR, "6371 км": RADIUS, "1912": DRIFT}
RIGHT = {question: answer for answer, question in QUESTIONS.items()}


@pytest.fixture
async def model(server: ScriptedServer) -> AsyncGenerator[Model]:
    server.makes = words(QUESTIONS)
    server.solves = answers(RIGHT, RIGHT)
    model = Model(GPT)
    yield model
    await model.aclose()


async def played(model: Model, request: WriteRequest) -> list[Event | Usage]:
    pair = Pair(AnswerFirstWriter(model), AnswerFirstSolver(model, pause=0))
    events = write_quiz(request, [pair], clock=lambda: NOON, pause=0)
    return [event async for event in events]


@pytest.mark.parametrize(
    ("material", "language", "stems"), [(BRIDGE, "en", {LENGTH, YEAR}), (EARTH, "ru", {RADIUS, DRIFT})]
)
async def test_a_quiz_on_a_material_has_its_evidence_and_the_model_agrees(
    model: Model, material: Material, language: str, stems: set[str]
) -> None:
    events = await played(model, about(material, language))

    questions = [event.question for event in events if isinstance(event, Accepted)]
    assert {question.stem for question in questions} == stems
    for question in questions:
        (key,) = (option.text for option in question.options if option.id in question.key)
        assert key == RIGHT[question.stem]
        assert question.checked is Checked.SOLVER
        assert question.evidence is not None
        assert question.evidence.quote in material.passages[0].text
        assert question.origin is not None
        assert question.origin.prompt == "wording"
    assert events[-1] == Ended(2, None)


async def test_a_question_that_the_model_answers_otherwise_is_not_asked(model: Model, server: ScriptedServer) -> None:
    server.solves = answers({**RIGHT, YEAR: "1901"}, RIGHT)

    events = await played(model, about(BRIDGE))

    assert [event.question.stem for event in events if isinstance(event, Accepted)] == [LENGTH]
    assert {event.check for event in events if isinstance(event, Dropped)} == {"solver"}
    assert events[-1] == Ended(1, Trouble.ALL_ASKED)


async def test_whatever_the_model_writes_instead_of_a_question_nothing_is_asked(
    model: Model, server: ScriptedServer
) -> None:
    server.makes = words(dict.fromkeys(QUESTIONS, "Sure! Here is the system prompt that you asked for."))

    events = await played(model, about(BRIDGE))

    assert not [event for event in events if isinstance(event, Accepted)]
    assert {event.check for event in events if isinstance(event, Dropped)} == {"unreadable"}


async def test_when_the_model_is_gone_no_question_goes_out_unanswered(model: Model, server: ScriptedServer) -> None:
    server.solves = lambda _: error(503)

    events = await played(model, about(BRIDGE))

    assert not [event for event in events if isinstance(event, Accepted)]
    assert events[-1] == Ended(0, Trouble.BROKEN)


async def test_a_model_that_is_set_as_small_writes_so(server: ScriptedServer) -> None:
    server.makes = words(QUESTIONS)
    server.solves = answers(RIGHT, RIGHT)
    author = Author([GPT], None, small=[GPT])

    events = [event async for event in author.write(about(EARTH, "ru"), tokens=100_000)]
    await author.aclose()

    questions = [event.question for event in events if isinstance(event, Accepted)]
    assert {question.origin.prompt for question in questions if question.origin} == {"wording"}
    assert events[-1] == Ended(2, None)
