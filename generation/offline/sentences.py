"""Questions about one sentence: a figure, a name or a term is missing from it."""

import re
from collections.abc import Iterator, Sequence
from random import Random

from generation.offline.candidates import Candidate, cloze, shown_context
from generation.offline.figures import Figure, FigureKind
from generation.offline.grammar import Definition, Name, NameKind, Phrase, Term
from generation.offline.near import wrong_figures
from generation.offline.phrasing import description_of, phrase
from generation.offline.reading import Sentence
from generation.offline.source import Source
from generation.request import Draft
from quiz.question import Kind, Level

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

SIDE_YEAR = 0.4
"""What a year is worth in a source that tells few."""
LONGEST_MEANING = 120
FEWEST_OF_A_MEANING = 3
"""Words."""
ONE_OF = re.compile(r"(?:one of|any of|одн[аои]\w* из)\b")
ARTICLE = re.compile(r"\b[Aa]n?\s$")
"""Before a gap: it would tell how the answer begins."""
ARTICLE_AT_START = re.compile(r"(?:The|An?)\s")
AN = re.compile(r"[aeio]|u(?!ni|se|ti|ro)|ho(?:ur|nest)", re.IGNORECASE)
AND_MORE = re.compile(r";|:|\s[—–]\s|,\s(?:and|but|so|while|yet|а|но|и|причём)\s")


def about_figures(source: Source, chance: Random) -> Iterator[Candidate]:
    """Questions for amounts and years."""
    for place, sentence in sentences_asked(source):
        for figure in source.figures.get(place, ()):
            if not _enough_is_left(source, sentence, figure.start, figure.end) or is_excepted(source, sentence, figure):
                continue
            if is_told_by_the_rest(sentence, figure, source) or source.is_otherwise_later(place, figure):
                continue
            others, taken = source.figures_like(figure, place), source.numbers_about_the_same(sentence.text)
            wrong = wrong_figures(figure, sentence.text, others, taken, source.grammar, chance)
            gap = figure.start, figure.end
            if len(wrong) < FEWEST:
                continue
            worth = SIDE_YEAR if figure.kind is FigureKind.YEAR and not source.is_dated else WORTH[figure.kind]
            if found := cloze(source, sentence, gap, wrong, form=figure.kind, worth=worth):
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
            if _is_listed(sentence.text, name, names) or source.is_theme(source.content(name.text)):
                continue
            if name.kind is NameKind.PERSON and source.title & source.content(name.text):
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
        subject = definition.phrase if definition else source.subjects.get(place)
        if not subject or not _enough_is_left(source, sentence, subject.start, subject.end):
            continue
        if not definition and not _is_told_of_alone(source, sentence, subject.term):
            continue
        if source.is_theme(source.content(subject.term.text)):
            continue
        form, worth, level = DEFINITION if definition else TERM
        wrong = _wrong_terms(source, sentence, subject, chance, defines=bool(definition))
        article = ARTICLE.search(sentence.text[: subject.start])
        gap = article.start() if article else subject.start, subject.end
        if article:
            wrong = [_with_article(text, capital=article[0][0].isupper()) for text in wrong]
        found = (
            cloze(source, sentence, gap, wrong, form=form, worth=worth, level=level) if len(wrong) >= FEWEST else None
        )
        if found or (definition and (found := _which_description(source, sentence, definition, chance))):
            yield found


def _which_description(source: Source, sentence: Sentence, definition: Definition, chance: Random) -> Candidate | None:
    """Which description fits a term, where there are no other terms of its kind."""
    key, meaning = definition.phrase.term.text, _short_meaning(definition, sentence.text)
    others = [
        (other.phrase.term.text, text)
        for place, other in source.definitions.items()
        if (text := _short_meaning(other, source.reading.sentences[place].text))
        and not source.may_be_right(other.phrase.term.text, key, sentence.text)
        and not source.is_defined_by(other.phrase.term.text, key)
    ]
    if not meaning or len(others) < FEWEST:
        return None
    wrong = [text for _, text in chance.sample(others, min(MOST, len(others)))]
    stem = description_of(source.grammar.language, key)
    context = shown_context(source.heading_above(sentence.context, sentence.passage), meaning, stem, source)
    draft = Draft(
        Kind.SINGLE,
        f"{context}\n{stem}" if context else stem,
        (meaning, *wrong),
        frozenset({0}),
        phrase(source.grammar.language, "quote", sentence.text),
        Level.UNDERSTANDING,
        evidence=source.reading.evidence(sentence.passage, sentence.quote),
    )
    return Candidate(draft, sentence.passage, sentence.at, "description", 0.8)


