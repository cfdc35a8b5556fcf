"""Which statement is true: one as the source has it, beside others with a value changed; and true or false."""

import re
from collections.abc import Iterator
from random import Random

from generation.offline.candidates import Candidate, shown_context
from generation.offline.figures import FigureKind
from generation.offline.near import wrong_figures
from generation.offline.phrasing import phrase
from generation.offline.reading import Sentence
from generation.offline.sentences import is_excepted, sentences_asked
from generation.offline.source import Source
from generation.request import Draft
from quiz.languages import TRUE_FALSE_WORDS
from quiz.question import Kind, Level

LONGEST = 150
"""Characters of a statement that is an option."""
BESIDE = 2
EITHER_WAY = re.compile(r"\bone\b.*\bthe other\b|\beach\b|\bother\b|\bодн[аиоу]\w*\b.*\bдруг|\bдруг\b|\bкажд\w+\b")
"""What is said of two things stays true when it is turned round: one is higher than the other."""
LEAST_LENGTH, MOST_LENGTH = 0.5, 2
"""Of the true one."""


def true_statements(source: Source, chance: Random) -> Iterator[Candidate]:
    """Which of three statements is true: two have another figure than the source."""
    changed: dict[str, list[tuple[Sentence, str]]] = {}
    for other, text in _changed(source, chance):
        changed.setdefault(other.context, []).append((other, text))
    for place, sentence in sentences_asked(source):
        if len(sentence.text) > LONGEST or not source.figures.get(place):
            continue
        others = [
            (other, text)
            for other, text in source.some(changed.get(sentence.context, ()), chance)
            if (other.at, other.passage) != (sentence.at, sentence.passage)
            and LEAST_LENGTH < len(text) / len(sentence.text) < MOST_LENGTH
        ]
        if len(others) < BESIDE:
            continue
        wrong = chance.sample(others, BESIDE)
        stem = phrase(source.grammar.language, "true")
        context = shown_context(sentence.context, "", "", source)
        draft = Draft(
            Kind.SINGLE,
            f"{context}\n{stem}" if context else stem,
            (sentence.text, *(text for _, text in wrong)),
            frozenset({0}),
            phrase(source.grammar.language, "quote", sentence.text),
            Level.UNDERSTANDING,
            evidence=source.reading.evidence(sentence.passage, sentence.quote),
        )
        yield Candidate(draft, sentence.passage, sentence.at, "true", 0.5)


def turned_statements(source: Source, chance: Random) -> Iterator[Candidate]:
    """True or false: the statement as it stands, or turned round by the opposite of one of its words."""
    pairs = opposites(source)
    for _, sentence in sentences_asked(source):
        words = re.findall(r"[^\W\d_]+", sentence.text.casefold())
        found = [word for word in words if word in pairs]
        if len(found) != 1 or EITHER_WAY.search(sentence.text.casefold()) or source.grammar.is_negated(sentence.text):
            continue
        true = chance.random() < 0.5
        said = sentence.text if true else re.sub(rf"\b{found[0]}\b", pairs[found[0]], sentence.text)
        context = shown_context(sentence.context, found[0], sentence.text, source)
        stem = phrase(source.grammar.language, "statement", said)
        draft = Draft(
            Kind.TRUE_FALSE,
            f"{context}\n{stem}" if context else stem,
            TRUE_FALSE_WORDS[source.grammar.language],
            frozenset({0 if true else 1}),
            phrase(source.grammar.language, "quote", sentence.text),
            Level.UNDERSTANDING,
            evidence=source.reading.evidence(sentence.passage, sentence.quote),
        )
        if true or said != sentence.text:
            yield Candidate(draft, sentence.passage, sentence.at, "truefalse", 0.45)


def opposites(source: Source) -> dict[str, str]:
    """Words and their opposites, either way."""
    pairs = [pair.split() for pair in source.grammar.words.phrases("opposites")]
    return {one: other for pair in pairs for one, other in (pair, pair[::-1])}


def _changed(source: Source, chance: Random) -> Iterator[tuple[Sentence, str]]:
    """Sentences with a figure that is not theirs, nor any of the source."""
    taken = {one.text for figures in source.figures.values() for one in figures}
    for place, sentence in sentences_asked(source):
        found = [one for one in source.figures.get(place, ()) if one.kind is not FigureKind.WORD]
        if len(sentence.text) > LONGEST or not found or is_excepted(source, sentence, found[0]):
            continue
        figure = found[0]
        wrong = wrong_figures(figure, sentence.text, (), taken, source.grammar, chance)
        if wrong:
            yield sentence, sentence.text[: figure.start] + wrong[0] + sentence.text[figure.end :]
