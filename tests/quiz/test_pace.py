"""Which pace of a round so many messages a minute carry."""

import pytest

from quiz.pace import goes_together, least_seconds


@pytest.mark.parametrize(
    ("seconds", "pause", "together"),
    [
        ([20, 20], 5, False),
        ([5], 5, False),
        ([5], 3, False),
        ([5, 60], 2, True),
        ([4], 0, True),
        ([3], 5, None),
        ([60, 3], 60, None),
    ],
)
def test_fifteen_a_minute_carry_a_result_and_a_question_in_eight_seconds_and_both_together_in_four(
    seconds: list[int], pause: int, together: bool | None
) -> None:
    assert goes_together(seconds, pause, calls=15, per=60.0) is together


@pytest.mark.parametrize(("calls", "least"), [(15, 4), (9, 7), (6, 10), (3, 20)])
def test_the_pace_that_can_be_carried_is_said(calls: int, least: int) -> None:
    assert least_seconds(calls, 60.0) == least
    assert goes_together([least], 0, calls, 60.0) is True
    assert goes_together([least - 1], 0, calls, 60.0) is None
