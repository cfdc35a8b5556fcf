"""Rich messages: text in blocks, as Telegram shows them, and what is left of them in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

JsonObject = dict[str, Any]
RichText = str | list[Any] | JsonObject
"""Words, a list of pieces, or one piece with a meaning."""

LONGEST_TEXT = 32_768
MOST_BLOCKS, MOST_LEVELS, MOST_COLUMNS = 500, 16, 20
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class WrongRich(Exception):
    """A rich message that Telegram does not take; the text says why."""


@dataclass(frozen=True)
class Rich:
    """The content of a rich message, in blocks."""

    blocks: list[JsonObject]
    is_rtl: bool = False

    def as_json(self) -> JsonObject:
        """Telegram's RichMessage."""
        return {"blocks": self.blocks} | ({"is_rtl": True} if self.is_rtl else {})

    def plain(self) -> str:
        """What it says, without its form."""
        return plain(self.blocks)

    def buttons(self) -> Iterator[JsonObject]:
        """The buttons that stand in the text."""
        for node in _nodes(self.blocks):
            match node.get("type"):
                case "buttons":
                    yield from node["buttons"]
                case "button":
                    yield node["button"]
                case _:
                    pass

    def check(self) -> None:
        """WrongRich when it is longer or deeper than Telegram's rich messages can be."""
        if len(self.plain()) > LONGEST_TEXT:
            raise WrongRich("rich message is too long")
        if _count(self.blocks) > MOST_BLOCKS:
            raise WrongRich(f"a rich message has at most {MOST_BLOCKS} blocks")
        if _levels(self.blocks) > MOST_LEVELS:
            raise WrongRich(f"a rich message is at most {MOST_LEVELS} levels deep")
        for node in _nodes(self.blocks):
            match node:
                case {"type": "table", "cells": rows} if any(len(row) > MOST_COLUMNS for row in rows):
                    raise WrongRich(f"a table has at most {MOST_COLUMNS} columns")
                case {"type": "heading", "size": size} if not 1 <= size <= 6:
                    raise WrongRich("the size of a heading is 1 to 6")
                case {"type": "buttons", "buttons": buttons} if not 1 <= len(buttons) <= 8:
                    raise WrongRich("a block of buttons has 1 to 8 of them")
                case _:
                    pass


def _nodes(value: object) -> Iterator[JsonObject]:
    """Every object in the blocks, outer before inner."""
    if isinstance(value, dict):
        node = cast("JsonObject", value)
        yield node
        for inner in node.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from _nodes(inner)


def _count(blocks: list[JsonObject]) -> int:
    """How many blocks there are, those in others, items of lists and rows of tables included."""
    inner = [part for block in blocks for part in (block, *block.get("items", []))]
    return (
        len(blocks)
        + sum(len(block.get("items", [])) + len(block.get("cells", [])) for block in blocks)
        + sum(_count(part["blocks"]) for part in inner if "blocks" in part)
    )


def _levels(value: object) -> int:
    """How deep blocks and formatted pieces stand in each other."""
    if isinstance(value, dict):
        node = cast("JsonObject", value)
        return ("type" in node) + max((_levels(inner) for inner in node.values()), default=0)
    if isinstance(value, list):
        return max((_levels(inner) for inner in cast("list[Any]", value)), default=0)
    return 0


def words(text: RichText) -> str:
    """The words of a rich text."""
    match text:
        case str():
            return text
        case list():
            return "".join(words(piece) for piece in text)
        case {"type": "mathematical_expression"}:
            return str(text["expression"])
        case {"type": "custom_emoji"}:
            return str(text["alternative_text"])
        case {"type": "button"}:
            return f"[{words(text['button']['text'])}]"
        case _:
            return words(text.get("text", ""))


def plain(blocks: list[JsonObject]) -> str:
    """The words of blocks, with an empty line between two of them."""
    return "\n\n".join(text for block in blocks if (text := _plain_block(block)))


def _plain_block(block: JsonObject) -> str:
    match block["type"]:
        case "mathematical_expression":
            said = str(block["expression"])
        case "divider":
            said = "———"
        case "list":
            said = "\n".join(f"{label_of(item)} {plain(item['blocks'])}" for item in block["items"])
        case "table":
            rows = (" | ".join(words(cell.get("text", "")) for cell in row) for row in block["cells"])
            said = "\n".join([*([words(block["caption"])] if "caption" in block else []), *rows])
        case "details":
            said = f"{words(block['summary'])}\n\n{plain(block['blocks'])}"
        case "buttons":
            said = " ".join(f"[{words(button['text'])}]" for button in block["buttons"])
        case "blockquote" | "collage" | "slideshow":
            said = plain(block["blocks"])
        case _:
            said = words(block.get("text", ""))
    credit = words(block.get("credit", ""))
    # That of a table is a text by itself, and stands above it.
    caption = words(block["caption"]["text"]) if "caption" in block and block["type"] != "table" else ""
    return "\n".join(line for line in (said, caption, f"— {credit}" if credit else "") if line)


def label_of(item: JsonObject) -> str:
    """What stands before an item of a list."""
    if item.get("has_checkbox"):
        return "☑" if item.get("is_checked") else "☐"
    value: int | None = item.get("value")
    if value is None:
        return "•"
    match item.get("type", "1"):
        case "a" | "A" as kind if 1 <= value <= 26:
            return f"{chr(ord(kind) + value - 1)}."
        case "i":
            return f"{_roman(value)}."
        case "I":
            return f"{_roman(value).upper()}."
        case _:
            return f"{value}."


def _roman(value: int) -> str:
    letters = ""
    for worth, sign in ROMAN:
        while value >= worth and len(letters) < LONGEST_TEXT:
            letters, value = letters + sign, value - worth
    return letters
