"""What a button carries: kind, id, version and argument in at most 64 bytes; built and parsed here alone.

A button names the state it wants ("option 2 on"), so that pressing it twice is pressing it once. Each family of buttons
beside those of this file has a file of its own, and the letter that its kinds begin with.
"""

from dataclasses import dataclass

from delivery import round_buttons
from delivery.button_data import MOST_PLACES, MOST_POSITIONS, SEPARATOR, ForgedButton, Parts, id_in, number_in
from delivery.round_buttons import RoundButton
from quiz.question import Level
from quiz.subjects import Subject

__all__ = ["MOST_PLACES", "MOST_POSITIONS", "ForgedButton"]

MOST_COUNT = 20
MOST_PAGES = 100
ANY_LEVEL = "any"


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


OwnButton = (
    Choose | Switch | Submit | Skip | Report | Stop | Resume | Again | AnotherTopic | AllTopics | TopicsOf | PlayDeck
    | Replace
    | BeginNotes | OnlyNotes | DropNotes | MoreFromNotes | Forget | KeepAll
    | OpenSettings | SetCount | SetLevel | SetLanguage
)  # fmt: skip
Button = OwnButton | RoundButton


def data_of(button: Button) -> str:
    """What Telegram sends back when the button is pressed."""
    parts = round_buttons.parts_of(button) if isinstance(button, RoundButton) else _parts_of(button)
    return SEPARATOR.join(map(str, parts))


def _parts_of(button: OwnButton) -> Parts:  # noqa: C901 - one line a kind
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
    return parts


def button_of(data: str) -> Button:
    """The button that carries this data; raises `ForgedButton` for anything that `data_of` does not write."""
    kind, *arguments = data.split(SEPARATOR)
    try:
        button = (round_buttons.parse if kind.startswith(round_buttons.LETTER) else _parse)(kind, arguments)
    except (ValueError, TypeError) as error:
        raise ForgedButton(data) from error
    if data_of(button) != data:
        raise ForgedButton(data)
    return button


def _parse(kind: str, arguments: list[str]) -> Button:  # noqa: C901 - one line a kind
    match kind, arguments:
        case "c", [attempt, position, place]:
            return Choose(id_in(attempt), number_in(position, MOST_POSITIONS), number_in(place, MOST_PLACES))
        case "w", [attempt, position, place, on]:
            numbers = number_in(position, MOST_POSITIONS), number_in(place, MOST_PLACES)
            return Switch(id_in(attempt), *numbers, on=bool(number_in(on, 2)))
        case "s", [attempt, position, shown]:
            return Submit(id_in(attempt), number_in(position, MOST_POSITIONS), shown)
        case "k", [attempt, position]:
            return Skip(id_in(attempt), number_in(position, MOST_POSITIONS))
        case "f", [attempt, position]:
            return Report(id_in(attempt), number_in(position, MOST_POSITIONS))
        case "x", [attempt]:
            return Stop(id_in(attempt))
        case "r", [attempt]:
            return Resume(id_in(attempt))
        case "g", [attempt, mistakes]:
            return Again(id_in(attempt), bool(number_in(mistakes, 2)))
        case "t", []:
            return AnotherTopic()
        case "ta", []:
            return AllTopics()
        case "ts", [subject, page]:
            return TopicsOf(Subject(subject), number_in(page, MOST_PAGES))
        case "d", [name, language]:
            return PlayDeck(name, language)
        case "n", [attempt, dialog]:
            return Replace(id_in(attempt), id_in(dialog))
        case "nb", [collection]:
            return BeginNotes(id_in(collection))
        case "no", [collection, on]:
            return OnlyNotes(id_in(collection), on=bool(number_in(on, 2)))
        case "nx", [collection]:
            return DropNotes(id_in(collection))
        case "nm", [attempt]:
            return MoreFromNotes(id_in(attempt))
        case "f", [request]:
            return Forget(id_in(request))
        case "fk", []:
            return KeepAll()
        case "o", []:
            return OpenSettings()
        case "oc", [count]:
            return SetCount(number_in(count, MOST_COUNT + 1, least=1))
        case "ol", [level]:
            return SetLevel(None if level == ANY_LEVEL else Level(level))
        case "oa", [language]:
            return SetLanguage(None if language == ANY_LEVEL else language)
        case _:
            raise ForgedButton(kind)
