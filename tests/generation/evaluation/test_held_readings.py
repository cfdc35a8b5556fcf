"""What two readers said of the offline writer's questions is held beside them, and says that they are good enough."""

from pathlib import Path

import pytest

from generation.evaluation.measures import measure
from generation.evaluation.readings import items_of
from generation.evaluation.result import Result, read_result
from quiz.formats.reading_sheet import Judged, read_reading_sheet

HELD = Path(__file__).parents[3] / "benchmarks" / "quality"
RIGHT_AND_CLEAR, IN_300_WORDS, FEW_FLAWS = 0.9, 3, 0.98
"""What the writer must reach."""


@pytest.fixture(scope="module")
def result() -> Result:
    return read_result((HELD / "offline.json").read_text("utf-8"))


def judged(result: Result, reader: Path) -> dict[str, Judged]:
    return read_reading_sheet(reader.read_text("utf-8"), items_of(result))


@pytest.mark.parametrize("reader", sorted(HELD.glob("offline.reader-*.csv")), ids=lambda path: path.stem)
def test_a_reader_found_nine_of_ten_right_and_clear_without_the_key(result: Result, reader: Path) -> None:
    said = judged(result, reader)
    good = [one for one in said.values() if one.right and one.clear]

    assert said.keys() == {item.mark for item in items_of(result)}
    assert len(good) / len(said) >= RIGHT_AND_CLEAR


def test_two_readers_have_judged_them_each_for_itself(result: Result) -> None:
    first, second = (judged(result, path) for path in sorted(HELD.glob("offline.reader-*.csv")))

    assert first.keys() == second.keys()
    assert any(first[mark].worth != second[mark].worth for mark in first)


def test_a_source_gives_questions_enough_and_of_few_flaws(result: Result) -> None:
    words = sum(quiz.words or 0 for quiz in result.quizzes)
    questions = sum(len(quiz.questions) for quiz in result.quizzes)
    [few_flaws] = [figure for figure in measure(result) if figure.name == "at most one flaw"]

    assert questions * 300 / words >= IN_300_WORDS
    assert few_flaws.value is not None
    assert few_flaws.value >= FEW_FLAWS
