"""What becomes of a quiz when a writer or the solver fails, does not stop, or is stopped."""

import asyncio
import sys
from contextlib import aclosing
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from generation import writing
from generation.pipeline import PAUSE_SECONDS
from generation.request import Drafted, Ended, Trouble
from tests.generation.played import Quiz
from tests.generation.scripted_server import Cut, Hang, Reply, answer, error, in_turn, knows, text
from tests.generation.written import KNOWN, STEMS, a_request, line, lines


async def test_two_right_answers_are_found_out(quiz: Quiz) -> None:
    quiz.server.writes = [text(line(STEMS[0]))]
    quiz.server.solves = lambda _: answer(["A", "B"])
    await quiz.play(a_request(1))
    assert "solver" in quiz.dropped
    assert not quiz.accepted


async def test_after_three_calls_there_are_fewer_questions(quiz: Quiz) -> None:
    wrong = [line(stem, right=[1]) for stem in STEMS[1:]]
    quiz.server.writes = [text(line(STEMS[0]), wrong[0]), text(wrong[1]), text(wrong[2]), text(wrong[3])]
    await quiz.play(a_request(2))
    assert quiz.ended == Ended(1, None)
    assert len(quiz.server.writers_prompts) == 3


async def test_at_most_three_drafts_are_read_for_each_question(quiz: Quiz) -> None:
    quiz.server.writes = [text(*[line(stem, right=[1]) for stem in STEMS], Hang())]
    quiz.patience = 0.1
    await quiz.play(a_request(1))
    assert quiz.dropped == ["solver"] * 3
    assert quiz.ended == Ended(0, None)


@pytest.mark.parametrize("failing", [text(line(STEMS[0]), line(STEMS[1])[:30], Cut()), text(line(STEMS[0]), Hang())])
async def test_a_writer_that_fails_is_followed_by_the_next_for_the_rest(quiz: Quiz, failing: Reply) -> None:
    await quiz.hurry()
    quiz.server.writes = [failing, text(*lines(2, 1))]
    await quiz.play(a_request(3), writers=2)
    assert sorted(quiz.stems) == sorted(STEMS[:3])
    models = {question.stem: question.origin.model for question in quiz.accepted if question.origin}
    first, second = (model.name for model in quiz.models)
    assert [models[stem] for stem in STEMS[:3]] == [first, second, second]
    assert quiz.ended == Ended(3, None)
    assert STEMS[0] in quiz.server.writers_prompts[1]


async def test_the_last_writer_is_asked_again_when_it_broke_off(quiz: Quiz) -> None:
    quiz.server.writes = [text(line(STEMS[0]), Cut()), text(line(STEMS[1]))]
    await quiz.play(a_request(2))
    assert quiz.ended == Ended(2, None)


@pytest.mark.parametrize("failing", [error(429, headers={"retry-after": "0.01"}), error(429), error(503)])
async def test_the_last_writer_is_asked_again_when_its_provider_was_busy_or_broken(quiz: Quiz, failing: Reply) -> None:
    quiz.server.writes = [failing, failing, text(*lines(2))]
    with capture_logs() as logs:
        await quiz.play(a_request(2))
    assert quiz.ended == Ended(2, None)
    failures = [(one["model"], one["reason"]) for one in logs if one["event"] == "a writer failed"]
    assert len(failures) == 2
    assert all(model == quiz.models[0].name and f"answered {failing.status}" in why for model, why in failures)


async def test_the_last_writer_is_asked_again_when_it_could_not_be_reached(quiz: Quiz) -> None:
    quiz.server.writes = [text(Cut()), text(*lines(2))]
    await quiz.play(a_request(2))
    assert quiz.ended == Ended(2, None)


