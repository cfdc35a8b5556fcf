"""Numbers are written as a language writes them."""

import pytest

from delivery.numbers import decimal, number, percent, short_time


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (0.5, "0.50", "0,50"),
        (-0.125, "−0.12", "−0,12"),
        (-0.001, "0.00", "0,00"),
        (None, "–", "–"),
        (1, "1.00", "1,00"),
    ],
)
def test_figures_have_two_digits_and_a_true_minus(value: float | None, english: str, russian: str) -> None:
    assert (decimal(value, "en"), decimal(value, "ru")) == (english, russian)


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [(3, "3", "3"), (2.5, "2.5", "2,5"), (2.04, "2", "2"), (12_345.6, "12,345.6", "12\N{NO-BREAK SPACE}345,6")],
)
def test_points_have_no_digit_that_says_nothing(value: float, english: str, russian: str) -> None:
    assert (number(value, "en"), number(value, "ru")) == (english, russian)


def test_shares_are_whole_percents() -> None:
    assert (percent(2 / 3, "en"), percent(2 / 3, "ru")) == ("67%", "67 %")
    assert (percent(0, "en"), percent(1, "en")) == ("0%", "100%")


@pytest.mark.parametrize(
    ("took", "shown"), [(0, "0.0 s"), (2345, "2.3 s"), (59_949, "59.9 s"), (59_950, "1 min 0 s"), (61_000, "1 min 1 s")]
)
def test_who_is_fastest_is_told_to_a_tenth_of_a_second(took: int, shown: str) -> None:
    assert short_time(took, "en") == shown
