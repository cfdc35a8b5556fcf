"""What calls took is told, and estimated where the provider does not say it, however they end."""

import asyncio

import pytest

from generation.models import Model
from generation.request import Ended, ModelTrouble, Tally, Trouble, Usage
from generation.solver import BlindSolver, FirstThatAnswers
from generation.writer import WholeQuestionWriter
from tests.generation.played import Quiz
from tests.generation.scripted_server import Cut, Hang, Reply, ScriptedServer, error, in_turn, knows, text
from tests.generation.written import CLAUDE, GPT, KNOWN, STEMS, a_draft, a_request, gather, line, lines

BOTH = pytest.mark.parametrize("name", [GPT, CLAUDE])
UNREADABLE = Reply(["Venus, I think."], usage=(300, 5))


async def test_what_is_known_when_a_call_fails_is_told_before_it(server: ScriptedServer) -> None:
    """Anthropic says in one event what a call took and that it was refused."""
    server.writes = [Reply(["The"], finish="content_filter", usage=(1000, 7))]
    model = Model(CLAUDE)
    gathered = await gather(WholeQuestionWriter(model).write(a_request()))
    await model.aclose()
    assert gathered.trouble
    assert gathered.trouble.trouble is Trouble.REFUSED
    assert gathered.usages == [Usage(CLAUDE, 1000, 7)]


def test_an_estimate_is_a_token_for_four_characters() -> None:
    assert Tally(4000, 403).estimate(GPT) == Usage(GPT, 1000, 100)


@pytest.mark.parametrize(
    "steps", [[line(), line(STEMS[1])[:30], Cut()], [line(), Hang()]], ids=["cut", "silent after text"]
)
async def test_a_call_that_fails_without_usage_is_estimated(quiz: Quiz, steps: list[str | Cut | Hang]) -> None:
    await quiz.hurry()
    quiz.server.writes = [text(*steps), text(*lines(1, 1))]
    await quiz.play(a_request(2), writers=2)
    assert quiz.ended == Ended(2, None)
    first, second = quiz.models
    came = sum(len(step) for step in steps if isinstance(step, str))
    estimated = Usage(first.name, len(quiz.server.writers_prompts[0]) // 4, came // 4)
    assert estimated in quiz.usages
    assert [usage for usage in quiz.usages if usage.model == second.name] == [Usage(second.name, 1000, 200)]


async def test_a_call_that_is_ended_early_is_estimated(quiz: Quiz) -> None:
    quiz.server.writes = [text(line(), Hang())]
    quiz.patience = 0.1
    await quiz.play(a_request(1))
    name = quiz.models[0].name
    assert Usage(name, len(quiz.server.writers_prompts[0]) // 4, len(line()) // 4) in quiz.usages


async def test_a_call_that_brought_nothing_is_not_estimated(quiz: Quiz) -> None:
    quiz.server.writes = [error(401)]
    await quiz.play(a_request(1))
    assert quiz.usages == []


@BOTH
async def test_an_unreadable_answer_is_counted_though_the_next_call_fails(server: ScriptedServer, name: str) -> None:
    server.solves = in_turn(UNREADABLE, error(401))
    model, taken = Model(name), list[Usage]()
    with pytest.raises(ModelTrouble):
        await BlindSolver(model, pause=0).solve(a_draft(), a_request(), taken.append)
    await model.aclose()
    assert taken == [Usage(name, 300, 5)]


@BOTH
async def test_an_answer_that_nobody_waits_for_is_estimated(server: ScriptedServer, name: str) -> None:
    server.solves = lambda _: text(Hang())
    model, taken = Model(name), list[Usage]()
    solving = asyncio.create_task(BlindSolver(model, pause=0).solve(a_draft(), a_request(), taken.append))
    await server.was_asked()
    solving.cancel()
    await asyncio.wait([solving])
    await model.aclose()
    assert taken == [Usage(name, len(server.solvers_prompts[0]) // 4, 0)]


@pytest.mark.parametrize(
    ("name", "reply"),
    [
        (GPT, Reply(refusal="No.", usage=(300, 7))),
        (CLAUDE, Reply(["No."], finish="content_filter", usage=(300, 7))),
    ],
    ids=["openai", "anthropic"],
)
async def test_a_refusal_of_the_solver_is_counted(server: ScriptedServer, name: str, reply: Reply) -> None:
    server.solves = in_turn(UNREADABLE, reply)
    model, taken = Model(name), list[Usage]()
    verdict = await BlindSolver(model, pause=0).solve(a_draft(), a_request(), taken.append)
    await model.aclose()
    assert not verdict.agrees
    assert taken == [Usage(name, 300, 5), Usage(name, 300, 7)]


async def test_what_a_solver_took_before_it_failed_is_booked(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(1))]
    quiz.server.solves = in_turn(UNREADABLE, error(401))
    await quiz.play(a_request(1))
    assert quiz.ended == Ended(0, Trouble.KEY)
    assert Usage(quiz.models[0].name, 300, 5) in quiz.usages


async def test_what_solvers_took_in_vain_is_told_with_the_verdict_of_the_next(server: ScriptedServer) -> None:
    server.solves = in_turn(UNREADABLE, error(401), knows(KNOWN), UNREADABLE, error(401), error(401))
    models = [Model(GPT), Model(CLAUDE)]
    solver = FirstThatAnswers([BlindSolver(model, pause=0) for model in models])
    taken: list[Usage] = []
    verdict = await solver.solve(a_draft(), a_request(), taken.append)
    assert verdict.agrees
    assert taken == [Usage(GPT, 300, 5), Usage(CLAUDE, 300, 20)]
    taken.clear()
    with pytest.raises(ModelTrouble):
        await solver.solve(a_draft(), a_request(), taken.append)
    assert taken == [Usage(CLAUDE, 300, 5)]
    for model in models:
        await model.aclose()


@BOTH
async def test_a_writer_counts_the_characters_of_its_call(server: ScriptedServer, name: str) -> None:
    server.writes = [text(*lines(2))]
    model, tally = Model(name), Tally()
    await gather(WholeQuestionWriter(model).write(a_request(), tally))
    await model.aclose()
    assert (tally.prompt, tally.text) == (len(server.writers_prompts[0]), len("".join(lines(2))))
