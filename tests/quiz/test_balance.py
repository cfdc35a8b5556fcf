"""Measures of what a guesser could use."""

import pytest

from quiz.balance import RARE, chi_square_tail, evenness, key_length, key_places, longest_is_key, truths
from quiz.intervals import Share
from tests.samples import a_question, true_or_false


def test_the_length_of_a_key_is_in_those_of_its_distractors() -> None:
    assert key_length(a_question(options=["xxxxxx", "xx", "xxxx"], key="a")) == 2
    assert key_length(a_question(options=["xx", "yy", "xxxx"], key="ab")) == 0
    assert key_length(true_or_false()) == 0


def test_keys_are_counted_by_how_many_options_there_are() -> None:
    questions = [a_question(options="wxyz", key="c"), a_question(options="wxyz", key="c"), a_question(options="xyz")]

    counted = key_places([*questions, true_or_false(), a_question(options="wxyz", key="ab")])

    assert counted == {3: {1: 1}, 4: {3: 2}}


@pytest.mark.parametrize(
    ("keys", "uneven"), [("abcd" * 3, False), ("aaabbbccdd", False), ("a" * 10, True), ("aaaaaaaaab", True)]
)
def test_keys_at_one_place_are_uneven(keys: str, *, uneven: bool) -> None:
    found = evenness(key_places(a_question(options="wxyz", key=key) for key in keys))

    assert found
    assert (found.p < RARE) is uneven


def test_of_few_keys_nothing_is_said() -> None:
    assert evenness(key_places([a_question(options="wxyz", key="a")] * 7)) is None


def test_questions_of_three_and_of_four_options_are_judged_together() -> None:
    four = [a_question(options="wxyz", key=key) for key in "aaabbbccdd"]
    three = [a_question(options="xyz", key=key) for key in "aabbcc"]

    together, alone = evenness(key_places([*four, *three])), evenness(key_places(four))

    assert together
    assert alone
    assert (alone.degrees, together.degrees) == (3, 5)
    assert together.chi_square == pytest.approx(alone.chi_square) == pytest.approx(0.4)
    assert together.p > alone.p


@pytest.mark.parametrize(
    ("statistic", "degrees", "p"),
    [(3.841, 1, 0.05), (5.991, 2, 0.05), (7.815, 3, 0.05), (11.345, 3, 0.01), (16.812, 6, 0.01), (24.996, 15, 0.05)],
)
def test_the_tail_of_chi_square_is_that_of_the_tables(statistic: float, degrees: int, p: float) -> None:
    assert chi_square_tail(statistic, degrees) == pytest.approx(p, abs=2e-5)


def test_the_longest_option_counts_where_one_alone_is_longest() -> None:
    right = a_question(options=["longest", "short", "mid"], key="a")
    wrong = a_question(options=["short", "longest", "mid", "mid 2"], key="a")
    level = a_question(options=["one", "two", "six"], key="a")

    share, chance = longest_is_key([right, wrong, level, true_or_false()])

    assert share == Share(1, 2)
    assert chance == pytest.approx((1 / 3 + 1 / 4) / 2)


def test_true_and_false_are_counted() -> None:
    assert truths([true_or_false(truth=True), true_or_false(), true_or_false(), a_question()]) == {True: 1, False: 2}
