"""Whether words are forms of one word, in English and Russian by their rules, in other languages by likeness."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from rapidfuzz import fuzz

from generation.offline.english_forms import stem
from generation.offline.grammar import grammar_of

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
BEGINNING = 2
"""Letters that the forms of a word have in common."""
ALIKE = 80
"""Per cent, from which on two words are forms of one where no rules are known."""
SHORT = 4
"""Letters: shorter words are the same or others."""
KEPT = 20_000

Meaning = Callable[[str], frozenset[str]]


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, in their order."""
    return [word.casefold() for word in WORD.findall(text)]


def content_words(text: str, language: str) -> list[str]:
    """The words of a text that carry a meaning, as they stand in it, in small letters."""
    meaning = _meaning_in(language)
    return [word for word in words_of(text) if meaning is None or meaning(word)]


def are_forms(one: str, other: str, language: str) -> bool:
    """Whether two words, in small letters, are forms of one; words of grammar are forms of themselves alone."""
    if one == other:
        return True
    if one[:BEGINNING] != other[:BEGINNING] or any(char.isdigit() for char in one + other):
        return False
    if language == "en":
        return stem(one) == stem(other)
    meaning = _meaning_in(language)
    if meaning is not None:
        return bool(meaning(one) & meaning(other))
    return min(len(one), len(other)) >= SHORT and fuzz.ratio(one, other) >= ALIKE


@cache
def _meaning_in(language: str) -> Meaning | None:
    """What a word means in the form of a dictionary, nothing for a word of grammar; None where no rules are known.

    Russian needs a dictionary, which is there with the extra [notes] alone.
    """
    if language not in {"en", "ru"}:
        return None
    meaning = lru_cache(KEPT)(grammar_of(language).content)
    try:
        meaning("слово")
    except ModuleNotFoundError:
        return None
    return meaning
