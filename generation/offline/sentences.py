"""Questions about one sentence: a figure, a name or a term is missing from it."""

from collections.abc import Iterator, Sequence
from random import Random

from generation.offline.candidates import Candidate, cloze
from generation.offline.figures import Figure, FigureKind
from generation.offline.grammar import Name, Phrase, Term
from generation.offline.near import wrong_figures
from generation.offline.reading import Sentence
from generation.offline.source import Source
from quiz.question import Level

FEWEST = 2
"""Wrong options."""
MOST = 3
FEWEST_WORDS_LEFT = 4
"""That carry meaning, beside the gap."""
DEFINITION = ("definition", 0.9, Level.UNDERSTANDING)
TERM = ("term", 0.6, Level.RECALL)
"""Form, worth and level."""
WORTH = {
    FigureKind.AMOUNT: 0.7,
    FigureKind.YEAR: 0.65,
    FigureKind.CENTURY: 0.7,
    FigureKind.DECADE: 0.6,
    FigureKind.WORD: 0.72,
}


def about_figures(source: Source, chance: Random) -> Iterator[Candidate]:
    """Questions for amounts and years."""
    for place, sentence in sentences_asked(source):
        for figure in source.figures.get(place, ()):
            if not _enough_is_left(source, sentence, figure.start, figure.end) or is_excepted(source, sentence, figure):
                continue
            others, taken = source.figures_like(figure, place), source.numbers_about_the_same(sentence.text)
            wrong = wrong_figures(figure, sentence.text, others, taken, source.grammar, chance)
            gap = figure.start, figure.end
            if len(wrong) < FEWEST:
                continue
            if found := cloze(source, sentence, gap, wrong, form=figure.kind, worth=WORTH[figure.kind]):
                yield found


def about_names(source: Source, chance: Random) -> Iterator[Candidate]:
    """Questions for people and places, where a sentence tells what happened once."""
    grammar = source.grammar
    for place, sentence in sentences_asked(source):
        names = source.names.get(place, ())
        if grammar.is_negated(sentence.text) or not grammar.is_event(sentence.text):
            continue
        for name in names:
            if not name.kind or not _enough_is_left(source, sentence, name.start, name.end):
                continue
            if _is_listed(sentence.text, name, names):
                continue
            wrong = _wrong_names(source, sentence, name, chance)
            if len(wrong) >= FEWEST:
                found = cloze(source, sentence, (name.start, name.end), wrong, form="name", worth=0.75)
                if found:
                    yield found


def about_terms(source: Source, chance: Random) -> Iterator[Candidate]:
    """Questions for what a sentence defines, or tells something about."""
    for place, sentence in sentences_asked(source):
        definition = source.definitions.get(place)
        phrase = definition.phrase if definition else source.subjects.get(place)
        if not phrase or not _enough_is_left(source, sentence, phrase.start, phrase.end):
            continue
        if not definition and not _is_told_of_alone(source, sentence, phrase.term):
            continue
        wrong = _wrong_terms(source, sentence, phrase, chance, defines=bool(definition))
        if len(wrong) < FEWEST:
            continue
        form, worth, level = DEFINITION if definition else TERM
        gap = phrase.start, phrase.end
        if found := cloze(source, sentence, gap, wrong, form=form, worth=worth, level=level):
            yield found


def sentences_asked(source: Source) -> Iterator[tuple[int, Sentence]]:
    """The sentences worth asking about, each with its number among all."""
    asked = {id(sentence) for sentence in source.sentences}
    return ((place, one) for place, one in enumerate(source.reading.sentences) if id(one) in asked)


def _enough_is_left(source: Source, sentence: Sentence, start: int, end: int) -> bool:
    return len(source.content(sentence.text[:start] + " " + sentence.text[end:])) >= FEWEST_WORDS_LEFT


def is_excepted(source: Source, sentence: Sentence, figure: Figure) -> bool:
    """Whether the sentence is negated and the figure is no limit that it sets."""
    if not source.grammar.is_negated(sentence.text):
        return False
    sets_a_limit = source.grammar.words.pattern("limits").search(sentence.text.casefold())
    return not sets_a_limit or not figure.unit


def _is_told_of_alone(source: Source, sentence: Sentence, term: Term) -> bool:
    """Whether what a sentence says of its subject is likely to be true of that alone."""
    return not (
        source.grammar.is_general(term.text)
        or term.article in {"a", "an"}
        or not source.is_common(term)
        or source.grammar.is_negated(sentence.text)
        or source.is_topic(source.content(term.text))
    )


def _is_listed(text: str, name: Name, names: Sequence[Name]) -> bool:
    """Whether a name is one of several in a row: others could stand there too."""
    before, after = text[: name.start].rstrip(), text[name.end :].lstrip()
    joined = before.endswith((" and", " or", " и", " или")) or after.startswith(("and ", "or ", "и ", "или "))
    of_its_kind = any(other is not name and other.kind is name.kind for other in names)
    return joined or (of_its_kind and (before.endswith(",") or after.startswith(",")))


def _wrong_names(source: Source, sentence: Sentence, name: Name, chance: Random) -> list[str]:
    wrong: list[str] = []
    for other in source.some(source.known_names, chance):
        if other.kind is not name.kind or source.may_be_right(other.text, name.text, sentence.text):
            continue
        text = source.grammar.fit_name(other, name, sentence.text)
        if text and not _are_alike(text, wrong, source):
            wrong.append(text)
        if len(wrong) == MOST:
            break
    return wrong


def _wrong_terms(source: Source, sentence: Sentence, phrase: Phrase, chance: Random, *, defines: bool) -> list[str]:
    """Other terms that fit the gap, those most like the right one first.

    Where nothing is defined, the source says something like it of each, and none is told of together with the key.
    """
    key = phrase.term.text
    of_heading = source.content(sentence.context)
    wrong: list[str] = []
    known = source.some(source.terms, chance)
    for term in sorted(known, key=lambda term: source.closeness(term.text, sentence.text), reverse=True):
        if source.may_be_right(term.text, key, sentence.text):
            continue
        if source.is_defined_by(term.text, key):
            continue
        if not defines and (
            not source.closeness(term.text, sentence.text)
            or source.are_told_of_together(term.text, key)
            or source.content(term.text) & of_heading
        ):
            continue
        text = source.grammar.fit(term, phrase, sentence.text)
        if text and not _are_alike(text, wrong, source):
            wrong.append(text)
        if len(wrong) == MOST:
            break
    return wrong


def _are_alike(text: str, others: list[str], source: Source) -> bool:
    words = source.content(text)
    return any(words & source.content(other) for other in others)
