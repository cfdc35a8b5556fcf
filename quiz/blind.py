"""What readers answered who did not see the keys, kept beside a deck as `blind.csv`; nothing there is replaced."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from io import StringIO

from quiz.question import OPTION_IDS, Question

FILE = "blind.csv"
NONE, AMBIGUOUS = "none", "ambiguous"
"""Answers that name no option: none is right, or more than one answer could be defended."""


class InvalidAnswers(ValueError):
    """A `blind.csv` that cannot be read; the message names the line and what is wrong there."""


@dataclass(frozen=True, slots=True)
class BlindAnswer:
    """One answer to one question, as it stood then."""

    language: str
    question: str
    digest: str
    """Of what was read: see `digest_of`."""
    key: str
    """The ids of the right options then, in order."""
    answer: str
    """The ids of the options chosen, in order; or `NONE` or `AMBIGUOUS`."""
    remark: str = ""
    done: str = ""
    """What became of the question where the answer was not the key; written by hand."""

    @property
    def agrees(self) -> bool:
        """Whether the reader answered just as the key said."""
        return self.answer == self.key


COLUMNS = [field.name for field in fields(BlindAnswer)]


def digest_of(question: Question, language: str) -> str:
    """12 hex digits that change with whatever of a question bears on its answer: stem, options, kind, and key."""
    options = [(option.id, option.text) for option in question.options]
    read = (language, str(question.kind), question.stem, options, key_of(question))
    return blake2b(repr(read).encode(), digest_size=6).hexdigest()


def key_of(question: Question) -> str:
    """The ids of the right options in order."""
    return "".join(sorted(question.key))


def is_confirmed(question: Question, language: str, answers: Iterable[BlindAnswer]) -> bool:
    """Whether the last who answered the question as it stands now answered as its key says."""
    place = (language, question.id, digest_of(question, language))
    fitting = [one for one in answers if (one.language, one.question, one.digest) == place]
    return bool(fitting) and fitting[-1].agrees


def first_answers(language: str, answers: Iterable[BlindAnswer]) -> Sequence[BlindAnswer]:
    """The first answer to each question in a language, to whatever text it had then."""
    first: dict[str, BlindAnswer] = {}
    for one in answers:
        if one.language == language:
            first.setdefault(one.question, one)
    return list(first.values())


def with_new(answers: Sequence[BlindAnswer], new: Iterable[BlindAnswer]) -> Sequence[BlindAnswer]:
    """All answers, the new ones after those that are kept; the same answer to the same text is kept once."""
    known = {(one.language, one.question, one.digest, one.answer) for one in answers}
    return [*answers, *(one for one in new if (one.language, one.question, one.digest, one.answer) not in known)]


def read_answers(text: str) -> list[BlindAnswer]:
    """The answers of a file, oldest first; raises `InvalidAnswers` at the first line that cannot be read."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    answers: list[BlindAnswer] = []
    try:
        for row in reader:
            if reader.line_num == 1 and row != COLUMNS:
                raise InvalidAnswers(f"{FILE}:1: the columns are {','.join(COLUMNS)}")
            if reader.line_num > 1:
                answers.append(_answer(row, reader.line_num))
    except csv.Error as error:
        raise InvalidAnswers(f"{FILE}:{reader.line_num}: {error}") from error
    return answers


def _answer(row: Sequence[str], line: int) -> BlindAnswer:
    if len(row) != len(COLUMNS):
        raise InvalidAnswers(f"{FILE}:{line}: there are {len(row)} columns, not {len(COLUMNS)}")
    answer = BlindAnswer(*row)
    for letters in (answer.key, answer.answer):
        if letters not in {NONE, AMBIGUOUS} and not (letters and set(letters) <= set(OPTION_IDS)):
            raise InvalidAnswers(f"{FILE}:{line}: “{letters}” are no ids of options")
    return answer


def write_answers(answers: Iterable[BlindAnswer]) -> str:
    """The file that `read_answers` reads."""
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for answer in answers:
        writer.writerow([getattr(answer, column) for column in COLUMNS])
    return file.getvalue()
