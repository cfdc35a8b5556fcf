"""A document of Word (.docx), placed by its pages where Word has noted them, else by its paragraphs."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE

from generation.sources.blocks import Block, Contents, Found, Heading, Table, list_item
from generation.sources.office_text import child, local, text_of, value
from generation.sources.word_styles import Styles
from quiz.material import PassageKind, PlaceKind

Element = Any
"""An element of lxml, which has no types."""
LIST_STYLE = re.compile(r"list (?:bullet|number) ([2-5])")
CODE_STYLES = ("code", "source", "preformatted", "листинг")
MONOSPACED = ("courier", "consolas", "menlo", "monaco", "mono", "source code")
MOST_OF_HEADING = 200
"""Letters; a longer paragraph is none, whatever its style."""


def read(data: bytes) -> Contents:
    """Its headings, paragraphs, lists, tables, formulas, text boxes; not notes, nor what is hidden or was deleted."""
    document: Any = docx.Document(BytesIO(data))
    body = document.element.body
    # Where Word broke pages when it last showed the document.
    paged = next(body.iter("{*}lastRenderedPageBreak"), None) is not None
    # Not `document.styles`: where there are none, it reads those of a template, and no file can be read by now.
    styles = next((part for part in document.part.rels.values() if part.reltype == RELATIONSHIP_TYPE.STYLES), None)
    reader = _Reader(Styles([] if styles is None else styles.target_part.element), paged)
    title = str(document.core_properties.title or "")
    # What python-docx calls a document that says nothing of itself.
    title = "" if title == "Word Document" else title
    return Contents(PlaceKind.PAGE if paged else PlaceKind.PARAGRAPH, reader.found(body), title)


class _Reader:
    """Goes through a document once."""

    def __init__(self, styles: Styles, paged: bool) -> None:
        self._styles = styles
        self._paged = paged
        self._number = 1 if paged else 0
        self._items: list[str] = []
        self._items_number = 1
        self._code: list[str] = []

    def found(self, body: Element) -> Iterator[Found]:
        """What stands in it, in order."""
        yield from self._within(body)
        yield from self._ended()

    def _within(self, parent: Element) -> Iterator[Found]:
        for one in parent:
            name = local(one)
            if name == "p":
                yield from self._paragraph(one)
                for box in one.iter("{*}txbxContent"):
                    if not any(local(above) == "Fallback" for above in box.iterancestors()):
                        yield from self._within(box)
            elif name == "tbl":
                yield from self._ended()
                yield from self._table(one)
            elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
                yield from self._within(one)

    def _paragraph(self, paragraph: Element) -> Iterator[Found]:
        number = self._counted(paragraph)
        properties = child(paragraph, "pPr")
        text = text_of(paragraph, self._styles.hides)
        if not text.strip() or self._styles.name(properties).startswith("toc "):
            return
        level = self._level(properties)
        depth = self._depth(properties)
        if level and len(text) <= MOST_OF_HEADING:
            yield from self._ended()
            yield Heading(text, number, level)
        elif depth is not None:
            if not self._items:
                yield from self._ended()
                self._items_number = number
            self._items.append(list_item(text, depth))
        elif self._is_code(paragraph, properties):
            if not self._code:
                yield from self._ended()
                self._items_number = number
            self._code.append(text)
        else:
            yield from self._ended()
            yield Block(PassageKind.PROSE, text, number)

    def _counted(self, paragraph: Element) -> int:
        """Where a paragraph begins; after it the count goes on."""
        if not self._paged:
            self._number += 1
            return self._number
        begins = self._number
        begun = False
        for one in paragraph.iter("{*}lastRenderedPageBreak", "{*}t"):
            if local(one) == "t":
                begun = begun or bool((one.text or "").strip())
            else:
                self._number += 1
                begins = begins if begun else self._number
        return begins

    def _level(self, properties: Element) -> int:
        """How deep a heading is; 0 for what is none."""
        name = self._styles.name(properties)
        if name in {"title", "heading"}:
            return 1
        if name.startswith("heading ") and name[8:].isdigit():
            return int(name[8:])
        outline = value(self._styles.says(properties, "outlineLvl")) if properties is not None else ""
        return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else 0

    def _depth(self, properties: Element) -> int | None:
        """How deep an item of a list is; None for what is none."""
        numbering = self._styles.says(properties, "numPr") if properties is not None else None
        if numbering is None or value(child(numbering, "numId")) == "0":
            return None
        depth = value(child(numbering, "ilvl"))
        if depth.isdigit():
            return int(depth)
        named = LIST_STYLE.fullmatch(self._styles.name(properties))
        return int(named[1]) - 1 if named else 0

    def _is_code(self, paragraph: Element, properties: Element) -> bool:
        if any(word in self._styles.name(properties) for word in CODE_STYLES):
            return True
        fonts = [value(one, "ascii").lower() for one in paragraph.iter("{*}rFonts")]
        runs = sum(1 for one in paragraph.iter("{*}r") if child(one, "t") is not None)
        return 0 < runs <= len(fonts) and all(any(name in font for name in MONOSPACED) for font in fonts)

    def _table(self, table: Element) -> Iterator[Found]:
        rows = [[one for one in row if local(one) == "tc"] for row in table if local(row) == "tr"]
        if len(rows) == 1 and len(rows[0]) == 1:
            # A frame around text, not a table.
            yield from self._within(rows[0][0])
            return
        number = self._number if self._paged else self._number + 1
        cells = [
            [" ".join(text_of(one, self._styles.hides) for one in cell.iter("{*}p")) for cell in row] for row in rows
        ]
        for one in table.iter("{*}p"):
            self._counted(one)
        yield from Table(number, cells).blocks()

    def _ended(self) -> Iterator[Found]:
        """The list, or the code, that ends here."""
        if self._items:
            kind = PassageKind.LIST if len(self._items) > 1 else PassageKind.PROSE
            yield Block(kind, "\n".join(self._items), self._items_number)
        if self._code:
            yield Block(PassageKind.CODE, "\n".join(self._code), self._items_number)
        self._items, self._code = [], []
