"""Whether wrong options are of the kind and form of the right one: figures of one measure, names, phrases as long."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from generation.offline.figures import FigureKind, figures
from generation.offline.grammar import LANGUAGES, grammar_of
from generation.request import Draft
from generation.word_forms import are_forms, content_words, words_of
from quiz.material import Material

FIGURE = re.compile(r"[^\w]*\d[\d\s.,:/–—-]*\s*[%‰°]?[^\W\d]{0,12}\.?(?:/\w{1,4})?[^\w]*")
"""A number, a year or a span of them, with one word behind it at most."""
MEASURE = re.compile(r"\d[\d\s.,:/–—-]*\s*(?P<unit>[%‰]|°\s?\w?|[^\W\d_]+\.?(?:[²³]|/\w{1,4})?)?[^\w]*$")
"""A number and what it counts."""
YEARS = re.compile(r"\D*\d{3,4}(?:\s?[–—-]\s?\d{2,4})?\s?(?:гг?\.?|год\w*|AD|BC|CE|BCE)?\D{0,2}")
"""What may be a year, or a span of years."""
SAME_MEASURE = [
    frozenset(units.split())
    for units in """
        mm cm dm m km nm µm mi ft in metre metres meter meters kilometre kilometres kilometer kilometers mile miles feet
        mg g kg t ton tons tonne tonnes gram grams kilogram kilograms lb pounds
        ms s sec min h second seconds minute minutes hour hours day days week weeks month months year years centuries
        ml cl l litre litres liter liters
        hundred thousand million millions billion billions trillion
        мм см дм м км нм мкм метр метра метров километр километра километров сантиметр сантиметра сантиметров
        мг г кг т ц тонна тонны тонн грамм грамма граммов килограмм килограмма килограммов
        мс с сек мин ч секунд секунды минут минуты час часа часов день дня дней недели недель месяцев года лет век
        мл л литр литра литров
        тысяч тысячи тыс миллион миллиона миллионов млн миллиард миллиарда миллиардов млрд
        °c °f k kelvin
        °с °c к
        j kj mj kwh
        дж кдж мдж
        w kw mw gw
        вт квт мвт гвт
        hz khz mhz ghz
        гц кгц мгц ггц
        bit bits byte bytes kb mb gb tb
        бит байт байта байтов кб мб гб тб
    """.strip().splitlines()
]
"""Units that one thing may be measured in."""
TIMES_AS_LONG = 4
WORDS_LONGER = 4
CASELESS = {"de"}
"""Languages that write every noun with a capital letter."""
WITHIN = re.compile(r"(?<=[\w,;»”)–—-] )[^\W\d_]+(?:['’-][^\W\d_]+)*")
"""A word that does not begin a sentence, a line or a quotation."""


class WordKind(StrEnum):
    """What a word or a phrase is, as far as it is told by how it is written."""

    NAME = "name"
    COMMON = "common"


class OptionKinds:
    """Tells the kinds of options, by how a material writes them."""

    def __init__(self, material: Material, language: str) -> None:
        self._language = language
        self._small: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        for passage in material.passages if language not in CASELESS else ():
            for match in WITHIN.finditer(passage.text):
                (self._small if match[0][0].islower() else self._capital)[match[0].casefold()] += 1

    def are_alike(self, draft: Draft) -> bool:
        """Whether each wrong option is of the kind and the form of the right ones, as far as can be told.

        Figures stand beside figures, of one measure, and years beside years; names beside names; no phrase is four
        times as long as the right one, or as short.
        """
        figured = {bool(FIGURE.fullmatch(option)) for option in draft.options}
        if len(figured) > 1:
            return False
        keys = [draft.options[place] for place in sorted(draft.right)]
        wrong = [option for place, option in enumerate(draft.options) if place not in draft.right]
        if figured == {True}:
            return self._are_of_one_measure(draft.options) and self._are_all_years_or_none(keys, wrong, draft)
        return self._are_all_names_or_none(keys, wrong) and _are_as_long(keys, wrong)

    def _are_of_one_measure(self, options: Sequence[str]) -> bool:
        measures = [match["unit"] or "" for option in options if (match := MEASURE.search(option))]
        first, *others = [unit.casefold().strip(".").replace(" ", "") for unit in measures]
        return all(self._is_the_same_measure(first, other) for other in others)

    def _is_the_same_measure(self, one: str, other: str) -> bool:
        if one == other or (one and other and are_forms(one, other, self._language)):
            return True
        return any(one in units and other in units for units in SAME_MEASURE)

    def _are_all_years_or_none(self, keys: Iterable[str], wrong: Iterable[str], draft: Draft) -> bool:
        """Whether a year stands beside what may be years, and no year of the evidence beside an amount."""
        if draft.evidence is None or self._language not in LANGUAGES:
            return True
        told = figures(draft.evidence.quote, grammar_of(self._language))
        years = {one.text for one in told if one.kind is FigureKind.YEAR}
        amounts = {one.text for one in told if one.kind is FigureKind.AMOUNT}
        for key in keys:
            if _number_in(key) in years and not all(YEARS.fullmatch(option) for option in wrong):
                return False
            if _number_in(key) in amounts and any(_number_in(option) in years for option in wrong):
                return False
        return True

    def _are_all_names_or_none(self, keys: Iterable[str], wrong: Iterable[str]) -> bool:
        of_keys = {kind for key in keys if (kind := self._kind_of(key))}
        of_wrong = {kind for option in wrong if (kind := self._kind_of(option))}
        return len(of_keys) != 1 or of_wrong <= of_keys

    def _kind_of(self, option: str) -> WordKind | None:
        """A name where the material writes all its words with capital letters; none where it writes all without."""
        words = content_words(option, self._language)
        if not words or self._language in CASELESS:
            return None
        small, capital = (sum(counted[word] > 0 for word in words) for counted in (self._small, self._capital))
        if not small and capital == len(words):
            return WordKind.NAME
        if small == len(words) and not capital:
            return WordKind.COMMON
        return None


def _are_as_long(keys: Iterable[str], wrong: Iterable[str]) -> bool:
    lengths = [len(words_of(key)) for key in keys]
    low, high = min(lengths, default=0), max(lengths, default=0)
    return not any(
        _is_much_longer(low, other) or _is_much_longer(other, high) for other in map(len, map(words_of, wrong))
    )


def _is_much_longer(short: int, long: int) -> bool:
    return long > TIMES_AS_LONG * short and long > short + WORDS_LONGER


def _number_in(option: str) -> str:
    found = re.search(r"\d[\d.,–—-]*\d|\d", option)
    return found[0] if found else ""
