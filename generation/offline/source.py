"""What else the material says: terms, names and figures for wrong options, and whether one would be right."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from random import Random
from typing import TypeVar

from generation.offline.figures import NUMBERS, Figure, FigureKind, figures
from generation.offline.grammar import Definition, Grammar, Name, NameKind, Phrase, Term
from generation.offline.kinds import kind_of
from generation.offline.places import sort_of_place
from generation.offline.reading import Item, Reading, plain
from generation.offline.standing import is_whole, is_worth_asking
from quiz.material import UNDER

ALSO_CALLED = {
    "en": re.compile(
        r"(?P<one>[\w’'-]+(?:\s[\w’'-]+)?),?\s(?:\(|or\s|(?:is\s|are\s)?also\s(?:called|known as)\s)"
        r"(?:an?\s|the\s)?(?P<other>[\w’'-]+(?:\s[\w’'-]+)?)[,).]"
    ),
    "ru": re.compile(
        r"(?P<one>[\w-]+(?:\s[\w-]+)?),?\s(?:\(|или\s|иначе\s|то есть\s)(?P<other>[\w-]+(?:\s[\w-]+)?)[,).]"
    ),
}
OFTEN = 2
"""Sentences that speak of a thing, from which on it is one that the source is about."""
SHARED = 2
"""Words in common, from which on two sentences are about one thing."""
COMMON = 200
"""Sentences: a word of more of them says nothing of what one is about."""
A_LONG_LIFE = 120
"""Years."""
KEPT = 2_000
"""Texts without their marks."""
DATED = 3
"""Of so many sentences one has a year, where years are worth asking for."""
POOL = 60
"""Of known names, terms or figures, so many are looked through for one question."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the source that says one thing, with the words that carry its meaning."""

    content: frozenset[str]
    numbers: frozenset[str]


