"""Wrong figures beside a right one: of its form and scale, and never equal to it under rounding."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from random import Random

from generation.offline.bounds import LARGE, Room, Side, room_for, side_of
from generation.offline.figures import NUMBERS, ROMAN, Figure, FigureKind, value_of
from generation.offline.grammar import Grammar

WANTED = 3
EXACT = 12
"""Up to here whole numbers are told apart by one."""
TRIED = 24
"""So many amounts near the right one are looked at, of the hundreds that there may be."""
FINEST = 4
"""A right amount is at least this many of the steps between wrong ones."""
STEPS = (5, 2, 1)
LATEST_YEAR = 2020
"""No later year is made up, as it may be still to come."""
SPANS = ((1950, 12), (1800, 25), (1500, 45), (0, 90))
"""From a year on, how many years off a wrong one may be."""
CLOSEST_YEARS = 3
OF_A_SPAN = 4
"""Two years are at least this part of a span apart."""


def wrong_figures(
    figure: Figure, sentence: str, others: Sequence[Figure], taken: Collection[str], grammar: Grammar, chance: Random
) -> list[str]:
    """Up to three wrong texts for a figure of a sentence, none of which stands in it or in `taken`.

    `others` are figures from elsewhere in the source, which come first where they are near in scale.
    """
    if figure.kind is FigureKind.WORD:
        return _words(figure, sentence, grammar, chance)
    if figure.kind is FigureKind.CENTURY:
        return _centuries(figure, sentence, grammar.language, chance)
    if figure.kind is FigureKind.DECADE:
        decades = [f"{figure.values[0] + offset}s" for offset in (-30, -20, -10, 10, 20)]
        return _picked([one for one in decades if int(one[:4]) <= LATEST_YEAR and one not in sentence], chance)
    if figure.kind is FigureKind.YEAR:
        return _years(figure, sentence, others, taken, chance)
    return _amounts(figure, sentence, others, taken, grammar, chance)


def _years(
    figure: Figure, sentence: str, others: Sequence[Figure], taken: Collection[str], chance: Random
) -> list[str]:
    first, length = int(figure.values[0]), int(figure.values[-1] - figure.values[0])
    span = next(span for since, span in SPANS if first >= since)
    closest = max(CLOSEST_YEARS, span // OF_A_SPAN)
    besides = {int(year) for year in re.findall(r"\b\d{4}\b", sentence)} - {int(one) for one in figure.values}
    from_source = [int(other.values[0]) for other in others if other.kind is FigureKind.YEAR]
    chance.shuffle(from_source)
    made = [first + sign * chance.randint(closest, span) for sign in (-1, 1) * (4 * WANTED)]
    chance.shuffle(made)
    kept: list[int] = []
    for year in (*(one for one in from_source if abs(one - first) <= 3 * span), *made):
        # Beside another year of the sentence, a wrong one lies on the same side of it: else it is ruled out by that.
        aside = any((year - other) * (first - other) <= 0 for other in besides)
        near = any(abs(year - known) < closest for known in (first, *kept))
        near = near or any(abs(year - other) < CLOSEST_YEARS for other in besides)
        if near or aside or year + length > max(LATEST_YEAR, int(figure.values[-1])) or str(year) in taken:
            continue
        kept.append(year)
        if len(kept) == WANTED:
            break
    between = figure.text[4:-4] if length else ""
    return [f"{year}{between}{year + length}" if length else str(year) for year in kept]


def _amounts(
    figure: Figure, sentence: str, others: Sequence[Figure], taken: Collection[str], grammar: Grammar, chance: Random
) -> list[str]:
    right, language = figure.values[-1], grammar.language
    room = room_for(right, sentence[: figure.start], sentence[figure.end :], grammar)
    known = [abs(value) for value in figure.values]
    from_source = [
        other.text
        for other in others
        if other.kind is FigureKind.AMOUNT and other.unit == figure.unit and _is_like(other.text, figure.text, language)
    ]
    chance.shuffle(from_source)
    below, above = _scaled(figure, room, grammar, chance)
    lower = chance.randint(0, WANTED)
    made = [*below[:lower], *above[: WANTED - lower], *below[lower:], *above[WANTED - lower :]]
    standing = set(re.findall(NUMBERS[language], sentence))
    kept: list[str] = []
    values = list(known)
    for text in (*from_source[: WANTED - 1], *made):
        numbers = [value_of(one, language) for one in re.findall(NUMBERS[language], text)]
        value = numbers[-1]
        told_apart = all(_are_apart(value, other, room.apart) for other in values[len(known) - 1 :])
        told_apart = told_apart and not any(number in known for number in numbers)
        fits = grammar.agrees(int(value), figure.unit) == grammar.agrees(int(right), figure.unit)
        if not told_apart or not fits or text in taken or text in standing or text in kept:
            continue
        if not room.low <= value <= room.high:
            continue
        kept.append(text)
        values.append(value)
        if len(kept) == WANTED:
            break
    return kept


def _is_like(text: str, other: str, language: str) -> bool:
    """Whether two figures are written alike: as many decimals, and the same between the numbers of a stretch."""
    number = NUMBERS[language]
    return _digits(text, language) == _digits(other, language) and re.sub(number, "", text) == re.sub(number, "", other)


def _scaled(figure: Figure, room: Room, grammar: Grammar, chance: Random) -> tuple[list[str], list[str]]:
    """Amounts of the same form below and above, in a random order; none is round where the right one is not."""
    right = figure.values[-1]
    step = _step(right, _digits(figure.text, grammar.language))
    possible = [step * times for times in range(1, int(room.high / step) + 1)]
    if right % step == 0 and right >= LARGE:
        possible = [value for value in possible if _place_of_last_digit(value) <= _place_of_last_digit(right)]
    values = [value for value in possible if value > max(1, room.low) and _are_apart(value, right, room.apart)]
    below: list[str] = []
    above: list[str] = []
    for value in chance.sample(values, min(TRIED, len(values))):
        text = _like(figure, (value + _odd(right, step, chance)) / right, grammar.language)
        if text and text != figure.text:
            (below if value < right else above).append(text)
    return below, above


def _odd(right: Decimal, step: Decimal, chance: Random) -> Decimal:
    """What makes a round number one that ends in as many noughts as the right one."""
    if right % step == 0:
        return Decimal(0)
    finest = Decimal(1).scaleb(_place_of_last_digit(right))
    return finest * (10 * chance.randrange(int(step / finest) // 10 or 1) + chance.randrange(1, 10))


def _place_of_last_digit(value: Decimal) -> int:
    """The power of ten of the last digit that is no nought."""
    return int(value.normalize().as_tuple().exponent)


def _step(right: Decimal, digits: int) -> Decimal:
    """The largest round step of which the amount is a whole number, and not too few."""
    finest = Decimal(1).scaleb(-digits)
    for power in range(9, -digits - 1, -1):
        for times in STEPS:
            step = times * Decimal(1).scaleb(power)
            if right % step == 0 and right / step >= FINEST and right / step <= 100 * FINEST:
                return step
    return finest if right / finest <= 100 * FINEST else Decimal(1).scaleb(right.adjusted() - 1)


def _like(figure: Figure, times: Decimal, language: str) -> str:
    """The figure's text with its values so many times as large; empty where that has not the same form."""
    digits = _digits(figure.text, language)
    exact = Decimal(1).scaleb(-digits)

    def written(match: re.Match[str]) -> str:
        value = (value_of(match[0], language) * times).quantize(exact)
        return _number(value, match[0], language)

    text = re.sub(NUMBERS[language], written, figure.text)
    values = [value_of(one, language) for one in re.findall(NUMBERS[language], text)]
    if values != sorted(set(values)) or values[0] <= 0:
        return ""
    ends_in_nothing = digits and text.endswith("0") and not figure.text.endswith("0")
    return "" if ends_in_nothing else text


