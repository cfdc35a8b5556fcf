"""What two readers said of each writer's questions is held beside them, and says that they are good enough."""

from functools import cache
from itertools import product
from pathlib import Path

import pytest

from generation.evaluation.measures import Figure, measure
from generation.evaluation.readings import items_of
from generation.evaluation.result import Result, read_result
from quiz.formats.reading_sheet import Judged, read_reading_sheet

HELD = Path(__file__).parents[3] / "benchmarks" / "quality"
RIGHT = {"offline": 0.9, "answer-first": 0.85, "answer-first-later": 0.85}
"""Of what a writer delivers, the share whose key must be right and the only right one."""
RIGHT_AND_CLEAR, IN_300_WORDS, FEW_FLAWS = 0.9, 3, 0.98
READERS = ("reader-1", "reader-2")


@cache
def result_of(name: str) -> Result:
    return read_result((HELD / f"{name}.json").read_text("utf-8"))


def judged(name: str, reader: str) -> dict[str, Judged]:
    return read_reading_sheet((HELD / f"{name}.{reader}.csv").read_text("utf-8"), items_of(result_of(name)))


def figure_of(name: str, said: str) -> Figure:
    [found] = [figure for figure in measure(result_of(name)) if figure.name == said]
    return found


@pytest.mark.parametrize(("name", "reader"), list(product(RIGHT, READERS)))
def test_a_reader_who_did_not_see_the_keys_gave_enough_of_them(name: str, reader: str) -> None:
    said = judged(name, reader)

    assert said.keys() == {item.mark for item in items_of(result_of(name))}
    assert sum(one.right for one in said.values()) / len(said) >= RIGHT[name]


@pytest.mark.parametrize("reader", READERS)
def test_what_rules_write_is_clear_too(reader: str) -> None:
    said = judged("offline", reader).values()

    assert sum(one.right and one.clear for one in said) / len(said) >= RIGHT_AND_CLEAR


@pytest.mark.parametrize("name", RIGHT)
def test_two_readers_have_judged_them_each_for_itself(name: str) -> None:
    first, second = (judged(name, reader) for reader in READERS)

    assert first.keys() == second.keys()
    assert any((first[mark].clear, first[mark].worth) != (second[mark].clear, second[mark].worth) for mark in first)


@pytest.mark.parametrize("name", [*RIGHT, "whole"])
def test_hardly_any_has_more_than_one_flaw(name: str) -> None:
    value = figure_of(name, "at most one flaw").value

    assert value is not None
    assert value >= FEW_FLAWS


def test_without_a_model_a_source_gives_questions_enough() -> None:
    result = result_of("offline")
    words = sum(quiz.words or 0 for quiz in result.quizzes)

    assert len(result.questions) * 300 / words >= IN_300_WORDS


def test_the_small_model_writes_more_when_rules_pick_the_answer() -> None:
    """Of what was asked for on the same sources, than when it writes the whole question."""
    by_rules, whole = (figure_of(name, "of those asked for").value for name in ("answer-first", "whole"))

    names = [{quiz.name for quiz in result_of(name).quizzes} for name in ("whole", "answer-first")]
    assert names[0] <= names[1]
    assert by_rules is not None
    assert whole is not None
    assert by_rules > whole


def test_a_solver_knows_more_with_the_source_before_it() -> None:
    with_source, without = (figure_of("solver", f"{how} the source").value for how in ("with", "without"))

    assert with_source is not None
    assert without is not None
    assert with_source > without
