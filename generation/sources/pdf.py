"""A PDF, placed by its pages: what its lines are, from where they stand and how they look."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median

from generation.sources.blocks import Block, Contents, Found, Heading, Table, list_item
from generation.sources.lines import as_one, heading_level, item_of, may_be_heading
from generation.sources.page_furniture import without_furniture
from generation.sources.passages import MOST_LETTERS
from generation.sources.pdf_lines import Line, Page, open_pdf, pages_of
from quiz.material import PassageKind, PlaceKind

BIGGER = 1.12
"""A heading's letters, at least, beside those of the text."""
STEPS = (1.6, 1.3)
"""How much bigger those of headings of level 1 and 2 are."""
SAME_SIZE = 0.1
NEXT_LINE = 1.45
"""Usual distances of lines: farther away another paragraph begins."""
USUAL_DISTANCE = 1.2
"""In heights of a line, where nothing else is known."""
INDENT = 0.8
SHORT = 0.88
"""A line that ends before this share of the width ends a paragraph, if it ends a sentence."""
MOST_LINES_OF_HEADING = 3
NEAR = 40
"""Lines before and after one that say how wide its column is."""
MOST_ROWS = 200
FEWEST_ROWS = 3
FEWEST_ROWS_OF_MANY = 2
MANY_CELLS = 3
MOST_WORDS_OF_CELL = 5
FEW_LETTERS = 25
"""A page that is a picture has fewer of its own."""
CERTAIN = re.compile(r"§|\d+\.\d|[^\W\d_]{4,}\s")
"""How a number begins that only headings have, `2.1` or `Chapter 2`."""
LEADERS = re.compile(r"(?:\.\s?){5,}")
"""In a table of contents."""
ENDS = tuple(".!?…:;»”\"')]؟۔")

LATIN_1 = {code: bytes([code]).decode("cp1251") for code in range(0xC0, 0x100)}
"""What Cyrillic letters look like in a PDF that does not say what its letters are."""
MISREAD = 0.5


def read(data: bytes) -> Contents:
    """Its text without running heads and page numbers; not what stands in pictures, but which pages are pictures.

    Of more than 1000 pages, or of pages that take long, the first are taken.
    """
    document = open_pdf(data)
    contents = Contents(PlaceKind.PAGE, ())
    pages = list(pages_of(document, MOST_LETTERS))
    contents.whole = len(pages) == len(document) and all(page.whole for page in pages)
    title = document.get_metadata_value("Title") if pages else ""
    contents.title = title if len(title.split()) > 1 and "." not in title else ""
    own = [_read_right(page) for page in without_furniture(pages)]
    contents.pictured = tuple(page.number for page in own if page.pictured and page.letters < FEW_LETTERS)
    contents.found = _found(own)
    return contents


def _read_right(page: Page) -> Page:
    """The page in Cyrillic, if most of its letters are those that Cyrillic ones are taken for."""
    letters = Counter(one for line in page.lines for one in line.text if one.isalpha())
    misread = sum(times for one, times in letters.items() if ord(one) in LATIN_1)
    if misread <= MISREAD * letters.total():
        return page
    for place, line in enumerate(page.lines):
        cells = tuple(cell.translate(LATIN_1) for cell in line.cells)
        page.lines[place] = Line(line.text.translate(LATIN_1), cells, *line_shape(line))
    return page


def line_shape(line: Line) -> tuple[float, float, float, float, float, bool, bool]:
    """All of a line but its words."""
    return line.left, line.right, line.base, line.end_base, line.height, line.bold, line.fixed


@dataclass(slots=True)
class _Usual:
    """What most lines of a document are like."""

    height: float
    distance: float


def _usual(pages: Sequence[Page]) -> _Usual:
    heights: Counter[float] = Counter()
    distances: list[float] = []
    for page in pages:
        for line, after in zip_longest(page.lines, page.lines[1:]):
            heights[round(line.height * 2) / 2] += len(line.text)
            if after and abs(after.height - line.height) < SAME_SIZE * line.height and line.end_base > after.base:
                distances.append((line.end_base - after.base) / line.height)
    height = max(heights, key=lambda one: heights[one], default=10.0)
    return _Usual(height, min(median(distances), 2.5) if distances else USUAL_DISTANCE)


def _found(pages: Sequence[Page]) -> Iterator[Found]:
    """A paragraph that goes on over the end of a page is one, on the page it begins."""
    usual = _usual(pages)
    open_end: Block | None = None
    for page in pages:
        for one in _of_page(page, usual):
            if open_end:
                goes_on = isinstance(one, Block) and one.kind is PassageKind.PROSE and _goes_on(open_end, one)
                if goes_on:
                    open_end = Block(PassageKind.PROSE, as_one([open_end.text, one.text]), open_end.number)
                    continue
                yield open_end
                open_end = None
            if isinstance(one, Block) and one.kind is PassageKind.PROSE:
                open_end = one
            else:
                yield one
    if open_end:
        yield open_end


def _goes_on(before: Block, after: Block) -> bool:
    return after.text[:1].islower() and not before.text.endswith(ENDS) and after.number <= before.number + 1


