"""A web page, or a file in HTML: what it is about, without menus, scripts and what is hidden."""

import importlib
import re
from collections.abc import Iterator
from typing import Any, cast

from trafilatura import bare_extraction, html2txt

from generation.sources.blocks import Block, Contents, Found, Heading, Table, list_item
from generation.sources.encodings import SAMPLE, decoded
from generation.sources.lines import numbered
from generation.sources.plain_text import read_text
from generation.sources.refusal import NotConverted, Reason
from generation.sources.scripts import lowered, raised
from generation.sources.unseen_style import hides
from quiz.material import PassageKind, PlaceKind

DECLARED = re.compile(
    rb"<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
HEAD_BYTES = 4096
LEAST_SHARE = 0.1
"""Of all the words of a page: where less was taken for what it is about, all are."""
MAY_HIDE = "//*[@style or @hidden or @aria-hidden or self::template or self::dialog]"
PILCROW = re.compile(r"\s*[¶#]\s*$")
"""What many pages put behind a heading, for a link to it."""
html: Any = importlib.import_module("lxml.html")
Element = Any
"""An element of lxml, which has no types."""


def read(data: bytes) -> Contents:
    """What a page is about, placed by its paragraphs.

    Scripts, styles, menus and what is hidden are left out. Where that leaves next to nothing, all of its text is taken.
    """
    tree = _tree(data)
    if tree is None:
        raise NotConverted(Reason.NO_TEXT)
    _prepare(tree)
    title = " ".join((tree.findtext(".//title") or "").split())
    every_word = html2txt(tree)
    article = bare_extraction(tree, fast=True, favor_recall=True, include_comments=False)
    body = cast("Element", getattr(article, "body", None))
    if body is None or len("".join(body.itertext()).split()) < LEAST_SHARE * len(every_word.split()):
        plain = read_text(every_word)
        return Contents(PlaceKind.LINE, plain.found, title)
    return Contents(PlaceKind.PARAGRAPH, _numbered(_blocks(body)), title)


def _tree(data: bytes) -> Element:
    """The page in elements, by the encoding that it declares, unless it is in another one; None for an empty page."""
    try:
        # Whatever is declared: by chance nothing is valid UTF-8.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _declared(data)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return html.document_fromstring((text if text is not None else decoded(data)).encode("utf-8", "replace"), parser)


def _prepare(tree: Element) -> None:
    """Take out what nobody sees, and write what is raised or lowered so that it stays so."""
    for one in filter(_is_hidden, tree.xpath(MAY_HIDE)):
        if one.getparent() is None:
            continue
        # Wikipedia hides the formulas that stand behind its pictures of them.
        formulas = one.findall(".//math")
        if formulas:
            for formula in formulas:
                formula.tail = None
            one[:], one.text = formulas, None
        else:
            one.drop_tree()
    for one in [*tree.iter("sub", "sup")]:
        shown = raised(one.text_content()) if one.tag == "sup" else lowered(one.text_content())
        for part in [*one]:
            one.remove(part)
        one.text = shown
        one.drop_tag()


def _is_hidden(element: Element) -> bool:
    """Whether nobody sees an element, by what it says of itself."""
    if element.tag in {"template", "dialog"}:
        return element.get("open") is None
    said = element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true"
    return said or hides(element.get("style", ""))


def _declared(data: bytes) -> str | None:
    match = DECLARED.search(data[:HEAD_BYTES])
    if match is None:
        return None
    try:
        encoding = match[1].decode("ascii")
        # It is said of many pages that they are in Latin-1 when they are in that of Windows, which has all of it.
        encoding = (
            "cp1252" if encoding.lower() in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"} else encoding
        )
        data[:SAMPLE].decode(encoding)
        return data.decode(encoding, "replace")
    except (LookupError, UnicodeError, PermissionError):
        # A process that reads strangers' pages may open no encoding that it did not foresee.
        return None


def _numbered(found: Iterator[Found]) -> Iterator[Found]:
    for number, one in enumerate((one for one in found if one.text.strip()), start=1):
        if isinstance(one, Heading):
            yield Heading(one.text, number, one.level)
        else:
            yield Block(one.kind, one.text, number)


def _blocks(element: Element) -> Iterator[Found]:
    """What trafilatura makes of a page, in its few elements."""
    for one in element:
        if one.tag == "head":
            level = one.get("rend", "h2")[1:]
            yield Heading(PILCROW.sub("", _text(one)), 0, int(level) if level.isdigit() else 2)
        elif one.tag == "list":
            items = list(_items(one, 0))
            yield Block(PassageKind.LIST if len(items) > 1 else PassageKind.PROSE, "\n".join(items), 0)
        elif one.tag == "table":
            table = Table(0, [[_text(cell) for cell in row.iter("cell")] for row in one.iter("row")])
            yield from table.blocks()
        elif one.tag == "code":
            yield Block(PassageKind.CODE, _text(one), 0)
        elif one.tag in {"div", "quote", "section", "article"} and any(_is_block(part) for part in one):
            yield Block(PassageKind.PROSE, one.text or "", 0)
            yield from _blocks(one)
        else:
            yield Block(PassageKind.PROSE, _text(one), 0)
        yield Block(PassageKind.PROSE, one.tail or "", 0)


def _is_block(element: Element) -> bool:
    return element.tag in {"head", "list", "table", "p", "div", "quote"}


def _items(element: Element, depth: int) -> Iterator[str]:
    term = ""
    for number, item in enumerate(element.iterchildren("item"), start=1):
        own = " ".join("".join(_words(item, without="list")).split())
        if item.get("rend", "").startswith("dt"):
            term = f"{own}: "
        elif own:
            yield list_item(numbered(str(number) if element.get("rend") == "ol" else "", term + own), depth)
            term = ""
        for nested in item.iterchildren("list"):
            yield from _items(nested, depth + 1)


def _text(element: Element) -> str:
    return "".join(_words(element))


def _words(element: Element, without: str = "") -> Iterator[str]:
    yield element.text or ""
    for one in element:
        if one.tag == "lb":
            yield "\n"
        elif one.tag != without:
            yield from _words(one, without)
        yield one.tail or ""
