"""Options as an answer to a question gives them: in the form of a dictionary, not in the case of a gap."""

from collections.abc import Sequence

from generation.offline.candidates import Candidate
from generation.offline.figures import FigureKind
from generation.offline.grammar import Name, Phrase
from generation.offline.source import Source


class PlainForms:
    """Finds the plain forms of the options that the rules fitted to a gap."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._places = {(one.passage, one.at): place for place, one in enumerate(source.reading.sentences)}

    def of(self, candidate: Candidate, fact: str, options: Sequence[str]) -> tuple[str, ...]:
        """The same options, all in their plain form, or all as they are where one has none."""
        place = self._places.get((candidate.passage, candidate.at))
        found: Sequence[str | None] = ()
        if place is not None and candidate.form in {"definition", "term"}:
            definition = self._source.definitions.get(place)
            phrase = definition.phrase if candidate.form == "definition" and definition else None
            phrase = phrase or self._source.subjects.get(place)
            found = self._terms(phrase, fact, options) if phrase else ()
        elif place is not None and candidate.form == "name":
            found = self._names(self._source.names.get(place, ()), fact, options)
        elif candidate.form == FigureKind.WORD:
            found = self._numerals(fact, options)
        plain = tuple(form for form in found if form)
        return plain if len(set(plain)) == len(options) else tuple(options)

    def _terms(self, phrase: Phrase, fact: str, options: Sequence[str]) -> Sequence[str | None]:
        known = {self._source.grammar.fit(term, phrase, fact): term.text for term in self._source.terms}
        found = [phrase.term.text, *(known.get(option) for option in options[1:])]
        # Dictionaries have small letters, also for the Earth.
        return [term and term[0].upper() + term[1:] for term in found]

    def _names(self, names: Sequence[Name], fact: str, options: Sequence[str]) -> Sequence[str | None]:
        grammar = self._source.grammar
        gap = next((name for name in names if name.text == options[0]), None)
        if gap is None:
            return ()
        known = (name for name in self._source.known_names if name.kind is gap.kind)
        fitted = {grammar.fit_name(name, gap, fact): name for name in known}
        return [grammar.plain_name(name) if name else None for name in (gap, *map(fitted.get, options[1:]))]

    def _numerals(self, fact: str, options: Sequence[str]) -> Sequence[str | None]:
        grammar = self._source.grammar
        after = fact.partition(options[0])[2]
        forms, numerals = grammar.numerals(options[0], after), grammar.words.ordered("numerals")
        if len(forms) < len(numerals):
            return ()
        plain = dict(zip(forms, numerals, strict=True))
        return [plain.get(option.casefold()) for option in options]
