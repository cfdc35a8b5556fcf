"""A deck: a quiz that lies ready, the same questions in each of its languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b

from quiz.deck_questions import ReadQuestions, compare_languages, read_questions
from quiz.description import LANGUAGES, Description, Written, read_description
from quiz.flaws import Flaw, Flaws
from quiz.question import Question, Source

DESCRIPTION = "deck.yaml"
GIFT = ".gift"
FIELDS = [field.name for field in fields(Question)]
GIFT_FILES = tuple(f"{language}{GIFT}" for language in LANGUAGES)


class InvalidDeck(ValueError):
    """A deck that cannot be used; the message is its first error, with file and line."""

    def __init__(self, folder: str, flaws: Sequence[Flaw]) -> None:
        self.folder = folder
        self.flaws = tuple(flaws)
        more = f" (and {len(flaws) - 1} more)" if len(flaws) > 1 else ""
        super().__init__(f"{folder}/{flaws[0]}{more}")


@dataclass(frozen=True, slots=True)
class Deck(Description):
    """A description with its questions, which are sound and the same in every language."""

    questions: Mapping[str, tuple[Question, ...]]
    versions: Mapping[str, str]
    """Language → digest of its questions: another text is another version."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was read in a folder: everything that is wrong there, and the deck."""

    folder: str
    deck: Deck | None
    """Where there are errors: as much of it as could be read, for more advice only."""
    flaws: tuple[Flaw, ...]
    lines: Mapping[str, Mapping[str, int]]
    """File → id of a question, or what `quiz.description` calls a name or a source → its line."""
    sources: Mapping[str, Mapping[str, Source]]
    """Source → language → what is shown of it."""

    @property
    def errors(self) -> tuple[Flaw, ...]:
        """What makes that the deck cannot be used."""
        return tuple(flaw for flaw in self.flaws if flaw.is_error)

    def line(self, file: str, what: str) -> int:
        """Where something stands in a file."""
        return self.lines.get(file, {}).get(what, 1)


def read_deck(folder: str, files: Mapping[str, bytes]) -> Deck:
    """The deck of a folder of this name with these files; raises `InvalidDeck` when it cannot be used."""
    examined = examine_deck(folder, files)
    if examined.errors or examined.deck is None:
        raise InvalidDeck(folder, examined.errors)
    return examined.deck


def describe_deck(folder: str, file: bytes) -> Description:
    """What the `deck.yaml` of a folder says; raises `InvalidDeck` when it cannot be used."""
    flaws = Flaws()
    written = _read_description(folder, {DESCRIPTION: file}, flaws)
    if flaws.found or written is None:
        raise InvalidDeck(folder, flaws.found)
    return written.description


def examine_deck(folder: str, files: Mapping[str, bytes]) -> Examined:
    """Read a folder of this name with these files, and find all errors at once."""
    flaws = Flaws()
    written = _read_description(folder, files, flaws)
    read: dict[str, ReadQuestions] = {}
    for language, file in zip(LANGUAGES, GIFT_FILES, strict=True):
        text = _decoded(file, files[file], flaws) if file in files else None
        if written is not None:
            _check_presence(language, written.description, file, flaws, is_there=file in files)
        if text is not None:
            read[language] = read_questions(text, language, written, flaws.of(file))
    for file in sorted(files):
        if file.endswith(GIFT) and file not in GIFT_FILES:
            flaws.of(file, is_error=False)(1, f"this file is not read: questions stand in {' and '.join(GIFT_FILES)}")
    if written is None and not any(file in files for file in GIFT_FILES):
        flaws.of(GIFT_FILES[0])(1, "there are no questions: write them in this file")
    titles = written.description.titles if written else dict[str, str]()
    compare_languages({one: questions for one, questions in read.items() if one in titles or not titles}, flaws)
    lines: dict[str, Mapping[str, int]] = {f"{language}{GIFT}": one.lines for language, one in read.items()}
    if written is None:
        return Examined(folder, None, tuple(sorted(set(flaws.found))), lines, {})
    lines[DESCRIPTION] = written.lines
    deck = _deck(written.description, read) if written.description.titles else None
    return Examined(folder, deck, tuple(sorted(set(flaws.found))), lines, written.sources)


def _read_description(folder: str, files: Mapping[str, bytes], flaws: Flaws) -> Written | None:
    if DESCRIPTION not in files:
        other = next((one for one in files if one.lower().startswith("deck.y")), None)
        flaws.of(DESCRIPTION)(1, f"there is no such file: {f'rename {other}' if other else 'write it'}")
        return None
    text = _decoded(DESCRIPTION, files[DESCRIPTION], flaws)
    return read_description(folder, text, flaws.of(DESCRIPTION)) if text is not None else None


def _decoded(file: str, raw: bytes, flaws: Flaws) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        flaws.of(file)(line, "this is not in UTF-8: save the file in UTF-8, which editors offer where they save")
        return None


def _check_presence(language: str, description: Description, file: str, flaws: Flaws, *, is_there: bool) -> None:
    has_title = language in description.titles
    if has_title and not is_there:
        flaws.of(file)(1, f"there is no such file: write it, or take {language} out of {DESCRIPTION}")
    if is_there and not has_title and description.titles:
        flaws.of(DESCRIPTION)(1, f"there is no title in {language}: write one, since there is a file {file}")


def _deck(description: Description, read: Mapping[str, ReadQuestions]) -> Deck:
    questions = {language: read[language].questions if language in read else () for language in description.titles}
    return Deck(
        **{field.name: getattr(description, field.name) for field in fields(description)},
        questions=questions,
        versions={language: _digest(one) for language, one in questions.items()},
    )


def _digest(questions: Sequence[Question]) -> str:
    """The same in every process: a key as it is, a set, would be written in another order by each."""
    written = [{**{name: getattr(one, name) for name in FIELDS}, "key": sorted(one.key)} for one in questions]
    return blake2b(repr(written).encode(), digest_size=8).hexdigest()
