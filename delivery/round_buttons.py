"""What the buttons of a live round carry; everybody in the group can press them."""

from dataclasses import dataclass

from delivery.button_data import MOST_PLACES, MOST_POSITIONS, ForgedButton, Parts, id_in, number_in
from quiz.round import CHOICES, Control

LETTER = "l"
MOST_TURNS = 100_000


@dataclass(frozen=True, slots=True)
class RoundAnswer:
    """Answer the open question by an option, or switch one of several; `place` counts from 0 in the order shown."""

    round: str
    position: int
    place: int


@dataclass(frozen=True, slots=True)
class Ready:
    """Play in the round."""

    round: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Start, pause, go on, close the question, stop: as the round stood at a turn, which only some of these ask for."""

    round: str
    control: Control
    turn: int


@dataclass(frozen=True, slots=True)
class OpenLobby:
    """Show the lobby in this message, with the settings of the round or without."""

    round: str
    settings: bool


@dataclass(frozen=True, slots=True)
class SetRound:
    """Have one of the choices of a round made so."""

    round: str
    name: str
    value: str


RoundButton = RoundAnswer | Ready | Lead | OpenLobby | SetRound


def parts_of(button: RoundButton) -> Parts:
    """The kind of a button, and what it carries."""
    match button:
        case RoundAnswer(one, position, place):
            return "la", one, position, place
        case Ready(one):
            return "lr", one
        case Lead(one, control, turn):
            return "lc", one, control, turn
        case OpenLobby(one, settings):
            return "lo", one, int(settings)
        case SetRound(one, name, value):
            return "ls", one, name, value


def parse(kind: str, arguments: list[str]) -> RoundButton:
    """The button of these parts; raises `ValueError` or `ForgedButton` where there is none."""
    match kind, arguments:
        case "la", [one, position, place]:
            return RoundAnswer(id_in(one), number_in(position, MOST_POSITIONS), number_in(place, MOST_PLACES))
        case "lr", [one]:
            return Ready(id_in(one))
        case "lc", [one, control, turn]:
            return Lead(id_in(one), Control(control), number_in(turn, MOST_TURNS))
        case "lo", [one, settings]:
            return OpenLobby(id_in(one), settings=bool(number_in(settings, 2)))
        case "ls", [one, name, value] if value in CHOICES.get(name, ()):
            return SetRound(id_in(one), name, value)
        case _:
            raise ForgedButton(kind)
