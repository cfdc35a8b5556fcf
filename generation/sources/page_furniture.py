"""What stands on every page and belongs to none: running heads, feet, page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generation.sources.pdf_lines import Line, Page

ZONE = 0.12
"""Of the height of a page, at its top and at its bottom."""
LINES_OF_ZONE = 3
FEWEST_PAGES = 3
LEAST_SHARE = 0.25
"""Of all pages: heads of left and right pages are different ones, and a chapter may begin without."""
NUMBERS = re.compile(r"\d{1,4}")
OWN_NUMBER = re.compile(r"^\D{0,3}(\d{1,4})\b|\b(\d{1,4})\D{0,3}$")
ALONE = re.compile(
    r"[-–—\s]*(?:(?:page|p\.|стр\.?|страница|с\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|из)\s*\d{1,4})?[-–—\s]*",
    re.IGNORECASE,
)
"""A page number, and nothing else but what is said with one."""


def without_furniture(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages without lines of their margins that repeat on many of them, numbers apart, or have their number."""
    said: Counter[str] = Counter()
    offsets: Counter[int] = Counter()
    for page in pages:
        zone = list(_zone(page))
        said.update({_same(line) for line in zone})
        offsets.update({number - page.number for line in zone for number in _numbers(line)})
    enough = max(FEWEST_PAGES, LEAST_SHARE * len(pages))
    repeated = {text for text, times in said.items() if times >= enough}
    offset, times = max(offsets.items(), key=lambda one: one[1], default=(0, 0))
    numbered = times >= enough
    for page in pages:
        zone = list(_zone(page))
        dropped = {
            id(line)
            for line in zone
            if _same(line) in repeated
            or ALONE.fullmatch(line.text)
            or (numbered and page.number + offset in _numbers(line))
        }
        yield replace(page, lines=[line for line in page.lines if id(line) not in dropped])


def _zone(page: Page) -> Iterator[Line]:
    by_height = sorted(page.lines, key=lambda line: line.base)
    low = [line for line in by_height[:LINES_OF_ZONE] if line.base < ZONE * page.height]
    high = [line for line in by_height[-LINES_OF_ZONE:] if line.base > (1 - ZONE) * page.height]
    yield from {id(line): line for line in (*low, *high)}.values()


def _same(line: Line) -> str:
    return NUMBERS.sub("#", " ".join(line.text.split()).casefold())


def _numbers(line: Line) -> set[int]:
    """The number that a line begins with, and the one that it ends with."""
    found = OWN_NUMBER.finditer(line.text.strip())
    return {int(match[1] or match[2]) for match in found}
