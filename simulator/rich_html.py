"""The HTML of rich messages, read into blocks."""

import html.parser
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.rich import RichText, WrongRich

JsonObject = dict[str, Any]

STYLES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "tg-spoiler": "spoiler",
    "mark": "marked",
    "code": "code",
    "sub": "subscript",
    "sup": "superscript",
}
INLINE = {*STYLES, "a", "span", "br", "tg-emoji", "tg-time", "tg-math", "tg-reference"}
HEADINGS = {f"h{size}": size for size in range(1, 7)}
TEXTS = {"p": "paragraph", "footer": "footer", "tg-thinking": "thinking"}
BLOCKS = {*HEADINGS, *TEXTS, "hr", "pre", "blockquote", "aside", "ul", "ol", "table", "details", "tg-math-block", "img"}
PARTS = {"li", "tr", "td", "th", "caption", "summary", "cite", "input", "thead", "tbody"}
VOID = {"br", "hr", "img", "input"}
LINKS = {"mailto:": "email_address", "tel:": "phone_number"}
MEDIA = re.compile(r"tg://(photo|document)\?id=(.+)")

Media = Callable[[str, str], JsonObject]
"""The InputMedia of this kind and id."""


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str]
    inside: "list[_Element | str]" = field(default_factory=list[Any])

    def parts(self, *tags: str) -> "list[_Element]":
        """The elements of these kinds in it, however many rows and bodies stand between."""
        found: list[_Element] = []
        for each in self.inside:
            if isinstance(each, _Element):
                found += [each] if each.tag in tags else each.parts(*tags) if each.tag in {"thead", "tbody"} else []
        return found


