"""The pieces of a material that a focus chooses among: passages, and of a few their paragraphs and sentences."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from generation.word_forms import BEGINNING, are_forms, words_of
from quiz.material import Material, Passage, PassageKind

ENOUGH_OF_THE_BEST = 0.5
"""Pieces that meet the words of a focus half as well as the best one are wanted too."""
FEW = 3
"""Passages, of which parts are chosen where the passages themselves cannot be told apart."""
LINE = re.compile(r"[^\n]+")
SENTENCE = re.compile(r"[^\n]+?(?:[.!?…]+[»”\")]*(?=\s)|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage of a material, by the passage's number."""

    number: int
    passage: Passage
    begin: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.begin : self.end]

    def as_passage(self) -> Passage:
        """The passage, or one that has this stretch alone, in the same place and with the lines that are its own."""
        if (self.begin, self.end) == (0, len(self.passage.text)):
            return self.passage
        first = self.passage.text.count("\n", 0, self.begin)
        return replace(self.passage, text=self.text, lines=self.passage.lines[first:])


def whole(material: Material) -> list[Piece]:
    """Every passage as one piece."""
    return [Piece(number, one, 0, len(one.text)) for number, one in enumerate(material.passages)]


def by_words(pieces: Sequence[Piece], words: Collection[str], language: str) -> list[Piece]:
    """The pieces that have most of some words in any form, rare words counting more; of few that all do, their parts.

    A sentence is chosen with the one behind it, which often goes on about it.
    """
    chosen = _best(pieces, words, language)
    if len(chosen) < len(pieces) or len(pieces) > FEW or not chosen:
        return chosen
    for pattern in (LINE, SENTENCE):
        parts = [part for piece in pieces for part in _parts(piece, pattern)]
        best = _best(parts, words, language)
        if len(best) < len(parts):
            following = best if pattern is LINE else [*best, *_behind(best, parts)]
            return _joined([part for part in parts if part in following])
    return chosen


def fraction(pieces: Sequence[Piece], part: int, of: int) -> list[Piece]:
    """The second of three equal parts of some pieces, or another one; few of them are parted between sentences."""
    parts = [one for piece in pieces for one in _parts(piece, SENTENCE)] if len(pieces) <= FEW else list(pieces)
    starts = [0, *accumulate(len(piece.text) for piece in parts)]
    middles = [(start + end) / 2 for start, end in pairwise(starts)]
    places = [min(of, int(middle * of / max(1, starts[-1])) + 1) for middle in middles]
    return _joined([piece for piece, place in zip(parts, places, strict=True) if place == part])


def without(pieces: Sequence[Piece], others: Sequence[Piece]) -> list[Piece]:
    """What is left of some pieces without others."""
    left: list[Piece] = []
    for piece in pieces:
        begin = piece.begin
        for other in sorted((one for one in others if one.number == piece.number), key=lambda one: one.begin):
            left.append(replace(piece, begin=begin, end=max(begin, other.begin)))
            begin = max(begin, other.end)
        left.append(replace(piece, begin=begin, end=max(begin, piece.end)))
    return [piece for piece in left if words_of(piece.text)]


def _parts(piece: Piece, pattern: re.Pattern[str]) -> Iterator[Piece]:
    """The lines or the sentences of a piece; a table or code is not taken apart."""
    if piece.passage.kind in {PassageKind.TABLE, PassageKind.CODE}:
        yield piece
        return
    for match in pattern.finditer(piece.passage.text, piece.begin, piece.end):
        begin = match.end() - len(match[0].lstrip())
        if match[0].strip():
            yield replace(piece, begin=begin, end=match.end())


def _behind(chosen: Collection[Piece], parts: Sequence[Piece]) -> list[Piece]:
    return [two for one, two in pairwise(parts) if one in chosen and one.number == two.number]


def _joined(parts: Sequence[Piece]) -> list[Piece]:
    """Pieces with nothing but white space between them as one."""
    joined: list[Piece] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.number == part.number and not last.passage.text[last.end : part.begin].strip():
            joined[-1] = replace(last, end=part.end)
        else:
            joined.append(part)
    return joined


def _best(pieces: Sequence[Piece], words: Collection[str], language: str) -> list[Piece]:
    begins = {word[:BEGINNING] for word in words}
    forms: dict[str, frozenset[str]] = {}
    met: list[set[str]] = []
    for piece in pieces:
        here: set[str] = set()
        for word in set(words_of(f"{piece.passage.place.heading} {piece.text}")):
            if word[:BEGINNING] not in begins:
                continue
            if word not in forms:
                forms[word] = frozenset(one for one in words if are_forms(one, word, language))
            here |= forms[word]
        met.append(here)
    having = Counter(word for here in met for word in here)
    worth = {word: math.log(1 + len(pieces) / number) for word, number in having.items()}
    scores = [sum(worth[word] for word in here) for here in met]
    best = max(scores, default=0.0)
    return [piece for piece, score in zip(pieces, scores, strict=True) if score and score >= best * ENOUGH_OF_THE_BEST]
