"""The numbers in what somebody wants of a source: digits, Roman numbers and words, alone, in ranges and lists."""

import re
from collections.abc import Iterator
from itertools import pairwise

Number = int | str
"""A whole number, or one with points as it stands: 2.1."""
Span = tuple[Number, Number]
"""From and to."""

LAST = -1
"""Stands for the last number that there is, -2 for the one before it."""
NO_END = 1_000_000
CARDINALS = (
    "one|одн\\w+|один",
    "two|дв(?:а|е|ух)",
    "three|три|тр[её]х",
    "four|четыр\\w+",
    "five|пят(?:ь|и)",
    "six|шест(?:ь|и)",
    "seven|сем(?:ь|и)",
    "eight|вос(?:емь|ьми)",
    "nine|девят(?:ь|и)",
    "ten|десят(?:ь|и)",
    "eleven|одиннадцат(?:ь|и)",
    "twelve|двенадцат(?:ь|и)",
)
ORDINAL_ENDING = "(?:ая|ый|ой|ое|ую|ого|ому|ым|ом|ые|ых)"
ORDINALS = (
    f"first|перв{ORDINAL_ENDING}",
    f"second|втор{ORDINAL_ENDING}",
    "third|трет(?:ья|ий|ье|ью|ьей|ьего|ьему|ьем|ьи|ьих)",
    f"fourth|четв[её]рт{ORDINAL_ENDING}",
    f"fifth|пят{ORDINAL_ENDING}",
    f"sixth|шест{ORDINAL_ENDING}",
    f"seventh|седьм{ORDINAL_ENDING}",
    f"eighth|восьм{ORDINAL_ENDING}",
    f"ninth|девят{ORDINAL_ENDING}",
    f"tenth|десят{ORDINAL_ENDING}",
    f"eleventh|одиннадцат{ORDINAL_ENDING}",
    f"twelfth|двенадцат{ORDINAL_ENDING}",
)
LAST_ONE = "last|final|последн(?:яя|ий|ее|юю|ей|его|ем)"
LAST_BUT_ONE = "penultimate|second[- ](?:to[- ])?last|last but one|предпоследн(?:яя|ий|ее|юю|ей|его|ем)"
ORDINAL = (
    rf"(?:\d{{1,4}}(?:st|nd|rd|th|-?(?:ая|ый|ой|ую|ое|ого|я|й|е|го|ю))|{LAST_BUT_ONE}|{LAST_ONE}|{'|'.join(ORDINALS)})"
)
CARDINAL = rf"(?:\d{{1,4}}|{'|'.join(CARDINALS)})"
NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,3}})*|[ivxlcхі]+\b|(?:{ORDINAL}|{'|'.join(CARDINALS)})(?!\w))"
TO = r"(?:\s*[-–—]\s*|\s+(?:to|through|till|until|по|до)\s+(?:the\s+)?)"
AND = r"(?:\s*(?:,\s*(?:and\s+|и\s+)?|&\s*)|\s+(?:and|и)\s+)(?:the\s+)?"
ROMAN = dict(zip("ivxlcхі", (1, 5, 10, 50, 100, 10, 1), strict=True))
FROM = r"(?:starting\s+(?:from|at|with)|beginning\s+with|начиная\s+со?|с|со)\s+(?:the\s+)?"
AFTER = r"(?:after|после)\s+(?:the\s+)?"
UP_TO = r"(?:up\s+to|until|till|through)\s+(?:the\s+)?"
BEFORE = r"(?:before|до|перед)\s+(?:the\s+)?"
ONWARDS = r"\s+(?:onwards?|to\s+the\s+end|и\s+дальше|и\s+далее|и\s+до\s+конца|до\s+конца)"
ON = r"\s+(?:onwards?|on\b|to\s+the\s+end|и\s+дальше|и\s+далее|и\s+до\s+конца|до\s+конца)"
SINGULAR = (
    r"(?=глав[ауеы]|страниц[ауеы]|слайд[еа]?\b|раздел[еа]?\b|лекци[яюи]|тем[ауеы]|урок[еа]?\b|част[ьи]\b|абзац[еа]?\b)"
)
"""A bare number before a Russian word in the singular is an ordinal: 3 глава."""


