"""What somebody sends for one quiz to be made from: texts, files and links, until they say that it is all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from quiz.material import UNDER, Material, PlaceKind

MOST_PARTS = 30
MOST_LETTERS = 2_000_000
"""Of all parts together; what comes after is not read."""
LONGEST_TITLE = 40
MESSAGE_BITS = 32
"""Telegram's ids of messages have fewer."""
ELLIPSIS = "…"


class PartKind(StrEnum):
    """What a part was sent as."""

    TEXT = "text"
    FILE = "file"
    PAGE = "page"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Part:
    """One message: its text, the id of its file, or the address in it; `name` is what it is called when it is shown."""

    kind: PartKind
    content: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a part: how much it says, or why it was `refused` (empty: it was not).

    `places` is the number of pages or slides, `language` the two-letter code of what it is written in; a part of which
    only the beginning was taken is not `whole`; `pictured` are pages that are pictures and were not read.
    """

    title: str = ""
    words: int = 0
    letters: int = 0
    places: int = 0
    counted_in: PlaceKind | None = None
    language: str = ""
    whole: bool = True
    refused: str = ""
    pictured: tuple[int, ...] = ()


class Stage(StrEnum):
    """How far a collection is."""

    OPEN = "open"
    DONE = "done"
    """That is all, the student said; the quiz begins once everything is read."""
    BEGUN = "begun"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Collection:
    """What was sent so far, by `key_of` the message and the place in it; each change makes a new `version`."""

    id: str
    chat_id: int
    language: str
    """What the bot speaks with its owner."""
    stage: Stage
    version: int
    shown: int
    """The version that the status message shows."""
    round: int
    """Which run of the reading task is the next one."""
    last: int
    """The newest message that has to do with it."""
    status: int | None
    """The message that shows it."""
    parts: Mapping[int, Part] = field(default_factory=dict[int, Part])
    read: Mapping[int, Reading] = field(default_factory=dict[int, Reading])
    focus: str = ""
    focus_by: int = 0
    """The message that said what to ask about."""
    only: bool = False
    """Ask only what cannot be answered without having read it."""
    tells_known: bool = False
    """Whether a model can tell what that is."""
    left_out: Mapping[int, str] = field(default_factory=dict[int, str])
    """What the parts are called that there were too many of, the first of them."""
    sent: int = 0
    """How many parts were sent, those left out too."""

    @property
    def is_open(self) -> bool:
        """Whether more may come."""
        return self.stage in {Stage.OPEN, Stage.DONE}

    @property
    def unread(self) -> list[int]:
        """The messages that are not read yet, first to last."""
        return [message for message in in_order(self.parts) if message not in self.read]

    @property
    def usable(self) -> list[int]:
        """The messages that something can be asked about."""
        return [one for one in in_order(self.parts) if one in self.read and not self.read[one].refused]

    @property
    def too_many(self) -> int:
        """How many parts were left out."""
        return max(0, self.sent - MOST_PARTS)

    @property
    def letters(self) -> int:
        """How much is read."""
        return sum(reading.letters for reading in self.read.values())

    @property
    def quiz_language(self) -> str:
        """The language that most of it is written in."""
        words: dict[str, int] = {}
        for message in self.usable:
            reading = self.read[message]
            words[reading.language] = words.get(reading.language, 0) + reading.words
        return max(words, key=lambda language: words[language]) if words else self.language

    def title_of(self, message: int) -> str:
        """What a part is called: a file by its name, a page by its title, a text by its first words."""
        part, reading = self.parts[message], self.read.get(message)
        found = reading.title if reading and part.kind is PartKind.PAGE else ""
        return cut(found or part.name, LONGEST_TITLE)


def key_of(message: int, place: int) -> int:
    """What a part is found by: the id of its message, and for those beside the first a number below 0 made of it."""
    return -(message + ((place - 1) << MESSAGE_BITS)) if place else message


def in_order(keys: Iterable[int]) -> list[int]:
    """As they were sent: by their messages, and in a message by their places."""
    return sorted(keys, key=lambda key: (abs(key) % (1 << MESSAGE_BITS), key < 0, abs(key)))


def reading_of(material: Material, language: str) -> Reading:
    """How much a material says."""
    first = material.passages[0].place.kind if material.passages else None
    return Reading(
        title=material.title,
        words=material.words,
        letters=sum(len(passage.text) for passage in material.passages),
        places=max((*(passage.place.number for passage in material.passages), *material.pictured), default=0),
        counted_in=first,
        language=language,
        whole=material.whole,
        pictured=material.pictured,
    )


def joined(materials: Sequence[Material], title: str) -> Material:
    """Several sources as one: a place then begins with what its source is called; one alone stays as it is."""
    if len(materials) == 1:
        return replace(materials[0], title=title)
    passages = [
        replace(passage, place=replace(passage.place, heading=_under(material.title, passage.place.heading)))
        for material in materials
        for passage in material.passages
    ]
    return Material(title, tuple(passages), all(material.whole for material in materials))


def cut(text: str, most: int) -> str:
    """The text in one line, and no longer than this."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    shorter = line[: most - 1]
    whole_words = shorter.rpartition(" ")[0]
    return (whole_words if len(whole_words) > most // 2 else shorter) + ELLIPSIS


def _under(title: str, heading: str) -> str:
    return UNDER.join(one for one in (title, heading) if one)