def _number(value: Decimal, like: str, language: str) -> str:
    """A number as the language writes it, with thousands parted where the other has them or would."""
    whole, _, fraction = f"{value:f}".partition(".")
    separator = next((one for one in like if not one.isdigit() and one not in {".", ","}), "\u00a0")
    separator = "," if language == "en" else separator
    parted = len(whole) > 4 or (len(whole) == 4 and (separator in like or len(re.sub(r"\D", "", like)) < 4))
    if parted and len(re.sub(r"\D", "", like)) >= 5 and separator not in like:
        parted = False
    if parted:
        whole = f"{int(whole):,}".replace(",", separator)
    return whole + ("." if language == "en" else ",") * bool(fraction) + fraction


def _are_apart(one: Decimal, other: Decimal, times: Decimal) -> bool:
    low, high = sorted((abs(one), abs(other)))
    if high <= EXACT and low == int(low) and high == int(high):
        return low != high
    return low > 0 and high / low >= times


def _centuries(figure: Figure, sentence: str, language: str, chance: Random) -> list[str]:
    right = int(figure.values[0])
    near = [right + offset for offset in (-3, -2, -1, 1, 2) if 1 < right + offset <= len(ROMAN)]
    texts = [_ordinal(one) if language == "en" else ROMAN[one - 1] for one in near]
    return _picked([text for text in texts if not re.search(rf"\b{text}\b", sentence)], chance)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _words(figure: Figure, sentence: str, grammar: Grammar, chance: Random) -> list[str]:
    words = list(grammar.numerals(figure.text, sentence[figure.end :]))
    place = words.index(figure.text.casefold())
    standing = {word.casefold() for word in re.findall(r"\w+", sentence)}
    side = side_of(sentence[: figure.start], grammar)
    near = [
        word
        for offset, word in enumerate(words)
        if 0 < abs(offset - place) <= WANTED
        and word not in standing
        and side is not (Side.ABOVE if offset < place else Side.BELOW)
    ]
    texts = [word.capitalize() if figure.text[0].isupper() else word for word in near]
    return _picked(texts, chance)


def _picked(texts: Sequence[str], chance: Random) -> list[str]:
    return chance.sample(list(texts), min(WANTED, len(texts)))


def _digits(text: str, language: str) -> int:
    """How many digits stand behind the decimal mark of the last number."""
    match = re.search(r"\d\.(\d+)$" if language == "en" else r"\d,(\d+)$", text)
    return len(match[1]) if match else 0
