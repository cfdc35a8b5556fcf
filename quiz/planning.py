"""Which questions an attempt asks, and in which order."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from quiz.attempt import PlannedQuestion
from quiz.question import Kind, Level, Question

T = TypeVar("T")


class Dice(Protocol):
    """Where chance comes from; `random.Random` is one."""

    def sample(self, population: Sequence[T], k: int) -> list[T]:
        """Choose k of the population, in random order."""
        ...


def plan_attempt(
    questions: Sequence[Question], *, count: int, level: Level | None, dice: Dice
) -> tuple[PlannedQuestion, ...]:
    """Choose up to `count` questions of the level (None: any) and shuffle them and their options.

    Questions of mixed levels come easiest first. The options of true/false keep their order.
    """
    suitable = [question for question in questions if level is None or question.level == level]
    chosen = dice.sample(suitable, min(count, len(suitable)))
    chosen.sort(key=lambda question: question.level)
    return tuple(plan_question(question, dice) for question in chosen)


def plan_question(question: Question, dice: Dice) -> PlannedQuestion:
    """Fix the order in which one person sees the options of a question."""
    ids = [option.id for option in question.options]
    order = ids if question.kind is Kind.TRUE_FALSE else dice.sample(ids, len(ids))
    return PlannedQuestion(question.id, question.revision, question.kind, "".join(order), question.key)
