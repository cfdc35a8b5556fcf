"""Facility, discrimination, point-biserial and the use of options: by hand, and beside numpy."""

import sys
from collections.abc import Sequence
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.item_indices import Use, item_indices
from quiz.reliability import reliability
from quiz.score_table import ScoreTable, score_table
from tests.results_of_rounds import a_round, scored, simulated

MOST = 1e-9


def test_ten_students_by_hand() -> None:
    """27 of 100 are three of ten: the scores 3 3 3 in the upper group, 1 1 0 in the lower one."""
    rows = ("111", "111", "111", "110", "101", "110", "110", "100", "010", "000")

    first, second, third = item_indices(score_table(scored(rows)))

    assert (first.takers, first.group) == (10, 3)
    assert (first.facility, second.facility, third.facility) == (0.8, 0.7, 0.4)
    assert (first.right, first.discrimination) == (Use(8, 3, 1), pytest.approx(2 / 3))
    assert (second.right, second.discrimination) == (Use(7, 3, 1), pytest.approx(2 / 3))
    assert (third.right, third.discrimination) == (Use(4, 3, 0), 1)


def test_the_point_biserial_of_four_students_by_hand() -> None:
    """Rest scores 2, 1, 0 of who has it right, 0 of the other: means 1 and 0, deviation sqrt(11) / 4, p q = 3 / 16."""
    (first, *_rest) = item_indices(score_table(scored(("111", "110", "100", "000"))))

    assert first.point_biserial == pytest.approx((1 - 0) / (sqrt(11) / 4) * sqrt(3 / 16))


@pytest.mark.parametrize("rows", [("11", "10"), ("01", "00"), ("10", "00")])
def test_where_all_are_the_same_there_is_no_correlation(rows: tuple[str, ...]) -> None:
    assert item_indices(score_table(scored(rows)))[0].point_biserial is None


def test_it_is_seen_who_chose_each_option() -> None:
    answers = {"Ann": "aaa", "Bob": "aaa", "Cem": "aab", "Dee": "bab", "Eve": "c-b", "Fay": "bbb", "Gil": "---"}

    first, second, _third = item_indices(score_table(a_round(answers)))

    assert (first.takers, first.group) == (6, 2)
    assert first.options == {"a": Use(3, 2, 0), "b": Use(2, 0, 1), "c": Use(1, 0, 1), "d": Use(0, 0, 0)}
    assert second.not_answered == Use(1, 0, 1)


def test_of_nobody_there_are_no_figures() -> None:
    assert item_indices(score_table(a_round({"Ann": "--"}))) == ()


def test_one_student_has_nobody_to_be_told_from() -> None:
    (item,) = item_indices(score_table(a_round({"Ann": "a"})))

    assert (item.facility, item.discrimination, item.point_biserial, item.says_enough) == (1, None, None, False)


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=2, max_size=60))
def test_figures_stay_within_their_bounds(rows: list[list[bool]]) -> None:
    marked = ["".join("1" if one else "0" for one in row) for row in rows]

    for item in item_indices(score_table(scored(marked))):
        assert 0 <= item.facility <= 1
        assert item.discrimination is not None
        assert -1 <= item.discrimination <= 1
        assert item.point_biserial is None or abs(item.point_biserial) <= 1 + MOST
        assert sum(use.chosen for use in item.options.values()) + item.not_answered.chosen == item.takers


def test_two_hundred_students_come_out_as_with_numpy() -> None:
    """`pytest -s` prints the greatest difference of each figure."""
    differences = beside_numpy(score_table(simulated(200, 30, seed=7)))
    for figure, difference in differences.items():
        sys.stdout.write(f"{figure}: {difference:.1e}\n")

    assert max(differences.values()) < MOST, differences


def beside_numpy(table: ScoreTable) -> dict[str, float]:
    """Figure → the greatest difference from what numpy says."""
    right = np.array(table.right, dtype=float)
    scores = right.sum(axis=1)
    items = item_indices(table)
    correlations = [float(np.corrcoef(right[:, one], scores - right[:, one])[0, 1]) for one in range(len(items))]
    alpha = _alpha(right)
    whole = reliability(table)
    assert whole is not None
    assert whole.kr20 is not None
    assert whole.alpha is not None
    assert whole.error is not None
    upper, lower = right[: table.group].mean(axis=0), right[-table.group :].mean(axis=0)
    return {
        "facility": _most([item.facility for item in items], right.mean(axis=0)),
        "discrimination": _most([item.discrimination or 0.0 for item in items], upper - lower),
        "point-biserial": _most([item.point_biserial or 0.0 for item in items], correlations),
        "KR-20": abs(whole.kr20 - alpha),
        "alpha": abs(whole.alpha - _alpha(np.array(table.points))),
        "standard error": abs(whole.error - float(np.std(scores)) * sqrt(1 - alpha)),
        "mean": abs(whole.mean - float(scores.mean())),
        "deviation": abs(whole.deviation - float(np.std(scores))),
    }


def _alpha(scores: "np.ndarray[Any, np.dtype[np.float64]]") -> float:
    """From the covariances: k / (k - 1) * (1 - trace / sum)."""
    covariances = np.cov(scores, rowvar=False)
    number = scores.shape[1]
    return number / (number - 1) * (1 - float(np.trace(covariances) / covariances.sum()))


def _most(ours: Sequence[float], theirs: Any) -> float:  # noqa: ANN401 - whatever numpy takes for an array
    return float(np.abs(np.array(ours) - np.array(theirs)).max())
