"""Structure that plain lines have: which are items of lists, which are headings, which belong to one paragraph."""

import re
from collections.abc import Sequence

ITEM = re.compile(r"(\s*)(?:[•‣▪▫■□●○◦⁃∙·*+►➢✓✔\uf0b7\uf0a7]|[-–]|\(?(\d{1,3})[.)]|\(?[a-zа-я]\))\s+(?=\S)")
"""How an item of a list begins, with what it is indented by. A long dash begins what somebody says, not an item."""
NUMBERED = re.compile(
    r"(?:§\s*|(?:chapter|part|section|unit|lecture|lesson|appendix|глава|часть|раздел|параграф|лекция|урок|тема)\s+)?"
    r"(\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6})[.):]?(?:\s|$)",
    re.IGNORECASE,
)
ENDS_OPEN = re.compile(r"[.!?…;:,)\]}»”\"']$")
WORD = re.compile(r"[^\W\d_]{3}|[\u2e80-\u9fff\uac00-\ud7af]")
"""Letters of a word rather than of a formula."""
HYPHENATED = re.compile(r"[^\W\d_][-‐\u00ad]$")
MOST_WORDS_OF_HEADING = 12
NARROWEST, WIDEST = 40, 130
"""Letters of a line in a text that is broken into lines of about the same length."""
NEARLY_FULL = 0.75


def item_of(line: str) -> tuple[int, str] | None:
    """How far an item of a list is indented, and what it says after its mark; None for a line that begins none.

    A number is kept, as `3. `.
    """
    match = ITEM.match(line)
    if match is None:
        return None
    text = line[match.end() :].strip()
    return len(match[1].expandtabs(4)), numbered(match[2] or "", text)


def numbered(number: str, text: str) -> str:
    """An item with its number, where it has one."""
    return f"{number}. {text}" if number else text


def heading_level(line: str) -> int:
    """How deep a heading is by its number: `2.1` and so `Chapter 3` are of levels 2 and 1; 0 without a number."""
    match = NUMBERED.match(line.strip())
    return match[1].count(".") + 1 if match else 0


def may_be_heading(line: str) -> bool:
    """Whether a line that stands by itself looks like a heading: short, with a capital or number, without an end."""
    line = line.strip()
    first = next((one for one in line if one.isalnum()), "")
    if not first or first.islower() or len(line.split()) > MOST_WORDS_OF_HEADING or "\t" in line:
        return False
    return not ENDS_OPEN.search(line) and bool(WORD.search(line))


def joined(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Lines that stand together as paragraphs, each with the place of its first line: broken ones are whole again."""
    width = max(map(len, lines), default=0)
    paragraphs: list[tuple[int, str]] = []
    before = ""
    pieces: list[str] = []
    for place, line in enumerate(map(str.strip, lines)):
        if pieces and _goes_on(before, line, width):
            pieces.append(line)
        else:
            if pieces:
                paragraphs.append((place - len(pieces), _as_one(pieces)))
            pieces = [line]
        before = line
    if pieces:
        paragraphs.append((len(lines) - len(pieces), _as_one(pieces)))
    return paragraphs


def as_one(lines: Sequence[str]) -> str:
    """Lines of one paragraph; a word that was broken at the end of one is whole again."""
    return _as_one([line.strip() for line in lines])


def _as_one(lines: Sequence[str]) -> str:
    parts: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if HYPHENATED.search(line) and after[:1].islower():
            parts.append(line[:-1])
        else:
            parts += (line, " ")
    return "".join(parts).rstrip()


def _goes_on(before: str, after: str, width: int) -> bool:
    if after[:1].islower() or HYPHENATED.search(before):
        return True
    return NARROWEST <= width <= WIDEST and len(before) >= NEARLY_FULL * width
