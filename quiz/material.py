"""What somebody sent for a quiz to be made from: its text in passages that remember where they stood."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

UNDER = " › "
"""Stands between the headings of a place."""


class PlaceKind(StrEnum):
    """What places of a source are counted in."""

    PAGE = "page"
    SLIDE = "slide"
    SHEET_ROW = "row"
    LINE = "line"
    PARAGRAPH = "paragraph"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage begins: page 4, slide 7, line 120; and under which headings.

    `heading` has those of chapter and sections, outermost first, between `UNDER`; it is empty where there is none.
    """

    kind: PlaceKind
    number: int
    heading: str = ""


class PassageKind(StrEnum):
    """What a passage is: only prose and lists are asked about by sentences."""

    PROSE = "prose"
    LIST = "list"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source that can be understood by itself: a paragraph or a few, a list, a table with its head.

    Paragraphs stand one a line. A list has one item a line, two spaces before it for each list that it is nested in;
    what introduces it is a first line that ends in a colon; items that are numbered begin with `3. `. A table has one
    row a line, its cells parted by tabs, the first line its head.

    `lines` has for each line of the text the number of where it begins in the source, counted as the place is; it is
    empty where that is not known, or the same for all.
    """

    text: str
    place: Place
    kind: PassageKind = PassageKind.PROSE
    lines: tuple[int, ...] = ()

    def place_of(self, at: int) -> Place:
        """Where the line begins in the source that this character of the text stands in, as far as that is known."""
        line = self.text.count("\n", 0, at)
        return replace(self.place, number=self.lines[line]) if line < len(self.lines) else self.place

    def has(self, evidence: "Evidence") -> bool:
        """Whether evidence stands in it, in its place."""
        found = re.finditer(re.escape(evidence.quote), self.text)
        return any(self.place_of(match.start()) == evidence.place for match in found)


@dataclass(frozen=True, slots=True)
class Material:
    """One source, or several that were sent together, in order; `title` is a file's name, a page's title, or empty.

    Unless it is `whole`, there was more than was taken: the passages are its beginning. `pictured` are the numbers of
    pages that are pictures, as those of a scan, and were not read.
    """

    title: str
    passages: tuple[Passage, ...]
    whole: bool = True
    pictured: tuple[int, ...] = ()

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(passage.text.split()) for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a source that show an answer to be right, exactly as they stand there, and where."""

    quote: str
    place: Place
