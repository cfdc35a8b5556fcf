"""Whether two short answers say the same, whatever their case, articles, word forms and ways to write a number."""

import re
from collections.abc import Iterable, Sequence

from generation.offline.figures import NUMBERS, value_of
from generation.offline.grammar import Grammar

JOINED = re.compile(r"[,;/]|\b(?:and|or|и|или)\b", re.IGNORECASE)
"""What parts two answers."""
YEAR = re.compile(r"\d{4}(?:\s?[–-]\s?\d{4})?")
FIRST_NUMERAL = 2
ROMAN = re.compile(r"\b[IVX]+\b")
LONGER = 1
"""So many words more than the key may a longer name of it have: Alfred Wegener for Wegener."""


def says(said: str, key: str, wrong: Sequence[str], known: Iterable[str], grammar: Grammar) -> bool:
    """Whether an answer in free words is the key, and no more than that.

    It has each word and number of the key, but for what all options have. What else it has stands in one of the `known`
    texts, as in the question, and is no number; or is one word that makes a longer name of the key. Of a year the day
    may be told as well.
    """
    said = _without_days(said, key, grammar)
    key_words, said_words = meaning(key, grammar), meaning(said, grammar)
    others = [meaning(option, grammar) for option in wrong]
    telling = key_words.difference(key_words.intersection(*others))
    if not telling or not telling <= said_words:
        return False
    more = said_words - key_words
    if any(option - key_words <= more for option in others):
        return False
    if any(word[0].isdigit() for word in more):
        return False
    unknown = more - meaning(" ".join(known), grammar)
    return not unknown or (len(unknown) <= LONGER and not JOINED.search(said))


def _without_days(said: str, key: str, grammar: Grammar) -> str:
    """An answer without day, month and the word for a year, where the key is a year."""
    if not YEAR.fullmatch(key):
        return said
    months = "|".join(sorted(grammar.words.set("months"), key=len, reverse=True))
    day = rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{months})\b|\b(?:{months})(?:\s\d{{1,2}}(?:st|nd|rd|th)?)?\b"
    return re.sub(rf"{day}|(?<=\d)\s?(?:гг?\.|год\w*)", " ", said, flags=re.IGNORECASE)


def meaning(text: str, grammar: Grammar) -> frozenset[str]:
    """The words that carry a meaning, each in one form, and numbers by their values, also those written as words."""
    found = re.findall(NUMBERS[grammar.language], text)
    values = {f"{value_of(number, grammar.language).normalize():f}" for number in found}
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", re.sub(NUMBERS[grammar.language], " ", text))
    numerals = {_form(word, grammar): str(value) for value, word in enumerate(_numerals(grammar), FIRST_NUMERAL)}
    forms = {numerals.get(form, form) for form in (_form(word, grammar) for word in words)} - {""}
    return frozenset(values | forms | set(re.findall(r"[%‰°]", text)) | set(ROMAN.findall(text)))


def _numerals(grammar: Grammar) -> Sequence[str]:
    return grammar.words.ordered("numerals")


def _form(word: str, grammar: Grammar) -> str:
    """A word in the form in which it is compared; nothing where it carries no meaning, unless it is a number."""
    return next(iter(grammar.content(word)), word.casefold() if word.casefold() in _numerals(grammar) else "")
