"""Plain text: paragraphs, and what lists, tables, code and headings look like there."""

import re
from collections.abc import Iterator, Sequence

from generation.sources.blocks import Block, Contents, Found, Heading, Table, list_item
from generation.sources.encodings import decoded
from generation.sources.lines import NARROWEST, as_one, heading_level, item_of, joined, may_be_heading
from quiz.material import PassageKind, PlaceKind

FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,}|\*{3,})\s*$")
HASHED = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*)")
"""A heading of Markdown, in a text that has too little of it to be told for that."""
GAP = re.compile(r"\t+| *\| *| {3,}")
CODE_INDENT = ("    ", "\t")
CODE_LETTERS = re.compile(r"[{}()\[\];=<>#]|\b(?:def|class|return|import|if|for|while|print)\b")
FEWEST_ROWS = 2

Numbered = tuple[int, str]


def read(data: bytes) -> Contents:
    """A text in any encoding, placed by its lines."""
    return read_text(decoded(data))


def read_text(text: str) -> Contents:
    """A text, placed by its lines."""
    return Contents(PlaceKind.LINE, _found(text))


def _found(text: str) -> Iterator[Found]:
    pending: Heading | None = None
    """A heading if something follows it that it can head."""
    for chunk in _chunks(text):
        for one in _blocks(chunk):
            if pending:
                heads = not isinstance(one, Heading) or one.level > pending.level > 0
                yield pending if heads else Block(PassageKind.PROSE, pending.text, pending.number)
            pending = one if isinstance(one, Heading) else None
            if not pending:
                yield one
    if pending:
        yield Block(PassageKind.PROSE, pending.text, pending.number)


def _chunks(text: str) -> Iterator[list[Numbered]]:
    """Lines that stand together between empty ones; code between fences is one, whatever is in it."""
    chunk: list[Numbered] = []
    fence = ""
    for number, line in enumerate(re.split(r"\r\n|[\n\r\f\v\u2028\u2029\x85]", text), start=1):
        mark = FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            if chunk:
                yield chunk
            chunk = []
            fence = "" if fence else mark[1]
            if fence:
                chunk.append((number, line))
        elif fence or line.strip():
            chunk.append((number, line))
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _blocks(chunk: Sequence[Numbered]) -> Iterator[Found]:
    number, first = chunk[0]
    lines = [line for _, line in chunk]
    if FENCE.match(first):
        yield Block(PassageKind.CODE, "\n".join(lines[1:]), number)
    elif _is_code(lines):
        yield Block(PassageKind.CODE, "\n".join(lines), number)
    elif (hashed := HASHED.fullmatch(first)) and may_be_heading(hashed[2]):
        yield Heading(hashed[2], number, len(hashed[1]))
        if chunk[1:]:
            yield from _blocks(chunk[1:])
    elif table := _table(chunk):
        yield from table.blocks()
    elif len(lines) > 1 and UNDERLINE.match(lines[1]) and may_be_heading(first):
        yield Heading(first, number, 1 if "=" in lines[1] else 2)
        if chunk[2:]:
            yield from _blocks(chunk[2:])
    elif may_be_heading(first) and (len(lines) == 1 or _heads(first, lines[1])):
        yield Heading(first, number, heading_level(first) or (1 if first.isupper() else 2))
        if chunk[1:]:
            yield from _blocks(chunk[1:])
    else:
        yield from _paragraphs_and_lists(chunk)


def _heads(first: str, second: str) -> bool:
    """Whether a line heads the one that follows it at once: it has a number, and a paragraph begins after it."""
    return bool(heading_level(first)) and len(second) >= NARROWEST and not item_of(second) and second[:1].isupper()


def _is_code(lines: Sequence[str]) -> bool:
    if not all(line.startswith(CODE_INDENT) for line in lines) or any(item_of(line) for line in lines):
        return False
    return 2 * sum(bool(CODE_LETTERS.search(line)) for line in lines) >= len(lines)


def _table(chunk: Sequence[Numbered]) -> Table | None:
    """Lines of the same number of cells, parted by tabs, bars or wide gaps."""
    rows = [GAP.split(line.strip().strip("|").strip()) for _, line in chunk]
    numbers = [number for (number, _), row in zip(chunk, rows, strict=True) if _says_something(row)]
    rows = [row for row in rows if _says_something(row)]
    if len(rows) < FEWEST_ROWS or len(rows[0]) < FEWEST_ROWS or len({len(row) for row in rows}) > 1:
        return None
    return Table(chunk[0][0], rows, numbers)


def _says_something(row: Sequence[str]) -> bool:
    return any(cell.strip("-:+= ") for cell in row)


def _paragraphs_and_lists(chunk: Sequence[Numbered]) -> Iterator[Block]:
    lines: list[Numbered] = []
    items: list[tuple[int, int, list[str]]] = []
    """For each item its line, how far it is indented, and its lines."""
    for number, line in chunk:
        item = item_of(line)
        if item:
            yield from _paragraphs(lines)
            lines = []
            items.append((number, item[0], [item[1]]))
        elif items and _belongs(line, items[-1]):
            items[-1][2].append(line)
        else:
            yield from _list(items)
            items = []
            lines.append((number, line))
    yield from _list(items)
    yield from _paragraphs(lines)


def _belongs(line: str, item: tuple[int, int, list[str]]) -> bool:
    """Whether a line goes on with an item: it is indented more than that, or goes on within a sentence."""
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return indent > item[1] or line.strip()[:1].islower()


def _list(items: Sequence[tuple[int, int, list[str]]]) -> Iterator[Block]:
    if len(items) == 1:
        yield Block(PassageKind.PROSE, as_one(items[0][2]), items[0][0])
    elif items:
        depths = sorted({indent for _, indent, _ in items})
        text = "\n".join(list_item(as_one(lines), depths.index(indent)) for _, indent, lines in items)
        yield Block(PassageKind.LIST, text, items[0][0], tuple(number for number, _, _ in items))


def _paragraphs(lines: Sequence[Numbered]) -> Iterator[Block]:
    for place, paragraph in joined([line for _, line in lines]):
        yield Block(PassageKind.PROSE, paragraph, lines[place][0])
