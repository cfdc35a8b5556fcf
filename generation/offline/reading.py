"""From a material to what can be asked about: sentences, items of lists, rows of tables, each with its own words."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from generation.offline.grammar import Grammar
from quiz.material import UNDER, Evidence, Material, Passage, PassageKind

BULLET = re.compile(r"\s*(?:[-–—•*·▪◦‣]\s+|\(?\d{1,3}(?:\.\d{1,3})*[.)]\s+|\(?[a-zа-я][.)]\s+)")
"""A mark or a number before an item or a paragraph."""
HEAD = re.compile(r"\s*(?:\s[—–-]\s|:\s)\s*")
"""What parts the head of an item from what is said of it."""
MARKS = re.compile(r"\*\*|__|`")
"""Of bold type and code, in Markdown."""
ENDS = (".", "!", "?", "…", ":", ";")
CLOSES = re.compile(r"(?:[тидп]\.\s?[дпр]|др|пр)\.\s+$")
MAY_CLOSE_A_SENTENCE = re.compile(r"(?<![А-ЯЁA-Z.])(?:и т\. ?д|и т\. ?п|\b[а-яё²³/]{1,4})\.\s+(?=[«А-ЯЁ])")
"""An abbreviation and a capital letter: a splitter takes that for the middle of a sentence, and it may be its end."""
SHORT_LINE = 0.6
"""Of the longest line: a shorter one that ends without a mark is a heading or an item."""
LONGEST_HEAD = 5
LONGEST_INTRODUCTION = 6
"""Words."""
FEWEST_ITEMS = 3
NESTED = "  "
"""Before an item of a list within a list."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence on one line, as it stands in its passage, and those before it under its heading."""

    text: str
    quote: str
    passage: int
    at: int
    context: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: all of it, as it stands; its head and its body where it has both."""

    text: str
    quote: str
    head: str
    body: str


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list with what stands above it: its heading or the line that introduces it."""

    items: tuple[Item, ...]
    title: str
    context: str
    passage: int
    numbered: bool


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: the names of its columns, and its rows as cells, each beside the row as it stands."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], str], ...]
    context: str
    passage: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a material holds for the rules."""

    material: Material
    sentences: tuple[Sentence, ...]
    lists: tuple[ListBlock, ...]
    tables: tuple[TableBlock, ...]

    def evidence(self, passage: int, quote: str) -> Evidence:
        """The evidence that a quotation from a passage is."""
        source = self.material.passages[passage]
        # An item or a row may be a word that stands in others too.
        whole = re.search(rf"^(?:{BULLET.pattern})?\s*(?P<quote>{re.escape(quote)})$", source.text, re.MULTILINE)
        return Evidence(quote, source.place_of(whole.start("quote") if whole else source.text.index(quote)))


def read(material: Material, grammar: Grammar) -> Reading:
    """Read a material; every `quote` is a stretch of its passage, character by character."""
    sentences: list[Sentence] = []
    lists: list[ListBlock] = []
    tables: list[TableBlock] = []
    earlier: list[str] = []
    for number, passage in enumerate(material.passages):
        context = passage.place.heading.rpartition(UNDER)[2].strip()
        if number and material.passages[number - 1].place.heading != passage.place.heading:
            earlier = []
        if passage.kind is PassageKind.TABLE:
            tables += _table(passage, number, context)
        elif passage.kind is PassageKind.LIST:
            introduction, outermost, lines = _lines_of_list(passage.text, grammar)
            lists.append(_list(outermost, number, context, introduction))
            for line in lines:
                sentences += _sentences(line, passage.text, number, context, grammar, earlier)
        elif passage.kind is PassageKind.PROSE:
            for start, end in _paragraphs(passage.text):
                sentences += _sentences(passage.text[start:end], passage.text, number, context, grammar, earlier)
    return Reading(material, tuple(sentences), tuple(lists), tuple(tables))


def plain(text: str) -> str:
    """A text on one line, without marks of bold type and code."""
    return " ".join(MARKS.sub("", text).split())


def _lines_of_list(text: str, grammar: Grammar) -> tuple[str, list[str], list[str]]:
    """The words that introduce a list where they are few and no broken-off sentence, its outermost items, and all."""
    first, _, rest = text.partition("\n")
    introduced = first.endswith(":") and bool(rest)
    lines = [line for line in (rest if introduced else text).splitlines() if line.strip()]
    outermost = [line.strip() for line in lines if not line.startswith(NESTED)]
    short = introduced and len(first.split()) <= LONGEST_INTRODUCTION
    is_name = short and not grammar.is_broken_off(plain(first))
    return plain(first).rstrip(":") if is_name else "", outermost, [line.strip() for line in lines]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs stand; a line break parts two of them unless a sentence runs on over it."""
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    longest = max((end - start for start, end in lines), default=0)
    begin: int | None = None
    for place, (start, end) in enumerate(lines):
        begin = start if begin is None else begin
        line = text[start:end].strip()
        following = text[slice(*lines[place + 1])].strip() if place + 1 < len(lines) else ""
        blank = place + 1 < len(lines) and text.count("\n", end, lines[place + 1][0]) > 1
        short = len(line) < longest * SHORT_LINE and not line.endswith((*ENDS, ","))
        if not following or blank or BULLET.match(following) or (short and not following[0].islower()):
            yield begin, end
            begin = None


