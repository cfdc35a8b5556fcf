"""Tables hold who answered what, every figure of item analysis, and times in the group's zone."""

from datetime import datetime

import pytest

from delivery.tables import Cell, Table, answers_table, class_table, tables_of, whole_table
from delivery.words import LANGUAGES
from quiz.class_results import Pupil, class_results
from tests.results_of_rounds import a_round, simulated


def row(table: Table, number: int = 0) -> dict[str, Cell]:
    """Column → cell; no name stands twice."""
    assert len(set(table.head)) == len(table.head)
    return dict(zip(table.head, table.rows[number], strict=True))


def figures_of(table: Table) -> dict[Cell, Cell]:
    """Figure → value."""
    return {cells[0]: cells[1] for cells in table.rows}


def test_each_player_has_a_row_with_what_was_answered() -> None:
    results = a_round({"Ann": "b- ", "Bob": "aab"}, took={"Bob": 2500})

    answers = answers_table(results, "UTC")

    assert row(answers) == {
        "Quiz": "Planets",
        "Began (UTC)": datetime(2026, 11, 30, 0, 53, 20),  # noqa: DTZ001 - a spreadsheet knows no zones
        "Rank": 1,
        "Name": "Bob",
        "Points": 2,
        "Right": 2,
        "Answered": 3,
        "Asked": 3,
        "Attendance": 1,
        "Seconds for right answers": 5,
        "1. Question 1: which planet is it?": "A",
        "1: right": 1,
        "1: seconds": 2.5,
        "2. Question 2: which planet is it?": "A",
        "2: right": 1,
        "2: seconds": 2.5,
        "3. Question 3: which planet is it?": "B",
        "3: right": 0,
        "3: seconds": 2.5,
    }
    assert answers.rows[1][-9:] == ("B", 0, 4, "–", 0, None, None, None, None)


@pytest.mark.parametrize(
    ("zone", "hour"), [("UTC", 0), ("Europe/Berlin", 1), ("Asia/Kolkata", 6), ("America/New_York", 19)]
)
def test_times_are_those_of_the_group(zone: str, hour: int) -> None:
    began = row(answers_table(a_round({"Ann": "a"}), zone))[f"Began ({zone})"]

    assert isinstance(began, datetime)
    assert began.hour == hour
    assert began.tzinfo is None


def test_every_figure_stands_in_the_analysis_with_what_it_stands_on() -> None:
    rows = {f"Student {one}": "aa" if one < 3 else "ab" if one < 7 else "cb" for one in range(10)}

    _answers, analysis, whole = tables_of(a_round(rows), "UTC")

    second = row(analysis, 1)
    assert (second["Players"], second["Right"], second["Facility"], second["In each group"]) == (10, 3, 0.3, 3)
    assert (second["Right in the upper group"], second["Right in the lower group"]) == (3, 0)
    assert second["Discrimination"] == 1
    assert (second["Key"], second["B"], second["B: upper"], second["B: lower"]) == ("A", 7, 0, 3)
    assert second["Point-biserial"] == pytest.approx(0.4286, abs=1e-4)
    assert second["Remarks"] == "Nobody chose C or D."
    figures = figures_of(whole)
    assert figures["Mean of right answers"] == 1
    assert figures["Reliability (KR-20)"] == pytest.approx(2 * (1 - (0.21 + 0.21) / 0.6))
    assert "Figures from so few players say little." in figures


def test_of_nobody_the_figures_stay_empty() -> None:
    figures = figures_of(whole_table(a_round({"Ann": "-"}), "UTC"))

    assert (figures["Joined"], figures["Players"], figures["Reliability (KR-20)"]) == (1, 0, None)


def test_a_class_has_a_column_for_each_round() -> None:
    rounds = [a_round({"Ann": "aa", "Bob": "ab"}), a_round({"Ann": "ab"}, title="Moons")]
    pupils = [Pupil("Ann", (1, 1)), Pupil("Bob", (2, None))]

    table = class_table(rounds, class_results(rounds, pupils), "UTC", "en")

    assert row(table, 1) == {
        "Name": "Bob",
        "Attended": 1,
        "Rounds": 2,
        "Points": 1,
        "Mean per round": 1,
        "Share of right answers": 0.5,
        "2026-11-30 00:53 (UTC) Planets": 1,
        "2026-11-30 00:53 (UTC) Moons": None,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_a_cell_for_every_column(language: str) -> None:
    for table in tables_of(simulated(30, 8, language=language), "Europe/Moscow"):
        assert all(len(cells) == len(table.head) for cells in table.rows)
        assert len(table.name) <= 31, "a sheet's name in Excel"
