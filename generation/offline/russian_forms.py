"""Forms of Russian words: what a word may be, and the same phrase in another case."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

from generation.offline.grammar import Term

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
FUNCTION = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ"})
AGREEING = frozenset({"ADJF", "PRTF"})
PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})
NO_ADJECTIVES = frozenset({"Apro", "Anum"})
GOVERNING = frozenset(
    ("полный", "богатый", "бедный", "равный", "близкий", "известный", "похожий", "достойный", "верный")
)
"""Adjectives that a noun in a case of its own may follow."""
ASKING = frozenset(("какой", "каков", "каковой"))
OBJECT = frozenset(("nomn", "gent", "accs"))
"""Cases of a noun that an adjective before it which is in another does not govern."""
FEW = frozenset({"два", "три", "четыре"})
"""In the nominative, a noun takes another form behind them than behind the others."""
READABLE = re.compile(r"[A-Za-zА-Яа-яЁё0-9.,:;-]+")
"""Words that the dictionary is asked about; it fails on letters that have no name."""
LIKELY = 0.05
"""A reading of a word that is rarer than this is not reckoned with."""
KEPT = 20_000
"""Words and phrases of which it is kept what they are."""


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word: the part of speech and the grammatical categories, by OpenCorpora's names, else empty."""

    word: str
    normal: str
    part: str
    case: str
    number: str
    gender: str
    tense: str
    marks: frozenset[str]
    likelihood: float
    inflect: Callable[[set[str]], Any]

    def is_noun(self, case: str) -> bool:
        """Whether it is a noun in a case."""
        return self.part == "NOUN" and self.case == case

    def in_form(self, *grammemes: str) -> str | None:
        """The word in another form; None where it has none."""
        inflected = self.inflect(set(filter(None, grammemes)))
        return str(inflected.word) if inflected else None


