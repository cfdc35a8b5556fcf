"""Questions in a spreadsheet of Excel's kind: reading and writing. What does it is the extra `formats`."""

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from quiz.formats.columns import RIGHT
from quiz.formats.exported import Exported, NotInstalled
from quiz.formats.imported import Imported, Intake, Refusal
from quiz.formats.rows import FIRST_ROWS, MOST_ROWS, Row, find_header, note_columns, rows_of, take_rows, why_no_header
from quiz.question import Question

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "xlsx"
MOST_COLUMNS = 40
EMPTY_ROWS = 500
"""After so many there is nothing more, whatever the sheet says of its size."""
WHAT = "spreadsheets"
WIDTHS = {"question": 50, "explanation": 40}
WIDTH = 18


def read_xlsx(data: bytes) -> Imported:
    """What comes of the first sheet that has a header; of formulas the value that Excel kept."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        return Imported(NAME, refused=(Refusal(1, f"{NotInstalled(WHAT)}, or save the sheet as CSV"),))
    intake = Intake(NAME)
    try:
        workbook = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        _read_workbook(workbook, intake)
    except Exception as error:  # noqa: BLE001 - openpyxl raises anything about a damaged file, and it is not ours
        intake.refuse(1, f"the spreadsheet is damaged ({type(error).__name__}): save it anew, or as CSV")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if any(name.startswith("xl/media/") for name in archive.namelist()):
            intake.warn(1, "pictures in the sheet are not taken")
    return intake.imported()


def _read_workbook(workbook: Any, intake: Intake) -> None:  # noqa: ANN401 - of openpyxl, whose read-only sheets have no type
    first: list[Row] = []
    others: list[str] = []
    is_read = False
    for sheet in workbook.worksheets:
        rows = list(_rows(sheet))
        found = None if is_read else find_header(rows[:FIRST_ROWS])
        if found is None:
            first = first or rows
            others += [sheet.title] if rows else []
            continue
        header, columns = found
        is_read = True
        note_columns(header, columns, intake)
        below = [row for row in rows if row.number > header.number]
        dates = {columns.places.get(RIGHT, -1), *columns.options}
        _note_dates(sheet, below, dates, intake)
        take_rows(below, columns, intake)
    if not is_read:
        intake.refuse(1, why_no_header(first))
    for title in others if is_read else ():
        intake.warn(1, f"the sheet “{title[:40]}” is not read")


def _rows(sheet: Any) -> Iterator[Row]:  # noqa: ANN401
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + FIRST_ROWS), start=1):
        row = Row(number, [_text(cell) for cell in cells])
        empty = 0 if any(row.cells) else empty + 1
        if empty > EMPTY_ROWS:
            return
        yield row


def _text(cell: Any) -> str:  # noqa: ANN401
    """The value as the sheet shows it."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and "%" in str(cell.number_format):
        return f"{round(value * 100, 6):g}%"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return str(value)


def _note_dates(sheet: Any, rows: Sequence[Row], columns: set[int], intake: Intake) -> None:  # noqa: ANN401
    """Say where a date stands in place of an answer: spreadsheets make one of 1/2."""
    numbers = {row.number for row in rows}
    last = max(numbers, default=0)
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, max_row=last), start=1):
        for place, cell in enumerate(cells):
            if number in numbers and place in columns and isinstance(cell.value, dt.date | dt.time):
                intake.warn(number, f"an answer is a date ({_text(cell)}): the program may have made it of a fraction")


def write_xlsx(title: str, language: str, questions: Sequence[Question]) -> Exported:
    """A sheet with a row for each question; every cell is a text. Raises NotInstalled."""
    del language
    return Exported(workbook_of(title, rows_of(questions)))


def workbook_of(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with these rows, the first of which is the header. Raises NotInstalled."""
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter
    except ImportError:
        raise NotInstalled(WHAT) from None
    workbook = Workbook()
    sheet: Worksheet = workbook.worksheets[0]
    sheet.title = "".join(one for one in title if one not in r"[]:*?/\'")[:31].strip() or "quiz"
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            if text:
                cell: Any = sheet.cell(number, place)
                cell.value = text
                # Else what begins with = is a formula.
                cell.data_type = "s"
                cell.number_format = "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=number == 1)
    for place, name in enumerate(rows[0], start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(name, WIDTH)
    sheet.freeze_panes = "A2"
    saved = BytesIO()
    workbook.save(saved)
    return saved.getvalue()
