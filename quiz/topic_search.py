"""From what a student types to a deck: titles, names and synonyms in each language, a small typo allowed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from quiz.description import Description
from quiz.topics import normal_form

SHORTEST_WITH_TYPO = 5
LETTERS_PER_TYPO = 7
MOST_TYPOS = 3
NUMBER = re.compile(r".*\d.*|[ivx]+")
"""A word with a digit, or a Roman numeral: world war i is not world war ii with a letter left out."""


@dataclass(frozen=True, slots=True)
class DeckMatch:
    """A deck found for a topic, and the language of the name that was typed."""

    deck: Description
    language: str


class TopicIndex:
    """The names of decks, prepared so that a topic is looked for in all of them at once."""

    def __init__(self, decks: Iterable[Description]) -> None:
        self._known: dict[str, list[tuple[int, DeckMatch]]] = {}
        """By the normal form of a name: whose it is, and the place of that deck among all."""
        self._not_meant: dict[str, set[int]] = {}
        """By the normal form of a topic: the places of the decks that do not mean it, however near their names are."""
        for place, deck in enumerate(decks):
            for topic in deck.not_meant:
                self._not_meant.setdefault(normal_form(topic), set()).add(place)
            for language, title in deck.titles.items():
                match = DeckMatch(deck, language)
                for form in {normal_form(name) for name in (title, *deck.names[language])}:
                    self._known.setdefault(form, []).append((place, match))
        self._forms = list(self._known)

    def find(self, topic: str, language: str) -> DeckMatch | None:
        """The deck whose name is nearest to the topic, within a typo for each 7 letters, at most 3; else None.

        `language` decides where both languages have the name, and the order of the decks where several have it.
        Distance is optimal string alignment: a letter more, a letter less, another letter, or two letters swapped count
        as one typo. The typos must be spread as they fall: a word that differs by more than its own share is another
        word (quartic, quadratic), and so is another number (1789, 1989). A deck that says that it does not mean plants,
        when planets is one of its names, is not found under plants.
        """
        return next(iter(self.near(topic, language)), None)

    def near(self, topic: str, language: str) -> list[DeckMatch]:
        """Every deck and language that `find` would find if there were no other, the nearest first."""
        found: dict[tuple[int, str], tuple[int, DeckMatch]] = {}
        wanted = normal_form(topic)
        not_meant = self._not_meant.get(wanted, set[int]())
        for distance, form in sorted(self._near(wanted)):
            for place, match in self._known[form]:
                if distance == 0 or place not in not_meant:
                    found.setdefault((place, match.language), (distance, match))
        ranked = [(distance, one != language, place, match) for (place, one), (distance, match) in found.items()]
        return [match for *_rank, match in sorted(ranked, key=lambda one: one[:3])]

    def places(self) -> Iterator[tuple[str, set[int]]]:
        """The normal form of each name, and the places of the decks that have it among all."""
        for form, known in self._known.items():
            yield form, {place for place, _match in known}

    def _near(self, wanted: str) -> Iterator[tuple[int, str]]:
        """The known forms that may be meant, and how far they are from what is wanted."""
        for form, distance, _ in process.extract(
            wanted, self._forms, scorer=OSA.distance, processor=None, score_cutoff=MOST_TYPOS, limit=None
        ):
            if distance <= _typos_in(max(wanted, form, key=len)) and _same_words(wanted, form):
                yield int(distance), form


def find_deck(decks: Iterable[Description], topic: str, language: str) -> DeckMatch | None:
    """The deck among these whose name is nearest to the topic, as `TopicIndex.find` says."""
    return TopicIndex(decks).find(topic, language)


def _typos_in(text: str) -> int:
    return 0 if len(text) < SHORTEST_WITH_TYPO else min(MOST_TYPOS, max(1, len(text) // LETTERS_PER_TYPO))


def _same_words(wanted: str, known: str) -> bool:
    """Whether no word is another one; where words were joined or split there is nothing to compare."""
    ones, others = wanted.split(), known.split()
    if len(ones) != len(others):
        return True
    pairs = zip(ones, others, strict=True)
    return all(OSA.distance(one, other) <= _typos_in_word(one, other) for one, other in pairs)


def _typos_in_word(one: str, other: str) -> int:
    if NUMBER.fullmatch(one) or NUMBER.fullmatch(other):
        return 0
    return max(1, _typos_in(max(one, other, key=len)))
