"""Questions of one quiz that ask for nearly the same."""

from collections.abc import Sequence
from itertools import combinations

from rapidfuzz import fuzz

from quiz.question import Kind, Question
from quiz.topics import normal_form

KEYS_ALIKE = 90
STEMS_ALIKE = 80
STATEMENTS_ALIKE = 90


def near_duplicates(questions: Sequence[Question]) -> list[tuple[Question, Question]]:
    """The pairs that have about the same key, and about the same stem or the same evidence; of statements the stem.

    Meant to find more than `generation.checks.no_repeat` keeps out: two questions on one fact, each well worded.
    """
    return [pair for pair in combinations(questions, 2) if _near(*pair)]


def _near(one: Question, other: Question) -> bool:
    stems = normal_form(one.stem), normal_form(other.stem)
    if Kind.TRUE_FALSE in {one.kind, other.kind}:
        return one.kind is other.kind and fuzz.token_set_ratio(*stems) >= STATEMENTS_ALIKE
    if fuzz.token_sort_ratio(_key(one), _key(other)) < KEYS_ALIKE:
        return False
    same_fact = one.evidence is not None and one.evidence == other.evidence
    return same_fact or fuzz.token_set_ratio(*stems) >= STEMS_ALIKE


def _key(question: Question) -> str:
    return normal_form(" ".join(sorted(question.option(one).text for one in question.key)))
