"""A question that could be asked, with what it is worth beside others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generation.offline.phrasing import GAP, phrase
from generation.offline.reading import Sentence, plain
from generation.offline.source import Source, stands_in
from generation.request import Draft
from quiz.question import Kind, Level

ARTICLE_BEFORE_A_GAP = re.compile(rf"\b([Aa])n?(?=\s{GAP})")
EMPTY_HEADINGS = re.compile(
    r"^(?:introduction|overview|summary|notes?|contents|chapter|lecture|lesson|part|section|unit|page|slide"
    r"|введение|обзор|заключение|содержание|глава|лекция|урок|часть|раздел|тема|параграф|слайд|страница|конспект)?"
    r"[\s\d.:§IVX]*$",
    re.IGNORECASE,
)
NUMBERING = re.compile(r"^(?:§\s?)?\d+(?:\.\d+)*[.)]?\s+")
LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft, where it is from (the number of the passage and a character in it), its form, and what it is worth."""

    draft: Draft
    passage: int
    at: int
    form: str
    worth: float


def cloze(
    source: Source,
    sentence: Sentence,
    gap: tuple[int, int],
    wrong: Sequence[str],
    *,
    form: str,
    worth: float,
    level: Level = Level.RECALL,
) -> Candidate | None:
    """The sentence with a gap; None when what is missing stands elsewhere in it too, or nothing is left to go by."""
    start, end = gap
    right = sentence.text[start:end]
    rest = sentence.text[:start] + GAP + sentence.text[end:]
    if stands_in(right, rest):
        return None
    stem = ARTICLE_BEFORE_A_GAP.sub(lambda match: f"{match[1]}/{match[1]}n", rest)
    context = shown_context(sentence.context, right, sentence.text, source)
    draft = Draft(
        Kind.SINGLE,
        f"{context}\n{stem}" if context else stem,
        (right, *wrong),
        frozenset({0}),
        phrase(source.grammar.language, "quote", sentence.text),
        level,
        evidence=source.reading.evidence(sentence.passage, sentence.quote),
    )
    return Candidate(draft, sentence.passage, sentence.at, form, worth)


def shown_context(heading: str, right: str, text: str, source: Source) -> str:
    """The heading a question is shown under: none when it says nothing, all is said already, or it gives the answer."""
    heading = NUMBERING.sub("", plain(heading))
    if not heading or len(heading) > LONGEST_HEADING or EMPTY_HEADINGS.match(heading):
        return ""
    words = source.content(heading)
    given_away = words & source.content(right) or (right and stands_in(right, heading))
    return "" if given_away or words <= source.content(text) else heading
