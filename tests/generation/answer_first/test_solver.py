"""The answer-first writer's own solver, on scripted models over HTTP."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from generation.answer_first.solver import AnswerFirstSolver
from generation.answer_first.writer import AnswerFirstWriter
from generation.models import Model
from generation.request import Draft, ModelTrouble, Trouble, Usage, WriteRequest
from quiz.material import Material
from tests.generation.answer_first.materials import (
    BRIDGE,
    DRIFT,
    EARTH,
    LENGTH,
    RADIUS,
    YEAR,
    about,
    answers,
    letters,
    words,
)
from tests.generation.scripted_server import Received, Reply, ScriptedServer, error
from tests.generation.written import CLAUDE, GPT, gather, unbooked

QUESTIONS = {"2467 metres": LENGTH, "1890": YEAR, "6371 км": RADIUS, "1912": DRIFT}
RIGHT = {question: answer for answer, question in QUESTIONS.items()}


async def draft_on(server: ScriptedServer, request: WriteRequest, stem: str) -> Draft:
    """The draft with this question, as the writer makes it."""
    server.makes = words(QUESTIONS)
    model = Model(GPT)
    drafts = (await gather(AnswerFirstWriter(model).write(request))).drafts
    await model.aclose()
    server.received.clear()
    return next(draft for draft in drafts if draft.stem == stem)


@pytest.fixture(params=[(BRIDGE, "en", YEAR), (EARTH, "ru", RADIUS)], ids=["en", "ru"])
def asked(request: pytest.FixtureRequest) -> tuple[Material, str, str]:
    return request.param


@pytest.fixture
async def solver() -> AsyncGenerator[AnswerFirstSolver]:
    model = Model(GPT)
    yield AnswerFirstSolver(model, pause=0)
    await model.aclose()


async def test_it_agrees_when_the_model_says_the_key_and_picks_it(
    server: ScriptedServer, solver: AnswerFirstSolver, asked: tuple[Material, str, str]
) -> None:
    material, language, stem = asked
    request = about(material, language)
    draft = await draft_on(server, request, stem)
    server.solves = answers(RIGHT, RIGHT)

    verdict = await solver.solve(draft, request, unbooked)

    assert (verdict.agrees, verdict.said) == (True, draft.right)
    opened, *picked = (one for one in server.received if "<text>" in one.prompt)
    assert material.passages[0].text in opened.between("text")
    assert draft.options[0] not in opened.prompt.replace(material.passages[0].text, ""), "the key is not shown"
    first, second = (one.between("options") for one in picked)
    assert list(first.values()) == list(second.values())[::-1], "the second order is the reverse of the first"
    assert set(first.values()) == set(draft.options)


async def test_another_answer_in_its_own_words_is_enough_to_disagree(
    server: ScriptedServer, solver: AnswerFirstSolver, asked: tuple[Material, str, str]
) -> None:
    material, language, stem = asked
    request = about(material, language)
    draft = await draft_on(server, request, stem)
    server.solves = answers({stem: draft.options[1]}, RIGHT)

    verdict = await solver.solve(draft, request, unbooked)

    assert (verdict.agrees, verdict.said) == (False, None)
    assert len(server.received) == 1, "it is not asked to pick"


async def test_another_pick_disagrees(
    server: ScriptedServer, solver: AnswerFirstSolver, asked: tuple[Material, str, str]
) -> None:
    material, language, stem = asked
    request = about(material, language)
    draft = await draft_on(server, request, stem)
    server.solves = answers(RIGHT, {stem: draft.options[2]})

    verdict = await solver.solve(draft, request, unbooked)

    assert (verdict.agrees, verdict.said) == (False, {2})


@pytest.mark.parametrize(("thinks_right", "picked"), [(0, 0), (1, 1)])
async def test_a_liking_for_a_letter_is_evened_out(
    server: ScriptedServer, solver: AnswerFirstSolver, thinks_right: int, picked: int
) -> None:
    """A model that likes the letter A more than the one that it thinks right."""
    request = about(BRIDGE)
    draft = await draft_on(server, request, YEAR)

    def solve(received: Received) -> Reply:
        options: dict[str, str] = received.between("options")
        likely = dict.fromkeys(options, 0.1)
        likely[min(options)] += 0.25
        right = next(letter for letter, option in options.items() if option == draft.options[thinks_right])
        likely[right] += 0.2
        return letters(likely)

    server.solves = solve

    assert await solver.pick(draft, request, unbooked) == picked


@pytest.mark.parametrize("told", [{"The": 0.9, "I": 0.08}, {"the right one is": 1.0}])
async def test_without_letters_among_the_likeliest_words_it_is_asked_for_the_letter(
    server: ScriptedServer, solver: AnswerFirstSolver, told: dict[str, float]
) -> None:
    request = about(BRIDGE)
    draft = await draft_on(server, request, YEAR)
    by_words = answers(RIGHT, RIGHT)

    def solve(received: Received) -> Reply:
        return letters(told) if received.body.get("logprobs") else by_words(received)

    server.solves = solve

    assert (await solver.solve(draft, request, unbooked)).agrees


@pytest.mark.parametrize("name", [GPT, CLAUDE])
async def test_a_provider_that_tells_no_chances_is_asked_for_the_letter(server: ScriptedServer, name: str) -> None:
    request = about(EARTH, "ru")
    draft = await draft_on(server, request, RADIUS)
    by_words = answers(RIGHT, RIGHT)

    def solve(received: Received) -> Reply:
        return error(400, code="logprobs are not supported") if received.body.get("logprobs") else by_words(received)

    server.solves = solve
    model = Model(name)
    solver = AnswerFirstSolver(model, pause=0)
    try:
        for _ in range(2):
            assert (await solver.solve(draft, request, unbooked)).agrees
        wants_chances = [bool(one.body.get("logprobs")) for one in server.received]
        assert wants_chances.count(True) == (1 if name == GPT else 0), "it is asked for them once, and never again"
    finally:
        await model.aclose()


@pytest.mark.parametrize("said", ['{"answer": "A or B"}', '{"answer": "Z"}', "None of them.", '{"answer": null}', ""])
async def test_no_letter_is_no_agreement(server: ScriptedServer, solver: AnswerFirstSolver, said: str) -> None:
    request = about(BRIDGE)
    draft = await draft_on(server, request, YEAR)
    by_words = answers(RIGHT, RIGHT)

    def solve(received: Received) -> Reply:
        if "<options>" not in received.prompt:
            return by_words(received)
        return error(400) if received.body.get("logprobs") else Reply([said])

    server.solves = solve

    verdict = await solver.solve(draft, request, unbooked)

    assert (verdict.agrees, verdict.said) == (False, None)


async def test_trouble_that_passes_is_met_with_a_second_try(server: ScriptedServer, solver: AnswerFirstSolver) -> None:
    request = about(BRIDGE)
    draft = await draft_on(server, request, YEAR)
    waiting = [error(500)]
    by_words = answers(RIGHT, RIGHT)
    server.solves = lambda received: waiting.pop() if waiting else by_words(received)

    assert (await solver.solve(draft, request, unbooked)).agrees


@pytest.mark.parametrize(("reply", "trouble"), [(error(401), Trouble.KEY), (error(503), Trouble.BROKEN)])
async def test_a_model_that_cannot_be_asked_is_told(
    server: ScriptedServer, solver: AnswerFirstSolver, reply: Reply, trouble: Trouble
) -> None:
    request = about(BRIDGE)
    draft = await draft_on(server, request, YEAR)
    server.solves = lambda _: reply

    with pytest.raises(ModelTrouble) as failed:
        await solver.solve(draft, request, unbooked)
    assert failed.value.trouble is trouble


async def test_a_refusal_is_no_agreement(server: ScriptedServer, solver: AnswerFirstSolver) -> None:
    request = about(BRIDGE)
    draft = await draft_on(server, request, YEAR)
    server.solves = lambda _: Reply(refusal="I cannot help with that.")

    assert not (await solver.solve(draft, request, unbooked)).agrees
    assert len(server.received) == 1


async def test_what_each_call_took_is_told(server: ScriptedServer, solver: AnswerFirstSolver) -> None:
    request = about(BRIDGE)
    draft = await draft_on(server, request, YEAR)
    server.solves = answers(RIGHT, RIGHT)
    took: list[Usage] = []

    await solver.solve(draft, request, took.append)

    assert [(usage.input_tokens, usage.output_tokens) for usage in took] == [(1000, 200), *[(300, 1)] * 4]


@pytest.mark.parametrize("chances", [True, False])
@pytest.mark.parametrize(("unaided", "common"), [("1890", True), ("1860", False), ("I would have to guess", False)])
async def test_what_it_agrees_to_is_asked_again_without_the_material(
    server: ScriptedServer, solver: AnswerFirstSolver, unaided: str, *, common: bool, chances: bool
) -> None:
    request = about(BRIDGE)
    draft = replace(await draft_on(server, request, YEAR), options=("1890", "1860", "1901"))
    with_source = answers(RIGHT, RIGHT, chances=chances)
    without = answers({}, {YEAR: unaided}, chances=chances)
    server.solves = lambda received: (with_source if "<text>" in received.prompt else without)(received)

    verdict = await solver.solve(draft, request, unbooked)

    assert (verdict.agrees, verdict.common_knowledge) == (True, common)
    assert BRIDGE.passages[0].text not in server.received[-1].prompt


async def test_that_it_cannot_be_asked_without_the_material_leaves_that_open(
    server: ScriptedServer, solver: AnswerFirstSolver
) -> None:
    request = about(BRIDGE)
    draft = await draft_on(server, request, YEAR)
    with_source = answers(RIGHT, RIGHT)
    server.solves = lambda received: with_source(received) if "<text>" in received.prompt else error(503)

    verdict = await solver.solve(draft, request, unbooked)

    assert (verdict.agrees, verdict.common_knowledge) == (True, None)


async def test_what_it_does_not_agree_to_is_not_asked_without_the_material(
    server: ScriptedServer, solver: AnswerFirstSolver
) -> None:
    request = about(BRIDGE)
    draft = await draft_on(server, request, YEAR)
    server.solves = answers(RIGHT, {YEAR: draft.options[1]})

    assert (await solver.solve(draft, request, unbooked)).common_knowledge is None
    assert all("<text>" in prompt for prompt in server.solvers_prompts)
