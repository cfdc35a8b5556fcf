"""Measures of what a guesser could use."""

import pytest

from quiz.balance import CRITICAL_3, key_length, key_places, truths, unevenness
from tests.samples import a_question, true_or_false


def test_the_length_of_a_key_is_in_those_of_its_distractors() -> None:
    assert key_length(a_question(options=["xxxxxx", "xx", "xxxx"], key="a")) == 2
    assert key_length(a_question(options=["xx", "yy", "xxxx"], key="ab")) == 0
    assert key_length(true_or_false()) == 0


def test_only_keys_of_four_options_are_counted() -> None:
    questions = [a_question(options="wxyz", key="c"), a_question(options="wxyz", key="c"), a_question(options="xyz")]

    assert key_places([*questions, true_or_false(), a_question(options="wxyz", key="ab")]) == {"c": 2}


@pytest.mark.parametrize(
    ("keys", "uneven"),
    [("abcd" * 3, False), ("aaabbbccdd", False), ("a" * 10, True), ("aaaaaaaaab", True), ("a", False)],
)
def test_keys_at_one_place_are_uneven(keys: str, *, uneven: bool) -> None:
    places = key_places(a_question(options="wxyz", key=key) for key in keys)

    assert (unevenness(places) > CRITICAL_3) is uneven


def test_true_and_false_are_counted() -> None:
    assert truths([true_or_false(truth=True), true_or_false(), true_or_false(), a_question()]) == {True: 1, False: 2}
