"""An attempt: one person, one version of a quiz, one order of questions and options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from quiz.question import Kind


class State(StrEnum):
    """Where an attempt stands."""

    OPEN = "open"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """One question of an attempt: which one, and its options in the order this person sees them."""

    question_id: str
    revision: int
    kind: Kind
    order: str
    key: frozenset[str]


LETTERS = "ABCDEFGHIJKL"
"""What the options are called on the screen, first to last."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: option ids (None when skipped), Redis time and ms taken, the press that did it."""

    chosen: frozenset[str] | None
    at: int
    took: int
    press: str
    message_id: int

    @property
    def skipped(self) -> bool:
        """Whether the question was passed over."""
        return self.chosen is None


@dataclass(frozen=True, slots=True)
class Writing:
    """How far the quiz of an attempt is written that a model writes while it is played."""

    wanted: int
    """So many questions were asked for."""
    language: str
    """What the questions are written in; the bot speaks the attempt's language."""
    is_open: bool
    """Whether more questions may come."""
    shortfall: str
    """Why there are fewer questions than wanted, once no more will come; empty when there are not."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The material that an attempt is about, by the id of its source, what was asked for, and whether that alone."""

    source: str
    focus: str = ""
    only: bool = False


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt as it stood at one moment; times are Redis time in ms since 1970, positions count from 0."""

    id: str
    chat_id: int
    language: str
    quiz: str
    version: str
    title: str
    level: str
    origin: str
    origin_message: int
    plan: tuple[PlannedQuestion, ...]
    position: int
    state: State
    began: int
    ended: int | None
    answers: Mapping[int, Answer]
    selections: Mapping[int, frozenset[str]]
    asked: Mapping[int, int]
    """Position → id of the message that asks it, once Telegram confirmed it."""
    judged: frozenset[int]
    """Positions whose message shows what was right."""
    score_message: int | None
    claims: Mapping[str, str]
    """Step → who is taking it now: a position, or `score`."""
    placeholders: Mapping[int, int] = field(default_factory=dict[int, int])
    """Position → id of a message that goes once the question is asked: it says that it is on its way, or is an older
    copy of it."""
    writing: Writing | None = None
    """None: every question was there when the attempt began."""
    notes: Notes | None = None
    """None: it is not about anybody's own material."""
    pool: str = ""
    """The pool of the topic; empty: its questions are taken from none."""
    repeats: frozenset[int] = frozenset()
    """Positions of questions of the pool that this person was asked before this attempt."""

    @property
    def current(self) -> PlannedQuestion | None:
        """The question that waits for an answer; None when none does."""
        return self.plan[self.position] if self.state is State.OPEN and not self.is_waiting else None

    @property
    def is_waiting(self) -> bool:
        """Whether the next question is still being written."""
        return self.state is State.OPEN and self.position >= len(self.plan)

    @property
    def total(self) -> int:
        """How many questions the quiz has, or will have as far as one can know."""
        written = len(self.plan)
        return max(written, self.writing.wanted) if self.writing and self.writing.is_open else written

    def is_right(self, position: int) -> bool:
        """Whether the answer there is exactly the key; False when skipped or not answered."""
        answer = self.answers.get(position)
        return answer is not None and answer.chosen == self.plan[position].key

    def unjudged(self) -> Sequence[int]:
        """Answered positions whose message does not yet show what was right, first to last."""
        return [position for position in sorted(self.answers) if position not in self.judged]
