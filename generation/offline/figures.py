"""Amounts and years in a sentence: the ones that an unambiguous question can be asked about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from generation.offline.bounds import is_condition, side_of
from generation.offline.grammar import Grammar


class FigureKind(StrEnum):
    """What a figure is."""

    AMOUNT = "amount"
    YEAR = "year"
    CENTURY = "century"
    DECADE = "decade"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence: `values` are one or, for a stretch such as 35–40, two; `unit` is what is counted."""

    start: int
    end: int
    text: str
    kind: FigureKind
    values: tuple[Decimal, ...]
    unit: str = ""


SPACES = "\u00a0\u202f\u2009 "
NUMBERS = {
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
    "ru": rf"\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?",
}
BETWEEN = {"en": r"\s?[–—-]\s?|\sto\s|\sand\s", "ru": r"\s?[–—-]\s?|\sдо\s|\sи\s"}
STRETCHES = {
    language: re.compile(rf"(?<!\w)(?P<low>{number})(?:(?P<between>{BETWEEN[language]})(?P<high>{number}))?(?!\w)")
    for language, number in NUMBERS.items()
}
UNIT = re.compile(r"[\s\u00a0\u202f]?(%|‰|°[CСF]?|[^\W\d_]+(?:[²³]|/[^\W\d_]+)?)")
AFTER_A_STRETCH = {"en": ("between", "from"), "ru": ("от", "с", "между")}
STRETCHED = {"to"}
"""Between two numbers it always makes a stretch of them."""
EQUALS = {
    "en": {"of", "is", "to", "equals", "was", "at", "reaches", "index", "reached"},
    "ru": {"равен", "равна", "равно", "равны", "составляет", "составила", "составил", "составило", "достигает", "до"},
}
"""After these a number needs no unit."""
YEAR = r"1[0-9]{3}|20[0-4][0-9]"
YEARS = {
    "en": re.compile(
        rf"(?P<lead>\b(?:in|since|by|until|till|from|to|between|of|around|about|after|before|during|early|late|and|year"
        rf"|january|february|march|april|may|june|july|august|september|october|november|december)[\s,]+|\()"
        rf"(?P<year>{YEAR})(?:\s?[–—-]\s?(?P<last>{YEAR}))?(?=[\s,.;:)])(?!\s?%|[.,]\d)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        rf"(?P<lead>(?:\b(?:в|во|с|до|к|от|по|на|около|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября"
        rf"|декабря|весной|летом|осенью|зимой|начале|конце|середине)\s|\()?)(?<![\d.,–—-])"
        rf"(?P<year>{YEAR})(?:\s?[–—-]\s?(?P<last>{YEAR}))?(?=\s?(?P<sign>гг?\.|год[ауы]?\b|году\b|годах\b|годов\b)|\))",
        re.IGNORECASE,
    ),
}
OF_ANYTHING = {"of", "about", "around", "to", "from", "and", "before", "after", "between", "early", "late"}
"""Behind these a number is a year only when nothing is counted by it."""
OPEN_YEARS = {"by", "before", "after", "к", "до", "после"}
"""Behind these other years would be as true."""
DATED = re.compile(rf"(?<!\d)(?:{YEAR})(?!\d)")
"""A year that stands anywhere: it tells the century."""
CENTURIES = {
    "en": re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)(?= (?:century|centuries)\b)(?! centuries)"),
    "ru": re.compile(r"(?<![\w–—-])([IVX]{1,5})(?=\s(?:век[аеу]?\b|в\.))"),
}
DECADES = re.compile(r"\b(1[5-9]\d0|20[0-2]0)s\b")
ROMAN = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"),
    *("XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
)
NOT_PLAIN = "№#§$€£¥/.,:–—-+×*^"
"""Before a number they make something else of it: a price, a date, a formula, part of a name."""
MONEY = "$€£¥"


def figures(text: str, grammar: Grammar) -> list[Figure]:
    """The figures of a sentence that can be asked for, in order; none overlap."""
    found: list[Figure] = []
    for figure in (*_years(text, grammar), *_centuries(text, grammar.language), *_amounts(text, grammar)):
        if not any(figure.start < other.end and other.start < figure.end for other in found):
            found.append(figure)
    return sorted(found, key=lambda figure: figure.start)


def numbers_in(text: str, language: str) -> set[Decimal]:
    """All numbers that stand in a text, as values."""
    return {value_of(match[0], language) for match in re.finditer(NUMBERS[language], text)}


def value_of(text: str, language: str) -> Decimal:
    """The value of a number as the language writes it."""
    return Decimal(text.replace(",", "") if language == "en" else re.sub(rf"[{SPACES}]", "", text).replace(",", "."))


def _years(text: str, grammar: Grammar) -> Iterator[Figure]:
    for match in YEARS[grammar.language].finditer(text):
        years = [Decimal(year) for year in match.group("year", "last") if year]
        start = match.start("year")
        lead = match["lead"].casefold().strip() or text[:start].casefold().rstrip().rpartition(" ")[2]
        counted = lead in OF_ANYTHING and grammar.is_counted(_unit(text, match.end()))
        of_weight = grammar.language == "ru" and not match["lead"] and (match["sign"] or "").startswith("г")
        if counted or lead in OPEN_YEARS or (of_weight and match["sign"] == "г."):
            continue
        if len(years) == 1 or years[0] < years[1]:
            yield Figure(start, match.end(), text[start : match.end()], FigureKind.YEAR, tuple(years))


def _centuries(text: str, language: str) -> Iterator[Figure]:
    if DATED.search(DECADES.sub("", text)):
        return
    for match in CENTURIES[language].finditer(text):
        number = int(match[1]) if match[1].isdigit() else ROMAN.index(match[1]) + 1 if match[1] in ROMAN else 0
        if number > 1:
            yield Figure(match.start(), match.end(), match[0], FigureKind.CENTURY, (Decimal(number),))
    for match in DECADES.finditer(text if language == "en" else ""):
        yield Figure(match.start(), match.end(), match[0], FigureKind.DECADE, (Decimal(match[1]),))


def _amounts(text: str, grammar: Grammar) -> Iterator[Figure]:
    language = grammar.language
    for match in STRETCHES[language].finditer(text):
        high, between = match["high"], match["between"] or ""
        before = text[: match.start()].rstrip().casefold()
        start, end = match.start(), match.end()
        last = re.search(r"[\w-]+$", before)
        parted = between.strip().isalpha() and between.strip() not in STRETCHED
        if parted and (not last or last[0] not in AFTER_A_STRETCH[language]):
            high, end = None, match.end("low")  # two numbers, and no stretch
        values = tuple(value_of(one, language) for one in (match["low"], high) if one)
        figure = Figure(start, end, text[start:end], FigureKind.AMOUNT, values, _unit(text, end))
        if _can_be_asked_for(figure, text, last[0] if last else "", grammar):
            yield figure
    for match in re.finditer(r"(?<![\w-])[^\W\d_]+(?![\w-])", text):
        if grammar.numerals(match[0], text[match.end() :]) and not _is_pointed_at(text[: match.start()], grammar):
            unit = _unit(text, match.end())
            yield Figure(match.start(), match.end(), match[0], FigureKind.WORD, (), unit)


def _can_be_asked_for(figure: Figure, text: str, last: str, grammar: Grammar) -> bool:
    before, after = text[: figure.start], text[figure.end :]
    if (before[-1:] in NOT_PLAIN and before[-1:]) or (before.rstrip()[-1:] in MONEY and before.strip()):
        return False
    if re.match(r"[/:–—-]\S|[.,]\d|\s?[×*^+]|(?:st|nd|rd|th)\b|['’]", after):
        return False
    if figure.unit.casefold() in grammar.words.set("months"):
        return False
    if last in {"a", "an"} or last in grammar.words.set("numbered") or _is_open(before, after, grammar):
        return False
    if len(figure.values) > 1 and (figure.values[0] >= figure.values[1] or not grammar.is_counted(figure.unit)):
        return False
    if any(value <= 1 and value == int(value) for value in figure.values):
        return False
    of_years = figure.unit.casefold().startswith("год") or (
        figure.unit.casefold() in {"г", "гг"} and last not in EQUALS[grammar.language]
    )
    if re.fullmatch(YEAR, figure.text) and (of_years or not grammar.is_counted(figure.unit)):
        return False
    return bool(figure.unit) or last in EQUALS[grammar.language]


def _unit(text: str, end: int) -> str:
    match = UNIT.match(text, end)
    return match[1] if match else ""


def _is_open(before: str, after: str, grammar: Grammar) -> bool:
    """Whether other numbers would do as well: more than 200; if five members demand it."""
    lead, trail = before.casefold().rstrip(), after.casefold().lstrip()
    phrases = grammar.words.pattern("open_ended_phrases")
    if is_condition(before, grammar) or phrases.match(trail):
        return True
    if side_of(before, grammar):
        return False
    close = [match.end() for match in phrases.finditer(lead)]
    return close[-1:] == [len(lead)] or lead.rpartition(" ")[2] in OPEN[grammar.language]


def _is_pointed_at(before: str, grammar: Grammar) -> bool:
    """Whether a number in words follows what points at things known already: the two, all three."""
    return bool(re.search(POINTERS[grammar.language], before.casefold())) or _is_open(before, "", grammar)


OPEN = {
    "en": {"over", "above", "under", "below", "beyond", "exceeding", "exceeds", "exceed", "exceeded"},
    "ru": {"свыше", "выше", "ниже", "превышает", "превышают", "превышал", "превышала", "превысил", "превысила"},
}
POINTERS = {
    "en": r"\b(?:the|these|those|all|both|his|her|its|their|our|your|every|other|any)\s+(?:\w+\s)?$"
    r"|\b(?:first|last|next|than|or|to|and|another)\s$",
    "ru": r"\b(?:эти|этих|этими|все|всех|всеми|оба|по|первые|последние|другие|остальные|или|и|его|её|их|от|до|на)\s+$",
}