def _of_page(page: Page, usual: _Usual) -> Iterator[Found]:
    lines = [line for line in page.lines if not LEADERS.search(line.text)]
    place = 0
    items: list[tuple[float, str]] = []
    while place < len(lines):
        rows = _rows(lines, place)
        fixed = _fixed(lines, place)
        end = place + (rows or fixed or _paragraph(lines, place, usual))
        taken = lines[place:end]
        text = as_one([line.text for line in taken])
        level = 0 if rows or fixed else _level(taken, text, usual)
        item = None if rows or fixed or level else item_of(taken[0].text)
        if items and not item:
            yield _list(items, page.number)
            items = []
        if rows:
            yield from Table(page.number, [list(line.cells) for line in taken]).blocks()
        elif fixed:
            yield Block(PassageKind.CODE, _code(taken), page.number)
        elif item:
            items.append((taken[0].left, as_one([item[1], *(line.text for line in taken[1:])])))
        else:
            yield Heading(text, page.number, level) if level else Block(PassageKind.PROSE, text, page.number)
        place = end
    if items:
        yield _list(items, page.number)


def _list(items: Sequence[tuple[float, str]], number: int) -> Block:
    if len(items) == 1:
        return Block(PassageKind.PROSE, items[0][1], number)
    depths = sorted({round(left / 5) for left, _ in items})
    text = "\n".join(list_item(said, depths.index(round(left / 5))) for left, said in items)
    return Block(PassageKind.LIST, text, number)


def _rows(lines: Sequence[Line], begin: int) -> int:
    """How many lines from here on are rows of one table; 0 where none begins."""
    cells = len(lines[begin].cells)
    if cells < 2 or item_of(lines[begin].text):
        return 0
    end = begin
    while end < min(len(lines), begin + MOST_ROWS) and len(lines[end].cells) == cells:
        end += 1
    rows = end - begin
    words = sum(len(line.text.split()) for line in lines[begin:end])
    enough = FEWEST_ROWS_OF_MANY if cells >= MANY_CELLS else FEWEST_ROWS
    return rows if rows >= enough and words <= rows * cells * MOST_WORDS_OF_CELL else 0


def _fixed(lines: Sequence[Line], begin: int) -> int:
    """How many lines from here on are in letters of equal width."""
    end = begin
    while end < len(lines) and lines[end].fixed:
        end += 1
    return end - begin


def _code(lines: Sequence[Line]) -> str:
    """Lines of code as far to the right as they stood."""
    left = min(line.left for line in lines)
    widths = [
        (line.right - line.left) / len(line.text) for line in lines if len(line.text) > 2 and len(line.cells) == 1
    ]
    width = max(median(widths), 1.0) if widths else 6.0
    return "\n".join(" " * min(round((line.left - left) / width), 40) + line.text for line in lines)


def _paragraph(lines: Sequence[Line], begin: int, usual: _Usual) -> int:
    """How many lines from here on are one paragraph, one heading or one item of a list."""
    end = begin + 1
    near = lines[max(0, begin - NEAR) : begin + NEAR]
    right = max((line.right for line in near if line.left < lines[begin].right), default=lines[begin].right)
    while end < len(lines) and not lines[end].fixed and not _begins(lines, begin, end, right, usual):
        if _rows(lines, end):
            break
        end += 1
    return end - begin


def _begins(lines: Sequence[Line], first: int, place: int, right: float, usual: _Usual) -> bool:
    """Whether a paragraph begins at a line, if the one before it began at `first`."""
    before, line = lines[place - 1], lines[place]
    if abs(line.height - before.height) > SAME_SIZE * max(line.height, before.height):
        return True
    distance = before.end_base - line.base
    if distance < 0:  # the next column
        return before.text.endswith(ENDS) or not line.text[:1].islower()
    if distance > NEXT_LINE * usual.distance * line.height or item_of(line.text):
        return True
    if line.bold != before.bold and all(one.bold == before.bold for one in lines[first:place]) and before.bold:
        return True
    width = right - lines[first].left
    if before.right < lines[first].left + SHORT * width and before.text.endswith(ENDS):
        return True
    # An indented first line; where the first one was an item or hangs out, all others are indented.
    others = lines[place - 1].left if place - first > 1 else min(lines[first].left, line.left)
    return place - first > 1 and line.left - others > INDENT * line.height and before.text.endswith(ENDS)


def _level(lines: Sequence[Line], text: str, usual: _Usual) -> int:
    """How deep a heading is; 0 for what is none: a heading is bigger than the text, or bold, or has a number."""
    if len(lines) > MOST_LINES_OF_HEADING or not may_be_heading(text):
        return 0
    size = min(line.height for line in lines) / usual.height
    numbered = heading_level(text)
    for_certain = numbered and len(lines) == 1 and CERTAIN.match(text)
    if size < BIGGER and not all(line.bold for line in lines) and not for_certain:
        return 0
    return numbered or next((level for level, step in enumerate(STEPS, start=1) if size >= step), len(STEPS) + 1)
