"""A question that somebody takes for wrong, and reported."""

from dataclasses import dataclass
from enum import StrEnum

from quiz.attempt import Attempt


class Whence(StrEnum):
    """Where a question that was reported comes from."""

    DECK = "deck"
    POOL = "pool"
    QUIZ = "quiz"
    """Written for one quiz on a topic."""
    NOTES = "notes"
    """Made from somebody's own notes."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A question: of which deck, pool or quiz, by their ids; by how many people it is reported, and when last.

    Times are Redis time in ms since 1970.
    """

    whence: Whence
    where: str
    question: str
    revision: int
    people: int = 1
    last: int = 0


def reported_in(attempt: Attempt, position: int, *, is_written: bool) -> Reported:
    """The question at this position, to be reported; `is_written`: a model or rules wrote the quiz."""
    planned = attempt.plan[position]
    if attempt.notes:
        whence = Whence.NOTES
    elif attempt.pool:
        whence = Whence.POOL
    else:
        whence = Whence.QUIZ if is_written else Whence.DECK
    return Reported(whence, attempt.pool or attempt.quiz, planned.question_id, planned.revision)
