"""A question, its options and its key."""

from dataclasses import dataclass
from enum import StrEnum

from quiz.material import Evidence

OPTION_IDS = "abcdefghijkl"
"""The ids an option can have: one letter, stable within its question, whatever the order shown."""

MAX_STEM = 1000
MAX_OPTION = 200
MAX_EXPLANATION = 800
MAX_SOURCE = 200
MAX_TOGETHER = 3400
"""Everything a question shows once it is answered fits one Telegram message (4,096), with room for labels."""


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "truefalse"


class Level(StrEnum):
    """What a question asks of the student: to remember, to understand, to apply."""

    RECALL = "1"
    UNDERSTANDING = "2"
    APPLICATION = "3"


class Checked(StrEnum):
    """Who made sure that the key is right."""

    SOLVER = "solver"
    RULES = "rules"
    PERSON = "person"


class InvalidQuestion(ValueError):
    """A question that must not be asked; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers a student can choose."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the fact stands that a question asks about."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """How a machine made a question: prompt (name, version, digest), model, the checks it passed, ms since 1970."""

    prompt: str
    prompt_version: int
    prompt_digest: str
    model: str
    checks: tuple[str, ...]
    written_at: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose form is sound: distinct options, a key among them, and a size one message can hold.

    One that was made from a material has its evidence, and `common_knowledge` says that it was answered rightly without
    having read that. Raises `InvalidQuestion` when it is not sound.
    """

    id: str
    revision: int
    kind: Kind
    stem: str
    options: tuple[Option, ...]
    key: frozenset[str]
    explanation: str
    level: Level
    checked: Checked
    source: Source | None = None
    origin: Origin | None = None
    evidence: Evidence | None = None
    common_knowledge: bool = False

    def __post_init__(self) -> None:
        self._check_options()
        self._check_key()
        self._check_lengths()

    def option(self, option_id: str) -> Option:
        """The option of this id; `KeyError` when there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def _check_options(self) -> None:
        ids = [option.id for option in self.options]
        if not 2 <= len(ids) <= len(OPTION_IDS):
            raise InvalidQuestion(f"{self.id}: a question has 2 to {len(OPTION_IDS)} options, not {len(ids)}")
        if len(set(ids)) != len(ids) or not set(ids) <= set(OPTION_IDS):
            raise InvalidQuestion(f"{self.id}: the ids of options are distinct letters a to l, not {ids}")
        texts = {" ".join(option.text.split()) for option in self.options}
        if len(texts) != len(ids):
            raise InvalidQuestion(f"{self.id}: two options say the same")

    def _check_key(self) -> None:
        if not self.key or not self.key <= {option.id for option in self.options}:
            raise InvalidQuestion(f"{self.id}: the key {sorted(self.key)} is not among the options")
        if self.kind is not Kind.MULTIPLE and len(self.key) != 1:
            raise InvalidQuestion(f"{self.id}: a question of kind {self.kind} has one right answer")
        if self.kind is Kind.TRUE_FALSE and len(self.options) != len(("true", "false")):
            raise InvalidQuestion(f"{self.id}: a true/false question has two options")

    def _check_lengths(self) -> None:
        source = self.source.title if self.source else ""
        for name, text, most in (
            ("question", self.stem, MAX_STEM),
            *(("option", option.text, MAX_OPTION) for option in self.options),
            ("explanation", self.explanation, MAX_EXPLANATION),
            ("source", source, MAX_SOURCE),
        ):
            if utf16_length(text) > most:
                raise InvalidQuestion(f"{self.id}: the {name} is longer than {most} characters: {text[:60]}…")
        if not self.stem.strip() or not all(option.text.strip() for option in self.options):
            raise InvalidQuestion(f"{self.id}: the question or one of its options is empty")
        texts = [self.stem, self.explanation, source, *(option.text for option in self.options)]
        if sum(map(utf16_length, texts)) > MAX_TOGETHER:
            raise InvalidQuestion(f"{self.id}: question, options and explanation do not fit one message")


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le")) // 2
