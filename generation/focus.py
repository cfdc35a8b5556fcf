"""Which part of a material somebody means who says what of it is wanted, and what of that it has not."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from generation.focus_numbers import NUMBER, ORDINAL, Number, Span, as_number, counted_from, spans_beside
from generation.focus_pieces import Piece, by_words, fraction, whole, without
from generation.word_forms import content_words, words_of
from quiz.material import UNDER, Material, Passage, PassageKind, PlaceKind

MOST_OF_FOCUS = 300

FORMULA = re.compile(r"\$[^$\n]+\$|\\[(\[]|\\(?:frac|sqrt|sum|int)\b|\w\s?[=≈≤≥≠∝]\s?[\w(√∑∫-]|[√∑∫∂]")
BARE_NUMBER = r"(\d{1,4}(?:\.\d{1,3})*|[ivxlc]+(?=[.)]))(?=[\s.):]|$)"
"""How a heading begins that has a number and no word before it."""
PLACES = {
    PlaceKind.PAGE: r"pages?|pp?\.|стр(?:аниц\w*|\.|(?=\s*\d))|с\.",
    PlaceKind.SLIDE: r"slides?|слайд\w*",
    PlaceKind.SHEET_ROW: r"rows?|строк\w*",
    PlaceKind.LINE: r"lines?|строк\w*",
    PlaceKind.PARAGRAPH: r"paragraphs?|абзац\w*",
    PlaceKind.MESSAGE: r"messages?|сообщени\w*",
}
PAGED = {PlaceKind.PAGE, PlaceKind.SLIDE, PlaceKind.MESSAGE}
"""A passage never goes on over the end of one."""
HEADED = (
    r"chapters?|chap\.?|ch(?:\.|(?=\s*\d))|глав(?:а|ы|е|у|ой|ам|ами|ах)?\b|гл\.",
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
HALVES = {2: r"half|halves|половин\w+", 3: r"third|трет\w+", 4: r"quarter|четверт\w+"}
BEGINS = r"(?:^|[,;.!]\s*|\b(?:and|but|then|и|а|но)\s+)(?:please\s+|пожалуйста,?\s+)?"
EXCEPT = re.compile(
    r"\b(?:except(?:\s+for)?|excluding|apart\s+from|other\s+than|but\s+not|(?:everything|all|anything)\s+but"
    r"|кроме|за\s+исключением|исключая|не\s+считая|но\s+не)\s+"
    r"|(?:^|,\s*|\b(?:everything|all|вс[её])\s+)(?:without|not|без|не)\s+"
    rf"|{BEGINS}(?:skip|ignore|omit|exclude|leave\s+out|drop"
    r"|(?:do\s+not|don['’]?t)\s+(?:ask|use|take|include|want|need)(?:\s+me)?(?:\s+(?:any(?:thing)?|questions?))*"
    r"(?:\s+(?:about|on|from))?|no(?:thing)?(?:\s+questions?)?(?:\s+(?:about|on|from))?(?=\s+[^\W\d])"
    r"|пропус(?:ти|кай)\w*|исключи\w*|игнорируй\w*|убери\w*|ничего(?:\s+(?:про|об?|из|по))?"
    r"|не\s+(?:спрашивай\w*|бери\w*|используй\w*|включай\w*|надо|нужно|хочу)(?:\s+вопрос\w*)?(?:\s+(?:про|об?|из|по))?"
    r")\s+"
)
"""What comes before that which is to be left out."""
NOT_WANTED = re.compile(
    r"(?P<what>.+?),?\s+(?:(?:is|are)\s+not\s+needed|not\s+needed|can\s+be\s+skipped|не\s+(?:нужн\w+|надо))[.!]?"
)
"""The same, said behind it."""
COUNTED = re.compile("|".join(rf"(?<!\w)(?:{words})(?!\w)" for words in (*PLACES.values(), *HEADED)))
BARE_NUMBERS = re.compile(r"[\d\s,.–-]+(?:(?:and|и)[\d\s,.–-]+)*")
PRONOUN = re.compile(
    r"\bI\b(?=['’]|\s+(?!(?:and|or|to|of|in|on|from|about|only|please|with|is|the|but|и|или|про)\b)[a-z])"
)
"""“I” that is no number: the part I did not understand."""
FILLING = frozenset(
    words_of(
        """only just please about questions question quiz ask part parts everything stuff from except focus make give
        want need more less hard harder easy easier simple simpler difficult tricky short long main important
        только лишь пожалуйста вопросы вопрос вопросов квиз спроси спрашивай часть части про всё все тест тему тема
        сделай дай хочу нужно больше меньше сложные сложный сложнее трудные лёгкие легкие простые попроще посложнее
        короткие длинные главное важное основное"""
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The part of a material that is wanted: passages, or stretches of a few long ones.

    `missing` is what the material has not, in the words of whoever asked: without it the rest is meant, or all.
    """

    pieces: tuple[Piece, ...]
    missing: tuple[str, ...]
    is_all: bool

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What is wanted, in order; a stretch stands in its passage's place."""
        return tuple(piece.as_passage() for piece in self.pieces)

    def has(self, passage: int, at: int) -> bool:
        """Whether a character of a passage, by its number, is wanted."""
        return any(piece.number == passage and piece.begin <= at < piece.end for piece in self.pieces)


