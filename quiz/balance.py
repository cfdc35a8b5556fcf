"""Whether the form of questions tells something of their keys: measures that a guesser could use."""

from collections import Counter
from collections.abc import Iterable

from quiz.question import Kind, Question

MOST_LONGER = 1.5
"""A key longer than the mean of its distractors by more than this is a good guess."""
OF_FOUR = 4
FEWEST_EXPECTED = 2
"""Keys a place: of fewer the chi-square says nothing."""
CRITICAL_3 = 11.34
"""Chi-square of 3 degrees of freedom: 1 in 100 evenly spread sets of keys exceeds it."""


def key_length(question: Question) -> float:
    """How long the key of a single choice is, in mean lengths of its distractors; 0 for other kinds."""
    if question.kind is not Kind.SINGLE:
        return 0.0
    key = len(question.option(min(question.key)).text)
    others = [len(option.text) for option in question.options if option.id not in question.key]
    return key * len(others) / sum(others)


def key_places(questions: Iterable[Question]) -> Counter[str]:
    """How often each place in the file is the key, of single choices of four options."""
    return Counter(min(one.key) for one in questions if one.kind is Kind.SINGLE and len(one.options) == OF_FOUR)


def unevenness(places: Counter[str]) -> float:
    """Chi-square of the four places against all being alike; 0 where there are too few to say."""
    expected = places.total() / OF_FOUR
    if expected < FEWEST_EXPECTED:
        return 0.0
    return sum((places[place] - expected) ** 2 / expected for place in "abcd")


def truths(questions: Iterable[Question]) -> Counter[bool]:
    """How many statements are true, and how many false."""
    return Counter("a" in one.key for one in questions if one.kind is Kind.TRUE_FALSE)