def spans_beside(words: str, focus: str) -> tuple[list[tuple[str, Span]], str]:
    """The numbers that stand beside one of these words, each with how it was asked for, and the focus without them.

    `words` is a pattern: "chapters?". Understood are "chapters 2, 4-6", "chapter three", "the last chapter", "first two
    chapters", "from chapter 2 to chapter 4", "after chapter 2", "3-я и 4-я главы", "с третьей по пятую главу".
    """
    spans: list[tuple[str, Span]] = []
    left = focus
    beside = rf"(?:(?:{words})\s*(?:№\s*)?(?P<number>{NUMBER})|(?P<other>{NUMBER})\s+(?:{words}))"
    span = rf"{NUMBER}(?:{TO}(?:(?:{words})\s*)?{NUMBER})?"
    several = rf"{span}(?:{AND}{span})*"
    for pattern, read in (
        (rf"(?P<end>first|last|перв\w+|последн\w+)\s+(?P<number>{CARDINAL})\s+(?:{words})", _few),
        (rf"(?:(?:from|с|со)\s+)?(?P<numbers>{NUMBER}{TO}{NUMBER})\s+(?:{words})", _several),
        (rf"(?:from\s+(?:the\s+)?|{FROM}){beside}{ON}", _onwards),
        (rf"{beside}{ONWARDS}", _onwards),
        (rf"{FROM}{beside}(?!{TO})", _onwards),
        (rf"{AFTER}{beside}", _after),
        (rf"{UP_TO}{beside}", _up_to),
        (rf"{BEFORE}{beside}", _before),
        (rf"(?:(?:from|с|со)\s+)?(?P<word>{words})\s*(?:№\s*|(?:from|со?)\s+)?(?P<numbers>{several})", _several),
        (rf"(?P<numbers>{ORDINAL}(?:{AND}{ORDINAL})*)\s+(?P<word>{words})", _several),
        (rf"(?P<numbers>\d{{1,4}})\s+{SINGULAR}(?P<word>{words})", _several),
    ):
        bounded = re.compile(rf"(?<![\w.-])(?:{pattern})(?!\w)")
        for match in bounded.finditer(left):
            found = list(read(match))
            spans += [(match[0].strip() if len(found) == 1 else asked, one) for asked, one in found]
        left = bounded.sub(" ", left)
    return spans, left


def _few(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    number = as_number(match["number"])
    if isinstance(number, int):
        yield match[0], (1, number) if match["end"].startswith(("f", "перв")) else (-number, LAST)


def _several(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    word = match.groupdict().get("word") or ""
    for span in re.finditer(rf"(?P<low>{NUMBER})(?:{TO}(?:[^\W\d]+\.?\s+)?(?P<high>{NUMBER}))?", match["numbers"]):
        low = as_number(span["low"])
        yield f"{word} {span[0]}".strip(), (low, as_number(span["high"]) if span["high"] else low)


def _onwards(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    yield match[0], (_whole(match), NO_END)


def _after(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    yield match[0], (_whole(match) + 1, NO_END)


def _up_to(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    yield match[0], (1, _whole(match))


def _before(match: re.Match[str]) -> Iterator[tuple[str, Span]]:
    yield match[0], (1, _whole(match) - 1)


def _whole(match: re.Match[str]) -> int:
    number = as_number(match["number"] or match["other"])
    return number if isinstance(number, int) else int(number.partition(".")[0])


def as_number(text: str) -> Number:
    """A whole number, also from Roman letters or a word; a number with points as it stands."""
    written = text.casefold().strip()
    if digits := re.match(r"\d+(?:\.\d+)*", written):
        return digits[0] if "." in digits[0] else int(digits[0])
    if re.fullmatch(LAST_BUT_ONE, written):
        return LAST - 1
    if re.fullmatch(LAST_ONE, written):
        return LAST
    for known in (ORDINALS, CARDINALS):
        found = (place for place, pattern in enumerate(known, 1) if re.fullmatch(pattern, written))
        if number := next(found, None):
            return number
    values = [ROMAN[letter] for letter in written if letter in ROMAN]
    return sum(-one if one < following else one for one, following in pairwise([*values, 0]))


def counted_from(span: Span, last: int) -> Span:
    """A span with whole numbers for "the last" and what else is counted from the end."""
    low, high = (last + 1 + one if isinstance(one, int) and one < 0 else one for one in span)
    return low, high
