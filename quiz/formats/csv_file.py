"""Questions in CSV: reading with commas, semicolons, tabs or bars, and writing as spreadsheets open it."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from quiz.formats.cells import guarded, unguarded
from quiz.formats.exported import Exported
from quiz.formats.imported import Imported, Intake
from quiz.formats.rows import FIRST_ROWS, Row, find_header, note_columns, rows_of, take_rows, why_no_header
from quiz.question import Question

NAME = "csv"
DELIMITERS = ",;\t|"
MOST_OF_A_LINE = 100_000
DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_csv(text: str) -> Imported:
    """What comes of a file."""
    intake = Intake(NAME)
    text = _without_endless_lines(text, intake)
    delimiter = delimiter_of(text)
    rows = list(_rows(text, delimiter or ",", intake))
    found = find_header(rows[:FIRST_ROWS])
    if found is None:
        intake.refuse(1, why_no_header(rows))
        return intake.imported()
    header, columns = found
    note_columns(header, columns, intake)
    take_rows([row for row in rows if row.number > header.number], columns, intake)
    return intake.imported()


def delimiter_of(text: str) -> str | None:
    """What stands between the cells; None where no header is known with any."""
    declared = DECLARED.match(text)
    best: tuple[int, str] | None = None
    for delimiter in declared[1] if declared else DELIMITERS:
        beginning = "".join(islice(StringIO(text, newline=""), FIRST_ROWS * 2))
        found = find_header(list(_rows(beginning, delimiter, Intake(NAME)))[:FIRST_ROWS])
        if found:
            known = len(found[1].places) + len(found[1].options)
            best = max(best, (known, delimiter)) if best else (known, delimiter)
    return best[1] if best else None


def _rows(text: str, delimiter: str, intake: Intake) -> Iterator[Row]:
    """The rows with the number of the line that each begins on."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    begun = 1
    try:
        for cells in reader:
            yield Row(begun, [unguarded(cell) for cell in cells])
            begun = reader.line_num + 1
    except csv.Error as error:
        intake.refuse(begun, f"from here on the file cannot be read ({error}): is a quote not closed?")


def _without_endless_lines(text: str, intake: Intake) -> str:
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    for number, line in enumerate(lines):
        if len(line) > MOST_OF_A_LINE:
            intake.refuse(number + 1, f"the line has {len(line)} characters: no question is as long")
            lines[number] = "\n"
    return "".join(lines)


def write_csv(title: str, language: str, questions: Sequence[Question]) -> Exported:
    """A row for each question, in UTF-8 with the mark by which Excel knows it; no cell is taken for a formula."""
    del title, language
    return Exported(csv_of(rows_of(questions)))


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """These rows as a file."""
    written = StringIO(newline="")
    csv.writer(written).writerows([guarded(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")
