"""What readers say of questions whose keys they did not see."""

import pytest

from generation.evaluation.measures import Figure
from generation.evaluation.readings import measure_readings
from quiz.formats.reading_sheet import Judged
from quiz.intervals import Share


def judged(mark: str, answer: str, *, right: bool, clear: bool = True, worth: bool = True) -> Judged:
    return Judged(mark, answer, right, clear, worth, "")


ONE = {
    "q1": judged("q1", "a", right=True),
    "q2": judged("q2", "none", right=False, clear=False),
    "q3": judged("q3", "b", right=True, worth=False),
}
OTHER = {"q1": judged("q1", "a", right=True), "q2": judged("q2", "b", right=True), "q9": judged("q9", "a", right=True)}


def of(figures: list[Figure], group: str, name: str) -> Figure:
    (figure,) = [one for one in figures if (one.group, one.name) == (group, name)]
    return figure


def test_a_readers_verdicts_are_shares_of_what_they_judged() -> None:
    figures = measure_readings({"one": ONE}, 10)

    assert of(figures, "one", "questions judged").value == 3
    assert of(figures, "one", "the key is right, and the only right one").share == Share(2, 3)
    assert of(figures, "one", "clear").share == Share(2, 3)
    assert of(figures, "one", "worth asking").share == Share(2, 3)
    assert of(figures, "one", "right, clear and worth asking").share == Share(1, 3)
    assert all(one.interval for one in figures if one.share)


def test_two_readers_are_compared_on_what_both_judged() -> None:
    figures = measure_readings({"one": ONE, "other": OTHER}, 10)
    group = "Agreement of one and other"

    assert of(figures, group, "same on the answer").share == Share(1, 2)
    # Both say "a" once, and of the other question different things: by chance they agree in a quarter of cases.
    assert of(figures, group, "same on the answer").note == "Cohen's kappa 0.33"
    assert of(figures, group, "same on whether it is worth asking").share == Share(2, 2)
    assert "undefined" in of(figures, group, "same on whether it is worth asking").note


def test_three_readers_make_three_pairs() -> None:
    figures = measure_readings({"a": ONE, "b": OTHER, "c": ONE}, 10)

    groups = [one.group for one in figures if one.name == "same on the answer"]
    assert groups == [f"Agreement of {pair}" for pair in ("a and b", "a and c", "b and c")]
    assert of(figures, "Agreement of a and c", "same on the answer").value == pytest.approx(1)


def test_who_judged_nothing_in_common_are_said_so() -> None:
    figures = measure_readings({"one": {"q3": ONE["q3"]}, "other": OTHER}, 10)

    figure = of(figures, "Agreement of one and other", "same on the answer")
    assert (figure.value, figure.note) == (None, "no question was judged by both")
