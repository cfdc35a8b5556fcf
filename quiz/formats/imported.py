"""What comes of a file that somebody imports: each question as the bot would ask it, or why not, with its line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from quiz.formats.weights import NotTaken, decide
from quiz.languages import TRUE_FALSE_WORDS, has_cyrillic
from quiz.question import (
    MAX_EXPLANATION,
    MAX_TOGETHER,
    OPTION_IDS,
    Checked,
    InvalidQuestion,
    Kind,
    Level,
    Option,
    Question,
    Source,
    utf16_length,
)
from quiz.unseen import UNSEEN

MOST_QUESTIONS = 5_000
VERDICTS = re.compile(
    r"(?:your answer is )?(?:partially )?(?:correct|right|wrong|incorrect|true|false|yes|no|ok)"
    r"|(?:ваш ответ )?(?:частично )?(?:верн[оы]й?|неверн[оы]й?|правильн[оы]й?|неправильн[оы]й?)|да|нет",
    re.IGNORECASE,
)
"""Feedback that says no more than the verdict does."""
HALVES = re.compile("[\ud800-\udfff]")
"""Of characters: JSON can write one alone, and no message can hold it."""
ADDRESS = re.compile(r"https?://[!-~]{1,500}")
PROBE = "question"
UNKNOWN = "unknown"
"""The format of a file that is none of a quiz."""


@dataclass(frozen=True, slots=True)
class ImportedOption:
    """An option: `fraction` is the part of the points that it gave where it comes from, 1 for all, below 0 for less."""

    text: str
    right: bool
    fraction: float


@dataclass(frozen=True, slots=True)
class ImportedQuestion:
    """A question of a file that can be asked; `line` is where it begins, in a sheet its row."""

    stem: str
    kind: Kind
    options: tuple[ImportedOption, ...]
    explanation: str
    line: int
    level: Level = Level.UNDERSTANDING
    source: Source | None = None
    seconds: int | None = None
    """The time for an answer, where the file says one."""
    points: int | None = None

    def to_question(self, question_id: str) -> Question:
        """The question under this id, checked by the person who brings it; raises `InvalidQuestion` where unsound."""
        if len(self.options) > len(OPTION_IDS):
            raise InvalidQuestion(f"{question_id}: there are {len(self.options)} options: at most {len(OPTION_IDS)}")
        ids = OPTION_IDS[: len(self.options)]
        return Question(
            id=question_id,
            revision=1,
            kind=self.kind,
            stem=self.stem,
            options=tuple(Option(one, option.text) for one, option in zip(ids, self.options, strict=True)),
            key=frozenset(one for one, option in zip(ids, self.options, strict=True) if option.right),
            explanation=self.explanation,
            level=self.level,
            checked=Checked.PERSON,
            source=self.source,
        )


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A question, or a whole file, that was not taken, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """All of a file, with the name of the format that it was read as."""

    format: str
    taken: tuple[ImportedQuestion, ...] = ()
    refused: tuple[Refusal, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class DraftOption:
    """An option as a format has it, its text as the bot would show it."""

    text: str
    fraction: float
    feedback: str = ""


@dataclass(slots=True)
class Draft:
    """A question as a format has it. With `truth` it is a statement without options; else `several` may be chosen."""

    line: int
    stem: str
    options: Sequence[DraftOption] = ()
    several: bool = False
    truth: bool | None = None
    explanation: str = ""
    lost: list[str] = field(default_factory=list[str])
    """What of it the reader could not take over."""
    level: Level = Level.UNDERSTANDING
    source: Source | None = None
    seconds: int | None = None
    points: int | None = None


class Intake:
    """Takes the questions of one file one after the other, and keeps why one was not taken."""

    def __init__(self, name: str) -> None:
        self._format = name
        self._taken: list[ImportedQuestion] = []
        self._refused: list[Refusal] = []
        self._warnings: list[str] = []

    @property
    def is_full(self) -> bool:
        """Whether no more are taken; says so once."""
        return len(self._taken) + len(self._refused) > MOST_QUESTIONS

    def refuse(self, line: int, why: str) -> None:
        """Something at a line is not taken."""
        if len(self._refused) + len(self._taken) == MOST_QUESTIONS:
            why = f"this is question {MOST_QUESTIONS + 1}: the rest is not read; make several files of it"
        if not self.is_full:
            self._refused.append(Refusal(line, " ".join(cleaned(why).split())))

    def warn(self, line: int, words: str) -> None:
        """Something at a line is taken otherwise than it was."""
        self._warnings.append(f"line {line}: {' '.join(cleaned(words).split())}")

    def take(self, draft: Draft) -> None:
        """Take a question, or refuse it where it is not to be asked."""
        if len(self._refused) + len(self._taken) >= MOST_QUESTIONS:
            self.refuse(draft.line, "")
            return
        try:
            question, lost = _question(draft)
        except NotTaken as error:
            self.refuse(draft.line, str(error))
            return
        self._taken.append(question)
        for words in (*draft.lost, *lost):
            self.warn(draft.line, words)

    def imported(self) -> Imported:
        """What came of the file."""
        if not self._taken and not self._refused:
            self._refused.append(Refusal(1, "there is no question in this file"))
        return Imported(self._format, tuple(self._taken), tuple(sorted(self._refused)), tuple(self._warnings))


def _question(draft: Draft) -> tuple[ImportedQuestion, list[str]]:
    """The question and what is lost of it; raises NotTaken."""
    stem = cleaned(draft.stem)
    if not stem:
        why = f"nothing is left to ask: {draft.lost[0]}" if draft.lost else "the question is empty"
        raise NotTaken(why)
    if draft.truth is not None:
        kind, rights, lost = Kind.TRUE_FALSE, (draft.truth, not draft.truth), list[str]()
        words = TRUE_FALSE_WORDS["ru" if has_cyrillic(stem) else "en"]
        given = draft.options or (DraftOption("", 0), DraftOption("", 0))
        options = [
            DraftOption(word, float(right), one.feedback) for word, right, one in zip(words, rights, given, strict=True)
        ]
    else:
        options = [replace(one, text=cleaned(one.text)) for one in draft.options]
        kind, rights, lost = decide([(one.text, one.fraction) for one in options], several=draft.several)
    if not all(one.text for one in options):
        reason = f": {draft.lost[0]}" if draft.lost else ""
        raise NotTaken(f"option {[one.text for one in options].index('') + 1} is empty{reason}")
    taken = ImportedQuestion(
        stem=stem,
        kind=kind,
        options=tuple(
            ImportedOption(one.text, right, round(float(one.fraction), 7))
            for one, right in zip(options, rights, strict=True)
        ),
        explanation=explained(draft.explanation, options),
        line=draft.line,
        level=draft.level,
        source=_sound(draft.source) if draft.source else None,
        seconds=draft.seconds,
        points=draft.points,
    )
    return _fitted(taken, lost), lost


def _sound(source: Source) -> Source | None:
    """The source with an address only where that is one of a page."""
    title = cleaned(source.title)
    url = source.url.strip() if source.url else ""
    return Source(title, url if ADDRESS.fullmatch(url) else None) if title else None


def cleaned(text: str) -> str:
    """The text without what nobody sees, and with line ends and space at the end of lines in order."""
    text = re.sub(r"\r\n?|\u2028|\u2029", "\n", HALVES.sub("\ufffd", text)).replace("\xad", "").replace("\ufeff", "")
    return re.sub(r"[ \t]+\n", "\n", UNSEEN.sub("", text)).strip()


def explained(explanation: str, options: Iterable[DraftOption]) -> str:
    """The general feedback, then that on single options, but for what only says right or wrong."""
    general = cleaned(explanation)
    said = [(one, cleaned(one.feedback)) for one in options]
    said = [(one, words) for one, words in said if words and not VERDICTS.fullmatch(words.strip(" .!"))]
    if not general and len({words for _one, words in said}) == 1:
        return said[0][1]
    return "\n".join([*([general] if general else []), *(f"{one.text}: {words}" for one, words in said)])


def _fitted(taken: ImportedQuestion, lost: list[str]) -> ImportedQuestion:
    """The question as it fits one message; only of the explanation something is cut off. Raises NotTaken."""
    try:
        replace(taken, explanation="").to_question(PROBE)
    except InvalidQuestion as error:
        raise NotTaken(str(error).removeprefix(f"{PROBE}: ")) from None
    used = sum(utf16_length(text) for text in (taken.stem, *(option.text for option in taken.options)))
    room = min(MAX_EXPLANATION, MAX_TOGETHER - used - utf16_length(taken.source.title if taken.source else ""))
    if utf16_length(taken.explanation) <= room:
        return taken
    lost.append(f"the explanation is cut: it has more than {room} characters")
    cut = taken.explanation.encode("utf-16-le")[: 2 * max(room - 1, 0)].decode("utf-16-le", "ignore")
    return replace(taken, explanation=f"{cut.rstrip()}…" if cut else "")
