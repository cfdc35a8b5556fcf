"""Which passages of a material somebody means who says what of it is wanted."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from generation.word_forms import BEGINNING, are_forms, content_words, words_of
from quiz.material import UNDER, Material, Passage, PassageKind, PlaceKind

Number = int | str
"""A whole number, or one with points as it stands: 2.1."""

ENOUGH_OF_THE_BEST = 0.5
"""Passages that meet the words of a focus half as well as the best one are wanted too."""
MOST_OF_FOCUS = 300

FORMULA = re.compile(r"\$[^$\n]+\$|\\[(\[]|\\(?:frac|sqrt|sum|int)\b|\w\s?[=≈≤≥≠∝]\s?[\w(√∑∫-]|[√∑∫∂]")
ORDINALS = (
    "first|перв(?:ая|ый|ое|ую|ой|ого)",
    "second|втор(?:ая|ой|ое|ую|ого)",
    "third|трет(?:ья|ий|ье|ью|ьей|ьего)",
    "fourth|четв[её]рт(?:ая|ый|ое|ую|ой|ого)",
    "fifth|пят(?:ая|ый|ое|ую|ой|ого)",
    "sixth|шест(?:ая|ой|ое|ую|ого)",
    "seventh|седьм(?:ая|ой|ое|ую|ого)",
    "eighth|восьм(?:ая|ой|ое|ую|ого)",
    "ninth|девят(?:ая|ый|ое|ую|ой|ого)",
    "tenth|десят(?:ая|ый|ое|ую|ой|ого)",
)
CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINAL = rf"(?:\d{{1,4}}(?:st|nd|rd|th|-?(?:ая|ый|ой|ую|ое|ого|я|й|е|го))|{'|'.join(ORDINALS)})"
NUMBER = r"(?:\d{1,4}(?:\.\d{1,3})*|[ivxlc]+\b)"
RANGE = rf"{NUMBER}(?:\s*[-–—]\s*{NUMBER}|\s+(?:to|through|till|until|по|до)\s+{NUMBER})?"
FROM_TO = rf"{NUMBER}\s*[-–—]\s*{NUMBER}"
NUMBERS = rf"{RANGE}(?:\s*(?:,|&|\band\b|\bи\b)\s*(?:и\s|and\s)?{RANGE})*"
BARE_NUMBER = r"(\d{1,4}(?:\.\d{1,3})*|[ivxlc]+(?=[.)]))(?=[\s.):]|$)"
"""How a heading begins that has a number and no word before it."""
PLACES = {
    PlaceKind.PAGE: r"pages?|pp?\.|стр(?:аниц\w*|\.)|с\.",
    PlaceKind.SLIDE: r"slides?|слайд\w*",
    PlaceKind.SHEET_ROW: r"rows?|строк\w*",
    PlaceKind.LINE: r"lines?|строк\w*",
    PlaceKind.PARAGRAPH: r"paragraphs?|абзац\w*",
    PlaceKind.MESSAGE: r"messages?|сообщени\w*",
}
PAGED = {PlaceKind.PAGE, PlaceKind.SLIDE, PlaceKind.MESSAGE}
"""A passage never goes on over the end of one."""
HEADED = (
    r"chapters?|ch\.|глав(?:а|ы|е|у|ой|ам|ами|ах)?\b",
    r"sections?|sec\.|§+|раздел\w*|параграф\w*",
    r"parts?|част(?:ь|и|ью|ей|ям|ях)\b",
    r"lectures?|лекци\w*",
    r"lessons?|урок\w*",
    r"units?|modules?|модул\w*",
    r"topics?|тем(?:а|ы|е|у|ой|ам|ах)?\b",
)
"""What the parts of a source are called; words on one line mean the same."""
KINDS: Sequence[tuple[str, Callable[[Passage], object]]] = (
    (r"formulas?|formulae|equations?|формул\w*|уравнени\w*", lambda passage: FORMULA.search(passage.text)),
    (r"tables?|таблиц\w*", lambda passage: passage.kind is PassageKind.TABLE),
    (r"(?:source |program )?code|listings?|код(?:а|у|ом|е)?|листинг\w*", lambda one: one.kind is PassageKind.CODE),
)
FILLING = frozenset(
    words_of(
        """only just please about questions question quiz ask part parts everything stuff from except focus
        только лишь пожалуйста вопросы вопрос вопросов квиз спроси спрашивай часть части про всё все тест тему тема"""
    )
)


def wanted_passages(material: Material, focus: str, language: str) -> tuple[Passage, ...]:
    """The passages that a focus means, in order; all of them where it is empty or meets none.

    It may name pages, slides or their like ("слайды 3-5", "first 10 pages"), chapters by the numbers of their headings
    ("only chapter 3", "§ 2.1"), formulas, tables or code; its other words mean the passages that have most of them, in
    any form, in themselves or in the headings above. Each of these narrows what is left, or changes nothing where it
    meets none.

    It may take a second for a long material and a first Russian word: call it in a thread.
    """
    chosen = material.passages
    left = " ".join(focus[:MOST_OF_FOCUS].split()).casefold()
    for rule in (_by_place, _by_heading, _by_kind):
        meant, left = rule(chosen, left)
        chosen = meant or chosen
    return _by_words(chosen, left, language) or chosen


def _by_place(passages: Sequence[Passage], focus: str) -> tuple[tuple[Passage, ...], str]:
    """The passages of the pages, slides or lines that a focus names, and the focus without these words."""
    meant: set[Passage] = set()
    left = focus
    for kind, words in PLACES.items():
        counted = [passage for passage in passages if passage.place.kind is kind]
        if not counted:
            continue
        last = max(passage.place.number for passage in counted)
        numbers: list[tuple[Number, Number]] = []
        if few := re.search(rf"\b(first|last|перв\w+|последн\w+)\s+(\d{{1,3}})\s+(?:{words})", left):
            number = int(few[2])
            numbers.append((1, number) if few[1].startswith(("f", "перв")) else (last - number + 1, last))
            left = left.replace(few[0], " ")
        others, left = _numbers_beside(words, left)
        spans = [(low, high) for low, high in (*numbers, *others) if isinstance(low, int) and isinstance(high, int)]
        for passage, (begin, end) in _counted(counted, kind):
            if any(low <= end and begin <= high for low, high in spans):
                meant.add(passage)
    return tuple(passage for passage in passages if passage in meant), left


def _counted(passages: Sequence[Passage], kind: PlaceKind) -> Iterator[tuple[Passage, tuple[int, int]]]:
    """Passages, each with the first and the last page, slide or line that it stands on."""
    ends = [passage.place.number - 1 for passage in passages[1:]]
    for passage, end in zip(passages, [*ends, passages[-1].place.number], strict=True):
        begin = passage.place.number
        yield passage, (begin, begin if kind in PAGED else max(begin, end))


def _by_heading(passages: Sequence[Passage], focus: str) -> tuple[tuple[Passage, ...], str]:
    """The passages under the numbered headings that a focus names, and the focus without these words."""
    meant: set[Passage] = set()
    left = focus
    for words in HEADED:
        numbers, left = _numbers_beside(words, left)
        if not numbers:
            continue
        for pattern in (rf"(?:{words})\s*(?:№\s*)?({NUMBER})", BARE_NUMBER):
            under = {one for one in passages if any(_is_headed(part, pattern, numbers) for part in _headings(one))}
            if under:
                meant |= under
                break
    return tuple(passage for passage in passages if passage in meant), left


def _headings(passage: Passage) -> list[str]:
    return passage.place.heading.casefold().split(UNDER) if passage.place.heading else []


def _is_headed(heading: str, pattern: str, numbers: Iterable[tuple[object, object]]) -> bool:
    match = re.match(pattern, heading.strip(" #*"))
    if not match:
        return False
    number = _as_number(match[1])
    for low, high in numbers:
        if isinstance(low, int) and isinstance(high, int) and low <= int(str(number).split(".", maxsplit=1)[0]) <= high:
            return True
        if low == number or str(number).startswith(f"{low}."):
            return True
    return False


def _by_kind(passages: Sequence[Passage], focus: str) -> tuple[tuple[Passage, ...], str]:
    """The passages with formulas, tables or code that a focus asks for, and the focus without these words."""
    meant: set[Passage] = set()
    left = focus
    for words, is_kind in KINDS:
        if not re.search(rf"\b(?:{words})\b", left):
            continue
        found = {passage for passage in passages if is_kind(passage)}
        if found:
            left = re.sub(rf"\b(?:{words})\b", " ", left)
            meant |= found
    return tuple(passage for passage in passages if passage in meant), left


def _by_words(passages: Sequence[Passage], focus: str, language: str) -> tuple[Passage, ...]:
    """The passages that have most of the words of a focus in any form, rare words counting more."""
    words = {word for word in content_words(focus, language) if word not in FILLING and not word.isdigit()}
    if not words:
        return ()
    begins = {word[:BEGINNING] for word in words}
    forms: dict[str, frozenset[str]] = {}
    met: list[set[str]] = []
    for passage in passages:
        here: set[str] = set()
        for word in set(words_of(f"{passage.place.heading} {passage.text}")):
            if word[:BEGINNING] not in begins:
                continue
            if word not in forms:
                forms[word] = frozenset(one for one in words if are_forms(one, word, language))
            here |= forms[word]
        met.append(here)
    having = Counter(word for here in met for word in here)
    worth = {word: math.log(1 + len(passages) / number) for word, number in having.items()}
    scores = [sum(worth[word] for word in here) for here in met]
    best = max(scores, default=0.0)
    return tuple(
        passage for passage, score in zip(passages, scores, strict=True) if score and score >= best * ENOUGH_OF_THE_BEST
    )


def _numbers_beside(words: str, focus: str) -> tuple[list[tuple[Number, Number]], str]:
    """The numbers that stand beside one of these words, as spans, and the focus without all that."""
    spans: list[tuple[Number, Number]] = []
    left = focus
    for pattern in (
        rf"(?<!\w)(?:{words})\s*(?:№\s*)?(?P<numbers>{NUMBERS}|{ORDINAL}|{'|'.join(CARDINALS)})(?!\w)",
        rf"(?<!\w)(?P<numbers>{FROM_TO}|{ORDINAL})\s+(?:{words})(?!\w)",
    ):
        for match in re.finditer(pattern, left):
            spans += _spans(match["numbers"])
        left = re.sub(pattern, " ", left)
    return spans, left


def _spans(numbers: str) -> Iterator[tuple[Number, Number]]:
    for place, (ordinal, cardinal) in enumerate(zip(ORDINALS, CARDINALS, strict=True), 1):
        if re.fullmatch(f"{ordinal}|{cardinal}", numbers):
            yield place, place
            return
    for match in re.finditer(rf"({NUMBER})(?:\s*(?:[-–—]|\b(?:to|through|till|until|по|до)\b)\s*({NUMBER}))?", numbers):
        low = _as_number(match[1])
        yield low, _as_number(match[2]) if match[2] else low


def _as_number(text: str) -> Number:
    """A whole number, also from Roman letters; a number with points as it stands."""
    if text.isdigit():
        return int(text)
    if "." in text:
        return text
    values = [dict(zip("ivxlc", (1, 5, 10, 50, 100), strict=True))[letter] for letter in text.casefold()]
    return sum(-one if one < following else one for one, following in pairwise([*values, 0]))
