"""Blocks of a source are joined to passages that can be understood by themselves."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise, repeat

from generation.invisible import JOINERS, without_invisible
from generation.sources.blocks import DEEPEST, Block, Contents, Found, Heading
from quiz.material import UNDER, Material, Passage, PassageKind, Place, PlaceKind

ENOUGH_WORDS = 60
"""A passage with so many gets no other paragraph."""
MOST_WORDS = 180
LETTERS_OF_A_WORD = 10
"""At most: where words are not parted by spaces, or are no words, letters count."""
MOST_INTRODUCING = 40
"""Words that a list may be introduced by."""
MOST_OF_HEADING = 120
MOST_OF_TITLE = 100

MOST_LETTERS = 2_000_000
MOST_PASSAGES = 10_000
"""Of one source; the rest is left out."""

PAGED = {PlaceKind.PAGE, PlaceKind.SLIDE}
"""Passages end where these do, so that what stands in one is found on its page."""
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
UNSEEN_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
SENTENCE_END = re.compile(r"(?<=[.!?…。！？؟।])[\"'»”’)\]]*\s+(?=[^\W\d_a-zа-яё]|[«“„\"(—–])|(?<=[。！？])")
WORD_CHARACTER = re.compile(r"[^\W_]")


def material_of(contents: Contents, title: str = "") -> Material:
    """The passages of a source, at most `MOST_PASSAGES` and `MOST_LETTERS`; `title` where it has none of its own.

    A passage has 60 to 180 words where the source gives them, of one page and under one heading; a list, a table and
    a piece of code are passages of their own, cut only where they are longer, and a table's head is repeated then.
    Characters that nobody sees are gone. Without any word there are no passages.
    """
    passages: list[Passage] = []
    letters = 0
    whole = True
    for passage in _Joining(contents.counted_in).passages(contents.found):
        letters += len(passage.text)
        if len(passages) >= MOST_PASSAGES or letters > MOST_LETTERS:
            whole = False
            break
        passages.append(passage)
    shown = " ".join(visible(contents.title).split()) or " ".join(visible(title).split())
    return Material(shown[:MOST_OF_TITLE], tuple(passages), whole and contents.whole, contents.pictured)


def visible(text: str) -> str:
    """The text in composed letters, without ligatures and without characters that nobody sees."""
    plain = UNSEEN_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if plain.isascii():
        return plain
    for one, letters in LIGATURES.items():
        plain = plain.replace(one, letters)
    return without_invisible(unicodedata.normalize("NFC", plain), keep=JOINERS)


def words_in(text: str) -> int:
    """About how many words: letters count where words are not parted."""
    return max(len(text.split()), math.ceil(len(text) / LETTERS_OF_A_WORD))


class _Joining:
    """Joins what is found to passages; `waiting` are the paragraphs of the next one."""

    def __init__(self, counted_in: PlaceKind) -> None:
        self._counted_in = counted_in
        self._headings = [""] * DEEPEST
        self._waiting: list[Block] = []

    def passages(self, found: Iterable[Found]) -> Iterator[Passage]:
        """All of them, in order."""
        for one in _cleaned(found):
            if isinstance(one, Heading):
                yield from self._joined()
                level = min(max(one.level, 1), DEEPEST)
                self._headings[level - 1 :] = [one.text[:MOST_OF_HEADING], *[""] * (DEEPEST - level)]
            elif one.kind is PassageKind.PROSE:
                yield from self._paragraph(one)
            else:
                introduced = _introduction(self._waiting) if one.kind is PassageKind.LIST else None
                yield from self._joined()
                for piece in _pieces_of_lines(one, introduced):
                    yield self._passage(piece)
        yield from self._joined()

    def _paragraph(self, paragraph: Block) -> Iterator[Passage]:
        waiting = self._waiting
        if waiting and self._counted_in in PAGED and waiting[0].number != paragraph.number:
            yield from self._joined()
        if waiting and waiting[0].under != paragraph.under:
            yield from self._joined()
        for piece in _pieces_of_prose(paragraph.text):
            so_far = sum(words_in(one.text) for one in waiting)
            if so_far >= ENOUGH_WORDS or so_far + words_in(piece) > MOST_WORDS:
                yield from self._joined()
            waiting.append(replace(paragraph, text=piece))

    def _joined(self) -> Iterator[Passage]:
        if self._waiting:
            text = "\n".join(one.text for one in self._waiting)
            lines = tuple(one.number for one in self._waiting)
            yield self._passage(replace(self._waiting[0], text=text, lines=lines))
            self._waiting.clear()

    def _passage(self, block: Block) -> Passage:
        under = UNDER.join(heading for heading in (*self._headings, block.under) if heading)
        lines = () if set(block.lines) == {block.number} else block.lines
        return Passage(block.text, Place(self._counted_in, block.number, under), block.kind, lines)


def _cleaned(found: Iterable[Found]) -> Iterator[Found]:
    for one in found:
        text = visible(one.text)
        if not WORD_CHARACTER.search(text):
            continue
        if isinstance(one, Heading):
            yield Heading(" ".join(text.split()), one.number, one.level)
        elif one.kind is PassageKind.PROSE:
            yield replace(one, text=" ".join(text.split()))
        else:
            text = text.replace("\u00a0", " ").strip("\n").rstrip()
            yield Block(one.kind, text, one.number, _fitting(one.lines, text))


def _fitting(lines: tuple[int, ...], text: str) -> tuple[int, ...]:
    """The numbers of the lines of a text, unless some of these are gone: then nobody knows which."""
    return lines if len(lines) == text.count("\n") + 1 else ()


def _introduction(waiting: list[Block]) -> Block | None:
    """What introduces a list is taken off the end of the paragraphs before it."""
    if not waiting or not waiting[-1].text.endswith(":"):
        return None
    sentences = _sentences(waiting[-1].text)
    if words_in(sentences[-1]) > MOST_INTRODUCING:
        return None
    last = waiting.pop()
    if sentences[:-1]:
        waiting.append(Block(last.kind, " ".join(sentences[:-1]), last.number))
    return Block(last.kind, sentences[-1], last.number)


def _sentences(text: str) -> list[str]:
    cuts = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    pieces = (text[begin:end].strip() for begin, end in pairwise(cuts))
    return [piece for piece in pieces if piece] or [text]


def _pieces_of_prose(text: str) -> Iterator[str]:
    """A paragraph, cut at ends of sentences into pieces of about the same size where it is too long."""
    words = words_in(text)
    if words <= MOST_WORDS:
        yield text
        return
    aim = words / math.ceil(words / MOST_WORDS)
    piece: list[str] = []
    size = 0
    for part in (part for sentence in _sentences(text) for part in _cut(sentence, " ")):
        more = words_in(part)
        if piece and (size >= aim or size + more > MOST_WORDS):
            yield " ".join(piece)
            piece, size = [], 0
        piece.append(part)
        size += more
    if piece:
        yield " ".join(piece)


def _pieces_of_lines(block: Block, introduced: Block | None) -> Iterator[Block]:
    """A list, a table or code, cut between lines where it is too long; each piece has what introduces or heads it."""
    numbers = block.lines or repeat(block.number)
    lines = [
        Block(block.kind, part, number)
        for line, number in zip(block.text.split("\n"), numbers, strict=False)
        for part in _cut(line, "\t" if "\t" in line else " ")
    ]
    head = introduced
    if block.kind is PassageKind.TABLE:
        head, *lines = lines
        head = head if words_in(head.text) <= MOST_WORDS // 2 else None
    begun = [head] if head else []
    begun_size = words_in(head.text) if head else 0
    piece, size = list(begun), begun_size
    for line in lines:
        more = words_in(line.text)
        if len(piece) > len(begun) and size + more > MOST_WORDS:
            yield _of_lines(piece, block)
            piece, size = list(begun), begun_size
        piece.append(line)
        size += more
    yield _of_lines(piece, block)


def _of_lines(lines: Sequence[Block], block: Block) -> Block:
    text = "\n".join(line.text for line in lines).strip("\n")
    return replace(block, text=text, lines=_fitting(tuple(line.number for line in lines), text))


def _cut(text: str, at: str) -> Iterator[str]:
    """A sentence or line in parts that are short enough, cut at white space where there is any."""
    longest = MOST_WORDS * LETTERS_OF_A_WORD
    begin = 0
    while len(window := text[begin : begin + longest + 1]) > longest or len(window.split()) > MOST_WORDS:
        words = islice(re.finditer(r"\S+", window[:longest]), MOST_WORDS)
        end = max((match.end() for match in words), default=longest)
        # Not within a word, unless it is longer than all that may stand here.
        if end == longest and not window[longest].isspace() and at in window[1:longest]:
            end = window.rindex(at, 1, longest)
        yield window[:end].rstrip()
        begin += end
        while text[begin : begin + 1] == at:
            begin += 1
    if window or not begin:
        yield window
