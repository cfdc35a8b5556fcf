"""A sheet on which a reader judges questions without their keys, as CSV for a spreadsheet: writing and reading it.

Each row begins with its question's mark. Read back are the mark, the answer, whether it is clear and worth asking, and
the remark; whatever else stands in the file may be changed or left out.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from io import StringIO

from quiz.blind import AMBIGUOUS, NONE
from quiz.formats.blind_sheet import ASKED, LETTERS
from quiz.formats.cells import guarded
from quiz.languages import has_cyrillic
from quiz.question import Kind, Question

MARK, SOURCE, QUESTION, CHOOSE = "mark", "source", "question", "choose"
ANSWER, CLEAR, WORTH, REMARK = "answer", "clear?", "worth asking?", "remark"
NEEDED = (MARK, ANSWER, CLEAR, WORTH)
SEPARATORS = ",;\t"
NUMBER = re.compile(r"[+-]?\d[\d.,]*")
YES = {"yes", "y", "true", "1", "+", "да", "д"}
NO = {"no", "n", "false", "0", "-", "нет", "н"}
WORDS = {"none": NONE, "several": AMBIGUOUS, "ambiguous": AMBIGUOUS, "more than one": AMBIGUOUS}
CHOICES = re.compile(r"[A-L](?:[ ,;]*[A-L])*")


class InvalidSheet(ValueError):
    """A sheet that cannot be read; the message is one line that says where and what to write."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question on a sheet, with the passage that it was made from where there is one."""

    question: Question
    passage: str | None = None

    @property
    def mark(self) -> str:
        """What tells its row."""
        return self.question.id

    @property
    def order(self) -> str:
        """The ids of the options in the order of the sheet: by chance, but the same each time; true comes first."""
        ids = [option.id for option in self.question.options]
        if self.question.kind is Kind.TRUE_FALSE:
            return "".join(ids)
        return "".join(sorted(ids, key=lambda one: blake2b(f"{self.mark} {one}".encode()).digest()))


@dataclass(frozen=True, slots=True)
class Judged:
    """What a reader said of a question: the ids of the options chosen, or `NONE` or `AMBIGUOUS`."""

    mark: str
    answer: str
    right: bool
    """The answer is just the key: right, and the only right one."""
    clear: bool
    worth: bool
    remark: str


def write_reading_sheet(items: Sequence[Item], *, with_source: bool) -> str:
    """The blank sheet of these questions; with the passages, or without, for a reader to answer from what they know."""
    letters = LETTERS[: max((len(item.question.options) for item in items), default=0)]
    head = [MARK, *([SOURCE] if with_source else []), QUESTION, CHOOSE, *letters, ANSWER, CLEAR, WORTH, REMARK]
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    for item in items:
        texts = [item.question.option(one).text for one in item.order]
        source = [item.passage or ""] if with_source else []
        shown = [item.mark, *source, item.question.stem, ASKED[item.question.kind], *texts]
        blank = [""] * (len(letters) - len(texts))
        writer.writerow([*map(_shown, shown), *blank, "", "", "", ""])
    return file.getvalue()


def read_reading_sheet(text: str, items: Sequence[Item]) -> dict[str, Judged]:
    """What a reader judged, by mark; rows with nothing filled in are left out. Raises `InvalidSheet`."""
    known = {item.mark: item for item in items}
    judged: dict[str, Judged] = {}
    for line, row in _rows(text):
        mark = " ".join(row[MARK].split()).strip("'")
        if not any(row[name].strip() for name in (ANSWER, CLEAR, WORTH)):
            continue
        if mark not in known:
            raise InvalidSheet(
                f"row {line}: no question of this result has the mark “{mark}”: is it another one's sheet?"
            )
        if mark in judged:
            raise InvalidSheet(f"row {line}: the mark “{mark}” stands there twice: judge each question once")
        judged[mark] = _judged(row, known[mark], line)
    if not judged:
        raise InvalidSheet(f"nothing is filled in: write into the columns “{ANSWER}”, “{CLEAR}” and “{WORTH}”")
    return judged


def _shown(cell: str) -> str:
    return cell if NUMBER.fullmatch(cell) else guarded(cell)


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    lines = text.removeprefix("\ufeff")
    first = lines.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(StringIO(lines, newline=""), delimiter=separator, strict=True)
    try:
        head = [name.strip().casefold() for name in next(reader, list[str]())]
        if missing := [name for name in NEEDED if name not in head]:
            raise InvalidSheet(f"row 1: there is no column “{missing[0]}”: this is no sheet of quizbot eval")
        for number, row in enumerate(reader, start=2):
            yield number, {REMARK: "", **dict.fromkeys(NEEDED, ""), **dict(zip(head, row, strict=False))}
    except csv.Error as error:
        raise InvalidSheet(f"line {reader.line_num}: {error}") from error


def _judged(row: Mapping[str, str], item: Item, line: int) -> Judged:
    answer = _answer(" ".join(row[ANSWER].split()).strip(" .*'"), item, line)
    clear, worth = (_yes(row[name], name, line) for name in (CLEAR, WORTH))
    key = "".join(sorted(item.question.key))
    return Judged(item.mark, answer, answer == key, clear, worth, " ".join(row[REMARK].split()))


def _yes(written: str, name: str, line: int) -> bool:
    word = written.strip(" .'").casefold()
    if word not in YES | NO:
        raise InvalidSheet(f"row {line}: under “{name}” write yes or no, not “{' '.join(written.split())}”")
    return word in YES


def _answer(written: str, item: Item, line: int) -> str:
    word = WORDS.get(written.casefold())
    if word:
        return word
    letters = written.upper()
    if has_cyrillic(letters):
        raise InvalidSheet(f"row {line}: “{written}” has a Cyrillic letter: write Latin ones, as above the options")
    places = [LETTERS.index(letter) for letter in letters if letter in LETTERS]
    if not CHOICES.fullmatch(letters) or max(places) >= len(item.order):
        last = LETTERS[len(item.order) - 1]
        raise InvalidSheet(f"row {line}: “{written}” is no answer: write letters from A to {last}, “none” or “several”")
    chosen = {item.order[place] for place in places}
    if len(chosen) > 1 and item.question.kind is not Kind.MULTIPLE:
        raise InvalidSheet(
            f"row {line}: “{written}”: one letter is asked for; if more than one is right, write “several”"
        )
    return "".join(sorted(chosen))
