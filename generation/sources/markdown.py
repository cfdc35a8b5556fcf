"""Markdown, with tables and formulas, placed by its lines."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.texmath import texmath_plugin

from generation.sources.blocks import Block, Contents, Found, Heading, Table, list_item
from generation.sources.encodings import decoded
from generation.sources.lines import numbered
from quiz.material import PassageKind, PlaceKind

PARSER = (
    MarkdownIt("commonmark")
    .enable(["table", "strikethrough"])
    .use(front_matter_plugin)
    .use(dollarmath_plugin, allow_space=True, double_inline=True)
    .use(texmath_plugin, delimiters="brackets")
)
CLOSING = {"\\(": "\\)", "\\[": "\\]"}
"""How a formula ends that begins so; others end as they begin."""
FAR = 1000
"""Lines in which a formula is looked for."""
NOT_SEEN = re.compile(r"(?is)<(script|style)\b.*?(</\1\s*>|$)|<!--.*?(-->|$)")
TAG = re.compile(r"<[^<>]*>")


def read(data: bytes) -> Contents:
    """A text in Markdown: HTML in it loses its tags, links their addresses."""
    text = decoded(data)
    return Contents(PlaceKind.LINE, _Reader(PARSER.parse(text), text.splitlines()).found())


class _Reader:
    """Goes through the tokens of a text once."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str]) -> None:
        self._tokens = tokens
        self._lines = lines
        self._line = 1
        self._table: Table | None = None
        self._items: list[tuple[int, str]] = []
        """Items of the list that is being read, from the outermost one on, each with its line."""
        self._depth = 0
        self._number = ""
        """Of the item that begins, in a list with numbers."""

    def found(self) -> Iterator[Found]:
        """What stands in it, in order."""
        heading = 0
        for token in self._tokens:
            if token.map:
                self._line = token.map[0] + 1
            if token.type == "heading_open":
                heading = int(token.tag[1:])
            elif token.type == "heading_close":
                heading = 0
            elif token.type == "inline" and heading:
                yield Heading(_inline(token), self._line, heading)
            elif token.type.startswith(("table", "tr", "th", "td")):
                yield from self._of_table(token)
            elif token.type.endswith(("list_open", "list_close", "list_item_open")):
                yield from self._of_list(token)
            elif token.type == "inline" and self._table:
                self._table.rows[-1][-1] = _inline(token)
            elif token.type == "inline" and self._depth:
                self._item(_inline(token))
            else:
                yield from self._other(token)

    def _of_table(self, token: Token) -> Iterator[Found]:
        if token.type == "table_open":
            self._table = Table(self._line)
        elif token.type == "tr_open" and self._table:
            self._table.rows.append([])
            self._table.lines.append(self._line)
        elif token.type in {"th_open", "td_open"} and self._table:
            self._table.rows[-1].append("")
        elif token.type == "table_close" and self._table:
            yield from self._table.blocks()
            self._table = None

    def _of_list(self, token: Token) -> Iterator[Found]:
        if token.type == "list_item_open":
            self._number = token.info
            return
        self._depth += token.nesting
        if not self._depth:
            yield from self._list()

    def _item(self, text: str) -> None:
        self._items.append((self._line, list_item(numbered(self._number, text), self._depth - 1)))
        self._number = ""

    def _list(self) -> Iterator[Found]:
        if self._items:
            lines, items = zip(*self._items, strict=True)
            yield Block(PassageKind.LIST, "\n".join(items), lines[0], lines)
            self._items = []

    def _other(self, token: Token) -> Iterator[Found]:
        if token.type == "inline":
            yield Block(PassageKind.PROSE, _inline(token), self._line)
        elif token.type in {"fence", "code_block"}:
            # Code within a list parts it.
            yield from self._list()
            yield Block(PassageKind.CODE, token.content, self._line)
        elif token.type == "html_block":
            yield Block(PassageKind.PROSE, TAG.sub(" ", NOT_SEEN.sub(" ", token.content)), self._line)
        elif token.type.startswith("math"):
            self._line = self._line if token.map else self._found_again(token)
            yield Block(PassageKind.PROSE, _formula(token), self._line)

    def _found_again(self, token: Token) -> int:
        """The line of a token that does not say where it stands."""
        first = token.content.strip().partition("\n")[0]
        near = range(self._line, min(self._line + FAR, len(self._lines)))
        return next((place + 1 for place in near if first in self._lines[place]), self._line)


def _inline(token: Token) -> str:
    """The text of a line without its marks; formulas keep theirs."""
    parts: list[str] = []
    for one in token.children or []:
        if one.type.startswith("math"):
            parts.append(_formula(one))
        elif one.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif one.type == "image":
            parts.append(_inline(one))
        elif one.type in {"text", "code_inline", "text_special"}:
            parts.append(one.content)
    return "".join(parts)


def _formula(token: Token) -> str:
    begins = token.markup or "$"
    return f"{begins}{token.content.strip()}{CLOSING.get(begins, begins)}"
