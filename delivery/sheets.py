"""Tables as files for a spreadsheet: XLSX, by openpyxl of the extra `sheets`, and CSV.

A workbook of a big class takes a second of CPU time: to be written in a thread.
"""

import csv
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from delivery.tables import Cell, Table
from quiz.formats.cells import guarded

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes a CSV for a file in the encoding of its own country."""
DATES = "yyyy-mm-dd hh:mm"
LONGEST_CELL = 32_767
NARROWEST, WIDEST = 8, 40
ROUNDED = 6
"""Digits after the point: a third has no end."""


def harmless(text: str) -> str:
    """A text as a cell: no formula, and nothing that a file of XML cannot hold."""
    # A private or unknown character may be somebody's sign; a control character or half a pair is nobody's.
    line = "".join(
        " " if one.isspace() else one for one in text if unicodedata.category(one) not in {"Cc", "Cs"} or one.isspace()
    )
    return guarded(line[: LONGEST_CELL - 1])


def csv_of(table: Table) -> bytes:
    """A table as CSV: UTF-8 with its mark, commas, numbers with a point, times as 2026-11-30 09:15."""
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(map(harmless, table.head))
    writer.writerows([_written(value) for value in row] for row in table.rows)
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def xlsx_of(tables: Sequence[Table]) -> bytes:
    """Tables as a workbook, a sheet each: numbers are numbers, times are times, and no text is a formula.

    Raises `ModuleNotFoundError` without the extra `sheets`.
    """
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    for table in tables:
        _fill(book.create_sheet(table.name), table)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: "Worksheet", table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, text in enumerate(table.head, start=1):
        cell = sheet.cell(1, column, harmless(text))
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row, start=1):
            shown = harmless(value) if isinstance(value, str) else _rounded(value)
            cell = sheet.cell(number, column, shown)
            if isinstance(value, datetime):
                cell.number_format = DATES
    for column in range(1, len(table.head) + 1):
        values = [row[column - 1] for row in table.rows if column <= len(row)]
        width = max((len(_written(value)) for value in values), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 2, NARROWEST), WIDEST)
    sheet.freeze_panes = "A2"


def _written(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return harmless(value)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case _:
            return f"{_rounded(value)}"


def _rounded(value: float | datetime | None) -> float | datetime | None:
    """A number without digits that are noise; a whole one without a point."""
    if isinstance(value, float):
        rounded = round(value, ROUNDED)
        return int(rounded) if rounded.is_integer() else rounded
    return value
