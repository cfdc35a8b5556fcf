"""A deck: a quiz that ships with the bot, the same questions in each of its languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from quiz.formats.gift import GiftError, GiftQuestion, read_gift
from quiz.question import OPTION_IDS, Checked, InvalidQuestion, Kind, Level, Option, Question, Source

TRUE_FALSE_WORDS = {"en": ("True", "False"), "ru": ("Верно", "Неверно")}
LANGUAGES = tuple(TRUE_FALSE_WORDS)
LONGEST_TITLE = 60
"""A title stands on a button, and before each question."""
CHECKED = {one.value: one for one in Checked}


class InvalidDeck(ValueError):
    """A deck that cannot be used; the message names the file and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck whose questions are sound and the same in every language."""

    name: str
    titles: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[Question, ...]]
    versions: Mapping[str, str]
    """Language → digest of its files: another text is another version."""

    def quiz_id(self, language: str) -> str:
        """The id under which the deck's questions of a language are kept as a quiz."""
        return f"deck.{self.name}.{language}"


def read_deck(description: Mapping[str, Any], gift: Mapping[str, str]) -> Deck:
    """Build a deck from what `deck.yaml` says and the GIFT text of each language.

    Raises `InvalidDeck` at the first thing wrong with it.
    """
    try:
        name = str(description["name"])
        sources: Mapping[str, Any] = description["sources"]
        checked = CHECKED[description.get("checked", Checked.PERSON)]
        questions = {
            language: _read_language(name, language, gift[language], sources, checked) for language in LANGUAGES
        }
        deck = Deck(
            name=name,
            titles={language: _title(name, str(description["title"][language])) for language in LANGUAGES},
            names={language: tuple(map(str, description["names"][language])) for language in LANGUAGES},
            questions=questions,
            versions={
                language: blake2b(repr(questions[language]).encode(), digest_size=8).hexdigest()
                for language in LANGUAGES
            },
        )
    except (KeyError, TypeError) as error:
        name = description.get("name", "a deck without a name")
        raise InvalidDeck(f"{name}/deck.yaml: {error!r} is missing or has the wrong form") from error
    _check_same_questions(deck)
    return deck


def _title(name: str, title: str) -> str:
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise InvalidDeck(f"{name}/deck.yaml: a title has 1 to {LONGEST_TITLE} characters: {title!r}")
    return title


def _read_language(
    name: str, language: str, text: str, sources: Mapping[str, Any], checked: Checked
) -> tuple[Question, ...]:
    try:
        written = read_gift(text)
        questions = tuple(_to_question(one, language, sources, checked) for one in written)
    except (GiftError, InvalidQuestion) as error:
        raise InvalidDeck(f"{name}/{language}.gift: {error}") from error
    if len({question.id for question in questions}) != len(questions):
        raise InvalidDeck(f"{name}/{language}.gift: two questions have the same id")
    return questions


def _to_question(written: GiftQuestion, language: str, sources: Mapping[str, Any], checked: Checked) -> Question:
    level, source = written.tag("level-"), written.tag("source-")
    if written.id is None or level not in set(Level):
        raise GiftError(written.line, "a deck's question needs an [id:…] and one [tag:level-1], 2 or 3")
    if source is None or source not in sources:
        raise GiftError(written.line, "a deck's question needs one [tag:source-…] that deck.yaml lists")
    if written.kind is Kind.TRUE_FALSE:
        texts = TRUE_FALSE_WORDS[language]
        key = frozenset(OPTION_IDS[0 if written.truth else 1])
    else:
        texts = tuple(option.text for option in written.options)
        key = frozenset(OPTION_IDS[place] for place, option in enumerate(written.options) if option.right)
    revision = written.tag("revision-") or "1"
    if not revision.isdecimal():
        raise GiftError(written.line, f"the revision {revision} is no number")
    if len(texts) > len(OPTION_IDS):
        raise GiftError(written.line, f"more than {len(OPTION_IDS)} options")
    return Question(
        id=written.id,
        revision=int(revision),
        kind=written.kind,
        stem=written.stem,
        options=tuple(Option(OPTION_IDS[place], text) for place, text in enumerate(texts)),
        key=key,
        explanation=written.explanation,
        level=Level(level),
        checked=checked,
        source=Source(title=str(sources[source]["title"][language]), url=sources[source].get("url")),
    )


def _check_same_questions(deck: Deck) -> None:
    shapes = [
        [(one.id, one.kind, one.key, len(one.options), one.level) for one in deck.questions[language]]
        for language in LANGUAGES
    ]
    for first, second in zip(*shapes, strict=False):
        if first != second:
            raise InvalidDeck(f"{deck.name}: {first[0]} and {second[0]} differ between the languages")
    if len({len(shape) for shape in shapes}) != 1:
        raise InvalidDeck(f"{deck.name}: one language has more questions than the other")
