"""How far scores can be relied on: the figures of published and of hand-computed examples."""

from math import sqrt

import pytest

from quiz.reliability import cronbach_alpha, kr20, reliability, standard_error, variance
from quiz.score_table import score_table
from tests.results_of_rounds import a_round, scored

WUENSCH = (
    *("1111110110", "1011011101", "1111011001", "0010001000", "0000010010"),
    *("1110111111", "1101110111", "1111111101", "0101111101", "1101101110"),
)
"""Ten students and ten questions: K. L. Wuensch, The Kuder-Richardson 20 (East Carolina University)."""
VARIANCES = (0.21, 0.21, 0.24, 0.21, 0.24, 0.16, 0.21, 0.21, 0.25, 0.24)
OF_SCORES = 5.84
"""Published there: p q of each question, which is its variance, and the variance of the scores."""


def test_variances_are_those_that_are_published() -> None:
    columns = [[int(row[place]) for row in WUENSCH] for place in range(10)]

    assert [variance(column) for column in columns] == pytest.approx(VARIANCES)
    assert variance([row.count("1") for row in WUENSCH]) == pytest.approx(OF_SCORES)


def test_kr20_is_what_the_published_sums_give() -> None:
    """10 / 9 * (1 - 2.18 / 5.84)."""
    found = reliability(score_table(scored(WUENSCH)))

    assert found is not None
    assert found.kr20 == pytest.approx(10 / 9 * (1 - sum(VARIANCES) / OF_SCORES))
    assert found.kr20 == pytest.approx(0.6963, abs=5e-5)
    assert found.error == pytest.approx(sqrt(OF_SCORES) * sqrt(1 - 0.6963), abs=1e-3)
    assert (found.takers, found.questions, found.mean) == (10, 10, 6.6)
    assert found.deviation == pytest.approx(sqrt(OF_SCORES))


def test_alpha_is_kr20_where_all_is_worth_the_same_and_not_where_it_is_not() -> None:
    found = reliability(score_table(scored(WUENSCH)))
    worth_two = reliability(score_table(a_round({"A": "aaa", "B": "aab", "C": "abb", "D": "bbb"}, worth=2)))

    assert found is not None
    assert found.alpha == pytest.approx(found.kr20)
    assert worth_two is not None
    assert worth_two.alpha == pytest.approx(0.75)
    assert cronbach_alpha([[2, 1], [0, 3], [1, 1]]) == pytest.approx(2 * (1 - (2 / 3 + 8 / 9) / (2 / 9)))


def test_four_students_by_hand() -> None:
    """Scores 3, 2, 1, 0: variance 5 / 4; p q = 3 / 16, 4 / 16, 3 / 16; 3 / 2 * (1 - (10 / 16) / (5 / 4)) = 3 / 4."""
    found = reliability(score_table(scored(("111", "110", "100", "000"))))

    assert found is not None
    assert found.kr20 == pytest.approx(0.75)
    assert found.error == pytest.approx(sqrt(5 / 4) * sqrt(1 / 4))


def test_the_standard_error_of_a_textbook_test() -> None:
    """Of a deviation of 10 and a reliability of 0.91 it is 3; of scores that are chance it is all of the deviation."""
    assert standard_error(10, 0.91) == pytest.approx(3)
    assert standard_error(10, -0.4) == 10


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(("1", "0"), id="one question"),
        pytest.param(("10", "01"), id="all have the same score"),
        pytest.param(("11",), id="one student"),
    ],
)
def test_what_is_not_defined_is_not_made_up(rows: tuple[str, ...]) -> None:
    found = reliability(score_table(scored(rows)))

    assert found is not None
    assert (found.kr20, found.alpha, found.error) == (None, None, None)


def test_of_nobody_there_are_no_figures() -> None:
    assert reliability(score_table(a_round({"Ann": "--"}))) is None
    assert kr20([]) is None


@pytest.mark.parametrize(("takers", "enough"), [(19, False), (20, True)])
def test_too_few_takers_are_said_to_be_too_few(takers: int, *, enough: bool) -> None:
    found = reliability(score_table(scored(["10", "11"] * (takers // 2) + ["00"] * (takers % 2))))

    assert found is not None
    assert found.says_enough is enough
