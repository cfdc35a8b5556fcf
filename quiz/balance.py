"""Whether the form of questions tells something of their keys: measures that a guesser could use."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import erfc, exp, gamma, sqrt

from quiz.intervals import Share
from quiz.question import Kind, Question

MOST_LONGER = 1.5
"""A key longer than the mean of its distractors by more than this is a good guess."""
FEWEST_EXPECTED = 2
"""Keys a place: of fewer the chi-square says nothing."""
RARE = 0.01
"""So rarely chance alone makes keys that uneven: then something is the matter."""


@dataclass(frozen=True, slots=True)
class Evenness:
    """How far keys are from being spread evenly: chi-square, and how often chance alone makes it as large."""

    chi_square: float
    degrees: int
    p: float


def key_length(question: Question) -> float:
    """How long the key of a single choice is, in mean lengths of its distractors; 0 for other kinds."""
    if question.kind is not Kind.SINGLE:
        return 0.0
    key = len(question.option(min(question.key)).text)
    others = [len(option.text) for option in question.options if option.id not in question.key]
    return key * len(others) / sum(others)


def longest_is_key(questions: Iterable[Question]) -> tuple[Share, float]:
    """Of how many single choices the longest option is the key; and of what share it is by chance.

    Only those count in which one option alone is the longest: whoever guesses by length can guess no other.
    """
    hits, of, chance = 0, 0, 0.0
    for one in questions:
        lengths = sorted((len(option.text) for option in one.options), reverse=True)
        if one.kind is Kind.SINGLE and lengths[0] > lengths[1]:
            longest = next(option for option in one.options if len(option.text) == lengths[0])
            hits, of, chance = hits + (longest.id in one.key), of + 1, chance + 1 / len(one.options)
    return Share(hits, of), chance / of if of else 0.0


def key_places(questions: Iterable[Question]) -> dict[int, Counter[int]]:
    """How often the key stands at each place, from 1, of single choices; by how many options they have."""
    counted: dict[int, Counter[int]] = {}
    for one in questions:
        if one.kind is Kind.SINGLE:
            place = next(at for at, option in enumerate(one.options, start=1) if option.id in one.key)
            counted.setdefault(len(one.options), Counter())[place] += 1
    return dict(sorted(counted.items()))


def evenness(counted: Mapping[int, Counter[int]]) -> Evenness | None:
    """Pearson's chi-square of all places against each being alike, added up over the numbers of options.

    Numbers of options with fewer than two keys a place are left out (Koehler & Larntz 1980, JASA 75: 336-344, find
    chi-square right from about there on where all places are alike); None where none is left.
    """
    enough = {number: places for number, places in counted.items() if places.total() >= FEWEST_EXPECTED * number}
    if not enough:
        return None
    statistic = sum(_chi_square(number, places) for number, places in enough.items())
    degrees = sum(number - 1 for number in enough)
    return Evenness(statistic, degrees, chi_square_tail(statistic, degrees))


def chi_square_tail(statistic: float, degrees: int) -> float:
    """How likely chi-square of so many degrees of freedom is at least this large.

    In closed form (Abramowitz & Stegun 26.4.4 and 26.4.5): the regularised gamma function Q(degrees/2, statistic/2),
    built up from Q(1/2, x) = erfc(√x), or Q(1, x) = exp(-x), by Q(a + 1, x) = Q(a, x) + xᵃ·exp(-x) / Γ(a + 1).
    """
    x = statistic / 2
    a, tail = (0.5, erfc(sqrt(x))) if degrees % 2 else (1.0, exp(-x))
    while a < degrees / 2:
        tail += x**a * exp(-x) / gamma(a + 1)
        a += 1
    return tail


def truths(questions: Iterable[Question]) -> Counter[bool]:
    """How many statements are true, and how many false."""
    return Counter("a" in one.key for one in questions if one.kind is Kind.TRUE_FALSE)


def _chi_square(number: int, places: Counter[int]) -> float:
    expected = places.total() / number
    return sum((places[place] - expected) ** 2 / expected for place in range(1, number + 1))
