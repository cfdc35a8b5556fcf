"""How sure figures of a sample are: 95 % intervals of shares and medians."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb, sqrt

Z = 1.959964
"""Of a normal distribution 95 % lies within so many standard deviations."""
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """So many `hits` of so many; of none there is no share."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's score interval without correction for continuity (Wilson 1927, JASA 22: 209-212).

        It stays within 0 and 1, and says something of 0 and of 100 % too.
        """
        if not self.of:
            return None
        share, spread = self.hits / self.of, Z * Z / self.of
        middle = share + spread / 2
        half = sqrt(spread * (share * (1 - share) + spread / 4))
        return Interval(max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread)))


def share_of(answers: Iterable[bool]) -> Share:
    """How many of these are true."""
    given = list(answers)
    return Share(sum(given), len(given))


def median(values: Sequence[float]) -> float | None:
    """The middle one, or the mean of the middle two; None of none."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def median_interval(values: Sequence[float]) -> Interval | None:
    """Between which two of the values the median lies in 95 of 100 samples, whatever their distribution.

    The narrowest pair of the k-th from below and from above that is sure enough, by the binomial distribution (Conover,
    Practical Nonparametric Statistics, section 3.2). Fewer than six values give none.
    """
    ordered = sorted(values)
    number = len(ordered)
    outside, rank = 0.0, 0
    while True:
        outside += comb(number, rank) / 2**number
        if 2 * outside > 1 - CONFIDENCE:
            return Interval(ordered[rank - 1], ordered[-rank]) if rank else None
        rank += 1
