"""Scores, places, who was there, and what became of each question follow from the answers alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.question import Kind
from quiz.results import Outcome, falling_points, question_results, standing
from tests.results_of_rounds import FOUR, a_round, questions, scored
from tests.samples import a_question


def ranks(answers: dict[str, str], took: dict[str, int] | None = None) -> list[tuple[int, str]]:
    return [(row.rank, row.player.name) for row in standing(a_round(answers, took=took))]


def test_most_points_come_first_and_who_was_faster_goes_before_who_has_the_same() -> None:
    took = {"Ann": 4000, "Bob": 3000, "Cem": 1000}

    assert ranks({"Ann": "aaa", "Bob": "aab", "Cem": "aba"}, took) == [(1, "Ann"), (2, "Cem"), (3, "Bob")]


def test_who_has_points_and_time_alike_has_the_same_rank_and_the_next_one_is_left_out() -> None:
    assert ranks({"Ann": "aa", "Bob": "ab", "Cem": "ba", "Dee": "bb"}) == [
        (1, "Ann"),
        (2, "Bob"),
        (2, "Cem"),
        (4, "Dee"),
    ]


def test_time_spent_on_wrong_answers_says_nothing_of_the_place() -> None:
    """Who guesses wrongly in a hurry is not better than who thinks."""
    results = a_round({"Ann": "ab", "Bob": "ab"})
    outcomes = [replace(one, took=1) if one.player == 2 and not one.right else one for one in results.outcomes]

    assert [row.rank for row in standing(replace(results, outcomes=tuple(outcomes)))] == [1, 1]


def test_who_answered_nothing_stands_last_and_was_not_there() -> None:
    rows = standing(a_round({"Ann": "--", "Bob": "b-"}))

    assert [(row.player.name, row.present, row.answered, row.asked) for row in rows] == [
        ("Bob", True, 1, 2),
        ("Ann", False, 0, 2),
    ]


@pytest.mark.parametrize(
    ("took", "points"), [(0, 100), (-5, 100), (5000, 87.5), (10_000, 75), (20_000, 50), (21_900, 50)]
)
def test_points_that_fall_with_time_go_from_all_to_half(took: int, points: float) -> None:
    """An answer can come a moment after the limit, as the question closes a little later than it says."""
    assert falling_points(100, took, 20_000) == points


def test_of_a_question_it_is_known_who_chose_what_and_who_was_the_fastest() -> None:
    results = a_round({"Ann": "a", "Bob": "c", "Cem": "a", "Dee": "-", "Eve": " "}, took={"Ann": 3000, "Cem": 2500})

    (question,) = question_results(results)

    assert question.chosen == {"a": 2, "b": 0, "c": 1, "d": 0}
    assert (question.answered, question.right, question.left_open) == (3, 2, 1)
    assert question.fastest is not None
    assert (question.fastest.name, question.took) == ("Cem", 2500)
    assert question.share == 0.5


def test_a_question_that_nobody_had_right_has_no_fastest() -> None:
    (question,) = question_results(a_round({"Ann": "b"}))

    assert (question.fastest, question.took, question.share) == (None, 0, 0)


def test_of_several_right_answers_each_chosen_option_counts() -> None:
    several = a_question(options=FOUR, key="ab", kind=Kind.MULTIPLE)

    (question,) = question_results(a_round({"Ann": ["ab"], "Bob": ["acd"]}, [several]))

    assert (question.chosen, question.right) == ({"a": 2, "b": 1, "c": 1, "d": 1}, 1)


def test_what_a_stopped_round_did_not_ask_counts_for_nobody() -> None:
    results = a_round({"Ann": "a  ", "Bob": "b  "})

    assert [question.id for question in results.asked] == ["q1"]
    assert len(question_results(results)) == 1
    assert standing(results)[0].asked == 1


def test_outcomes_of_nobody_and_of_no_question_are_left_out() -> None:
    results = a_round({"Ann": "a"})
    stray = (Outcome(9, "q1", 1, frozenset("a"), 1, True, 1), Outcome(1, "gone", 1, frozenset("a"), 1, True, 1))

    assert standing(replace(results, outcomes=results.outcomes + stray)) == standing(results)


def test_with_a_mended_key_everybody_is_scored_again() -> None:
    results = a_round({"Ann": "aa", "Bob": "ba", "Cem": "-b"})
    mended = replace(results.questions[0], key=frozenset("b"), revision=2)

    now = results.rescored(mended, lambda _outcome: 2.0)

    assert [(row.player.name, row.points) for row in standing(results)] == [("Ann", 2), ("Bob", 1), ("Cem", 0)]
    assert [(row.player.name, row.points) for row in standing(now)] == [("Bob", 3), ("Ann", 1), ("Cem", 0)]
    assert {one.revision for one in now.outcomes if one.question == "q1"} == {2}
    assert now.asked[0].key == {"b"}


@given(st.lists(st.text("01", min_size=6, max_size=6), min_size=1, max_size=40))
def test_ranks_count_who_is_better_whatever_the_answers(rows: list[str]) -> None:
    placed = standing(scored(rows))

    assert len(placed) == len(rows)
    for row in placed:
        assert row.rank == 1 + sum(other.points > row.points for other in placed)
        assert row.points == row.right == sum(map(int, rows[row.player.number - 1]))


def test_points_that_differ_in_their_last_digit_only_are_the_same() -> None:
    results = a_round({"Ann": "aaab", "Bob": "aaba"})
    shares = {"q1": 0.1, "q2": 0.2, "q3": 0.3, "q4": 0.3}
    outcomes = [replace(one, points=shares[one.question] if one.right else 0.0) for one in results.outcomes]
    swapped = [replace(one, points=0.3 - 2**-53) if one.question == "q4" and one.right else one for one in outcomes]

    assert [row.rank for row in standing(replace(results, outcomes=tuple(swapped)))] == [1, 1]


def test_a_round_of_nobody_has_no_places() -> None:
    empty = a_round({}, questions(2))

    assert standing(empty) == ()
    assert question_results(empty) == ()
