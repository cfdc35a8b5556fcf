"""What answers tell of a question of a pool: counts, and when they say that it is a bad one.

What they tell of a quiz that a whole class took is in `item_indices`, `item_findings` and `reliability`.

Item analysis takes a key for wrong where fewer students choose it than would by guessing, and where those who know the
subject prefer another option (J. Kehoe, Basic Item Analysis for Multiple-Choice Tests, Practical Assessment, Research &
Evaluation 4(10), 1995). Both are held against chance by an exact binomial test.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import comb

from quiz.question import Kind, Question

LEAST_ANSWERS = 20
LEAST_GOOD = 10
CHANCE = 0.005
"""A question that is sound is taken out by one look at its answers in at most one of so many cases: 200."""
GOOD_SHARE = 0.5
"""Whoever has at least this share of the other questions right knows the subject."""


class Fault(StrEnum):
    """Why a question is taken out of its pool."""

    BELOW_GUESSING = "below_guessing"
    """Fewer chose the key than would by guessing."""
    OTHER_KEY = "other_key"
    """Those who have the other questions right prefer a wrong option to the key."""
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """The counts of one revision of a question: by whom it was seen, and what was chosen; who repeats it is not in it.

    `chosen` counts options, `chosen_by_good` those of students with good scores on the other questions.
    """

    shown: int = 0
    answered: int = 0
    right: int = 0
    skipped: int = 0
    chosen: Mapping[str, int] = field(default_factory=dict[str, int])
    chosen_by_good: Mapping[str, int] = field(default_factory=dict[str, int])


def fault_of(question: Question, counted: ItemStatistics) -> Fault | None:
    """What the answers say is wrong with a question; None where they say nothing, or are too few."""
    if (
        counted.answered >= LEAST_ANSWERS
        and chance_of_at_most(counted.right, counted.answered, guessing_chance(question)) < CHANCE
    ):
        return Fault.BELOW_GUESSING
    if question.kind is Kind.MULTIPLE:
        return None
    (key,) = question.key
    on_key = counted.chosen_by_good.get(key, 0)
    others = [counted.chosen_by_good.get(one.id, 0) for one in question.options if one.id != key]
    most = max(others)
    if on_key + sum(others) >= LEAST_GOOD and chance_of_at_most(on_key, on_key + most, 1 / 2) * len(others) < CHANCE:
        return Fault.OTHER_KEY
    return None


def guessing_chance(question: Question) -> float:
    """How likely somebody who knows nothing has it right; of several right answers any set but none may be chosen."""
    options = len(question.options)
    return 1 / (2**options - 1) if question.kind is Kind.MULTIPLE else 1 / options


def chance_of_at_most(right: int, of: int, chance: float) -> float:
    """How likely there are no more right ones than these, each being right by this chance."""
    return sum(comb(of, one) * chance**one * (1 - chance) ** (of - one) for one in range(right + 1))
