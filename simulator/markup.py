"""Text with its entities: cut into pieces of one look, and written as HTML."""

import html
import itertools
from dataclasses import dataclass
from typing import Any

JsonObject = dict[str, Any]

HTML_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "text_link": "a",
}


@dataclass(frozen=True)
class Entity:
    """A stretch of a message's text with a meaning; offset and length in UTF-16 units, as Telegram's."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None


def read_entities(given: list[JsonObject]) -> tuple[Entity, ...]:
    """Entities from Telegram's JSON."""
    return tuple(
        Entity(each["type"], each["offset"], each["length"], each.get("url"), each.get("language")) for each in given
    )


def segments(text: str, entities: tuple[Entity, ...]) -> list[tuple[str, tuple[Entity, ...]]]:
    """The text cut wherever an entity begins or ends, each piece with the entities over it."""
    units = text.encode("utf-16-le")
    end = len(units) // 2
    borders = {0, end}
    for entity in entities:
        borders |= {entity.offset, entity.offset + entity.length}
    cuts = sorted(border for border in borders if 0 <= border <= end)
    pieces: list[tuple[str, tuple[Entity, ...]]] = []
    for begins, ends in itertools.pairwise(cuts):
        over = tuple(each for each in entities if each.offset <= begins and ends <= each.offset + each.length)
        pieces.append((units[2 * begins : 2 * ends].decode("utf-16-le", "replace"), over))
    return pieces


def to_html(text: str, entities: tuple[Entity, ...]) -> str:
    """HTML for the entities that HTML can say; pieces of overlapping ones are closed and opened again."""
    written: list[str] = []
    is_open: list[Entity] = []
    for piece, over in segments(text, entities):
        wanted = [entity for entity in over if entity.type in HTML_TAGS]
        kept = 0
        while kept < min(len(is_open), len(wanted)) and is_open[kept] == wanted[kept]:
            kept += 1
        written += [f"</{HTML_TAGS[entity.type]}>" for entity in reversed(is_open[kept:])]
        written += [_start_tag(entity) for entity in wanted[kept:]]
        written.append(html.escape(piece, quote=False))
        is_open = wanted
    written += [f"</{HTML_TAGS[entity.type]}>" for entity in reversed(is_open)]
    return "".join(written)


def _start_tag(entity: Entity) -> str:
    match entity.type:
        case "text_link":
            return f'<a href="{html.escape(entity.url or "")}">'
        case "expandable_blockquote":
            return "<blockquote expandable>"
        case _:
            return f"<{HTML_TAGS[entity.type]}>"