def wanted(material: Material, focus: str, language: str) -> Wanted:
    """The part of a material that a focus means; all of it where the focus is empty or meets nothing.

    It may name pages, slides or their like ("слайды 3-5", "first 10 pages"), chapters by the numbers of their headings
    ("only chapter 3", "§ 2.1", "the last chapter"), formulas, tables or code, halves or thirds; its other words mean
    the passages that have most of them, in any form, in themselves or in the headings above, and of few passages their
    paragraphs or sentences. Each of these narrows what is left, or changes nothing where it meets none. What follows
    "except" is left out.

    It may take a second for a long material and a first Russian word: call it in a thread.
    """
    said = PRONOUN.sub(" ", " ".join(focus[:MOST_OF_FOCUS].split())).casefold()
    asked, excepted = _parted(said)
    everything = whole(material)
    narrowed = _Narrowing(everything, language)
    narrowed.by_all(asked)
    missing, pieces = list(narrowed.missing), narrowed.pieces
    if excepted:
        out = _Narrowing(pieces, language)
        out.by_all(excepted)
        missing += out.missing
        left = without(pieces, out.pieces) if out.met else pieces
        pieces = left or pieces
    return Wanted(tuple(pieces), tuple(missing), is_all=list(pieces) == list(everything))


def _parted(said: str) -> tuple[str, str]:
    """What is wanted, and what is to be left out of it."""
    if behind := NOT_WANTED.fullmatch(said):
        return "", behind["what"]
    marked = EXCEPT.search(said)
    if not marked:
        return said, ""
    asked, excepted = said[: marked.start()], said[marked.end() :]
    counted = COUNTED.findall(asked) if BARE_NUMBERS.fullmatch(excepted) else []
    return asked, f"{counted[-1]} {excepted}" if counted else excepted


class _Narrowing:
    """The pieces that are left, rule by rule, and what no rule found."""

    def __init__(self, pieces: Sequence[Piece], language: str) -> None:
        self.pieces = list(pieces)
        self.missing: list[str] = []
        self.met = False
        self._language = language

    def by_all(self, focus: str) -> None:
        left, parts = _fractions(focus)
        for rule in (self._by_place, self._by_heading, self._by_kind):
            left = rule(left)
        self._by_words(left)
        for part, of in parts:
            self._keep(fraction(self.pieces, part, of))

    def _keep(self, meant: Iterable[Piece]) -> None:
        if kept := list(meant):
            self.pieces, self.met = kept, True

    def _by_place(self, focus: str) -> str:
        """Keep the pages, slides or lines that a focus names; the focus without these words."""
        meant: set[Piece] = set()
        here = {piece.passage.place.kind for piece in self.pieces}
        # What is counted otherwise here comes last: строки are rows of one source, and lines of another.
        for kind in sorted(PLACES, key=lambda one: one not in here):
            spans, focus = spans_beside(PLACES[kind], focus)
            counted = [piece for piece in self.pieces if piece.passage.place.kind is kind]
            last = max((piece.passage.place.number for piece in counted), default=0)
            for asked, span in spans:
                low, high = counted_from(span, last)
                found = {one for one, (begin, end) in _counted(counted, kind) if _meet((low, high), (begin, end))}
                meant |= found
                self.missing += [] if found else [asked]
        self._keep(piece for piece in self.pieces if piece in meant)
        return focus

    def _by_heading(self, focus: str) -> str:
        """Keep what stands under the numbered headings that a focus names; the focus without these words."""
        meant: set[Piece] = set()
        for words in HEADED:
            spans, focus = spans_beside(words, focus)
            numbered = _numbered(self.pieces, words) if spans else []
            last = max((int(str(number).partition(".")[0]) for _, number in numbered), default=0)
            for asked, span in spans:
                found = {piece for piece, number in numbered if _is_in(number, counted_from(span, last))}
                meant |= found
                self.missing += [] if found else [asked]
        self._keep(piece for piece in self.pieces if piece in meant)
        return focus

    def _by_kind(self, focus: str) -> str:
        """Keep the formulas, tables or code that a focus asks for; the focus without these words."""
        meant: set[Piece] = set()
        for words, is_kind in KINDS:
            named = re.search(rf"\b(?:{words})(?!\w)", focus)
            found = {piece for piece in self.pieces if is_kind(piece.passage)} if named else set[Piece]()
            if found:
                focus = re.sub(rf"\b(?:{words})(?!\w)", " ", focus)
                meant |= found
        self._keep(piece for piece in self.pieces if piece in meant)
        return focus

    def _by_words(self, focus: str) -> None:
        """Keep what has most of the words that are left."""
        words = {word for word in content_words(focus, self._language) if word not in FILLING and not word.isdigit()}
        if not words:
            return
        kept = by_words(self.pieces, words, self._language)
        self.missing += [] if kept else [focus.strip(" ,.;:!?")]
        self._keep(kept)


