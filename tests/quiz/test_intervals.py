"""How sure figures of a sample are."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.intervals import Interval, Share, median, median_interval, share_of


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17: 857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_that_of_the_literature(hits: int, of: int, low: float, high: float) -> None:
    interval = Share(hits, of).interval

    assert interval
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500), st.data())
def test_a_share_lies_within_its_interval_and_that_within_0_and_1(of: int, data: st.DataObject) -> None:
    share = Share(data.draw(st.integers(0, of)), of)

    assert share.interval
    assert share.value is not None
    assert 0 <= share.interval.low <= share.value + 1e-12
    assert share.value - 1e-12 <= share.interval.high <= 1


def test_of_nothing_there_is_no_share() -> None:
    assert share_of([]) == Share(0, 0)
    assert Share(0, 0).value is None
    assert Share(0, 0).interval is None


def test_a_share_counts_what_is_true() -> None:
    assert share_of([True, False, True]) == Share(2, 3)


def test_the_median_is_the_middle() -> None:
    assert median([3, 1, 2]) == 2
    assert median([4, 1, 2, 3]) == 2.5
    assert median([]) is None


def test_of_few_values_the_median_has_no_interval() -> None:
    assert median_interval([]) is None
    assert median_interval([1, 2, 3, 4, 5]) is None
    assert median_interval([6, 1, 2, 3, 4, 5]) == Interval(1, 6)


def test_the_interval_of_the_median_holds_it_in_95_of_100_samples() -> None:
    chance = Random(7)
    found = [median_interval([chance.random() for _ in range(25)]) for _ in range(2000)]

    inside = sum(one is not None and one.low <= 0.5 <= one.high for one in found)

    # By the binomial distribution the 8th and the 18th of 25 hold it in 95.7 %.
    assert 0.945 < inside / 2000 < 0.97
    assert median_interval(list(range(25))) == Interval(7, 17)