def _short_meaning(definition: Definition, text: str) -> str:
    """What a sentence says that a thing is, up to where it says more of it; empty where it begins otherwise."""
    meaning = AND_MORE.split(definition.meaning)[0].strip(" .")
    if definition.phrase.case not in {"", "nomn"}:
        return ""  # behind "называют" it stands in the accusative
    if definition.phrase.term.proper or len(meaning.split()) < FEWEST_OF_A_MEANING or ONE_OF.match(meaning):
        return ""
    begins_with_it = ARTICLE.sub("", text[: definition.phrase.start]) == "" or text.startswith("The ")
    whole = meaning.count("(") == meaning.count(")") and meaning in text and len(meaning) <= LONGEST_MEANING
    if not begins_with_it or not whole:
        return ""
    is_first = text.startswith(meaning) and meaning[1:2].islower() and ARTICLE_AT_START.match(meaning)
    return meaning[0].lower() + meaning[1:] if is_first else meaning


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


def is_told_by_the_rest(sentence: Sentence, figure: Figure, source: Source) -> bool:
    """Whether a number in words goes without saying: two of what comes in pairs, three things that are listed then."""
    if figure.kind is not FigureKind.WORD:
        return False
    words = source.grammar.words
    pair = words.set("two") & {figure.text.casefold()} and figure.unit.casefold() not in words.set("units_of_time")
    after = sentence.text[figure.end :]
    return bool(pair or ":" in after or words.pattern("one_and_the_other").search(after.casefold()))


def _is_told_of_alone(source: Source, sentence: Sentence, term: Term) -> bool:
    """Whether what a sentence says of its subject is likely to be true of that alone."""
    return not (
        source.grammar.is_general(term.text)
        or term.article in {"a", "an"}
        or not source.is_common(term)
        or source.grammar.is_negated(sentence.text)
        or not source.kind_of(term.text)
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
        if not source.are_comparable(name, other):
            continue
        text = source.grammar.fit_name(other, name, sentence.text)
        if text and not _are_alike(text, wrong, source):
            wrong.append(text)
        if len(wrong) == MOST:
            break
    is_alone = name.kind is NameKind.PERSON and not any(_is_short(text) == _is_short(name.text) for text in wrong)
    return [] if is_alone else wrong


def _is_short(name: str) -> bool:
    return " " not in name


def _wrong_terms(source: Source, sentence: Sentence, phrase: Phrase, chance: Random, *, defines: bool) -> list[str]:
    """Other terms that fit the gap, those most like the right one first.

    None is of another kind than the key, and one is surely of its kind if that is known. Where nothing is defined, the
    source says something like it of each, and none is told of together with the key.
    """
    key, kind = phrase.term.text, source.kind_of(phrase.term.text)
    of_heading = source.content(sentence.context)
    wrong: list[str] = []
    kinds: set[str] = set()
    known = source.some(source.terms, chance)
    for term in sorted(known, key=lambda term: source.closeness(term.text, sentence.text), reverse=True):
        if source.may_be_right(term.text, key, sentence.text):
            continue
        other = source.kind_of(term.text)
        if source.is_defined_by(term.text, key) or (other != kind and ((kind and other) or not defines)):
            continue
        if phrase.term.article in {"a", "an"} and not source.is_countable(term):
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
            kinds.add(other)
        if len(wrong) == MOST:
            break
    return wrong if kind in kinds or not kind else []


def _with_article(term: str, *, capital: bool) -> str:
    article = "an" if AN.match(term) and not term.casefold().startswith(("one", "eu")) else "a"
    return f"{article.capitalize() if capital else article} {term}"


def _are_alike(text: str, others: list[str], source: Source) -> bool:
    words = source.content(text)
    return any(words & source.content(other) for other in others)
