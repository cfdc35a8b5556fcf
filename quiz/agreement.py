"""How far two who judged the same things agree."""

from collections import Counter
from collections.abc import Hashable, Sequence

from quiz.intervals import Share

Pairs = Sequence[tuple[Hashable, Hashable]]
"""What the one and the other said of each thing."""


def same(pairs: Pairs) -> Share:
    """Of how many things both said the same."""
    return Share(sum(one == other for one, other in pairs), len(pairs))


def kappa(pairs: Pairs) -> float | None:
    """Cohen's kappa: agreement beyond chance, 1 where they always agree, 0 where only as often as by chance.

    (observed - expected) / (1 - expected), expected from how often each says each word (Cohen 1960, Educational and
    Psychological Measurement 20: 37-46). None where nothing was judged, or both said one and the same word of all: then
    chance explains everything. Where nearly all is judged alike, it is low whatever the readers do: read it beside
    `same`.
    """
    number = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(first[word] * second[word] for word in first)
    if expected == number * number:
        return None
    observed = sum(one == other for one, other in pairs)
    return (number * observed - expected) / (number * number - expected)
