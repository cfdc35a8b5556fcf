"""Whether words that are given as evidence stand in a source, and where."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from quiz.material import Evidence, Material

LEAST_WORDS = 3
"""Fewer words are evidence only where they are a whole line of the source."""
DOUBLE_QUOTES = '"«»„“”‟″〝〞＂'
SINGLE_QUOTES = "'‘’‚‛′`´ʼ‹›＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
UNSEEN = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x2070), *range(0xE0000, 0xE0080)))
)
"""Soft hyphens, zero-width characters, marks of direction and tags."""
SAME = str.maketrans(
    dict.fromkeys(DOUBLE_QUOTES, '"')
    | dict.fromkeys(SINGLE_QUOTES, "'")
    | dict.fromkeys(DASHES, "-")
    | dict.fromkeys(UNSEEN, "")
)
HYPHEN = re.compile(r"(?<=[^\W\d_])-(\s*\n\s*)?(?=[^\W\d_])")
"""A hyphen within a word, and the end of the line after it."""
AROUND = re.compile(r'^"+|[.,;:!?"…]+$')
LINE_ENDS = ' \t.,;:!?"•'


def find_evidence(quote: str, material: Material) -> Evidence | None:
    """The words of the source that a quote repeats word for word, and where they stand; None where they do not.

    Kinds of quotes, of dashes and of white space are alike, soft hyphens and hyphens at ends of lines do not count, nor
    do quotation marks around the whole, or with which mark it ends. All else must be the same, capitals too. At least
    three words must agree, or a whole line that is shorter. The first place that fits is taken.
    """
    asked = _comparable(quote)
    for wanted in dict.fromkeys((asked, AROUND.sub("", asked).strip())):
        letters = _without_hyphens(wanted)
        if not letters:
            continue
        few = len(letters.split()) < LEAST_WORDS
        for passage in material.passages:
            if letters not in _without_hyphens(_comparable(passage.text)):
                continue
            for begin, end in _places(_read(wanted), _read(passage.text)):
                if not few or _is_whole_line(passage.text, begin, end):
                    return Evidence(passage.text[begin:end], passage.place_of(begin))
    return None


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(SAME)


def _without_hyphens(comparable: str) -> str:
    """As `_Text.letters`, and much faster."""
    return " ".join(HYPHEN.sub("", comparable).split())


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it is compared: without the hyphens in its words, which are kept apart."""

    letters: str
    origins: list[tuple[int, int]]
    """Where each letter begins and ends in the text as it was written."""
    hyphens: dict[int, bool]
    """The letters, by place, that a hyphen stands before, and whether a line ends there: then it may be no hyphen."""


def _read(text: str) -> _Text:
    pieces = list(_pieces(text))
    comparable = "".join(one for one, _, _ in pieces)
    skipped = {place: match for match in HYPHEN.finditer(comparable) for place in range(*match.span())}
    letters: list[str] = []
    origins: list[tuple[int, int]] = []
    hyphens: dict[int, bool] = {}
    for place, (one, begin, end) in enumerate(pieces):
        if place in skipped:
            hyphens[len(letters)] = bool(skipped[place][1])
        elif not one.isspace():
            letters.append(one)
            origins.append((begin, end))
        elif letters and letters[-1] != " ":
            letters.append(" ")
            origins.append((begin, end))
    return _Text("".join(letters).rstrip(), origins, hyphens)


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """The characters to compare, each with where what it was made of begins and ends."""
    begin = 0
    while begin < len(text):
        end = begin + 1
        while end < len(text) and (unicodedata.combining(text[end]) or text[end] in UNSEEN):
            end += 1
        for one in _comparable(text[begin:end].translate(SAME)):
            yield one, begin, end
        begin = end


def _places(wanted: _Text, text: _Text) -> Iterator[tuple[int, int]]:
    """Where the same whole words stand in the text as it was written."""
    at = text.letters.find(wanted.letters)
    while at >= 0:
        end = at + len(wanted.letters)
        if _begins_word(text.letters, at) and _begins_word(text.letters, end) and _same_hyphens(wanted, text, at):
            yield text.origins[at][0], text.origins[end - 1][1]
        at = text.letters.find(wanted.letters, at + 1)


def _begins_word(letters: str, place: int) -> bool:
    """Whether no word goes on over this place."""
    return not (letters[place - 1 : place].isalnum() and letters[place : place + 1].isalnum())


def _same_hyphens(wanted: _Text, text: _Text, at: int) -> bool:
    for place in range(1, len(wanted.letters)):
        one, other = wanted.hyphens.get(place), text.hyphens.get(at + place)
        if one != other and True not in {one, other}:
            return False
    return True


def _is_whole_line(text: str, begin: int, end: int) -> bool:
    line_begin, line_end = text.rfind("\n", 0, begin) + 1, text.find("\n", end)
    line = text[line_begin : line_end if line_end >= 0 else len(text)]
    return line.strip(LINE_ENDS) == text[begin:end].strip(LINE_ENDS)
