"""A sheet to fill in, with an example of each kind of question."""

from quiz.formats.csv_file import csv_of
from quiz.formats.rows import header
from quiz.formats.xlsx_file import workbook_of

TITLE = "quiz"
EXAMPLES = (
    (
        "Which planet is nearest to the Sun?",
        "single",
        "Venus",
        "Mercury",
        "Earth",
        "Mars",
        "2",
        "Mercury needs 88 days.",
    ),
    ("Which of these are prime numbers?", "multiple", "2", "4", "7", "9", "1,3", "4 = 2 · 2, 9 = 3 · 3."),
    ("Sound travels faster in water than in air.", "truefalse", "", "", "", "", "true", "About four times as fast."),
)


def template_csv() -> bytes:
    """The header and the examples, in UTF-8 with its mark."""
    return csv_of(_rows())


def template_xlsx() -> bytes:
    """The same as a spreadsheet. Raises `quiz.formats.exported.NotInstalled`."""
    return workbook_of(TITLE, _rows())


def _rows() -> list[list[str]]:
    names = header(4)
    return [names, *([*cells, *[""] * (len(names) - len(cells))] for cells in EXAMPLES)]
