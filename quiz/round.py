"""A live round: a group that plays one version of a quiz together, against the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quiz.attempt import PlannedQuestion

SHORTEST, LONGEST = 5, 600
"""Seconds that a question may be open."""

END = "end"
"""The step of saying how a round ended."""


class Control(StrEnum):
    """What who leads a round can ask for."""

    START = "start"
    PAUSE = "pause"
    GO_ON = "on"
    NEXT = "next"
    """Close the open question, or go on to the next one."""
    STOP = "stop"


class RoundState(StrEnum):
    """Where a round stands."""

    LOBBY = "lobby"
    ASKING = "asking"
    BETWEEN = "between"
    """A question is closed, and the next not asked yet."""
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


class Mode(StrEnum):
    """How questions are asked: by buttons under a message, or as Telegram's own quiz polls."""

    BUTTONS = "buttons"
    POLLS = "polls"


class Points(StrEnum):
    """What a right answer is worth: the same always, or less the later it comes."""

    PLAIN = "plain"
    FALLING = "falling"


class Absence(StrEnum):
    """What becomes of a round when the bot was away for long."""

    END = "end"
    GO_ON = "on"


class Ending(StrEnum):
    """Why a round ended before its last question."""

    STOPPED = "stopped"
    NOBODY = "nobody"
    """Nobody was ready when it was to begin."""
    LEFT = "left"
    """Nobody began it, or went on with it, for too long."""
    AWAY = "away"
    """The bot was away, and was to end the round then."""
    REMOVED = "removed"
    """The bot is in the group no more."""
    SILENCED = "silenced"
    """The bot may not write in the group."""
    TOPIC = "topic"
    """The topic of the forum is closed or deleted."""


CHOICES: Mapping[str, Sequence[str]] = {
    "seconds": ("10", "15", "20", "30", "45", "60", "90", "120"),
    "count": ("5", "10", "15", "20", "0"),
    "points": tuple(Points),
    "change": ("1", "0"),
    "mode": tuple(Mode),
    "quorum": ("0", "2", "5", "10", "20", "30"),
    "starts": ("0", "1", "2", "5", "10"),
    "absence": tuple(Absence),
}
"""What can be chosen in a lobby, as a button carries it; `starts` is in minutes from then on."""


@dataclass(frozen=True, slots=True)
class RoundSettings:
    """How a round is played."""

    mode: Mode = Mode.BUTTONS
    seconds: int = 20
    pause: int = 5
    """Seconds between a result and the next question."""
    count: int = 10
    """So many questions at most; 0: all."""
    points: Points = Points.PLAIN
    change: bool = True
    """Whether an answer may be changed while the question is open."""
    quorum: int = 0
    """The round begins once so many are ready; 0: at no number."""
    absence: Absence = Absence.END

    def having(self, name: str, value: str) -> "RoundSettings":
        """The same with one of `CHOICES` made otherwise; `starts` changes nothing here."""
        match name:
            case "seconds" | "count" | "quorum":
                return replace(self, **{name: int(value)})
            case "points":
                return replace(self, points=Points(value))
            case "change":
                return replace(self, change=value == "1")
            case "mode":
                return replace(self, mode=Mode(value))
            case "absence":
                return replace(self, absence=Absence(value))
            case _:
                return self


@dataclass(frozen=True, slots=True)
class RoundQuestion:
    """A question of a round: its options in one order for all, what it is worth, and its own time if it has one."""

    planned: PlannedQuestion
    points: int = 1
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it stood at one moment; times are Redis time in ms since 1970, positions count from 0."""

    id: str
    group: str
    chat_id: int
    thread: int | None
    """The topic of a forum; None: none, or the General one."""
    owner: int
    """Who began it; 0 for an anonymous administrator."""
    quiz: str
    version: str
    title: str
    language: str
    plan: tuple[RoundQuestion, ...]
    settings: RoundSettings
    together: bool
    """Whether the result of a question goes out with the next one, to keep to the limits of sending."""
    state: RoundState
    position: int
    turn: int
    """Counts the changes of state, so that a button or a timer of an older one is known as such."""
    began: int
    ended: int | None
    ending: Ending | None
    players: int
    """How many have said that they are ready, or answered."""
    opened: Mapping[int, int]
    closed: Mapping[int, int]
    closes: int | None
    """When the open question closes; None: nobody has seen it yet."""
    until: int | None
    """When something else happens by itself: the start from the lobby, the next question, the end of a pause."""
    starts: int | None
    """When the round begins by itself."""
    away: int
    """For how many ms the bot was away before the step that is next; 0: it was not."""
    pauses: int
    messages: Mapping[str, int]
    """Step → id of the message, once Telegram confirmed it."""
    claims: Mapping[str, str]

    @property
    def total(self) -> int:
        """How many questions are asked."""
        return min(self.settings.count or len(self.plan), len(self.plan))

    @property
    def step(self) -> str:
        """What is to be sent in the present state."""
        match self.state:
            case RoundState.LOBBY:
                return "lobby"
            case RoundState.ASKING:
                return question_step(self.position)
            case RoundState.BETWEEN:
                return result_step(self.position)
            case RoundState.PAUSED:
                return f"p:{self.pauses}"
            case RoundState.DONE | RoundState.STOPPED:
                return END

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.state in {RoundState.DONE, RoundState.STOPPED}

    @property
    def due(self) -> int | None:
        """When the next thing happens by itself; None: nothing does before the present step is done."""
        if self.state is RoundState.ASKING:
            return self.closes
        if self.state is RoundState.LOBBY and self.starts and self.until:
            return min(self.starts, self.until)
        return None if self.is_over else self.until

    def seconds(self, position: int) -> int:
        """How long a question is open."""
        return self.plan[position].seconds or self.settings.seconds

    @property
    def unshown(self) -> Sequence[int]:
        """Closed questions whose result no message shows yet, first to last."""
        return [position for position in sorted(self.closed) if result_step(position) not in self.messages]


def question_step(position: int) -> str:
    """The step of asking a question."""
    return f"q:{position}"


def result_step(position: int) -> str:
    """The step of showing what was right."""
    return f"r:{position}"
