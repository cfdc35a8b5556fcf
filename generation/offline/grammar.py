"""What the rules need to know of a language, and what they call the parts of a sentence."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Protocol

LANGUAGES = ("en", "ru")
SIGNS = frozenset(("%", "‰", "°", "°C", "°С", "°F"))
"""Units that are no words."""


class NameKind(StrEnum):
    """What a name is the name of; only names of one kind stand beside each other."""

    PERSON = "person"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Term:
    """What something is called, in the form of a dictionary; `number` and `gender` are empty where nothing tells.

    `proper`: it is written with a capital letter wherever it stands. `article` is the English one it was met with.
    """

    text: str
    number: str = ""
    gender: str = ""
    proper: bool = False
    article: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A term as it stands in a sentence, from one character to another; `case` is its Russian one."""

    start: int
    end: int
    term: Term
    case: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A sentence that says what a thing is: where its name stands, and what it is said to be."""

    phrase: Phrase
    meaning: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence; `before` and `article` are what it stands behind, `case` and `gender` the Russian ones."""

    start: int
    end: int
    text: str
    kind: NameKind | None
    before: str = ""
    case: str = ""
    gender: str = ""
    article: str = ""


class Grammar(Protocol):
    """A language, as far as the rules know it."""

    @property
    def language(self) -> str:
        """Its two-letter code."""
        ...

    @property
    def words(self) -> "Words":
        """Its lists of words."""
        ...

    def has_predicate(self, text: str) -> bool:
        """Whether a stretch of a sentence has a verb of its own."""
        ...

    def is_ungrammatical(self, text: str) -> bool:
        """Whether two words beside each other do not agree; a language without such a rule never says so."""
        ...

    def in_agreement(self, stem: str) -> str:
        """A question for a name, its verb in the number of what is named; as it is where no rule is known."""
        ...

    def is_broken_off(self, text: str) -> bool:
        """Whether words before a list are the beginning of a sentence, and no name of the list."""
        ...

    def stands_alone(self, text: str, earlier: Sequence[str], context: str) -> bool:
        """Whether a sentence is understood without those before it in its passage; `context` is shown with it."""
        ...

    def is_negated(self, text: str) -> bool:
        """Whether it says what is not so, or excepts something."""
        ...

    def content(self, text: str) -> frozenset[str]:
        """The words that carry its meaning, each in one form."""
        ...

    def definition(self, text: str) -> Definition | None:
        """What it defines, if it is a definition."""
        ...

    def is_animate(self, noun: str) -> bool:
        """Whether a noun is of somebody, by its grammar; a language without such a rule never says so."""
        ...

    def genus(self, meaning: str) -> Sequence[str]:
        """The words of a meaning that say what kind of thing it is, the first of them first: a diagram that shows."""
        ...

    def subject(self, text: str) -> Phrase | None:
        """The noun, with its adjectives, that the sentence begins with and tells something about."""
        ...

    def as_term(self, text: str) -> Term | None:
        """The term that a heading, the head of a list item or a cell is."""
        ...

    def fit(self, term: Term, gap: Phrase, text: str) -> str | None:
        """The form of another term that fits the gap a phrase leaves in a text; None when none does."""
        ...

    def names(self, text: str) -> Sequence[Name]:
        """The names in a sentence."""
        ...

    def fit_name(self, name: Name, gap: Name, text: str) -> str | None:
        """The form of another name that fits the gap a name leaves in a text; None when none does."""
        ...

    def plain_name(self, name: Name) -> str | None:
        """The name as it stands by itself, in no case but the first; None when that is not certain."""
        ...

    def is_event(self, text: str) -> bool:
        """Whether it tells what happened once, or of the only one of a kind: a name in it is the only right one."""
        ...

    def is_general(self, text: str) -> bool:
        """Whether a term names no thing by itself: the result, the length of the pipe."""
        ...

    def is_counted(self, word: str) -> bool:
        """Whether a word behind a number may be what is counted by it."""
        ...

    def agrees(self, number: int, unit: str) -> int:
        """A class of numbers: those of one class take the same form of the word behind them."""
        ...

    def numerals(self, word: str, after: str) -> Sequence[str]:
        """The numbers in words, from two on, in the form in which this one stands; empty when it is none."""
        ...


class Words:
    """The lists of a language: of words, and of phrases."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._lists = lists
        self.set = cache(self._set)
        self.pattern = cache(self._pattern)

    def ordered(self, name: str) -> Sequence[str]:
        """A list of words in its order."""
        return self._lists[name].split()

    def phrases(self, name: str) -> Sequence[str]:
        """A list of phrases, parted by | or by lines."""
        lines = self._lists[name].replace("\n", "|").split("|")
        return [phrase.strip() for phrase in lines if phrase.strip()]

    def _set(self, name: str) -> frozenset[str]:
        """A list of words; empty where the language has none of this name."""
        return frozenset(self._lists.get(name, "").split())

    def _pattern(self, name: str) -> re.Pattern[str]:
        """What finds any phrase of a list, as whole words."""
        phrases = sorted(self.phrases(name), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def grammar_of(language: str) -> Grammar:
    """The grammar of a language of `LANGUAGES`; reads dictionaries (a tenth of a second) when first asked."""
    return _grammar(language)


def load_words(language: str) -> Words:
    """The lists of words of a language."""
    text = (files("generation.offline") / "words" / f"{language}.toml").read_text(encoding="utf-8")
    return Words(tomllib.loads(text))


@cache
def _grammar(language: str) -> Grammar:
    if language == "ru":
        from generation.offline.russian import Russian

        return Russian()
    from generation.offline.english import English

    return English()
