"""What an attempt came to. A score is computed from the answers each time, never stored."""

from dataclasses import dataclass

from quiz.attempt import Attempt


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of questions, and the time spent on those answered, in ms."""

    total: int
    right: int
    wrong: int
    skipped: int
    time: int
    missed: tuple[int, ...]
    """Positions answered wrongly or skipped, first to last."""


def score(attempt: Attempt) -> Score:
    """Count an attempt; a question of several right answers is right when the chosen set equals the key."""
    right = [position for position in attempt.answers if attempt.is_right(position)]
    skipped = [position for position, answer in attempt.answers.items() if answer.skipped]
    return Score(
        total=attempt.total,
        right=len(right),
        wrong=len(attempt.answers) - len(right) - len(skipped),
        skipped=len(skipped),
        time=sum(answer.took for answer in attempt.answers.values()),
        missed=tuple(sorted(attempt.answers.keys() - set(right))),
    )
