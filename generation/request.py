"""What a quiz is asked for with, what a writer proposes, and what comes of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from quiz.material import Evidence, Material
from quiz.question import Kind, Level, Question

CHARACTERS_A_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that must not come again: its text, and its right answers in one."""

    stem: str
    key: str


@dataclass(frozen=True, slots=True)
class WriteRequest:
    """A quiz to be written; `language` is a two-letter code, `level` None asks for all three, easiest first.

    `quiz` is the id of the quiz: questions take their ids from it, and chance its seed, so that what is written
    again after a crash is written the same way. `avoid` is what this quiz has already and the student was asked.

    With a `material` the questions are about what it says, each with its evidence; `topic` is then its title. `focus`
    says which part or side of it is wanted, in the words of whoever asked (empty: all of it), and `only_material` that
    what can be answered without having read it is left out. `covered` is the evidence of what this quiz has already:
    what lacks is asked about elsewhere.
    """

    quiz: str
    topic: str
    language: str
    level: Level | None
    count: int
    avoid: tuple[Asked, ...] = ()
    material: Material | None = None
    focus: str = ""
    only_material: bool = False
    covered: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as a writer proposes it; `right` are the places of the right options, from 0. Nobody sees it.

    One that is made from a material carries its evidence.
    """

    kind: Kind
    stem: str
    options: tuple[str, ...]
    right: frozenset[int]
    explanation: str
    level: Level
    source: str | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An object that is no draft, and which rule of the form it breaks."""

    why: str


@dataclass(frozen=True, slots=True)
class PromptName:
    """Which prompt made something: its name, version, and the first 12 hex digits of its SHA-256."""

    name: str
    version: int
    digest: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What calls of a model took, in tokens as its provider counted them; else as a `Tally` estimates them."""

    model: str
    input_tokens: int
    output_tokens: int


@dataclass(slots=True)
class Tally:
    """The characters of one call so far: of its prompt, and of the text that came. The writer keeps it up to date."""

    prompt: int = 0
    text: int = 0

    def estimate(self, model: str) -> Usage:
        """What the call may have taken, where its provider did not say: a token for four characters.

        An estimate, no more: English has about that many, other scripts fewer, and what a model thought is not in it.
        """
        return Usage(model, self.prompt // CHARACTERS_A_TOKEN, self.text // CHARACTERS_A_TOKEN)


class Trouble(StrEnum):
    """Why a writer or the solver could not go on; `delivery` has words for each."""

    UNREACHABLE = "unreachable"
    SILENT = "silent"
    """It was reached and did not begin, or did not end, in time."""
    KEY = "key"
    """The provider does not accept the key, or the account may not use the model."""
    BUSY = "busy"
    """The provider says that there were too many requests, or that the account is used up."""
    REFUSED = "refused"
    """The model would not write on this."""
    GARBAGE = "garbage"
    """What came was no question, or broke off."""
    BROKEN = "broken"
    """The provider answered with an error of its own."""
    TOKENS = "tokens"
    """The quiz took as many tokens as one quiz may."""
    NOTHING = "nothing"
    """The material says nothing that can be asked about."""
    ALL_ASKED = "all_asked"
    """All that could be asked about the material was asked already."""
    LANGUAGE = "language"
    """The rules that write without a model know English and Russian only."""
    NOT_INSTALLED = "not_installed"
    """A package is missing that quizzes on a material need: the extra [notes]."""


OF_MATERIAL = {Trouble.NOTHING, Trouble.ALL_ASKED, Trouble.LANGUAGE, Trouble.NOT_INSTALLED}
"""What no model has: the rules that write without one could make nothing of a material, or are not here."""


class ModelTrouble(Exception):
    """A call of a model failed; what it brought before that is not lost."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question that passed every check and that the solver answered as its key says."""

    question: Question


@dataclass(frozen=True, slots=True)
class Dropped:
    """A draft that nobody will see, by the name of the check that dropped it.

    Of one that could not be read, `draft` is None and `why` says which rule of the form it breaks.
    """

    check: str
    prompt: PromptName
    model: str
    draft: Draft | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft was read; its checks begin."""

    prompt: PromptName
    model: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more will come; `trouble` says what went wrong (None: nothing, though not enough may have passed)."""

    accepted: int
    trouble: Trouble | None


Event = Accepted | Dropped | Drafted | Ended


class Writer(Protocol):
    """Somebody who proposes questions."""

    @property
    def model(self) -> str:
        """What writes, as the settings name it."""
        ...

    def prompt(self, language: str) -> PromptName:
        """The prompt it would use for a quiz in this language."""
        ...

    def write(self, request: WriteRequest, tally: Tally) -> AsyncIterator[Draft | Usage | Unreadable]:
        """Propose drafts one by one, each as soon as it is whole; raises ModelTrouble when it cannot go on.

        What the call takes is told by a `Usage` where the provider says it; its characters are counted in `tally`.
        """
        ...
