"""Cells of tables that no spreadsheet runs as a formula: what is in them may have been put there to be one."""

import re

FORMULA = re.compile(r"[\s'\"]*[=+\-@＝＋－＠\t\r]")
GUARD = "'"


def guarded(cell: str) -> str:
    """The cell, with a sign before it that spreadsheets take for “this is a text” where it could be a formula."""
    return f"{GUARD}{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What was guarded, or typed behind that sign, as it was; any other cell unchanged."""
    return cell[1:] if cell.startswith(GUARD) and FORMULA.match(cell[1:]) else cell
