"""The questions of a deck in one language, and whether they are the same in another."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quiz.description import LANGUAGES, Written
from quiz.flaws import Flaws, Note, guessed
from quiz.formats.gift import GiftError, GiftQuestion, parse_gift
from quiz.formats.weights import NotTaken, decide
from quiz.languages import TRUE_FALSE_WORDS
from quiz.question import OPTION_IDS, Checked, InvalidQuestion, Kind, Level, Option, Question, Source
from quiz.unseen import note_unseen

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
REVISION_FORM = re.compile(r"[1-9][0-9]{0,5}")
LEVEL, SOURCE, REVISION = "level-", "source-", "revision-"


@dataclass(frozen=True, slots=True)
class ReadQuestions:
    """The questions of a file, as far as they can be used, and the lines of all that have an id."""

    questions: tuple[Question, ...]
    lines: dict[str, int] = field(default_factory=dict[str, int])


def read_questions(text: str, language: str, written: Written | None, note: Note) -> ReadQuestions:
    """The questions of a GIFT file whose deck has this description; whatever is wrong is noted by its line.

    Without a description nothing is said about sources.
    """
    questions: list[Question] = []
    lines: dict[str, int] = {}
    note_unseen(text, 1, note)
    parsed = list(parse_gift(text))
    if not parsed:
        note(1, "there is no question in this file: write some")
    for one in parsed:
        if one.id is not None and one.id in lines:
            note(one.line, f"the id “{one.id}” is that of line {lines[one.id]} too: give each question its own")
        elif one.id is not None:
            lines[one.id] = one.line
        if isinstance(one, GiftError):
            note(one.line, one.reason)
            continue
        troubles = _troubles(one, written)
        try:
            question = _to_question(one, language, written)
        except (InvalidQuestion, NotTaken) as error:
            troubles.append(str(error))
        else:
            questions += [] if troubles else [question]
        for trouble in troubles:
            note(one.line, trouble)
    return ReadQuestions(tuple(questions), lines)


def _troubles(written: GiftQuestion, description: Written | None) -> list[str]:
    """What a deck wants of a question besides what every question has."""
    troubles: list[str] = []
    if written.has_gap:
        troubles.append("a text after the answers (a missing word) is not taken: ask a whole question")
    if any(option.feedback for option in written.options):
        troubles.append("feedback on a single option (#) is not taken: write #### for all; a # in a text is \\#")
    if written.markup or any(option.markup for option in written.options):
        troubles.append("a marker as [html] is not taken: questions of a deck are plain text")
    if written.id is None:
        troubles.append("the question has no id: put // [id:some-words] on a line before it")
    elif not ID.fullmatch(written.id):
        troubles.append(f"an id has up to 64 of a-z 0-9 -, a letter or digit first: rename “{written.id}”")
    level = written.tag(LEVEL)
    if level not in set(Level):
        troubles.append("the question needs one [tag:level-1], 2 or 3 after its id: recall, understanding, application")
    source = written.tag(SOURCE)
    if source is None:
        troubles.append("the question needs one [tag:source-…] after its id, of a source that deck.yaml lists")
    elif description is not None and source not in description.sources:
        troubles.append(f"deck.yaml has no source “{source}”: {guessed(source, description.sources)}")
    revision = written.tag(REVISION)
    if revision is not None and not REVISION_FORM.fullmatch(revision):
        troubles.append(f"a revision is a number, as in [tag:revision-2], not “{revision}”")
    return troubles


def _to_question(written: GiftQuestion, language: str, description: Written | None) -> Question:
    """The question, or one like it where its tags say nothing that can be used.

    Raises `InvalidQuestion`, and NotTaken where its weights give no key, or are not kept.
    """
    if len(written.options) > len(OPTION_IDS):
        raise InvalidQuestion(f"there are more than {len(OPTION_IDS)} options: take some out")
    level, revision = written.tag(LEVEL), written.tag(REVISION)
    if written.truth is not None:
        kind, texts, rights = Kind.TRUE_FALSE, TRUE_FALSE_WORDS[language], (written.truth, not written.truth)
    else:
        texts = tuple(option.text for option in written.options)
        weighed = [(option.text, option.fraction) for option in written.options]
        kind, rights, lost = decide(weighed, several=written.several)
        if lost:
            raise NotTaken(f"{lost[0]}: write = before the only right one, the same ~%50% before each of two")
    return Question(
        id=written.id or "a question",
        revision=int(revision) if revision and REVISION_FORM.fullmatch(revision) else 1,
        kind=kind,
        stem=written.stem,
        options=tuple(Option(OPTION_IDS[place], text) for place, text in enumerate(texts)),
        key=frozenset(OPTION_IDS[place] for place, right in enumerate(rights) if right),
        explanation=written.explanation,
        level=Level(level) if level in set(Level) else Level.UNDERSTANDING,
        checked=description.checked if description else Checked.PERSON,
        source=_source(written, language, description),
    )


def _source(written: GiftQuestion, language: str, description: Written | None) -> Source | None:
    return description.sources.get(written.tag(SOURCE) or "", {}).get(language) if description else None


ASPECTS: Mapping[str, Callable[[Question], object]] = {
    "kind": lambda one: one.kind,
    "number of options": lambda one: len(one.options),
    "key": lambda one: "".join(sorted(one.key)),
    "level": lambda one: one.level,
    "revision": lambda one: one.revision,
    "source": lambda one: (one.source.url or "without an address") if one.source else None,
}
"""What a question has in all languages alike; where one of the first two differs, nothing is said of those after it.

None is what could not be read, of which something else is said.
"""
FIRST_ASPECTS = 2


def compare_languages(read: Mapping[str, ReadQuestions], flaws: Flaws) -> None:
    """Note each question that is not the same in every language that was read."""
    languages = [language for language in LANGUAGES if language in read]
    for other in languages[1:]:
        _compare(languages[0], other, read, flaws)


def _compare(first: str, second: str, read: Mapping[str, ReadQuestions], flaws: Flaws) -> None:
    for here, there in ((first, second), (second, first)):
        for name, line in read[here].lines.items():
            if name not in read[there].lines:
                flaws.of(f"{here}.gift")(line, f"“{name}” is not in {there}.gift: write it there too, with the same id")
    known = {one.id: one for one in read[first].questions}
    for question in read[second].questions:
        if question.id not in known:
            continue
        for number, (aspect, of) in enumerate(ASPECTS.items()):
            one, other = of(known[question.id]), of(question)
            if one != other and None not in (one, other):
                line = read[first].lines[question.id]
                words = f"“{question.id}” has another {aspect} ({other}) than in {first}.gift:{line} ({one})"
                flaws.of(f"{second}.gift")(read[second].lines[question.id], f"{words}: make both the same")
                if number < FIRST_ASPECTS:
                    break
