"""A table in CSV, whatever its separator, placed by its rows."""

import csv
from collections.abc import Iterator

from generation.sources.blocks import Block, Contents
from generation.sources.encodings import decoded
from quiz.material import PassageKind, PlaceKind

SEPARATORS = ",;\t|"
SAMPLE = 20_000
ROWS_AT_ONCE = 50
"""They are a block, so that each passage is placed near its rows."""
LONGEST_CELL = 1 << 20


def read(data: bytes) -> Contents:
    """A table, the first row its head."""
    return Contents(PlaceKind.SHEET_ROW, _found(decoded(data)))


def _found(text: str) -> Iterator[Block]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        form = csv.Sniffer().sniff(text[:SAMPLE].rpartition("\n")[0] or text[:SAMPLE], SEPARATORS)
    except csv.Error:
        form = csv.excel
    head = ""
    rows: list[str] = []
    first = 0
    # Lines as they are: a cell may hold some.
    for number, row in enumerate(csv.reader(text.splitlines(keepends=True), form), start=1):
        line = "\t".join(" ".join(cell.split()) for cell in row)
        if not line.strip():
            continue
        if not head:
            head = line
            continue
        first = first or number
        rows.append(line)
        if len(rows) == ROWS_AT_ONCE:
            yield Block(PassageKind.TABLE, "\n".join((head, *rows)), first)
            rows, first = [], 0
    if rows or head:
        yield Block(PassageKind.TABLE, "\n".join((head, *rows)), first or 1)