def _fractions(focus: str) -> tuple[str, list[tuple[int, int]]]:
    """The focus without halves, thirds and quarters, and which of how many were named."""
    found: list[tuple[int, int]] = []
    for of, words in HALVES.items():
        pattern = re.compile(rf"(?<!\w)(?P<which>{ORDINAL})\s+(?:{words})(?!\w)")
        for match in pattern.finditer(focus):
            part = as_number(match["which"])
            if isinstance(part, int):
                found.append((of + 1 + part if part < 0 else part, of))
        focus = pattern.sub(" ", focus)
    return focus, [(part, of) for part, of in found if 1 <= part <= of]


def _counted(pieces: Sequence[Piece], kind: PlaceKind) -> Iterator[tuple[Piece, Span]]:
    """Pieces, each with the first and the last page, slide or line that it stands on."""
    numbers = [piece.passage.place.number for piece in pieces]
    ends = [number - 1 for number in numbers[1:]]
    for piece, begin, end in zip(pieces, numbers, [*ends, *numbers[-1:]], strict=True):
        yield piece, (begin, begin if kind in PAGED else max(begin, end))


def _meet(one: Span, other: Span) -> bool:
    (low, high), (begin, end) = one, other
    whole = (low, high, begin, end)
    return all(isinstance(number, int) for number in whole) and int(low) <= int(end) and int(begin) <= int(high)


def _numbered(pieces: Sequence[Piece], words: str) -> list[tuple[Piece, Number]]:
    """Pieces with the number of each heading above them that has one: behind such a word, else at its beginning.

    Where none has, the outermost headings that differ are counted.
    """
    for pattern in (rf"(?:{words})\s*(?:№\s*)?({NUMBER})", rf"({ORDINAL})\s+(?:{words})", BARE_NUMBER):
        found = [
            (piece, as_number(match[1]))
            for piece in pieces
            for heading in _headings(piece)
            if (match := re.match(pattern, heading.strip(" #*")))
        ]
        if found:
            return found
    for depth in range(max((len(_headings(piece)) for piece in pieces), default=0)):
        headings = list(dict.fromkeys(_headings(piece)[depth] for piece in pieces if len(_headings(piece)) > depth))
        if len(headings) > 1:
            numbers = {heading: number for number, heading in enumerate(headings, 1)}
            return [(one, numbers[_headings(one)[depth]]) for one in pieces if len(_headings(one)) > depth]
    return []


def _headings(piece: Piece) -> list[str]:
    heading = piece.passage.place.heading
    return heading.casefold().split(UNDER) if heading else []


def _is_in(number: Number, span: Span) -> bool:
    low, high = span
    if isinstance(low, int) and isinstance(high, int) and low <= int(str(number).partition(".")[0]) <= high:
        return True
    return low == number or str(number).startswith(f"{low}.")
