"""What a reader of one kind of source finds: headings, paragraphs, lists, tables, code, in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from quiz.material import PassageKind, PlaceKind

DEEPEST = 6
"""Levels of headings, and of lists within lists; what lies deeper counts as this deep."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the outermost."""

    text: str
    number: int
    level: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a whole list, table or piece of code; `number` says on which page, slide or line it begins.

    `lines` says that of each line of its text, where it is known; `under` is a heading that it alone stands under.
    """

    kind: PassageKind
    text: str
    number: int
    lines: tuple[int, ...] = ()
    under: str = ""


Found = Heading | Block


@dataclass(slots=True)
class Contents:
    """What a source says of itself, and all that it contains, found while it is gone through.

    `whole` is for certain only when `found` has been gone through. `pictured` are the numbers of pages that
    are pictures.
    """

    counted_in: PlaceKind
    found: Iterable[Found]
    title: str = ""
    whole: bool = True
    pictured: tuple[int, ...] = ()


@dataclass(slots=True)
class Table:
    """A table that is being read: rows of cells, as they came, and where each begins, where that is known."""

    number: int
    rows: list[list[str]] = field(default_factory=list[list[str]])
    lines: list[int] = field(default_factory=list[int])

    def blocks(self) -> Iterator[Block]:
        """The table as a block, without rows and columns that have nothing in them; one column is a list."""
        rows = [[" ".join(cell.split()) for cell in row] for row in self.rows]
        numbers = tuple(number for number, row in zip(self.lines, rows, strict=False) if any(row))
        rows = [row for row in rows if any(row)]
        width = max((len(row) for row in rows), default=0)
        kept = [at for at in range(width) if any(row[at : at + 1] not in ([], [""]) for row in rows)]
        if not kept:
            return
        kind = PassageKind.TABLE if len(kept) > 1 and len(rows) > 1 else PassageKind.LIST
        parted = "\t" if kind is PassageKind.TABLE else " "
        lines = (parted.join(row[at] if at < len(row) else "" for at in kept).rstrip(" ") for row in rows)
        yield Block(kind, "\n".join(lines), self.number, numbers)


def list_item(text: str, depth: int) -> str:
    """A line of a list; `depth` 0 is the outermost."""
    return "  " * min(depth, DEEPEST - 1) + " ".join(text.split())
