"""Texts with entities: offsets in Telegram's unit, links, ends, and what every parse mode's reader has."""

import re
from typing import Any, NoReturn

JsonObject = dict[str, Any]


class CannotParse(Exception):
    """The markup is wrong; the text is what Telegram says after "can't parse entities: "."""


def utf16_length(text: str) -> int:
    """Telegram's unit for offsets and lengths of entities."""
    return len(text) + sum(character > "\uffff" for character in text)


def by_utf16(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity with this offset and length covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def is_link(url: str) -> bool:
    """Whether Telegram makes a link of this address."""
    return bool(re.match(r"(?i)(https?|tg|ton|mailto|tel):", url)) or "." in url.strip(".")


def trim(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """Take spaces off both ends as Telegram does, and cut the entities to what is left."""
    left = text.lstrip(" \t\r\n")
    cut = utf16_length(text) - utf16_length(left)
    left = left.rstrip(" \t\r\n")
    end = utf16_length(left)
    kept: list[JsonObject] = []
    for entity in entities:
        begins = max(0, entity["offset"] - cut)
        ends = min(end, entity["offset"] + entity["length"] - cut)
        if ends > begins:
            kept.append({**entity, "offset": begins, "length": ends - begins})
    return left, kept


class MarkupReader:
    """Markup read from left to right, and what came of it so far; errors name byte offsets as Telegram's do."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at: int = 0
        self.text: list[str] = []
        self.offset: int = 0
        self.entities: list[JsonObject] = []

    def put(self, characters: str) -> None:
        """Add to the text."""
        self.text.append(characters)
        self.offset += utf16_length(characters)

    def fail(self, says: str, at: int, rest: str = "") -> NoReturn:
        """Refuse the markup for what begins at this character."""
        offset = len(self.markup[:at].encode("utf-8", "surrogatepass"))
        raise CannotParse(f"{says} at byte offset {offset}{rest}")

    def result(self) -> tuple[str, list[JsonObject]]:
        """The text and its entities, outer before inner."""
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.text), ordered
