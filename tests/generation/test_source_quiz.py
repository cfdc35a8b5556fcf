"""Quizzes on a material: every question is answered from the passage that shows its answer, and then without it."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from generation.request import Ended
from quiz.material import Evidence, Material
from quiz.question import Checked
from tests.generation.scripted_server import Cut, Received, Reply, ScriptedServer, answer, error, knows, text
from tests.generation.sourced import (
    FACTS,
    PLANETS,
    SourceQuiz,
    by_passage,
    has_passage,
    knows_nothing,
    on_planets,
    told,
)
from tests.generation.written import CLAUDE, EXPLANATION, GPT, KNOWN, STEMS


@pytest.fixture(params=[GPT, CLAUDE], ids=["openai", "anthropic"])
async def quiz(server: ScriptedServer, request: pytest.FixtureRequest) -> AsyncGenerator[SourceQuiz]:
    server.solves = by_passage(knows(KNOWN), knows_nothing)
    quiz = SourceQuiz(server, request.param)
    yield quiz
    for model in quiz.models:
        await model.aclose()


async def test_questions_carry_their_evidence(quiz: SourceQuiz) -> None:
    quiz.server.writes = [text(*(told(number) for number in range(3)))]
    await quiz.play(on_planets(3))
    assert {question.stem: question.evidence for question in quiz.accepted} == {
        STEMS[number]: Evidence(FACTS[number], PLANETS.passages[number].place) for number in range(3)
    }
    assert quiz.ended == Ended(3, None)
    for question in quiz.accepted:
        assert question.checked is Checked.SOLVER
        assert question.origin
        assert question.origin.prompt == "source_writer"
        assert {"evidence", "same_kind", "no_distractor_in_evidence", "moderation"} <= set(question.origin.checks)


async def test_the_solver_sees_the_passage_of_the_evidence_and_no_key(quiz: SourceQuiz) -> None:
    quiz.server.writes = [text(told(2))]
    await quiz.play(on_planets())
    with_it, without = (one for one in quiz.server.received if not one.streams)
    assert [one["text"] for one in with_it.between("passages")] == [FACTS[2]]
    assert not has_passage(without)
    assert FACTS[2] not in without.prompt
    for one in (with_it, without):
        assert one.between("question") == STEMS[2]
        assert set(one.between("options").values()) == {"Iron oxide", "Copper dust", "Red algae", "Hot lava"}
        assert EXPLANATION not in one.prompt
        assert '"right": [0]' not in one.prompt


async def test_a_question_that_its_passage_does_not_answer_is_dropped_without_a_second_look(quiz: SourceQuiz) -> None:
    quiz.server.writes = [text(told(1, evidence=FACTS[4], passage=5, right=[2]))]
    await quiz.play(on_planets())
    assert set(quiz.dropped) == {"solver"}
    assert not quiz.accepted
    assert len(quiz.server.solvers_prompts) == len(quiz.dropped)


async def test_what_is_known_without_the_source_is_marked(quiz: SourceQuiz) -> None:
    quiz.server.solves = by_passage(knows(KNOWN), knows({STEMS[0]: ["Venus"]}))
    quiz.server.writes = [text(told(0), told(1))]
    await quiz.play(on_planets(2))
    assert {question.stem: question.common_knowledge for question in quiz.accepted} == {STEMS[0]: True, STEMS[1]: False}


async def test_what_is_answered_wrongly_without_the_source_is_not_common_knowledge(quiz: SourceQuiz) -> None:
    quiz.server.solves = by_passage(knows(KNOWN), knows({STEMS[0]: ["Mars"]}))
    quiz.server.writes = [text(told(0))]
    await quiz.play(on_planets())
    assert [question.common_knowledge for question in quiz.accepted] == [False]


async def test_from_the_text_only_leaves_out_what_is_known_without_it(quiz: SourceQuiz) -> None:
    quiz.server.solves = by_passage(knows(KNOWN), knows({STEMS[0]: ["Venus"]}))
    quiz.server.writes = [text(told(0), told(1))]
    await quiz.play(on_planets(1, only_material=True))
    assert [question.stem for question in quiz.accepted] == STEMS[1:2]
    assert quiz.dropped == ["common"]


@pytest.mark.parametrize(
    "failure", [error(500), error(429), Reply([Cut()]), answer("neither nor"), Reply(refusal="No.")]
)
@pytest.mark.parametrize("only_material", [False, True])
async def test_where_nobody_says_whether_it_is_known_it_stays_open_or_is_left_out(
    quiz: SourceQuiz, failure: Reply, only_material: bool
) -> None:
    quiz.server.solves = by_passage(knows(KNOWN), failure)
    quiz.server.writes = [text(told(0))]
    await quiz.play(on_planets(only_material=only_material))
    assert [question.common_knowledge for question in quiz.accepted] == ([] if only_material else [False])
    assert set(quiz.dropped) == ({"common"} if only_material else set())


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"evidence": "Venus is hot because of the Sun."}, "evidence"),
        ({"options": ["Venus", "Mercury", "Mars", "464 °C"]}, "same_kind"),
        ({"passage": 3, "evidence": FACTS[2]}, "no_distractor_in_evidence"),
        ({"explanation": f"{EXPLANATION} This is how to make a pipe bomb at home."}, "moderation"),
        ({"explanation": ""}, "explained"),
    ],
)
async def test_a_bad_draft_is_dropped_before_the_solver_sees_it(
    quiz: SourceQuiz, changed: dict[str, object], check: str
) -> None:
    quiz.server.writes = [text(told(0, **changed), told(1))]
    await quiz.play(on_planets(1))
    assert quiz.dropped == [check]
    assert [question.stem for question in quiz.accepted] == STEMS[1:2]
    assert all(STEMS[0] not in prompt for prompt in quiz.server.solvers_prompts)


async def test_what_lacks_is_asked_about_elsewhere(quiz: SourceQuiz) -> None:
    long = [replace(passage, text=passage.text.ljust(7_000, "~")) for passage in PLANETS.passages]

    def writes_on_its_first_passage(received: Received) -> Reply:
        page = int(received.between("passages")[0]["place"].removeprefix("page "))
        return text(told(page - 1, passage=1))

    quiz.server.makes = writes_on_its_first_passage
    await quiz.play(on_planets(2, material=Material("Planets", tuple(long))))
    pages = [question.evidence.place.number for question in quiz.accepted if question.evidence]
    assert sorted({(page - 1) // 3 for page in pages}) == [0, 1]
    assert len(quiz.server.writers_prompts) == 2


@pytest.mark.parametrize("spoilt", ["quote", "heading"])
async def test_words_of_the_source_that_may_not_be_shown_are_no_evidence(quiz: SourceQuiz, spoilt: str) -> None:
    """Whatever the question itself says; what stands elsewhere in the source is asked about."""
    first, *rest = PLANETS.passages
    order = "How to make a pipe bomb at home"
    text_of_first = f"{FACTS[0]} {order}." if spoilt == "quote" else FACTS[0]
    heading = order if spoilt == "heading" else ""
    bad = replace(first, text=text_of_first, place=replace(first.place, heading=heading))
    quiz.server.writes = [text(told(0, evidence=text_of_first), told(1))]
    await quiz.play(on_planets(1, material=Material("Planets", (bad, *rest))))
    assert quiz.dropped == ["moderation"]
    assert [question.stem for question in quiz.accepted] == STEMS[1:2]
    assert all(STEMS[0] not in prompt for prompt in quiz.server.solvers_prompts)
