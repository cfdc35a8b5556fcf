"""Names in English sentences, and whether they are of a person or a place."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import cast

from generation.offline.grammar import Name, NameKind, Words

CAPITALISED = r"(?:[A-ZÀ-ÖØ-Þ][\w’-]*[a-zà-öø-ÿ][\w’-]*|[A-Z]\.)"
NAME = re.compile(
    rf"{CAPITALISED}(?:\s(?:(?:of|the|de|da|di|del|van|von|der|la|le|al|bin|ibn|y)\s){{0,2}}{CAPITALISED}"
    rf"|\s[IVX]+\b)*"
)
BEFORE = re.compile(r"\b(in|at|from|to|near|into|on|off|by|of|with|between|across|around|against|for|and)\s(?:the\s)?$")
PLACED = {"in", "at", "near", "from", "into", "to", "across", "around", "on", "off"}
IN_A_TITLE = re.compile(r"(?<=[\s“])[A-Z]\w+\s(?:in|of|on|at|to|and|for|from|with)\s(?:the\s|a\s)?$")
"""What stands before a name that is but the end of a title, as of a book."""
BORN = re.compile(r"^(?:\s\(\d|,?\s(?:was born|who|died|lived|had (?:been|discovered)))")
SHORT = 2
NO_PLACES = {"United Nations", "European Union", "Eurozone", "World"}
"""Listed beside countries."""
NAMED_BY_A_NOUN = re.compile(r"(?:^|\s)(?P<noun>[a-z]+)\s$")


def english_names(text: str, words: Words) -> list[Name]:
    """The names of a sentence; a single word at its beginning is one only if a list knows it."""
    return list(_names(text, words))


def kind_by_words(name: str, words: Words) -> NameKind | None:
    """What a name is of, as far as its own words tell."""
    lowered = [word.casefold().strip(".,") for word in name.split()]
    if name in territories() or set(lowered) & words.set("place_words"):
        return NameKind.PLACE
    if lowered[0] in words.set("titles"):
        return NameKind.PERSON
    return None


@cache
def territories() -> frozenset[str]:
    """The names of countries and continents, in English."""
    from babel import Locale

    names = cast("Mapping[str, str]", Locale.parse("en").territories).values()
    return frozenset(name for name in names if name[0].isalpha()) - NO_PLACES


def _names(text: str, words: Words) -> Iterator[Name]:
    not_names = words.set("months") | words.set("weekdays") | words.set("adjectives_of_names")
    for match in NAME.finditer(text):
        start, end = match.span()
        name = match[0]
        while name and name.split()[0].casefold() in words.set("function"):  # The Danube, In Paris
            first = name.split()[0]
            rest = name[len(first) :].lstrip()
            start, name = end - len(rest), rest
        parts = name.split()
        if not parts or any(part.casefold().strip(".") in not_names for part in parts):
            continue
        kind = kind_by_words(name, words)
        quoted = text[:start].endswith(("“", '"', "‘"))
        if quoted or (start == 0 and len(parts) == 1 and not kind) or IN_A_TITLE.search(text[:start]):
            continue
        lead = BEFORE.search(text[:start])
        before = lead[1] if lead else ""
        article = "the" if re.search(r"\b[Tt]he\s$", text[:start]) else ""
        kind = kind or _kind_by_place(text, start, end, parts, "" if article else before, words)
        if kind is NameKind.PERSON and len(parts) == 1 and (article or _is_named_by_a_noun(text[:start], words)):
            kind = None
        if re.search(r"\b[Aa]n?\s$", text[:start]):
            continue
        yield Name(start, end, name, kind, before, article=article)


def _is_named_by_a_noun(before: str, words: Words) -> bool:
    """Whether a noun before a single word says what is called so: the whaler Antarctic."""
    match = NAMED_BY_A_NOUN.search(before)
    of_people = words.set("titles") | words.set("people") | words.set("function")
    return match is not None and match["noun"] not in of_people


def _kind_by_place(text: str, start: int, end: int, parts: list[str], before: str, words: Words) -> NameKind | None:
    """What a name is of, by what stands beside it."""
    following = re.match(r"\s(?:had\s|later\s|first\s)?(\w+)", text[end:])
    acts = following is not None and following[1] in words.set("deeds")
    if before not in PLACED and (acts or BORN.match(text[end:])):
        return NameKind.PERSON if len(parts) >= SHORT or start else None
    if before == "by" and re.search(r"\b\w+(?:ed|en|t|n|d|wn|lt)\s(?:\w+\s)?by\s$", text[:start]):
        return NameKind.PERSON if len(parts) >= SHORT else None
    if before in {"in", "at", "near"} and len(parts) <= SHORT:
        return NameKind.PLACE
    return None