class _Reader(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE | BLOCKS | PARTS:
            raise WrongRich(f'Unsupported start tag "{tag}"')
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag != self.open[-1].tag:
            raise WrongRich(f'Unexpected end tag "{tag}"')
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read_rich_html(markup: str, media: Media) -> list[JsonObject]:
    """The blocks that the markup describes, each an InputRichBlock; WrongRich on wrong markup."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    if len(reader.open) > 1:
        raise WrongRich(f'Can\'t find end tag corresponding to start tag "{reader.open[-1].tag}"')
    return _blocks(reader.open[0].inside, media)


def _blocks(inside: "list[_Element | str]", media: Media) -> list[JsonObject]:
    """Blocks, and a paragraph of every run of words between them."""
    blocks: list[JsonObject] = []
    run: list[_Element | str] = []
    for each in [*inside, _Element("", {})]:
        if isinstance(each, str) or each.tag in INLINE:
            run.append(each)
            continue
        text = _tidy(_pieces(run))
        if text:
            blocks.append({"type": "paragraph", "text": text})
        run = []
        if each.tag:
            blocks.append(_block(each, media))
    return blocks


def _block(element: _Element, media: Media) -> JsonObject:
    tag = element.tag
    if tag in TEXTS:
        return {"type": TEXTS[tag], "text": _text(element)}
    if tag in HEADINGS:
        return {"type": "heading", "text": _text(element), "size": HEADINGS[tag]}
    if tag not in READERS:
        raise WrongRich(f'Unexpected tag "{tag}"')
    return READERS[tag](element, media)


def _divider(_element: _Element, _media: Media) -> JsonObject:
    return {"type": "divider"}


def _formula(element: _Element, _media: Media) -> JsonObject:
    return {"type": "mathematical_expression", "expression": _raw(element).strip()}


def _quotation(element: _Element, media: Media) -> JsonObject:
    cites = element.parts("cite")
    credit = {"credit": _text(cites[0])} if cites else {}
    if element.tag == "aside":
        return {"type": "pullquote", "text": _text(element), **credit}
    if "expandable" in element.attributes:
        return {"type": "expandable_blockquote", "text": _text(element), **credit}
    return {"type": "blockquote", "blocks": _blocks(_without(element, "cite"), media), **credit}


def _details(element: _Element, media: Media) -> JsonObject:
    summaries = element.parts("summary")
    details: JsonObject = {
        "type": "details",
        "summary": _text(summaries[0]) if summaries else "",
        "blocks": _blocks(_without(element, "summary"), media),
    }
    return details | ({"is_open": True} if "open" in element.attributes else {})


def _picture(element: _Element, media: Media) -> JsonObject:
    found = MEDIA.fullmatch(element.attributes.get("src", ""))
    if found is None:
        raise WrongRich("the simulator takes pictures as tg://photo?id= and tg://document?id= only")
    return {"type": found[1], found[1]: media(found[1], found[2])}


def _pre(element: _Element, _media: Media) -> JsonObject:
    """Code as it was written; its language is told by the `code` inside."""
    language = ""
    match element.inside:
        case [_Element(tag="code") as code]:
            language = code.attributes.get("class", "").removeprefix("language-")
        case _:
            pass
    block: JsonObject = {"type": "pre", "text": _raw(element).strip("\n")}
    return block | ({"language": language} if language else {})


def _list(element: _Element, media: Media) -> JsonObject:
    items: list[JsonObject] = []
    number = int(element.attributes.get("start", "1"))
    for each in element.parts("li"):
        item: JsonObject = {"blocks": _blocks(_without(each, "input"), media)}
        for box in each.parts("input"):
            item |= {"has_checkbox": True} | ({"is_checked": True} if "checked" in box.attributes else {})
        if element.tag == "ol":
            number = int(each.attributes.get("value", number))
            item |= {"value": number, "type": element.attributes.get("type", "1")}
            number += 1
        items.append(item)
    return {"type": "list", "items": items}


def _table(element: _Element, _media: Media) -> JsonObject:
    rows: list[list[JsonObject]] = []
    for row in element.parts("tr"):
        cells: list[JsonObject] = []
        for each in row.parts("td", "th"):
            given = each.attributes
            cell: JsonObject = {
                "text": _text(each),
                "align": given.get("align", "left"),
                "valign": given.get("valign", "top"),
            }
            cell |= {span: int(given[span]) for span in ("colspan", "rowspan") if span in given}
            cells.append(cell | ({"is_header": True} if each.tag == "th" else {}))
        rows.append(cells)
    table: JsonObject = {"type": "table", "cells": rows}
    table |= {f"is_{look}": True for look in ("bordered", "striped", "compact") if look in element.attributes}
    for caption in element.parts("caption"):
        table["caption"] = _text(caption)
    return table


READERS: dict[str, Callable[[_Element, Media], JsonObject]] = {
    "hr": _divider,
    "tg-math-block": _formula,
    "pre": _pre,
    "aside": _quotation,
    "blockquote": _quotation,
    "ul": _list,
    "ol": _list,
    "table": _table,
    "details": _details,
    "img": _picture,
}


def _without(element: _Element, tag: str) -> "list[_Element | str]":
    return [each for each in element.inside if isinstance(each, str) or each.tag != tag]


def _text(element: _Element) -> RichText:
    return _tidy(_pieces(_without(element, "cite")))


def _raw(element: _Element) -> str:
    return "".join(each if isinstance(each, str) else _raw(each) for each in element.inside)


def _pieces(inside: "list[_Element | str]") -> list[str | JsonObject]:
    """Words with line breaks and spaces as HTML means them, and formatted pieces between."""
    return [re.sub(r"[ \t\r\n]+", " ", each) if isinstance(each, str) else _piece(each) for each in inside]


def _piece(element: _Element) -> str | JsonObject:
    given, tag, raw = element.attributes, element.tag, _raw(element)
    text = _plain_or_list(_pieces(element.inside))
    if tag == "br":
        return "\n"
    if tag in STYLES:
        return {"type": STYLES[tag], "text": text}
    if tag == "a":
        return {"type": "anchor", "name": given["name"]} if "name" in given else _link(text, given.get("href", ""))
    others: dict[str, JsonObject] = {
        "span": {"type": "spoiler", "text": text},
        "tg-math": {"type": "mathematical_expression", "expression": raw},
        "tg-emoji": {
            "type": "custom_emoji",
            "custom_emoji_id": given.get("emoji-id", ""),
            "alternative_text": raw,
        },
        "tg-time": {
            "type": "date_time",
            "text": text,
            "unix_time": int(given.get("unix", "0")),
            "date_time_format": given.get("format", ""),
        },
        "tg-reference": {"type": "reference", "text": text, "name": given.get("name", "")},
    }
    if tag not in others:
        raise WrongRich(f'Unexpected tag "{tag}"')
    return others[tag]


def _link(text: RichText, href: str) -> JsonObject:
    if href.startswith("#"):
        return {"type": "anchor_link", "text": text, "anchor_name": href[1:]}
    for begins, kind in LINKS.items():
        if href.startswith(begins):
            return {"type": kind, "text": text, kind: href.removeprefix(begins)}
    return {"type": "url", "text": text, "url": href}


def _plain_or_list(pieces: list[str | JsonObject]) -> RichText:
    """One piece as it is; of several, neighbouring words as one."""
    joined: list[str | JsonObject] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, str) and isinstance(last, str):
            joined[-1] = last + piece
        elif piece:
            joined.append(piece)
    return joined[0] if len(joined) == 1 else list(joined) or ""


def _tidy(pieces: list[str | JsonObject]) -> RichText:
    """The text of a block, without space at its ends and around its line breaks."""
    text = _plain_or_list(pieces)
    parts = [text] if isinstance(text, (str, dict)) else list(text)
    parts = [re.sub(r" *\n *", "\n", part) if isinstance(part, str) else part for part in parts]
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return _plain_or_list(parts)
