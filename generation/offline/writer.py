"""The offline writer: questions from a material by rules alone, each with its evidence."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import accumulate

from generation.chance import chance_of
from generation.checks import failed_check
from generation.offline.candidates import Candidate
from generation.offline.grammar import LANGUAGES, Grammar, grammar_of
from generation.offline.lists import about_lists
from generation.offline.reading import read
from generation.offline.roots import gives_away
from generation.offline.sentences import about_figures, about_names, about_terms
from generation.offline.source import Source
from generation.offline.statements import true_statements, turned_statements
from generation.offline.tables import about_tables
from generation.request import Asked, Draft, WriteRequest
from generation.source_checks import SourceChecks
from quiz.material import Material

FORMS = (about_terms, about_figures, about_names, about_tables, about_lists, true_statements, turned_statements)
CHANCE = 0.1
"""How much of its worth is left to chance: else each row of a table would be asked about by its first column."""
GIVE_AWAY = "give_away"
"""What drops a question whose term shares a root with what describes it."""
SAME_KEY = 0.4
"""What a question loses for each that has the same answer."""
AGAIN = 0.12
"""What a question loses for each of its form that is there already: variety is worth something."""
OF_TERMS = {"described", "description", "definition", "term"}
"""Forms whose key may share a root with the question."""
SHARE = {"truefalse": 4, "true": 5, "value": 3, "extreme": 5, "next": 4}
"""Of so many questions one may be of such a form."""


class Nothing(StrEnum):
    """Why there is nothing to ask."""

    LANGUAGE = "language"
    """The rules know English and Russian only."""
    NO_FACTS = "no_facts"
    """No sentence, list or table with an answer that is the only right one."""
    ASKED = "asked"
    """All that can be asked was asked already."""


class NothingToAsk(Exception):
    """A material gives no question; `why` says the reason."""

    def __init__(self, why: Nothing) -> None:
        super().__init__(str(why))
        self.why = why


def write_offline(
    material: Material,
    language: str,
    count: int,
    seed: str,
    avoid: Sequence[Asked] = (),
    *,
    of: Callable[[int, int], bool] | None = None,
    checks: SourceChecks | None = None,
    dropped: list[tuple[Draft, str]] | None = None,
) -> list[Draft]:
    """At most `count` drafts, in the order of the material, each with its evidence and past every check.

    With `of` they are about the places alone for which it holds: the number of a passage, and a character in it; the
    rest still tells which wrong options might be right. `checks` are those of a whole source, where the material is a
    part of it. What a check drops on the way is added to `dropped`, with its name. The same for the same seed, spread
    over the material, no two about one sentence, none that is in `avoid`. Raises `NothingToAsk` instead of an empty
    list. It computes for 40 to 75 ms for 1,000 words, and for up to a second when a language is first used: call it
    with `asyncio.to_thread`, never on the event loop.
    """
    if language not in LANGUAGES:
        raise NothingToAsk(Nothing.LANGUAGE)
    grammar = grammar_of(language)
    source = Source(read(material, grammar), grammar)
    candidates = [candidate for form in FORMS for candidate in form(source, chance_of(f"{seed} {form.__name__}"))]
    if of is not None:
        candidates = [one for one in candidates if of(one.passage, one.at)]
    if not candidates:
        raise NothingToAsk(Nothing.NO_FACTS)
    request = WriteRequest(seed, material.title, language, None, count, tuple(avoid))
    chosen = _Chosen(request, grammar, checks or SourceChecks(material, language))
    for among in _stretches(candidates, material, count):
        chosen.take_best_of(among)
    while chosen.take_best_of(candidates):
        pass
    if dropped is not None:
        dropped += chosen.dropped
    if not chosen.drafts:
        raise NothingToAsk(Nothing.ASKED if avoid else Nothing.NO_FACTS)
    kept = sorted(chosen.drafts, key=lambda one: (one.passage, one.at))
    return [candidate.draft for candidate in kept]


class _Chosen:
    """What was chosen so far."""

    def __init__(self, request: WriteRequest, grammar: Grammar, checks: SourceChecks) -> None:
        self.drafts: list[Candidate] = []
        self.dropped: list[tuple[Draft, str]] = []
        self._forms: Counter[str] = Counter()
        self._keys: Counter[str] = Counter()
        self._chance = chance_of(request.quiz)
        self._luck: dict[int, float] = {}
        self._request = request
        self._refused: set[int] = set()
        self._facts: set[tuple[int, int]] = set()
        self._grammar = grammar
        self._checks = checks

    def take_best_of(self, among: Sequence[Candidate]) -> bool:
        """Take the one worth most that passes every check, if more are wanted; whether one was taken."""
        while len(self.drafts) < self._request.count:
            able = [candidate for candidate in among if self._may_take(candidate)]
            if not able:
                return False
            best = max(able, key=self._worth)
            if self._take(best):
                return True
        return False

    def _worth(self, candidate: Candidate) -> float:
        luck = self._luck.setdefault(id(candidate), self._chance.random() * CHANCE)
        again = AGAIN * self._forms[candidate.form] + SAME_KEY * self._keys[_key(candidate.draft)]
        return candidate.worth + luck - again

    def _may_take(self, candidate: Candidate) -> bool:
        share = SHARE.get(candidate.form)
        full = share is not None and self._forms[candidate.form] * share > len(self.drafts)
        return not full and id(candidate) not in self._refused and self._facts.isdisjoint(candidate.facts)

    def _gives_away(self, candidate: Candidate) -> bool:
        return candidate.form in OF_TERMS and gives_away(candidate.draft, self._grammar)

    def _take(self, candidate: Candidate) -> bool:
        asked = [Asked(one.draft.stem, _key(one.draft)) for one in self.drafts]
        request = replace(self._request, avoid=(*self._request.avoid, *asked))
        given_away = GIVE_AWAY if self._gives_away(candidate) else None
        if check := failed_check(candidate.draft, request) or given_away or self._checks.failed(candidate.draft):
            self._refused.add(id(candidate))
            self.dropped.append((candidate.draft, check))
            return False
        self.drafts.append(candidate)
        self._forms[candidate.form] += 1
        self._keys[_key(candidate.draft)] += 1
        self._facts |= candidate.facts
        return True


def _key(draft: Draft) -> str:
    return " ".join(draft.options[place] for place in sorted(draft.right))


def _stretches(candidates: Sequence[Candidate], material: Material, count: int) -> list[list[Candidate]]:
    """The candidates of as many equal stretches of the material as questions are wanted, in its order."""
    starts = [0, *accumulate(len(passage.text) for passage in material.passages)]
    stretches: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        stretch = (starts[candidate.passage] + candidate.at) * count // max(1, starts[-1])
        stretches.setdefault(min(stretch, count - 1), []).append(candidate)
    return [stretches[place] for place in sorted(stretches)]
