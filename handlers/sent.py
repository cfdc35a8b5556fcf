"""What a message brings for a quiz on one's own notes: texts, links, files, and what is to be asked about."""

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram import Document, Message, MessageEntity
from telegram.constants import MessageEntityType

from generation.sources.passages import visible
from quiz.collection import LONGEST_TITLE, Part, PartKind, cut
from quiz.topics import MAX_TOPIC

ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
ALONE = re.compile(rf"(?:{ADDRESS.pattern}|[\w-]+(?:\.[\w-]+)*\.[a-zа-я]{{2,}}/\S*)", re.IGNORECASE)
"""An address that is all of a message; without a scheme it has a path, or else `node.js` were one."""
BEGINNING = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
AFTER_AN_ADDRESS = ".,;:!?…'\"»”’*_"
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
AROUND_WORDS = " \t\n.,;:—–-→➡👉()[]«»“”\"'*"
EMPTY_BRACKETS = re.compile(r"[(\[«“]\s*[)\]»”]")
BEFORE_A_SIGN = re.compile(r"\s+(?=[,.;:!?])")
LINKS = (MessageEntityType.URL, MessageEntityType.TEXT_LINK)
CODE = (MessageEntityType.CODE, MessageEntityType.PRE)
FEW_WORDS = 10
"""So many beside a link are what to ask about; more of them are notes."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of a message are: notes and pages, or what is to be asked about; `wish` may be no topic at all."""

    parts: tuple[Part, ...] = ()
    wish: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text, from one letter to before another; `name` is what its page is called until it is read."""

    start: int
    end: int
    address: str
    name: str


def said_in(message: Message, begin: int = 0) -> Said:
    """What the text of a message, or what is written under its file, brings from this letter on.

    Every link is a part. Words beside them are a part, whole as they stand, where they are more than a few.
    """
    text = message.text or message.caption or ""
    links = [link for link in _links(message, text) if link.start >= begin]
    said = text[begin:]
    if not links:
        return Said((text_part(said),)) if _are_notes(said) else Said(wish=said)
    pages = {link.address: Part(PartKind.PAGE, link.address, link.name) for link in links}
    beside = _beside(text, links, begin)
    if len(beside) > MAX_TOPIC or len(WORD.findall(beside)) > FEW_WORDS:
        return Said((text_part(said), *pages.values()))
    return Said(tuple(pages.values()), beside)


def text_part(said: str) -> Part:
    """Notes that somebody typed or forwarded."""
    return Part(PartKind.TEXT, said, _name(said))


def file_part(file: Document) -> Part:
    """A file; one without a name is called by what it is, since it is read by its name too."""
    ending = mimetypes.guess_extension(file.mime_type or "") or ""
    is_picture = (file.mime_type or "").startswith("image/")
    name = visible(file.file_name or "") or f"file{ending}"
    return Part(PartKind.PICTURE if is_picture else PartKind.FILE, file.file_id, name)


def _are_notes(said: str) -> bool:
    """Whether a text is too long to say what is to be asked about."""
    stripped = said.strip()
    return len(stripped) > MAX_TOPIC or len(stripped.splitlines()) > 1


def _beside(text: str, links: list[Link], begin: int) -> str:
    """The words beside the links, in one line, without the brackets and commas that were about these."""
    pieces: list[str] = []
    for link in links:
        pieces.append(text[begin : link.start])
        begin = link.end
    said = " ".join("".join([*pieces, text[begin:]]).split())
    return BEFORE_A_SIGN.sub("", EMPTY_BRACKETS.sub("", said)).strip(AROUND_WORDS)


def _links(message: Message, text: str) -> list[Link]:
    """The links in a text: those that Telegram marks, or else what reads as an address outside of code."""
    entities = message.entities or message.caption_entities
    marked = [link for entity in entities if entity.type in LINKS and (link := _marked(text, entity))]
    return marked or list(_unmarked(text, entities))


def _marked(text: str, entity: MessageEntity) -> Link | None:
    start, end = _place(text, entity)
    shown = text[start:end]
    if not entity.url:
        return Link(start, end, shown, _name(shown)) if ALONE.fullmatch(shown) else None
    if not ADDRESS.fullmatch(entity.url):
        return None  # of Telegram itself, of mail
    is_shown = BEGINNING.sub("", shown).rstrip("/") == BEGINNING.sub("", entity.url).rstrip("/")
    name = _name(shown) if is_shown else _name(urlsplit(entity.url).hostname or shown)
    return Link(start, end, entity.url, name)


def _unmarked(text: str, entities: tuple[MessageEntity, ...]) -> Iterator[Link]:
    stripped = text.strip()
    if ALONE.fullmatch(stripped):
        start = text.index(stripped)
        yield Link(start, start + len(stripped), stripped, _name(stripped))
        return
    code = [_place(text, entity) for entity in entities if entity.type in CODE]
    for found in ADDRESS.finditer(text):
        address, start = _without_what_follows(found[0]), found.start()
        if not any(first <= start < end for first, end in code):
            yield Link(start, start + len(address), address, _name(address))


def _without_what_follows(address: str) -> str:
    """An address without the comma, the full stop or the bracket that stands behind it."""
    while address[-1] in AFTER_AN_ADDRESS or (
        address[-1] in BRACKETS and address.count(address[-1]) > address.count(BRACKETS[address[-1]])
    ):
        address = address[:-1]
    return address


def _place(text: str, entity: MessageEntity) -> tuple[int, int]:
    """From which letter to before which an entity is: Telegram counts in UTF-16."""
    units = text.encode("utf-16-le")
    ends = (entity.offset, entity.offset + entity.length)
    start, end = (len(units[: 2 * end].decode("utf-16-le", "ignore")) for end in ends)
    return start, end


def _name(said: str) -> str:
    return cut(visible(BEGINNING.sub("", said)), LONGEST_TITLE)
