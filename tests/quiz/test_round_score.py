"""Points, tallies and standings of a round."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.round import Points, Round, RoundQuestion, RoundSettings, RoundState
from quiz.round_score import FULL, LiveAnswer, Standing, fastest, points_for, tally
from tests.samples import a_question, a_round, planned

SINGLE = planned(a_question(key="a", id="single"), "bac")
MULTIPLE = planned(a_question(key="ac", id="multiple"), "cab")
A, B, AC = frozenset("a"), frozenset("b"), frozenset("ac")


def two_questions(points: Points = Points.PLAIN) -> Round:
    """A question of 20 s, and one of three points and 10 s."""
    plan = (RoundQuestion(SINGLE), RoundQuestion(MULTIPLE, points=3, seconds=10))
    return a_round(plan, RoundSettings(seconds=20, points=points), state=RoundState.DONE, players=3)


@pytest.mark.parametrize(
    ("points", "position", "chosen", "took", "worth"),
    [
        (Points.PLAIN, 0, A, 19_999, 1),
        (Points.PLAIN, 0, B, 0, 0),
        (Points.PLAIN, 1, AC, 9_000, 3),
        (Points.PLAIN, 1, A, 0, 0),
        (Points.FALLING, 0, A, 0, 1000),
        (Points.FALLING, 0, A, 10_000, 750),
        (Points.FALLING, 0, A, 20_000, 500),
        (Points.FALLING, 0, A, 25_000, 500),
        (Points.FALLING, 0, B, 0, 0),
        (Points.FALLING, 1, AC, 5_000, 2250),
    ],
)
def test_a_right_answer_is_worth_what_is_set(
    points: Points, position: int, chosen: frozenset[str], took: int, worth: int
) -> None:
    assert points_for(two_questions(points), position, LiveAnswer(chosen, took)) == worth


def test_players_stand_by_points_then_by_the_time_of_their_right_answers_and_who_is_even_shares_a_place() -> None:
    standing = Standing.of([1, 2, 3, 4, 5])
    standing.add(
        two_questions(), 0, {1: LiveAnswer(A, 900), 2: LiveAnswer(A, 300), 3: LiveAnswer(B, 1), 4: LiveAnswer(A, 300)}
    )

    assert [(one.place, one.number, one.points, one.time) for one in standing.places()] == [
        (1, 2, 1, 300),
        (1, 4, 1, 300),
        (3, 1, 1, 900),
        (4, 3, 0, 0),
        (4, 5, 0, 0),
    ]


def test_who_answered_what_is_counted_in_the_order_shown() -> None:
    answers = {1: LiveAnswer(AC, 50), 2: LiveAnswer(A, 10), 3: LiveAnswer(AC, 40)}

    assert list(tally(MULTIPLE, answers).items()) == [("c", 2), ("a", 3), ("b", 0)]
    assert fastest(MULTIPLE, answers, 3) == [(3, 40), (1, 50)], "a part of the key is not right"


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_faster_answer_is_never_worth_less(one: int, other: int) -> None:
    falling = two_questions(Points.FALLING)
    worth = [points_for(falling, 0, LiveAnswer(A, took)) for took in sorted((one, other))]

    assert FULL >= worth[0] >= worth[1] >= FULL // 2


def test_the_questions_that_are_asked_are_no_more_than_there_are() -> None:
    one = two_questions()

    totals = [replace(one, settings=replace(one.settings, count=count)).total for count in (0, 1, 5)]
    assert totals == [2, 1, 2]