class Source:
    """A material, looked through once."""

    def __init__(self, reading: Reading, grammar: Grammar) -> None:
        self.reading = reading
        self.grammar = grammar
        self.sentences = [one for one in reading.sentences if is_worth_asking(one, grammar)]
        texts = [sentence.text for sentence in reading.sentences]
        texts += [" ".join(cells) for table in reading.tables for cells, _ in table.rows]
        self.content = cache(grammar.content)
        number = re.compile(NUMBERS[grammar.language])
        self.units = [Unit(self.content(text), frozenset(number.findall(text))) for text in texts]
        self._where: dict[str, set[int]] = {}
        for place, unit in enumerate(self.units):
            for word in unit.content:
                self._where.setdefault(word, set()).add(place)
        self.definitions: dict[int, Definition] = {}
        self.subjects: dict[int, Phrase] = {}
        self.figures: dict[int, list[Figure]] = {}
        self._figures_by_unit: dict[tuple[FigureKind, str], list[tuple[int, Figure]]] = {}
        self.names: dict[int, Sequence[Name]] = {}
        self._synonyms = self._find_synonyms()
        self._look_through()
        self._meanings: dict[str, list[frozenset[str]]] = {}
        for definition in self.definitions.values():
            self._meanings.setdefault(definition.phrase.term.text, []).append(self.content(definition.meaning))
        self._begun_with = Counter(phrase.term.text for phrase in self.subjects.values())
        self._kinds: dict[str, str] = {}
        self._find_kinds()
        self.terms = self._find_terms()
        self._sorts: dict[frozenset[str], str] = {}
        self._years: dict[frozenset[str], list[int]] = {}
        self.known_names = self._find_names()

    def is_topic(self, words: Collection[str]) -> bool:
        """Whether so many sentences are about these words that they name the subject of all."""
        return bool(words) and min(len(self._with(word)) for word in words) > max(OFTEN, len(self.units) // 4)

    def is_theme(self, words: Collection[str]) -> bool:
        """Whether these words name what the whole source is about: by its title, or since it speaks of that often."""
        return self.is_topic(words) or (bool(words) and set(words) <= self.title)

    def are_comparable(self, one: Name, other: Name) -> bool:
        """Whether two people may have lived in one time, or two places are of one sort, as far as the source tells."""
        first, second = self.content(one.text), self.content(other.text)
        if one.kind is NameKind.PLACE:
            return self._sorts.get(first, "") == self._sorts.get(second, "")
        apart = (abs(year - known) for year in self._years.get(first, ()) for known in self._years.get(second, ()))
        return min(apart, default=0) <= A_LONG_LIFE

    def kind_of(self, term: str) -> str:
        """The kind of thing that a term is of, as far as the source or its own words tell; else empty."""
        known = self._kinds.get(term.casefold())
        return known if known is not None else kind_of(self.grammar.genus(term), self.grammar)

    def kind_of_item(self, item: Item) -> str:
        """The kind of thing that the head of an item is of."""
        return kind_of(self.grammar.genus(item.body), self.grammar) or kind_of(
            self.grammar.genus(item.head), self.grammar
        )

    def may_be_right(self, option: str, key: str, sentence: str) -> bool:
        """Whether the source says of an option what a sentence says of its key, or may well mean that.

        It does where the option stands in the sentence, shares a word with the key, is another name of it, or stands
        elsewhere with two of the sentence's other words, or with half of them where there are few.
        """
        words, of_key = self.content(option), self.content(key)
        one, other = option.casefold(), key.casefold()
        if not words or words & of_key or one in other or other in one or self._are_synonyms(words, of_key):
            return True
        said = self.content(sentence)
        if words <= said or stands_in(option, sentence):
            return True
        rest = said - of_key
        enough = min(SHARED, max(1, len(rest) // 2))
        return any(len(self.units[place].content & rest) >= enough for place in self._with(*words))

    def are_told_of_together(self, one: str, other: str) -> bool:
        """Whether one sentence has both, so that one may be a part or a kind of the other."""
        words = self.content(one) | self.content(other)
        return bool(self._with(*words))

    def figures_like(self, figure: Figure, place: int) -> list[Figure]:
        """Figures of the same kind and unit, from other sentences than the one at this place; not more than some."""
        alike = self._figures_by_unit.get((figure.kind, figure.unit), ())
        return [other for at, other in alike if at != place][:POOL]

    def is_otherwise_later(self, place: int, figure: Figure) -> bool:
        """Whether the sentence behind the one at this place says that a figure was another one later."""
        following = self.reading.sentences[place + 1 : place + 2]
        later = self.grammar.words.pattern("later")
        return any(
            later.search(sentence.text.casefold())
            and any(other.unit == figure.unit and figure.unit for other in self.figures.get(place + 1, ()))
            for sentence in following
        )

    @staticmethod
    def some(known: Sequence[T], chance: Random) -> list[T]:
        """As many as are looked through for wrong options, in a random order: a long source has thousands."""
        return chance.sample(list(known), min(POOL, len(known)))

    def closeness(self, term: str, sentence: str) -> int:
        """How many words of a sentence the source says of a term too, at most: terms of one kind are alike in that."""
        said = self.content(sentence)
        return max((len(self.units[place].content & said) for place in self._with(*self.content(term))), default=0)

    def is_defined_by(self, term: str, other: str) -> bool:
        """Whether the source says what a term is with the words of another, so that it may be a kind of that."""
        words = self.content(other)
        return any(words <= meaning for meaning in self._meanings.get(term, ()))

    def is_common(self, term: Term) -> bool:
        """Whether a term is surely no name: it stands somewhere in small letters, or the source defines it."""
        if self.grammar.language != "en" or term.text in self._meanings:
            return True
        pattern = re.compile(rf"(?<!\w){re.escape(term.text)}(?!\w)")
        told_in = (place for place in self._with(*self.content(term.text)) if place < len(self.reading.sentences))
        return any(pattern.search(self.reading.sentences[place].text) for place in told_in)

    def is_countable(self, term: Term) -> bool:
        """Whether the source speaks of "a" such thing."""
        one = re.compile(rf"\b[Aa]n?\s{re.escape(term.text)}\b")
        return term.article in {"a", "an"} or any(one.search(sentence.text) for sentence in self.reading.sentences)

    @cached_property
    def is_dated(self) -> bool:
        """Whether so many sentences have a year that years are what the source is about."""
        dated = sum(any(one.kind is FigureKind.YEAR for one in found) for found in self.figures.values())
        return dated * DATED > len(self.figures)

    def heading_above(self, heading: str, passage: int) -> str:
        """A heading where a passage is told of by it: the first below it, and those that have a word of it."""
        passages = self.reading.material.passages
        first = not passage or passages[passage - 1].place.heading != passages[passage].place.heading
        fits = first or bool(self.content(heading) & self.content(passages[passage].text))
        return heading if fits else ""

    def numbers_about_the_same(self, sentence: str) -> set[str]:
        """The numbers in a sentence and in all that share two words with it."""
        told = (self._where.get(word, set()) for word in self.content(sentence))
        shared = Counter(place for places in told if len(places) <= COMMON for place in places)
        return {number for place, count in shared.items() if count >= SHARED for number in self.units[place].numbers}

    def _with(self, *words: str) -> set[int]:
        """The places of the units that have all of these words."""
        places = sorted((self._where.get(word, set()) for word in words), key=len)
        return places[0].intersection(*places[1:]) if places else set()

    def _look_through(self) -> None:
        for place, sentence in enumerate(self.reading.sentences):
            if not is_whole(sentence.text):
                continue
            if definition := self.grammar.definition(sentence.text):
                self.definitions[place] = definition
            if subject := self.grammar.subject(sentence.text):
                self.subjects[place] = subject
            self.figures[place] = figures(sentence.text, self.grammar)
            self.names[place] = self.grammar.names(sentence.text)
            for figure in self.figures[place]:
                self._figures_by_unit.setdefault((figure.kind, figure.unit), []).append((place, figure))

    def _find_kinds(self) -> None:
        items = [item for block in self.reading.lists for item in block.items if item.head]
        self._kinds |= {item.head.casefold(): self.kind_of_item(item) for item in items}
        for definition in self.definitions.values():
            term = definition.phrase.term.text
            said = (*self.grammar.genus(definition.meaning), *self.grammar.genus(term))
            self._kinds[term.casefold()] = kind_of(said, self.grammar)

    @cached_property
    def title(self) -> frozenset[str]:
        """The words of the heading above all others."""
        tops = {passage.place.heading.partition(UNDER)[0] for passage in self.reading.material.passages}
        return self.content(plain(tops.pop())) if len(tops) == 1 else frozenset()

    def _find_terms(self) -> list[Term]:
        """The terms of the source, those that it defines first, each once."""
        defined = [definition.phrase.term for definition in self.definitions.values()]
        heads = [
            self.grammar.as_term(item.head) for block in self.reading.lists for item in block.items if _is_a_term(item)
        ]
        subjects = [phrase.term for phrase in self.subjects.values()]
        recurring = [term for term in subjects if self.is_common(term) and self._is_established(term)]
        return _each_once(
            term for term in (*defined, *heads, *recurring) if term and not self.grammar.is_general(term.text)
        )

    def _is_established(self, term: Term) -> bool:
        """Whether the source speaks of a thing twice, or begins two sentences with it."""
        words = self.content(term.text)
        spoken_of = len(self._with(*words))
        return spoken_of >= OFTEN or self._begun_with[term.text] >= OFTEN

    def _find_names(self) -> list[Name]:
        """The names of the source whose kind is known; one that stands with two kinds is none."""
        found = [name for names in self.names.values() for name in names]
        for place, names in self.names.items():
            for name in filter(lambda name: name.kind, names):
                words, text = self.content(name.text), self.reading.sentences[place].text
                if name.kind is NameKind.PLACE and not self._sorts.get(words):
                    self._sorts[words] = sort_of_place(name, text, self.grammar, self.content)
                years = (one for one in self.figures[place] if one.kind is FigureKind.YEAR)
                self._years.setdefault(words, []).extend(int(one.values[0]) for one in years)
        kinds = {(name.text, name.kind) for name in found if name.kind}
        several = {text for text, count in Counter(text for text, _ in kinds).items() if count > 1}
        known: dict[tuple[str, str, str], Name] = {}
        for name in found:
            if name.kind and name.text not in several:
                known.setdefault((name.text, name.before, name.case), name)
        return list(known.values())

    def _find_synonyms(self) -> dict[str, list[tuple[frozenset[str], frozenset[str]]]]:
        """Pairs of names of one thing, by each of their words."""
        found: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
        for sentence in self.reading.sentences:
            for match in ALSO_CALLED[self.grammar.language].finditer(sentence.text):
                first, second = self.content(match["one"]), self.content(match["other"])
                for word in first | second:
                    found.setdefault(word, []).append((first, second))
        return found

    def _are_synonyms(self, one: frozenset[str], other: frozenset[str]) -> bool:
        pairs = (pair for word in one for pair in self._synonyms.get(word, ()))
        return any((one <= first and other <= second) or (other <= first and one <= second) for first, second in pairs)


def _each_once(terms: Iterable[Term]) -> list[Term]:
    known: dict[str, Term] = {}
    for term in terms:
        known.setdefault(term.text.casefold(), term)
    return list(known.values())


def _is_a_term(item: Item) -> bool:
    """Whether the head of an item is explained, and no amount is given for it."""
    return bool(item.head) and not re.match(r"\D{0,12}\d", item.body)


def stands_in(words: str, text: str) -> bool:
    """Whether a text has these words one after the other, whatever marks and capitals they have."""
    return f" {_bare(words)} " in f" {_bare(text)} "


@lru_cache(KEPT)
def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
