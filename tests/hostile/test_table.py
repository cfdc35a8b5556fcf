"""The tables of the corpus in the documentation name all that is sent, and what becomes of it."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.hostile import bombs, measure, table, unseen, words
from tests.hostile.piece import Piece

DOCS = Path(__file__).parents[2] / "docs" / "material.md"
MEASURED = re.compile(r"\| (.+?) \| [\d.]+ [KM]B \| (.+?) \| [\d.]+ s \| (?:\d+ MB|crashed) \|")
PIECES = [*measure.BENIGN, *words.PIECES, *unseen.PIECES, *bombs.PIECES]


def measured() -> list[tuple[str, str]]:
    """What was measured, and what became of it, as the table says."""
    return [match.groups() for match in MEASURED.finditer(DOCS.read_text("utf-8"))]  # pyright: ignore[reportReturnType]


def fits(piece: Piece, became: str) -> bool:
    """Whether the table says of a piece what its test demands."""
    if became.startswith("refused"):
        return became in {f"refused: `{reason.value}`" for reason in piece.outcomes}
    return became.startswith("the first ") is not piece.whole and (bool(piece.says) or not piece.outcomes)


def test_every_document_of_the_corpus_stands_in_the_table_in_order() -> None:
    assert [title for title, _ in measured()] == [piece.title for piece in PIECES]


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.title)
def test_the_table_says_what_becomes_of_it(piece: Piece) -> None:
    assert fits(piece, dict(measured())[piece.title])


def test_the_other_table_is_the_one_that_is_made() -> None:
    made = [row.shown for row in table.rows()]
    files = {row.file for row in table.rows()}
    held = [
        line for line in DOCS.read_text("utf-8").split("\n") if any(line.endswith(f"| `{file}` |") for file in files)
    ]
    assert held == made


@pytest.mark.parametrize("row", list(table.rows()), ids=lambda row: row.sent)
def test_what_shows_it_is_there(row: table.Row) -> None:
    module = import_module(row.file.removesuffix(".py").replace("/", "."))
    assert callable(getattr(module, row.test, None))
