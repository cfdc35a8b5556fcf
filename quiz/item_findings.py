"""What the figures of a question say to whoever wrote it: few things, and only where chance does not explain them."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from quiz.item_analysis import chance_of_at_most, guessing_chance
from quiz.item_indices import LEAST_TAKERS, ItemIndices
from quiz.question import Kind

LEAST_ANSWERS = 10
"""From fewer answers not even a count says something."""
ALMOST_ALL = 0.9
CHANCE = 0.05
"""What a sound question would show in more cases than this says nothing of it."""
Z = 1.645
"""Of a normal distribution so many standard deviations from the mean leave that share."""


class Sign(StrEnum):
    """What can be seen of a question."""

    KEY_DOUBTED = "key_doubted"
    """In the upper group a wrong option goes before the key."""
    WEAK_DO_BETTER = "weak_do_better"
    """Those who have it right know less of the rest."""
    GUESSED = "guessed"
    """No more have it right than would by guessing."""
    EASY = "easy"
    UNUSED = "unused"
    """A wrong option that nobody chose."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign, and the ids of the options that it is about."""

    sign: Sign
    options: str = ""


def item_findings(item: ItemIndices) -> tuple[Finding, ...]:
    """What is worth saying of a question, the gravest first."""
    answered = item.takers - item.not_answered.chosen
    found: list[Finding] = []
    if item.takers >= LEAST_TAKERS:
        preferred = _preferred_to_the_key(item)
        if preferred:
            found.append(Finding(Sign.KEY_DOUBTED, preferred))
        elif _weak_do_better(item):
            found.append(Finding(Sign.WEAK_DO_BETTER))
        elif answered >= LEAST_TAKERS and _could_be_guessed(item, answered):
            found.append(Finding(Sign.GUESSED))
    if answered >= LEAST_ANSWERS:
        if item.facility >= ALMOST_ALL:
            found.append(Finding(Sign.EASY))
        elif unused := _unused(item):
            found.append(Finding(Sign.UNUSED, unused))
    return tuple(found)


def _preferred_to_the_key(item: ItemIndices) -> str:
    """The wrong option that the upper group takes for right, by a sign test against the key; empty where none is.

    That better students choose it is the usual sign of a wrong key (J. Kehoe, Basic Item Analysis for Multiple-Choice
    Tests, Practical Assessment, Research & Evaluation 4(10), 1995). Of several right options the least chosen counts.
    """
    on_key = min(item.options[one].upper for one in item.question.key)
    wrong = {one: use.upper for one, use in item.options.items() if one not in item.question.key}
    if not wrong:
        return ""
    option = max(wrong, key=lambda one: wrong[one])
    sure = chance_of_at_most(on_key, on_key + wrong[option], 1 / 2) <= CHANCE
    return option if sure else ""


def _weak_do_better(item: ItemIndices) -> bool:
    """Whether the point-biserial is below 0 beyond chance: without any tie it has a deviation of 1 / sqrt(n - 1)."""
    return item.point_biserial is not None and item.point_biserial * sqrt(item.takers - 1) <= -Z


def _could_be_guessed(item: ItemIndices, answered: int) -> bool:
    """Whether so many would have it right by guessing in more than 5 of 100 classes, by the binomial distribution.

    Not where those who know the rest have it right: they know it.
    """
    if item.point_biserial is not None and item.point_biserial * sqrt(item.takers - 1) >= Z:
        return False
    fewer = chance_of_at_most(item.right.chosen - 1, answered, guessing_chance(item.question))
    return 1 - fewer > CHANCE


def _unused(item: ItemIndices) -> str:
    if item.question.kind is Kind.TRUE_FALSE:
        return ""
    return "".join(one for one, use in item.options.items() if not use.chosen and one not in item.question.key)
