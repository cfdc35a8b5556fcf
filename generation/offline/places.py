"""What sort of place a name is of: nobody takes a river for a town, and a town lies in a land."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import cast

from generation.offline.grammar import Grammar, Name

Content = Callable[[str], frozenset[str]]
BESIDE = re.compile(r"(?P<noun>[^\W\d_]+)\s(?:[—–-]\s|of\s|is\s)?(?:the\s)?$")
"""What a place is, before its name: на реке Адде, the island of Murano, самый большой остров — Ольхон."""
COUNTRY, CONTINENT = "country", "continent"


def sort_of_place(name: Name, text: str, grammar: Grammar, content: Content) -> str:
    """A word for the sort of the place that is named in a text; empty for a town, and where nothing tells."""
    words = content(name.text)
    beside = BESIDE.search(text[: name.start])
    by_noun = _sorts(grammar)
    for word in (*words, *(content(beside["noun"]) if beside else ())):
        if word in by_noun:
            return by_noun[word]
    if words in _continents(grammar):
        return CONTINENT
    return COUNTRY if words in _countries(grammar) else ""


@cache
def _sorts(grammar: Grammar) -> Mapping[str, str]:
    """Nouns that tell the sort of a place, each with the first of its sort."""
    groups = [phrase.split() for phrase in grammar.words.phrases("sorts_of_places")]
    return {word: group[0] for group in groups for noun in group for word in grammar.content(noun)}


@cache
def _continents(grammar: Grammar) -> frozenset[frozenset[str]]:
    return frozenset(map(grammar.content, grammar.words.phrases("continents")))


@cache
def _countries(grammar: Grammar) -> frozenset[frozenset[str]]:
    from babel import Locale

    names = cast("Mapping[str, str]", Locale.parse(grammar.language).territories).values()
    listed = (name for name in names if name[0].isalpha())
    return frozenset(map(grammar.content, (*listed, *grammar.words.phrases("more_countries"))))
