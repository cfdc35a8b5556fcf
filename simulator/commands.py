"""Commands and names in what people and bots write."""

import re
from typing import Any

from simulator.entities import utf16_length

JsonObject = dict[str, Any]

COMMAND = re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")
MENTION = re.compile(r"(?<![\w/@])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")


def with_commands(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    """The entities and, like Telegram, one for every `/command` that stands outside code."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in {"code", "pre", "text_link"}
    ]
    found = list(entities)
    for match in COMMAND.finditer(text):
        offset, length = utf16_length(text[: match.start()]), utf16_length(match.group())
        if not any(offset < ends and begins < offset + length for begins, ends in taken):
            found.append({"type": "bot_command", "offset": offset, "length": length})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def with_mentions(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    """The entities and one for every `@name` that stands outside the others."""
    found = list(entities)
    for match in MENTION.finditer(text):
        offset, length = utf16_length(text[: match.start()]), utf16_length(match.group())
        if not any(one["offset"] < offset + length and offset < one["offset"] + one["length"] for one in entities):
            found.append({"type": "mention", "offset": offset, "length": length})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))
