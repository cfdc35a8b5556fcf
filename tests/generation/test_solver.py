"""The blind solver, with the real clients of OpenAI and Anthropic."""

import asyncio
import json
from collections.abc import AsyncGenerator

import pytest

from generation.models import Model
from generation.request import ModelTrouble, Trouble, Usage
from generation.solver import BlindSolver, read_answer
from quiz.question import Kind
from tests.generation.scripted_server import (
    Hang,
    Received,
    Reply,
    ScriptedServer,
    answer,
    error,
    in_turn,
    knows,
    text,
)
from tests.generation.written import CLAUDE, GPT, KNOWN, PLANETS, QUICK, STEMS, a_draft, a_request, unbooked

BOTH = pytest.mark.parametrize("name", [GPT, CLAUDE])


@pytest.fixture
async def model(server: ScriptedServer, name: str) -> AsyncGenerator[Model]:
    server.solves = knows(KNOWN)
    model = Model(name)
    yield model
    await model.aclose()


@pytest.fixture
def solver(model: Model) -> BlindSolver:
    return BlindSolver(model, pause=0)


@pytest.fixture
def name() -> str:
    return GPT


@BOTH
async def test_it_agrees_with_the_key_that_it_would_give(solver: BlindSolver) -> None:
    taken: list[Usage] = []
    verdict = await solver.solve(a_draft(), a_request(), taken.append)
    assert verdict.agrees
    assert verdict.said == {0}
    assert [(usage.input_tokens, usage.output_tokens) for usage in taken] == [(300, 20)]


@BOTH
async def test_it_does_not_agree_with_another_key(solver: BlindSolver) -> None:
    verdict = await solver.solve(a_draft(right=[2]), a_request(), unbooked)
    assert not verdict.agrees
    assert verdict.said == {0}


async def test_it_is_shown_neither_key_nor_explanation_nor_level(server: ScriptedServer, solver: BlindSolver) -> None:
    draft = a_draft(right=[1])
    await solver.solve(draft, a_request(), unbooked)
    await solver.solve(a_draft(right=[3]), a_request(), unbooked)
    one, other = server.solvers_prompts
    assert one == other, "the key changes nothing in the prompt"
    assert draft.explanation not in one
    assert "level" not in one
    assert json.dumps(server.received[0].body).count("secret") == 0


async def test_options_are_shuffled_alike_each_time_and_differently_for_each_question(
    server: ScriptedServer, solver: BlindSolver
) -> None:
    for stem in [*STEMS, STEMS[0]]:
        await solver.solve(a_draft(stem), a_request(), unbooked)
    shown = [list(received.between("options").values()) for received in server.received]
    orders = [
        tuple(PLANETS[stem].index(option) for option in options)
        for stem, options in zip(STEMS, shown[:-1], strict=True)
    ]
    assert shown[0] == shown[-1]
    assert len(set(orders)) > 2
    assert list(server.received[0].between("options")) == ["A", "B", "C", "D"]


@BOTH
@pytest.mark.parametrize(
    ("letters", "agrees"), [(["A", "B"], False), ([], False)], ids=["more than one is right", "none is right"]
)
async def test_a_single_answer_must_be_the_only_one(
    server: ScriptedServer, solver: BlindSolver, letters: list[str], agrees: bool
) -> None:
    server.solves = lambda _: answer(letters)
    verdict = await solver.solve(a_draft(), a_request(), unbooked)
    assert verdict.agrees is agrees
    assert verdict.said is not None
    assert len(verdict.said) == len(letters)


@BOTH
@pytest.mark.parametrize(
    ("right", "agrees"), [(["Venus", "Mars"], True), (["Venus"], False), (["Venus", "Mars", "Jupiter"], False)]
)
async def test_several_right_answers_must_be_exactly_those(
    server: ScriptedServer, solver: BlindSolver, right: list[str], agrees: bool
) -> None:
    server.solves = knows({STEMS[0]: right})
    verdict = await solver.solve(a_draft(right=[0, 2], kind=Kind.MULTIPLE), a_request(), unbooked)
    assert verdict.agrees is agrees


async def test_openai_is_held_to_a_schema(server: ScriptedServer, solver: BlindSolver) -> None:
    await solver.solve(a_draft(), a_request(), unbooked)
    assert server.received[0].body["response_format"]["type"] == "json_schema"


