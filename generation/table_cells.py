"""What the tables of a material say of options: that they are of one kind, and that a row has the most of a column."""

import re
from collections.abc import Sequence
from decimal import Decimal

from generation.offline.figures import NUMBERS, value_of
from generation.request import Draft
from quiz.material import Material, PassageKind

Column = tuple[int, int]
"""The number of a table, and of a column in it."""


class TableCells:
    """The cells of a material's tables."""

    def __init__(self, material: Material) -> None:
        self._columns: dict[str, set[Column]] = {}
        tables = [passage.text for passage in material.passages if passage.kind is PassageKind.TABLE]
        for table, text in enumerate(tables):
            for row in text.splitlines()[1:]:
                for column, cell in enumerate(_cells(row)):
                    self._columns.setdefault(cell, set()).add((table, column))

    def are_of_one_column(self, options: Sequence[str]) -> bool:
        """Whether all options are cells of one column of a table."""
        columns = [self._columns.get(_plain(option), set()) for option in options]
        return bool(columns) and bool(columns[0].intersection(*columns[1:]))


def is_comparison(draft: Draft, language: str) -> bool:
    """Whether its evidence is rows of a table, each option is a cell of a row of its own, and the row of the one right
    option has the highest or the lowest number of these rows in some column."""
    if draft.evidence is None or len(draft.right) != 1:
        return False
    rows = [_cells(line) for line in draft.evidence.quote.splitlines()]
    named = [[row for row in rows if _plain(option) in row] for option in draft.options]
    if any(len(found) != 1 for found in named) or len({tuple(row) for [row] in named}) < len(draft.options):
        return False
    (key,) = draft.right
    return any(_is_extreme(column, key, language) for column in zip(*(row for [row] in named), strict=False))


def _is_extreme(column: Sequence[str], key: int, language: str) -> bool:
    """Whether a cell of a column has its highest or its lowest number, and no other has the same."""
    numbers = [_number(cell, language) for cell in column]
    told = [number for number in numbers if number is not None]
    if len(told) < len(column):
        return False
    return told.count(told[key]) == 1 and told[key] in {max(told), min(told)}


def _number(cell: str, language: str) -> Decimal | None:
    written = "ru" if language == "ru" else "en"
    found = re.search(NUMBERS[written], cell)
    return value_of(found[0], written) * (-1 if cell[: found.start()].endswith(("-", "−")) else 1) if found else None


def _cells(row: str) -> list[str]:
    return [_plain(cell) for cell in row.split("\t")]


def _plain(cell: str) -> str:
    return " ".join(cell.split()).casefold()
