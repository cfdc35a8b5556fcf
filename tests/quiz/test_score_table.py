"""Who is counted, how those are ordered, and who is in the upper and the lower group."""

import pytest

from quiz.score_table import score_table
from tests.results_of_rounds import a_round, scored


def test_who_answered_nothing_is_not_counted_and_what_others_left_open_is_wrong() -> None:
    table = score_table(a_round({"Ann": "a-", "Bob": "- ", "Cem": "aa", "Dee": " b"}))

    assert [taker.name for taker in table.takers] == ["Cem", "Ann", "Dee"]
    assert table.right == ((True, True), (True, False), (False, False))
    assert table.chosen == ((frozenset("a"), frozenset("a")), (frozenset("a"), None), (None, frozenset("b")))
    assert table.scores == (2, 1, 0)


def test_the_better_come_first_and_of_the_same_score_the_faster() -> None:
    table = score_table(a_round({"Ann": "ab", "Bob": "ab", "Cem": "aa"}, took={"Bob": 1000}))

    assert [taker.name for taker in table.takers] == ["Cem", "Bob", "Ann"]


@pytest.mark.parametrize(
    ("takers", "group"), [(0, 0), (1, 0), (2, 1), (3, 1), (5, 1), (6, 2), (10, 3), (30, 8), (100, 27)]
)
def test_27_of_100_are_in_each_group_and_nobody_in_both(takers: int, group: int) -> None:
    assert score_table(scored(["10"] * takers)).group == group