@pytest.mark.parametrize(("headers", "seconds"), [({}, 1.0), ({"retry-after": "3"}, 3.0), ({"retry-after": "60"}, 5.0)])
async def test_it_waits_as_long_as_the_provider_asks_within_reason(
    quiz: Quiz, headers: dict[str, str], seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def sleep(pause: float) -> None:
        waited.append(pause)

    quiz.pause = PAUSE_SECONDS
    quiz.server.writes = [error(429, headers=headers)] * 3
    patched = SimpleNamespace(**{**vars(asyncio), "sleep": sleep})
    monkeypatch.setattr(writing, "asyncio", patched)
    await quiz.play(a_request(2))
    assert waited == [seconds] * 2
    assert quiz.ended == Ended(0, Trouble.BUSY)
    assert len(quiz.server.writers_prompts) == 3


async def test_a_writer_that_cannot_be_opened_is_not_tried_again(quiz: Quiz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain.chat_models", None)
    with capture_logs() as logs:
        await quiz.play(a_request(2))
    assert quiz.ended == Ended(0, Trouble.UNREACHABLE)
    assert [one["event"] for one in logs] == ["a writer failed"]


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (error(401), Trouble.KEY),
        (error(429), Trouble.BUSY),
        (error(500), Trouble.BROKEN),
        (text(Hang()), Trouble.SILENT),
    ],
)
async def test_when_every_writer_fails_it_is_said_why(quiz: Quiz, reply: Reply, trouble: Trouble) -> None:
    if trouble is Trouble.SILENT:
        await quiz.hurry()
    quiz.server.writes = [reply] * 4
    await quiz.play(a_request(2), writers=2)
    assert quiz.ended == Ended(0, trouble)


async def test_without_a_solver_there_are_no_questions(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(2), Hang())]
    quiz.server.solves = lambda _: error(401)
    await quiz.play(a_request(2), writers=2)
    assert quiz.ended == Ended(0, Trouble.KEY)
    assert len(quiz.server.writers_prompts) == 1
    await quiz.server.somebody_left()


async def test_without_a_solver_no_call_of_it_goes_on(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(2))]
    quiz.server.solves = in_turn(text(Hang()), error(401))
    async with asyncio.timeout(20):
        await quiz.play(a_request(2))
    assert quiz.ended == Ended(0, Trouble.KEY)
    await quiz.server.somebody_left()


async def test_a_solver_that_goes_down_ends_the_quiz_with_what_was_accepted(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(3))]
    quiz.server.solves = in_turn(knows(KNOWN), error(403), error(403), error(403))
    await quiz.play(a_request(3), at_once=1)
    assert quiz.stems == STEMS[:1]
    assert quiz.ended == Ended(1, Trouble.KEY)


async def test_a_quiz_takes_no_more_tokens_than_its_ceiling(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(3))]
    await quiz.play(a_request(3), at_once=1, tokens=600)
    assert quiz.ended == Ended(2, Trouble.TOKENS)
    assert len(quiz.server.solvers_prompts) == 2


async def test_a_writer_that_does_not_stop_is_stopped(quiz: Quiz) -> None:
    quiz.server.writes = [text(*lines(1), Hang())]
    quiz.patience = 0.1
    await quiz.play(a_request(1))
    assert quiz.ended == Ended(1, None)
    await quiz.server.somebody_left()


async def test_closing_the_quiz_closes_the_calls_of_writer_and_solver(quiz: Quiz) -> None:
    quiz.server.writes = [text(line(), Hang())]
    quiz.server.solves = lambda _: text(Hang())
    async with aclosing(quiz.begin(a_request(2))) as events:
        assert isinstance(await anext(events), Drafted)
        for _ in ("writer", "solver"):
            await quiz.server.was_asked()
    for _ in ("writer", "solver"):
        await quiz.server.somebody_left()


async def test_cancelling_the_reader_closes_the_calls(quiz: Quiz) -> None:
    quiz.server.writes = [text(Hang())]
    playing = asyncio.create_task(quiz.play(a_request(2)))
    await quiz.server.was_asked()
    playing.cancel()
    await quiz.server.somebody_left()
    with pytest.raises(asyncio.CancelledError):
        await playing
