"""What a button carries: kind, id, version and argument in at most 64 bytes; built and parsed here alone.

A button names the state it wants ("option 2 on"), so that pressing it twice is pressing it once.
"""

from dataclasses import dataclass

from quiz.identity import is_id
from quiz.question import Level
from quiz.subjects import Subject

SEPARATOR = ":"
MOST_POSITIONS = 100
MOST_PLACES = 12
MOST_COUNT = 20
MOST_PAGES = 100
ANY_LEVEL = "any"


class ForgedButton(ValueError):
    """Data that no button of ours carries."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Answer a question by one option; `place` counts from 0 in the order shown."""

    attempt: str
    position: int
    place: int


@dataclass(frozen=True, slots=True)
class Switch:
    """Switch an option of a question with several right answers on or off."""

    attempt: str
    position: int
    place: int
    on: bool


@dataclass(frozen=True, slots=True)
class Submit:
    """Answer with the options switched on; `shown` are the ids that this button's message shows as on."""

    attempt: str
    position: int
    shown: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Pass a question over."""

    attempt: str
    position: int


@dataclass(frozen=True, slots=True)
class Report:
    """Say that an answered question is wrong."""

    attempt: str
    position: int


@dataclass(frozen=True, slots=True)
class Stop:
    """End the attempt here."""

    attempt: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with an attempt that was stopped, or show its open question again."""

    attempt: str


@dataclass(frozen=True, slots=True)
class Again:
    """Play the same quiz again; `mistakes` asks only what was missed."""

    attempt: str
    mistakes: bool


@dataclass(frozen=True, slots=True)
class AnotherTopic:
    """Ask for a topic."""


@dataclass(frozen=True, slots=True)
class AllTopics:
    """Show the subjects in this message."""


@dataclass(frozen=True, slots=True)
class TopicsOf:
    """Show a page of a subject's topics in this message; pages count from 0."""

    subject: Subject
    page: int


@dataclass(frozen=True, slots=True)
class PlayDeck:
    """Begin a deck."""

    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Replace:
    """Stop the attempt that is open and begin the quiz asked for in a dialog."""

    attempt: str
    dialog: str


@dataclass(frozen=True, slots=True)
class BeginNotes:
    """Begin the quiz on the notes of a collection, once they are read."""

    collection: str


@dataclass(frozen=True, slots=True)
class OnlyNotes:
    """Leave out what can be answered without the notes of a collection, or do not."""

    collection: str
    on: bool


@dataclass(frozen=True, slots=True)
class DropNotes:
    """Give a collection up."""

    collection: str


@dataclass(frozen=True, slots=True)
class MoreFromNotes:
    """Ask other questions from the notes that an attempt was about."""

    attempt: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete everything that is kept of who presses; `request` is the message that asked for it."""

    request: str


@dataclass(frozen=True, slots=True)
class KeepAll:
    """Delete nothing."""


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """Show the settings."""


@dataclass(frozen=True, slots=True)
class SetCount:
    """So many questions from now on."""

    count: int


@dataclass(frozen=True, slots=True)
class SetLevel:
    """This level from now on; None is any."""

    level: Level | None


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """This language from now on; None is Telegram's."""

    language: str | None


Button = (
    Choose | Switch | Submit | Skip | Report | Stop | Resume | Again | AnotherTopic | AllTopics | TopicsOf | PlayDeck
    | Replace
    | BeginNotes | OnlyNotes | DropNotes | MoreFromNotes | Forget | KeepAll
    | OpenSettings | SetCount | SetLevel | SetLanguage
)  # fmt: skip