def _sentences(
    block: str, text: str, number: int, context: str, grammar: Grammar, earlier: list[str]
) -> Iterator[Sentence]:
    """The sentences of a paragraph or an item that stands in the text of a passage; they are added to `earlier`."""
    offset = text.index(block)
    if match := BULLET.match(block):
        offset, block = offset + match.end(), block[match.end() :]
    for start, end in _bounds(block, grammar):
        quote = block[start:end].strip()
        if quote:
            at = offset + block.index(quote, start)
            yield Sentence(plain(quote), quote, number, at, context, tuple(earlier))
            earlier.append(plain(quote))


def _bounds(block: str, grammar: Grammar) -> Iterator[tuple[int, int]]:
    begin = 0
    bounds = [(int(bound["end_index"]), str(bound["text"])) for bound in _splitter()(grammar.language, block)]
    for place, (end, _) in enumerate(bounds):
        runs_on = place + 1 < len(bounds) and bounds[place + 1][1].lstrip()[:1].islower()
        if runs_on:
            continue
        for match in MAY_CLOSE_A_SENTENCE.finditer(block, begin, end):
            if CLOSES.search(match[0]) or (
                grammar.has_predicate(block[begin : match.start()]) and grammar.has_predicate(block[match.end() : end])
            ):
                yield begin, match.end()
                begin = match.end()
        yield begin, end
        begin = end


def _splitter() -> Callable[[str, str], list[Mapping[str, Any]]]:
    """What splits a text into sentences: a library without types."""
    module: Any = import_module("sentencex")
    return cast("Callable[[str, str], list[Mapping[str, Any]]]", module.get_sentence_boundaries)


def _list(lines: list[str], number: int, context: str, introduction: str) -> ListBlock:
    numbered = len(lines) >= FEWEST_ITEMS and all(re.match(r"\(?\d{1,3}[.)]\s", line) for line in lines)
    return ListBlock(tuple(map(_item, lines)), introduction or context, context, number, numbered)


def _item(line: str) -> Item:
    match = BULLET.match(line)
    quote = line[match.end() :] if match else line
    text = plain(quote)
    parts = HEAD.split(text, maxsplit=1)
    if len(parts) == 1 or not all(parts) or len(parts[0].split()) > LONGEST_HEAD:
        return Item(text, quote, "", "")
    return Item(text, quote, parts[0], parts[1])


def _table(passage: Passage, number: int, context: str) -> Iterator[TableBlock]:
    lines = [line for line in passage.text.splitlines() if line.strip()]
    cells = [tuple(plain(cell) for cell in line.split("\t")) for line in lines]
    if len(cells) > FEWEST_ITEMS and len({len(row) for row in cells}) == 1 and all(cells[0]):
        yield TableBlock(cells[0], tuple(zip(cells[1:], lines[1:], strict=True)), context, number)
