"""Figures of an evaluation as one reads them, in the terminal and on the page."""

from collections.abc import Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table

from generation.evaluation.measures import Figure

WIDTH = 140
"""Columns where standard output is no terminal."""
NOTHING = "–"


def print_figures(figures: Sequence[Figure], console: Console | None = None) -> None:
    """A table for each group."""
    console = console or Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    for group, of_group in groupby(figures, lambda figure: figure.group):
        table = Table("", "", "95 % interval", "of", "", title=group, title_justify="left", box=box.SIMPLE_HEAD)
        for figure in of_group:
            table.add_row(named(figure), *cells(figure), figure.note)
        console.print(table)


def named(figure: Figure) -> str:
    """What it is a figure of; rules and checks have the names of functions."""
    return figure.name.replace("_", " ")


def cells(figure: Figure) -> tuple[str, str, str]:
    """Value, interval, and of how many."""
    interval = figure.interval
    between = f"{_shown(figure, interval.low)} to {_shown(figure, interval.high)}" if interval else ""
    share = figure.share
    return _shown(figure, figure.value), between, f"{share.hits} of {share.of}" if share and share.of else ""


def _shown(figure: Figure, value: float | None) -> str:
    if value is None:
        return NOTHING
    if figure.share is not None:
        return f"{value:.1%}"
    if figure.unit == "$":
        return f"${value:.4f}"
    number = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
    return f"{number} {figure.unit}".strip()