class Forms:
    """The dictionary of word forms, with what was asked of it kept."""

    def __init__(self) -> None:
        self.readings = lru_cache(KEPT)(self._read)
        self.meaning = lru_cache(KEPT)(self._meaning)
        self.noun_phrase = lru_cache(KEPT)(self._noun_phrase)
        self.in_case = lru_cache(KEPT)(self._in_case)
        self.numerals_like = lru_cache(KEPT)(self._numerals_like)

    def is_any(self, word: str, parts: Collection[str]) -> bool:
        """Whether a word may be one of these parts of speech."""
        return any(form.part in parts for form in self.readings(word))

    def is_first(self, word: str, parts: Collection[str]) -> bool:
        """Whether a word is most likely one of these parts of speech."""
        return self.readings(word)[0].part in parts

    def is_in_case(self, word: str, case: str) -> bool:
        """Whether a word may be a noun in a case."""
        return any(form.is_noun(case) for form in self.readings(word))

    def is_known(self, word: str) -> bool:
        """Whether the dictionary has a word."""
        return bool(self._dictionary.word_is_known(word))

    def is_proper(self, word: str) -> bool:
        """Whether a word is most likely a name."""
        return bool(self.readings(word)[0].marks & PROPER)

    def is_past(self, word: str) -> bool:
        """Whether it may be a verb in the past tense."""
        return any(form.part == "VERB" and form.tense == "past" for form in self.readings(word))

    def tells_gender(self, word: str) -> bool:
        """Whether the word takes another form beside a subject of another gender."""
        first = self.readings(word)[0]
        return first.number == "sing" and (
            first.part in {"PRTS", "ADJS"}
            or (first.part == "VERB" and first.tense == "past")
            or first.normal in {"который", "он", "она", "оно", "его", "сам"}
            or (first.part in AGREEING and first.case == "nomn")
        )

    def normal(self, word: str) -> str:
        """The form of a word that stands in a dictionary."""
        return self.readings(word)[0].normal

    def disagree(self, first: str, second: str) -> bool:
        """Whether a noun stands right behind an adjective or сколько and surely not in the form which that demands."""
        nouns = [form for form in self.readings(second) if form.part == "NOUN"]
        if len(nouns) < len(self.readings(second)) or not self.is_known(second) or not self.is_known(first):
            return False
        if first == "сколько":
            return not any(noun.case in {"gent", "gen2"} for noun in nouns)
        heads = [form for form in self.readings(first) if form.normal in ASKING or not form.marks & NO_ADJECTIVES]
        is_adjective = all(form.part == "ADJF" or form.normal in ASKING for form in heads)
        if len(heads) < len(self.readings(first)) or not is_adjective:
            return False
        if any(form.normal in GOVERNING for form in heads) or any(noun.case not in OBJECT for noun in nouns):
            return False
        return not any(self._may_stand_beside(form, noun) for form in heads for noun in nouns)

    @staticmethod
    def _may_stand_beside(form: Form, noun: Form) -> bool:
        if form.number == "plur" and noun.number == "sing" and noun.case == "gent":
            return form.normal not in ASKING  # of two, three or four
        of_its_gender = not form.gender or not noun.gender or form.gender == noun.gender
        return form.case in {"", noun.case} and form.number == noun.number and of_its_gender

    def begins_a_meaning(self, word: str) -> bool:
        """Whether a word can begin what a thing is said to be: a noun or an adjective in the nominative, or тот."""
        return any(
            (form.part in {"NOUN", *AGREEING} and form.case == "nomn") or form.normal in {"тот", "один"}
            for form in self.readings(word)
        )

    def _numerals_like(self, word: str, numerals: tuple[str, ...], gender: str) -> list[str]:
        """The numerals in the case of one, before a noun of this gender; those that take the same form of the noun."""
        for form in self.readings(word):
            if form.part != "NUMR" or form.normal not in numerals:
                continue
            straight = form.case in {"nomn", "accs"}
            alike = [one for one in numerals if not straight or (one in FEW) == (form.normal in FEW)]
            made = [numeral for one in alike if (numeral := self._numeral(one, form.case, gender))]
            if word in made and len(made) == len(alike):
                return made
        return []

    @cached_property
    def _dictionary(self) -> Any:  # noqa: ANN401 - pymorphy3 has no types
        return import_module("pymorphy3").MorphAnalyzer(lang="ru")

    def _read(self, word: str) -> Sequence[Form]:
        """The likely readings of a word, the likeliest first; there is always one."""
        if not READABLE.fullmatch(word):
            return [Form(word, word.casefold(), "", "", "", "", "", frozenset(), 1.0, _has_no_form)]
        parses = self._dictionary.parse(word)
        kept = [parse for parse in parses if parse.score >= LIKELY] or parses[:1]
        return [
            Form(
                word=str(parse.word),
                normal=str(parse.normal_form),
                part=str(parse.tag.POS or ""),
                case=str(parse.tag.case or ""),
                number=str(parse.tag.number or ""),
                gender=str(parse.tag.gender or ""),
                tense=str(parse.tag.tense or ""),
                marks=frozenset(map(str, parse.tag.grammemes)),
                likelihood=float(parse.score),
                inflect=parse.inflect,
            )
            for parse in kept
        ]

    def _meaning(self, word: str) -> str:
        """The form in a dictionary of a word that carries a meaning of its own, else nothing."""
        first = self.readings(word)[0]
        return "" if first.part in FUNCTION else first.normal

    def _noun_phrase(self, text: str, case: str) -> Term | None:
        """The term that a phrase in this case is: adjectives and a noun, and nouns in the genitive behind it."""
        words = text.split()
        if not all(word.replace("-", "").isalpha() for word in words):
            return None
        for place, word in enumerate(words):
            for head in self.readings(word):
                fits = head.is_noun(case) and head.number and self._agree(words[:place], head)
                if fits and self._hang_on(words[place + 1 :]):
                    return self._term(words, place, head)
            if not self.is_any(word, AGREEING):
                return None
        return None

    def _in_case(self, text: str, case: str) -> str | None:
        """A term, which stands in the nominative, in another case."""
        words = text.split()
        for place, word in enumerate(words):
            for head in self.readings(word):
                if not head.is_noun("nomn") or not self._agree(words[:place], head):
                    continue
                inflected = self._inflected(words[: place + 1], head, case)
                if inflected:
                    return " ".join((*inflected, *words[place + 1 :]))
        return None

    def _agree(self, words: Sequence[str], head: Form) -> bool:
        """Whether words before a noun are adjectives of it."""
        return all(any(self._agrees(form, head) for form in self.readings(word)) for word in words)

    @staticmethod
    def _agrees(form: Form, head: Form) -> bool:
        of_its_gender = not form.gender or not head.gender or form.gender == head.gender
        alike = form.case == head.case and form.number == head.number and of_its_gender
        return form.part in AGREEING and alike and not form.marks & NO_ADJECTIVES

    def _hang_on(self, words: Sequence[str]) -> bool:
        """Whether words behind a noun are nouns in the genitive, with their adjectives."""
        genitive = (
            any(form.part in {"NOUN", *AGREEING} and form.case == "gent" for form in self.readings(word))
            for word in words
        )
        return all(genitive) and (not words or self.is_in_case(words[-1], "gent"))

    def _term(self, words: Sequence[str], place: int, head: Form) -> Term | None:
        changed = self._inflected(words[: place + 1], head, "nomn")
        if not changed:
            return None
        text = " ".join((*changed, *words[place + 1 :]))
        proper = bool(head.marks & PROPER) or any(word[0].isupper() for word in words[1:])
        shown = text if proper or text[1:2].isupper() else text[0].lower() + text[1:]
        return Term(shown, head.number, head.gender, proper)

    def _inflected(self, words: Sequence[str], head: Form, case: str) -> list[str]:
        """A noun and the adjectives before it in another case, with the capitals that they have; else nothing."""
        made: list[str] = []
        for word in words:
            fitting = (form for form in self.readings(word) if self._agrees(form, head))
            form = head if word.casefold() == head.word else next(fitting, None)
            changed = form.in_form(case, form.number or "sing") if form else None
            if changed is None:
                return []
            if word.isupper() and len(word) > 1:
                made.append(changed.upper())
            else:
                made.append(changed.capitalize() if word[0].isupper() else changed)
        return made

    def _numeral(self, word: str, case: str, gender: str) -> str | None:
        form = next((one for one in self.readings(word) if one.part == "NUMR"), None)
        return (form.in_form(case, gender) or form.in_form(case)) if form else None


def _has_no_form(grammemes: set[str]) -> None:
    """No word that is not known has another form."""
