"""Which other numbers could stand for one: none that follows from the right one, none beyond what its unit can be."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from generation.offline.grammar import Grammar

LEAST, MOST = Decimal("0.35"), Decimal("2.4")
"""Between these times the right amount lie the wrong ones."""
LEAST_AGE, MOST_AGE = Decimal("0.8"), Decimal("1.4")
APART, AGES_APART = Decimal("1.2"), Decimal("1.1")
"""Two amounts are at least this many times apart."""
LARGE = 100
"""From here on wrong numbers have as many digits as the right one."""
LIMITS = {
    "en": (
        (re.compile(r"\shours?\s(?:a|per|each|every|of (?:a|the|each))\s(?:day|night)\b"), 24),
        (re.compile(r"\s[ap]\.?m\b"), 12),
        (re.compile(r"\sdays?\s(?:a|per|each|every|of the)\sweek\b"), 7),
        (re.compile(r"\smonths?\s(?:a|per|each|every|of the)\syear\b"), 12),
        (re.compile(r"\s?(?:%|per cent\b|percent\b)"), 100),
    ),
    "ru": (
        (re.compile(r"\s(?:час\w*|ч)\s(?:в|за)\s(?:сутки|день|ночь)\b"), 24),
        (re.compile(r"\s(?:час\w*|ч)\s(?:утра|дня|вечера|ночи)\b"), 12),
        (re.compile(r"\s(?:дн\w+|день|раз\w?)\sв\sнеделю\b"), 7),
        (re.compile(r"\sмесяц\w*\sв\sгод\w?\b"), 12),
        (re.compile(r"\s?(?:%|процент\w*\b)"), 100),
    ),
}
"""What follows a number, and how large it can be then, unless it is larger already."""
AGE = {
    "en": re.compile(
        r"\b(?:aged?(?: of)?|at|under|over|than|least|is|are|was)\s<\d+>(?:\syears? old|[.,;]|\s(?:and|or)\b)"
    ),
    "ru": re.compile(
        r"\b(?:с|до|в|моложе|младше|старше|возраст\w*|достиг\w+|исполни\w+|менее|более|ранее)\s<\d+>\s(?:лет|года?)\b"
        r"(?!\sназад)"
    ),
}
"""A number of years, in < >, that is somebody's age."""
CONDITION = {
    "en": re.compile(r"\b(?:if|unless)\b[^,;:—]*$|^to\s[^,]*$"),
    "ru": re.compile(r"\bесли\b[^,;:—]*$|^(?:чтобы|для)\s[^,]*$"),
}
"""Before a number in a condition or a purpose: what is said holds for other numbers too."""
OF_WHOM = {
    "en": re.compile(r"\b(?:who|whose|that|which|when|where)\b[^,;:]*$"),
    "ru": re.compile(r"\b(?:котор\w+|кто|кому|когда)\b[^,;:]*$"),
}
"""Before a bound that tells whom the sentence is about: who is at least 14 may do what who is 14 may."""


class Side(StrEnum):
    """On which side of a bound other numbers do not follow from it."""

    ABOVE = "above"
    """At least 12: not at least 16."""
    BELOW = "below"
    """At most 12: not at most 8."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where wrong amounts may lie, and how many times apart two are at least."""

    low: Decimal
    high: Decimal
    apart: Decimal


def side_of(before: str, grammar: Grammar) -> Side | None:
    """The side on which wrong numbers must lie, by the words before the right one; None where it is no bound."""
    lead = before.casefold().rstrip()
    for name, side in (("at_least", Side.ABOVE), ("at_most", Side.BELOW)):
        ends = (match.end() for match in grammar.words.pattern(name).finditer(lead))
        if len(lead) in ends:
            return side
    return None


def is_condition(before: str, grammar: Grammar) -> bool:
    """Whether a number belongs to what must be so for the rest to hold, by the words before it."""
    lead = before.casefold()
    of_whom = side_of(before, grammar) and OF_WHOM[grammar.language].search(lead)
    return bool(of_whom or CONDITION[grammar.language].search(lead))


def room_for(right: Decimal, before: str, after: str, grammar: Grammar) -> Room:
    """Where wrong amounts may lie beside a right one that stands between these words."""
    low, high, apart = right * LEAST, right * MOST, APART
    side = side_of(before, grammar)
    age = f"{before[-20:].casefold()}<{int(right)}>{after[:20].casefold()}"
    if right == int(right) and AGE[grammar.language].search(age):
        low, high, apart = right * LEAST_AGE, right * MOST_AGE, AGES_APART
    if side is Side.ABOVE:
        low = right
    if side is Side.BELOW:
        high = right
    if right >= LARGE:
        digits = Decimal(10) ** right.adjusted()
        low, high = max(low, digits), min(high, digits * 10 - 1)
    limits = (Decimal(limit) for pattern, limit in LIMITS[grammar.language] if pattern.match(after.casefold()))
    high = min((high, *(limit for limit in limits if right <= limit)))
    return Room(low, high, apart)