@BOTH
@pytest.mark.parametrize("status", [400, 422])
async def test_a_server_without_schemas_is_asked_in_words(
    server: ScriptedServer, solver: BlindSolver, status: int
) -> None:
    knowing = knows(KNOWN)
    server.solves = lambda received: error(status) if received.has_schema else knowing(received)
    for _ in range(2):
        assert (await solver.solve(a_draft(), a_request(), unbooked)).agrees
    assert [received.has_schema for received in server.received] == [True, False, False], "it is remembered"


@BOTH
async def test_an_answer_among_chatter_and_fences_is_read(server: ScriptedServer, solver: BlindSolver) -> None:
    knowing = knows(KNOWN)

    def chatters(received: Received) -> Reply:
        return text("Let me see.\n```json\n", *map(str, knowing(received).steps), "\n```")

    server.solves = chatters
    assert (await solver.solve(a_draft(), a_request(), unbooked)).agrees


async def test_an_answer_that_cannot_be_read_is_asked_for_once_more(
    server: ScriptedServer, solver: BlindSolver
) -> None:
    knowing = knows(KNOWN)
    server.solves = in_turn(Reply(["Venus, I think."], usage=(300, 5)), knowing)
    taken: list[Usage] = []
    verdict = await solver.solve(a_draft(), a_request(), taken.append)
    assert verdict.agrees
    assert taken == [Usage(GPT, 300, 5), Usage(GPT, 300, 20)], "both calls count"


@BOTH
@pytest.mark.parametrize(
    "reply", [text("Venus"), text("null"), text('{"right": ["Z"]}'), text("{}"), text("x{" * 50_000), text("No.")]
)
async def test_no_answer_is_no_agreement_however_long_it_is(
    server: ScriptedServer, solver: BlindSolver, reply: Reply
) -> None:
    server.solves = lambda _: reply
    async with asyncio.timeout(20):  # LangChain's own reader takes minutes for the long one
        verdict = await solver.solve(a_draft(), a_request(), unbooked)
    assert not verdict.agrees
    assert verdict.said is None


@BOTH
@pytest.mark.parametrize("first", [error(500), error(429, headers={"retry-after": "0.01"})])
async def test_trouble_that_passes_is_tried_once_more(
    server: ScriptedServer, solver: BlindSolver, first: Reply
) -> None:
    knowing = knows(KNOWN)
    server.solves = in_turn(first, knowing)
    assert (await solver.solve(a_draft(), a_request(), unbooked)).agrees


@BOTH
@pytest.mark.parametrize(
    ("reply", "trouble", "calls"),
    [(error(401), Trouble.KEY, 1), (error(500), Trouble.BROKEN, 2)],
)
async def test_trouble_that_stays_is_raised(
    server: ScriptedServer, solver: BlindSolver, reply: Reply, trouble: Trouble, calls: int
) -> None:
    server.solves = lambda _: reply
    with pytest.raises(ModelTrouble) as raised:
        await solver.solve(a_draft(), a_request(), unbooked)
    assert raised.value.trouble is trouble
    assert len(server.received) == calls


@BOTH
async def test_silence_is_not_waited_for_twice(server: ScriptedServer, model: Model, solver: BlindSolver) -> None:
    await server.hurry(model, QUICK)
    server.solves = lambda _: text(Hang())
    with pytest.raises(ModelTrouble) as raised:
        await solver.solve(a_draft(), a_request(), unbooked)
    assert raised.value.trouble is Trouble.SILENT
    assert len(server.received) == 1
    await server.somebody_left()


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ({"right": ["b", "C)"]}, {1, 2}),
        ({"right": "D. Mars"}, {3}),
        ({"right": "(a)"}, {0}),
        ({"right": "A, C"}, {0, 2}),
        ({"right": []}, set[int]()),
        ({"right": ["E"]}, None),
        ({"right": ["Argon"]}, None),
        ({"right": [None]}, None),
        ({"right": 1}, None),
        ({}, None),
        ('{"right": ["A"]} no: {"why": "…", "right": ["B"]}', {1}),
    ],
)
def test_letters_are_read_however_they_are_written(said: str | dict[str, object], places: set[int] | None) -> None:
    assert read_answer(said, ["Earth", "Venus", "Io", "Mars"]) == places


@pytest.mark.parametrize(
    "said",
    ["A and C", "A or C", "A/C", "A C", "A (not B)", "B is wrong", "D. Venus", "not A", "A, or C", "АС"],
)
def test_of_an_answer_that_may_mean_more_nothing_is_made(said: str) -> None:
    """What a solver that holds two options right says must never be read as one of them."""
    assert read_answer({"right": said}, ["Earth", "Venus", "Io", "Mars"]) is None
    assert read_answer({"right": [said]}, ["Earth", "Venus", "Io", "Mars"]) is None