def data_of(button: Button) -> str:  # noqa: C901 - one line a kind
    """What Telegram sends back when the button is pressed."""
    match button:
        case Choose(attempt, position, place):
            parts = ("c", attempt, position, place)
        case Switch(attempt, position, place, on):
            parts = ("w", attempt, position, place, int(on))
        case Submit(attempt, position, shown):
            parts = ("s", attempt, position, shown)
        case Skip(attempt, position):
            parts = ("k", attempt, position)
        case Report(attempt, position):
            parts = ("f", attempt, position)
        case Stop(attempt):
            parts = ("x", attempt)
        case Resume(attempt):
            parts = ("r", attempt)
        case Again(attempt, mistakes):
            parts = ("g", attempt, int(mistakes))
        case AnotherTopic():
            parts = ("t",)
        case AllTopics():
            parts = ("ta",)
        case TopicsOf(subject, page):
            parts = ("ts", subject, page)
        case PlayDeck(name, language):
            parts = ("d", name, language)
        case Replace(attempt, dialog):
            parts = ("n", attempt, dialog)
        case BeginNotes(collection):
            parts = ("nb", collection)
        case OnlyNotes(collection, on):
            parts = ("no", collection, int(on))
        case DropNotes(collection):
            parts = ("nx", collection)
        case MoreFromNotes(attempt):
            parts = ("nm", attempt)
        case Forget(request):
            parts = ("f", request)
        case KeepAll():
            parts = ("fk",)
        case OpenSettings():
            parts = ("o",)
        case SetCount(count):
            parts = ("oc", count)
        case SetLevel(level):
            parts = ("ol", level or ANY_LEVEL)
        case SetLanguage(language):
            parts = ("oa", language or ANY_LEVEL)
    return SEPARATOR.join(map(str, parts))


def button_of(data: str) -> Button:
    """The button that carries this data; raises `ForgedButton` for anything that `data_of` does not write."""
    kind, *arguments = data.split(SEPARATOR)
    try:
        button = _parse(kind, arguments)
    except (ValueError, TypeError) as error:
        raise ForgedButton(data) from error
    if data_of(button) != data:
        raise ForgedButton(data)
    return button


def _parse(kind: str, arguments: list[str]) -> Button:  # noqa: C901 - one line a kind
    match kind, arguments:
        case "c", [attempt, position, place]:
            return Choose(_id(attempt), _number(position, MOST_POSITIONS), _number(place, MOST_PLACES))
        case "w", [attempt, position, place, on]:
            numbers = _number(position, MOST_POSITIONS), _number(place, MOST_PLACES)
            return Switch(_id(attempt), *numbers, on=bool(_number(on, 2)))
        case "s", [attempt, position, shown]:
            return Submit(_id(attempt), _number(position, MOST_POSITIONS), shown)
        case "k", [attempt, position]:
            return Skip(_id(attempt), _number(position, MOST_POSITIONS))
        case "f", [attempt, position]:
            return Report(_id(attempt), _number(position, MOST_POSITIONS))
        case "x", [attempt]:
            return Stop(_id(attempt))
        case "r", [attempt]:
            return Resume(_id(attempt))
        case "g", [attempt, mistakes]:
            return Again(_id(attempt), bool(_number(mistakes, 2)))
        case "t", []:
            return AnotherTopic()
        case "ta", []:
            return AllTopics()
        case "ts", [subject, page]:
            return TopicsOf(Subject(subject), _number(page, MOST_PAGES))
        case "d", [name, language]:
            return PlayDeck(name, language)
        case "n", [attempt, dialog]:
            return Replace(_id(attempt), _id(dialog))
        case "nb", [collection]:
            return BeginNotes(_id(collection))
        case "no", [collection, on]:
            return OnlyNotes(_id(collection), on=bool(_number(on, 2)))
        case "nx", [collection]:
            return DropNotes(_id(collection))
        case "nm", [attempt]:
            return MoreFromNotes(_id(attempt))
        case "f", [request]:
            return Forget(_id(request))
        case "fk", []:
            return KeepAll()
        case "o", []:
            return OpenSettings()
        case "oc", [count]:
            return SetCount(_number(count, MOST_COUNT + 1, least=1))
        case "ol", [level]:
            return SetLevel(None if level == ANY_LEVEL else Level(level))
        case "oa", [language]:
            return SetLanguage(None if language == ANY_LEVEL else language)
        case _:
            raise ForgedButton(kind)


def _id(text: str) -> str:
    if not is_id(text):
        raise ForgedButton(text)
    return text


def _number(text: str, below: int, least: int = 0) -> int:
    number = int(text)
    if not least <= number < below:
        raise ForgedButton(text)
    return number
