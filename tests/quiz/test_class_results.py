"""A class is added up over its rounds, whoever was in them."""

import pytest

from quiz.class_results import Pupil, class_results
from tests.results_of_rounds import a_round


def test_a_class_is_added_up_over_its_rounds() -> None:
    first = a_round({"Ann": "aa", "Bob": "ab"})
    second = a_round({"Bob": "aab", "Cem": "---"})
    pupils = [Pupil("Ann", (1, None)), Pupil("Bob", (2, 1)), Pupil("Cem", (None, 2))]

    rows = class_results([first, second], pupils)

    assert [(row.pupil.name, row.attended, row.points, row.mean_points, row.share) for row in rows] == [
        ("Bob", 2, 3, 1.5, 3 / 5),
        ("Ann", 1, 2, 2, 1),
        ("Cem", 0, 0, None, None),
    ]
    assert rows[0].right == 3
    assert [one is not None for one in rows[1].rounds] == [True, False]


def test_a_pupil_needs_a_number_or_none_for_every_round() -> None:
    with pytest.raises(ValueError, match="shorter"):
        class_results([a_round({"Ann": "a"})] * 2, [Pupil("Ann", (1,))])
