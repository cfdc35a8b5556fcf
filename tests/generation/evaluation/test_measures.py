"""The figures of an evaluation."""

import pytest

from generation.evaluation.measures import Figure, measure
from generation.evaluation.result import Result, Used
from quiz.intervals import Share
from quiz.item_flaws import RULES
from tests.generation.evaluation.made import a_quiz, a_result, delivered


def of(result: Result, name: str) -> Figure:
    """The one figure of this name."""
    (figure,) = [one for one in measure(result) if one.name == name]
    return figure


def test_what_was_dropped_is_counted_by_check_of_all_drafts() -> None:
    result = a_result(a_quiz(delivered(), drops=["solver", "solver", "unreadable"]), a_quiz(delivered("What?")))

    assert of(result, "all").share == Share(3, 5)
    assert of(result, "solver").share == Share(2, 5)
    assert of(result, "unreadable").share == Share(1, 5)
    assert of(result, "well-formed lines").share == Share(4, 5)


def test_a_writer_without_a_model_writes_no_lines() -> None:
    figure = of(a_result(a_quiz(delivered()), writer="offline", models=()), "well-formed lines")

    assert (figure.value, figure.note) == (None, "this writer writes no lines")


def test_every_share_has_an_interval_that_holds_it() -> None:
    shares = [one for one in measure(a_result(a_quiz(delivered(), drops=["solver"]))) if one.share and one.share.of]

    assert len(shares) > len(RULES)
    for one in shares:
        assert one.interval
        assert one.value is not None
        assert one.interval.low - 1e-9 <= one.value <= one.interval.high + 1e-9


def test_questions_are_counted_beside_the_words_of_sources() -> None:
    source = a_quiz(*[delivered(f"What is number {place}?") for place in range(4)], words=600)

    assert of(a_result(source, a_quiz(delivered())), "questions in 300 words").value == 2
    assert of(a_result(a_quiz(delivered())), "questions in 300 words").value is None


def test_a_solver_with_and_without_the_source_is_told_apart() -> None:
    result = a_result(
        a_quiz(
            delivered("One?", with_source=True, without_source=True),
            delivered("Two?", with_source=True, without_source=False),
            delivered("Three?", with_source=False, without_source=False),
            delivered("Four?", without_source=True),
        ),
        solver="openai:b",
    )

    assert of(result, "with the source").share == Share(2, 3)
    assert of(result, "without the source").share == Share(2, 4)
    assert of(result, "confirmed only with it: takes the source").share == Share(1, 2)
    assert of(result, "with the source").note == ""


@pytest.mark.parametrize(("check_model", "solver"), [(None, "openai:a"), ("openai:c", "openai:c")])
def test_a_solver_that_is_not_independent_is_said_to_be_none(check_model: str | None, solver: str) -> None:
    result = a_result(a_quiz(delivered(without_source=True)), check_model=check_model, solver=solver)

    assert "it says little" in of(result, "without the source").note


def test_without_a_solver_nothing_is_said_of_keys() -> None:
    figure = of(a_result(a_quiz(delivered())), "without the source")

    assert figure.value is None
    assert "--solver" in figure.note


def test_flaws_are_counted_by_rule_and_by_question() -> None:
    bad = delivered("Which of these is not a planet?", ["All of the above", "Mars", "Venus"], [1])
    result = a_result(a_quiz(bad, delivered()))

    assert of(result, "negative_stem").share == of(result, "all_of_the_above").share == Share(1, 2)
    assert of(result, "at most one flaw").share == of(result, "no flaw").share == Share(1, 2)
    assert "HDR 17" in of(result, "negative_stem").note


def test_near_duplicates_are_looked_for_within_a_quiz() -> None:
    twin = delivered("Which planet is the nearest to our Sun?", ["Venus", "Mercury", "Io"], [1])

    assert of(a_result(a_quiz(delivered(), twin)), "near-duplicates").share == Share(1, 2)
    assert of(a_result(a_quiz(delivered()), a_quiz(twin)), "near-duplicates").share == Share(0, 2)


def test_the_places_of_keys_are_counted() -> None:
    first = a_quiz(*[delivered(f"What is {place}?") for place in range(8)], asked_for=8)
    figures = {one.name: one for one in measure(a_result(first))}

    assert figures["key at place 1 of 4"].share == Share(8, 8)
    assert figures["chi-square of the places"].value == pytest.approx(24)
    assert "0.0% of cases" in figures["chi-square of the places"].note
    assert of(a_result(a_quiz(delivered())), "chi-square of the places").value is None


def test_times_are_medians_over_quizzes() -> None:
    quizzes = [a_quiz(delivered(seconds=4.0 + at), delivered("What?", seconds=2.0 + at)) for at in (0, 1, 5)]
    result = a_result(*quizzes, a_quiz())

    assert of(result, "time to the first question").value == 3.0
    assert of(result, "time to the last question").value == 5.0
    assert of(result, "time to the first question").note == "median of 3"


def test_the_cost_is_told_where_prices_are_known() -> None:
    used = Used(model="openai:a", input_tokens=1000, output_tokens=500, microdollars=2000)
    result = a_result(a_quiz(delivered(), delivered("What?"), used=[used]))

    assert of(result, "tokens").value == 1500
    assert of(result, "cost").value == pytest.approx(0.002)
    assert of(result, "cost of a question delivered").value == pytest.approx(0.001)


def test_a_price_that_is_not_known_is_never_guessed() -> None:
    used = Used(model="openai:b", input_tokens=1000, output_tokens=500, microdollars=None)
    figure = of(a_result(a_quiz(delivered(), used=[used])), "cost")

    assert (figure.value, figure.note) == (None, "no price is known of openai:b")


def test_of_nothing_at_all_there_are_figures_too() -> None:
    figures = measure(a_result(a_quiz(ended="nothing")))

    assert of(a_result(a_quiz(ended="nothing")), "of them with a quiz").share == Share(0, 1)
    assert len(figures) > len(RULES)
