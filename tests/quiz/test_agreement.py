"""How far two readers agree."""

import pytest

from quiz.agreement import kappa, same
from quiz.intervals import Share


def test_kappa_is_agreement_beyond_chance() -> None:
    # Two who each say yes to half: 20 both, 15 neither, and 15 apart; expected by chance 0.5, observed 0.7.
    pairs = [("yes", "yes")] * 20 + [("no", "no")] * 15 + [("yes", "no")] * 5 + [("no", "yes")] * 10

    assert same(pairs) == Share(35, 50)
    assert kappa(pairs) == pytest.approx(0.4)


def test_who_always_agree_have_a_kappa_of_1_and_who_never_do_less_than_0() -> None:
    assert kappa([("a", "a"), ("b", "b"), ("c", "c")]) == 1
    assert kappa([("a", "b"), ("b", "a")]) == -1


def test_where_both_say_one_word_of_all_chance_explains_everything() -> None:
    assert kappa([("yes", "yes")] * 9) is None
    assert kappa([]) is None
    assert same([]) == Share(0, 0)
