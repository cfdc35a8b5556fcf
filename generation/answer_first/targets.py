"""Which answers a material gives to ask for, each with its fact, its evidence and wrong options beside it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, zip_longest
from random import Random

from generation.answer_first.plain_forms import PlainForms
from generation.chance import chance_of
from generation.focus import wanted
from generation.language import language_of
from generation.offline.candidates import Candidate
from generation.offline.figures import UNIT, FigureKind, figures
from generation.offline.grammar import LANGUAGES, Grammar, NameKind, grammar_of
from generation.offline.lists import about_lists
from generation.offline.phrasing import GAP
from generation.offline.reading import plain, read
from generation.offline.sentences import about_figures, about_names, about_terms
from generation.offline.source import Source
from generation.offline.tables import about_tables
from generation.passage_choice import sample_of
from generation.request import Asked, ModelTrouble, Trouble, WriteRequest
from generation.rule_writer import CHARACTERS
from quiz.material import Evidence, Material
from quiz.question import Level

FORMS = (about_terms, about_figures, about_names, about_tables, about_lists)
WORTH = {
    "definition": 0.9,
    "described": 0.8,
    "name": 0.75,
    "cell": 0.7,
    "value": 0.6,
    "dated": 0.7,
    "term": 0.5,
    FigureKind.AMOUNT: 0.75,
    FigureKind.YEAR: 0.7,
    FigureKind.CENTURY: 0.7,
    FigureKind.DECADE: 0.6,
    FigureKind.WORD: 0.7,
}
"""Forms of the offline writer whose right option is a short answer to a question, and what each is worth."""
ASKS = {
    "definition": "term",
    "term": "term",
    "described": "term",
    "cell": "value",
    "value": "value",
    "dated": "value",
    FigureKind.AMOUNT: "amount",
    FigureKind.WORD: "count",
    FigureKind.YEAR: "year",
    FigureKind.CENTURY: "century",
    FigureKind.DECADE: "decade",
}
"""What a question for an answer of such a form asks for."""
CHANCE = 0.1
AGAIN = 0.12
"""What an answer is worth less for each of its form that is chosen before it."""
CENTURY = re.compile(r" century\b")
"""Behind an ordinal."""
PART_OF = re.compile(
    r"\b(?:half|thirds?|quarters?|fifths?|tenths?|part|share|most)\sof\s(?:the\s|its\s|all\s|their\s)*$"
    r"|\b(?:половин|трет|четверт|част|дол|больш)\w*\s(?:из\s|от\s)?(?:всех\s)?$",
    re.IGNORECASE,
)
"""Before a figure, of which the sentence then tells a part: a question leaves that out too easily."""
BOUND = re.compile(
    r"\b(?:up to|at (?:least|most)|(?:no|not) (?:more|less|fewer|later|earlier) than|(?:more|less|fewer) than|as \w+ as"
    r"|within|over|under|above|below|between|from|since|until|till|by|before|after|to|exceeds?|every)\s"
    r"(?:about\s|almost\s|the\s)?$"
    r"|(?<!\w)(?:до|от|с|со|к|после|не (?:более|менее|больше|меньше|раньше|позже)(?: чем)?|более|менее|больше|меньше"
    r"|свыше|выше|ниже|между|минимум|максимум|самое большее|в течение|превыша\w+|кажд\w+)\s"
    r"(?:примерно\s|около\s|почти\s)?$",
    re.IGNORECASE,
)
"""Before a figure that is a limit: asked for without that word, other figures would be right too."""
OPEN = re.compile(
    r"[\s\w]{0,20}\b(?:and|or) (?:over|more|older|above)\b|[\s\w]{0,20}\bи (?:более|больше|старше|выше)\b"
)
"""Behind a figure that is a limit."""
WORDS_BEHIND = 2
ERA = re.compile(r"\s?(?:г\.|год\w*)?\s?(?:до\s)?н\.\s?э|\s?(?:BCE?|AD|CE)\b")
"""Behind a figure that is a year."""
ARTICLE = re.compile(r"(?:an?|the|one|any|each)\s", re.IGNORECASE)
"""Begins what something is, though a word behind it may be a verb elsewhere."""
CLAUSE = re.compile(r"[,;]|\s(?:that|which|who|whose|where|when|in which|котор\w+)\b")
"""Parts what something is from what else is told of it."""
LONGEST_MEASURE = 3
"""Letters of a unit such as km, that nobody counts by."""
UNIT_IN_A_HEAD = re.compile(r"(?:,\s|\()([^\s\d,():]{1,8})\)?:\s$")
"""Diameter, km; Length (m)."""
SHARED = 2
"""Words in common, from which on a question was about this fact."""


@dataclass(frozen=True, slots=True)
class Target:
    """An answer to ask for: `fact` is the sentence, or the row of a table, that gives it, on one line.

    `unit` is what a figure counts, as it stands behind it; empty where the answer is no figure. `needed` are words
    without which a question is of something else: those behind both, which are a part of the measure (an hour, of the
    mass), or the row of a table. `asks` is what for, by the prompt's choices.
    """

    answer: str
    wrong: tuple[str, ...]
    fact: str
    unit: str
    asks: str
    form: str
    level: Level
    explanation: str
    evidence: Evidence
    passage: int
    at: int
    needed: str = ""


def find_targets(request: WriteRequest) -> list[Target]:
    """The answers that a request's material gives, spread over it, the best of each stretch first; none that was asked.

    They are in the passages that its focus means; those whose evidence is covered come last. The same for the same
    quiz. Raises ModelTrouble when there are none. It computes as `write_offline` does: never on the event loop.
    """
    material = request.material
    if material is None:
        raise ModelTrouble(Trouble.NOTHING, "there is no material")
    if request.language not in LANGUAGES or language_of(material) not in {None, request.language}:
        raise ModelTrouble(Trouble.LANGUAGE)
    grammar = grammar_of(request.language)
    part = wanted(material, request.focus, request.language)
    if part.is_all:
        sample = sample_of(material.passages, CHARACTERS, chance_of(request.quiz))
        material = replace(material, passages=tuple(sample))
    source = Source(read(material, grammar), grammar)
    found = [
        target
        for target in _targets(source, request.quiz)
        if _is_near(target.level, request.level) and (part.is_all or part.has(target.passage, target.at))
    ]
    if not found:
        raise ModelTrouble(Trouble.NOTHING)
    left = [one for one in found if not any(_was_asked(one, asked, grammar) for asked in request.avoid)]
    if not left:
        raise ModelTrouble(Trouble.ALL_ASKED)
    spread = _spread(left, material, request.count, chance_of(request.quiz))
    return sorted(spread, key=lambda target: target.evidence in request.covered)


def _targets(source: Source, seed: str) -> Sequence[Target]:
    forms = PlainForms(source)
    found: dict[tuple[int, int, str], Target] = {}
    for form in FORMS:
        for candidate in form(source, chance_of(f"{seed} {form.__name__}")):
            if _is_short_answer(candidate, source):
                target = _target(candidate, source, forms)
                found.setdefault((target.passage, target.at, target.answer), target)
    return list(found.values())


def _is_short_answer(candidate: Candidate, source: Source) -> bool:
    """Whether a question can ask for the right option.

    A thing is described, by what it is and not by what happens; a figure says how many of what, is no limit, and a part
    of it is not told of.
    """
    right, fact, grammar = candidate.draft.options[0], _fact(candidate), source.grammar
    before, _, after = fact.partition(right)
    if candidate.form == "described":
        first = CLAUSE.split(after.lstrip(" :—–-"), maxsplit=1)[0]
        return bool(grammar.as_term(right)) and (bool(ARTICLE.match(first)) or not grammar.has_predicate(first))
    if candidate.form in set(FigureKind) and (PART_OF.search(before) or BOUND.search(before) or OPEN.match(after)):
        return False
    if candidate.form == FigureKind.AMOUNT:
        counted = UNIT.match(after)
        return bool(counted and grammar.is_counted(counted[1])) and not ERA.match(after)
    return candidate.form in WORTH


def _target(candidate: Candidate, source: Source, forms: PlainForms) -> Target:
    draft = candidate.draft
    fact, right = _fact(candidate), draft.options[0]
    unit = _unit(candidate.form, right, fact, source.grammar)
    answer, *wrong = forms.of(candidate, fact, draft.options)
    return Target(
        answer=answer,
        wrong=tuple(wrong),
        fact=fact,
        unit=unit,
        asks=_asks(candidate, fact, unit, source),
        form=candidate.form,
        level=draft.level,
        explanation=draft.explanation,
        evidence=source.reading.evidence(candidate.passage, draft.evidence.quote if draft.evidence else fact),
        passage=candidate.passage,
        at=candidate.at,
        needed=_needed(candidate, fact, right + unit),
    )


def _needed(candidate: Candidate, fact: str, figure: str) -> str:
    if candidate.form == "cell":
        return candidate.draft.stem.splitlines()[-2].partition(": ")[2]
    if candidate.form not in {FigureKind.AMOUNT, FigureKind.WORD}:
        return ""
    rest = re.split(r"[^\w\s'’-]", fact.partition(figure)[2], maxsplit=1)[0]
    return " ".join(rest.split()[:WORDS_BEHIND])


def _asks(candidate: Candidate, fact: str, unit: str, source: Source) -> str:
    """What a question for this answer asks for."""
    right = candidate.draft.options[0]
    if candidate.form == "name":
        kinds = (name.kind for name in source.grammar.names(fact) if name.text == right)
        return str(next(kinds, None) or NameKind.PLACE)
    if candidate.form == FigureKind.YEAR and not right.isdigit():
        return "years"
    if candidate.form == FigureKind.AMOUNT and len(unit.strip()) > LONGEST_MEASURE and unit.strip().isalpha():
        return ASKS[FigureKind.WORD]  # things are counted
    return ASKS[candidate.form]


def _fact(candidate: Candidate) -> str:
    """The sentence, else a cell with the heads of its row and column, else the item of a list."""
    draft = candidate.draft
    if candidate.form in {"cell", "value", "dated"}:
        return " / ".join(draft.stem.replace(GAP, draft.options[0]).splitlines())
    return plain(draft.evidence.quote) if draft.evidence else ""


def _unit(form: str, right: str, fact: str, grammar: Grammar) -> str:
    """What a figure counts, with the space before it: what stands behind it, or in the head of its column.

    Nothing for a year.
    """
    if form == "cell":
        head = UNIT_IN_A_HEAD.search(fact.removesuffix(right))
        return f" {head[1]}" if head and right[-1:].isdigit() else ""
    figure = next((one for one in figures(fact, grammar) if one.text == right), None)
    if figure is None or form not in {FigureKind.AMOUNT, FigureKind.CENTURY}:
        return ""
    counted = (CENTURY if form == FigureKind.CENTURY else UNIT).match(fact[figure.end :])
    return counted[0] if counted else ""


def _is_near(level: Level, wanted: Level | None) -> bool:
    return wanted is None or abs(int(level) - int(wanted)) <= 1


def _was_asked(target: Target, asked: Asked, grammar: Grammar) -> bool:
    """Whether a question had this answer and was about this fact."""
    answer = grammar.content(target.answer) or {target.answer}
    key = grammar.content(asked.key) or {asked.key}
    stem, fact = grammar.content(asked.stem), grammar.content(target.fact) - answer
    return answer <= key and len(stem & fact) >= min(SHARED, len(fact))


def _spread(targets: Sequence[Target], material: Material, count: int, chance: Random) -> list[Target]:
    """All targets: the best of each of `count` equal stretches of the material, then the second best, and so on."""
    starts = [0, *accumulate(len(passage.text) for passage in material.passages)]
    stretches: dict[int, list[Target]] = {}
    for target in targets:
        stretch = (starts[target.passage] + target.at) * count // max(1, starts[-1])
        stretches.setdefault(min(stretch, count - 1), []).append(target)
    seen: Counter[str] = Counter()
    queues = [_best_first(stretches[place], seen, chance) for place in sorted(stretches)]
    return [one for one in chain.from_iterable(zip_longest(*queues)) if one]


def _best_first(targets: Sequence[Target], seen: Counter[str], chance: Random) -> list[Target]:
    """In the order of their worth; one fact comes again only after all others."""
    facts: set[tuple[int, int]] = set()
    ordered: list[Target] = []
    again: list[Target] = []
    left = {id(one): (WORTH[one.form] + chance.random() * CHANCE, one) for one in targets}
    while left:
        _, best = max(left.values(), key=lambda pair: pair[0] - AGAIN * seen[pair[1].form])
        del left[id(best)]
        fact = best.passage, best.at
        (again if fact in facts else ordered).append(best)
        facts.add(fact)
        seen[best.form] += 1
    return [*ordered, *again]
