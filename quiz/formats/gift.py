"""Moodle's GIFT format, as decks use it.

Read: single choice, several right answers (weights), true/false, general feedback after ``####``, titles,
escapes, and ids and tags in Moodle's own comments (``// [id:x] [tag:y]``). Questions are separated by a blank
line. Anything else is refused with its line, never guessed at.
Format: https://docs.moodle.org/en/GIFT_format
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from quiz.question import Kind

TAKEN = "decks take choices with one right answer or several, and true/false"
FULL_WEIGHT = 100.0
LINE_END = re.compile(r"\r\n|\r|\n")


class GiftError(ValueError):
    """What could not be read, why, and where: the message names the line, counted from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason
        self.id: str | None = None
        """The id of the question, if it has one."""


@dataclass(frozen=True, slots=True)
class GiftOption:
    """An option as written: its text, and whether choosing it is right."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class GiftQuestion:
    """A question as written in a file; `line` is where it begins. True/false has no options, only `truth`."""

    line: int
    kind: Kind
    stem: str
    options: tuple[GiftOption, ...]
    truth: bool | None
    explanation: str
    title: str = ""
    id: str | None = None
    tags: tuple[str, ...] = field(default=())

    def tag(self, prefix: str) -> str | None:
        """What follows the prefix in the one tag that has it; None when there is none or more than one."""
        found = [tag.removeprefix(prefix) for tag in self.tags if tag.startswith(prefix)]
        return found[0] if len(found) == 1 else None


def read_gift(text: str) -> list[GiftQuestion]:
    """Read every question of a file; raises `GiftError` at the first that cannot be read."""
    questions: list[GiftQuestion] = []
    for one in parse_gift(text):
        if isinstance(one, GiftError):
            raise one
        questions.append(one)
    return questions


def parse_gift(text: str) -> Iterator[GiftQuestion | GiftError]:
    """Each question of a file in order, or why it cannot be read."""
    for line, block in _blocks(text.removeprefix("\ufeff")):
        comments = " ".join(kept for kept in block if kept.lstrip().startswith("//"))
        question_id = next(iter(re.findall(r"\[id:([^\]\s]+)\]", comments)), None)
        try:
            yield _read_question(line, block, comments, question_id)
        except GiftError as error:
            error.id = question_id
            yield error


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The questions' lines with the number of their first line; `$CATEGORY` lines belong to no question."""
    block: list[str] = []
    first = 0
    for number, line in enumerate([*LINE_END.split(text), ""], start=1):
        if line.strip() and not line.startswith("$CATEGORY:"):
            if not block:
                first = number
            block.append(line.rstrip())
        elif block:
            if any(not kept.lstrip().startswith("//") for kept in block):
                yield first, block
            block = []


def _read_question(line: int, block: list[str], comments: str, question_id: str | None) -> GiftQuestion:
    body = "\n".join(kept for kept in block if not kept.lstrip().startswith("//")).lstrip()
    tags = tuple(re.findall(r"\[tag:([^\]]+)\]", comments))
    title = ""
    if body.startswith("::"):
        parts = _split(body[2:], "::", most=1)
        if len(parts) == 1:
            raise GiftError(line, "the title has no end: :: comes after it too")
        title, body = _plain(parts[0]), parts[1]
    opened = _split(body, "{", most=1)
    closed = _split(opened[-1], "}")
    if len(opened) == 1 or len(closed) == 1:
        raise GiftError(
            line, "the answers must stand in { }, with no blank line in between; one in a text is \\{ or \\}"
        )
    if len(closed) > len(("answers", "rest")) or closed[1].strip():
        _refuse_the_rest(line, block, closed[1])
    answers, *feedback = _split(closed[0], "####")
    kind, options, truth = _read_answers(line, answers.strip())
    return GiftQuestion(
        line=line,
        kind=kind,
        stem=_plain(opened[0]),
        options=options,
        truth=truth,
        explanation=_plain("####".join(feedback)),
        title=title,
        id=question_id,
        tags=tags,
    )


def _refuse_the_rest(line: int, block: list[str], rest: str) -> NoReturn:
    """Say of what stands after the answers whether it is the next question, or a part of this one."""
    for number in range(1, len(block)):
        text = "\n".join(kept for kept in block[:number] if not kept.lstrip().startswith("//"))
        if len(_split(text, "}")) > 1 and not rest.partition("\n")[0].strip():
            raise GiftError(line + number, "the next question begins here: leave a blank line before it")
    raise GiftError(line, f"a text after the answers (a missing word) is not taken: {TAKEN}")


def _read_answers(line: int, answers: str) -> tuple[Kind, tuple[GiftOption, ...], bool | None]:
    if answers.upper() in {"T", "TRUE", "F", "FALSE"}:
        return Kind.TRUE_FALSE, (), answers.upper() in {"T", "TRUE"}
    if not answers.startswith(("=", "~")):
        raise GiftError(line, _why_no_choice(answers))
    options: list[GiftOption] = []
    weights: list[float] = []
    for mark, text in re.findall(r"([=~])((?:\\.|[^=~\\])*)", answers, re.DOTALL):
        if len(_split(text, "#")) > 1:
            raise GiftError(
                line, "feedback on a single option (#) is not taken: write #### for all; a # in a text is \\#"
            )
        weighted = re.match(r"\s*%(-?\d+(?:\.\d+)?)%", text)
        weight = float(weighted.group(1)) if weighted else (FULL_WEIGHT if mark == "=" else 0.0)
        weights.append(weight)
        options.append(GiftOption(_plain(text[weighted.end() :] if weighted else text), weight > 0))
    if all("->" in option.text for option in options) and "~" not in answers:
        raise GiftError(line, f"a matching question (=a -> b) is not taken: {TAKEN}")
    if len(options) == 1:
        raise GiftError(line, f"a short answer is not taken, and a choice has two options at least: {TAKEN}")
    right = [weight for weight in weights if weight > 0]
    if len(right) == 1 and right[0] == FULL_WEIGHT and min(weights) >= 0:
        return Kind.SINGLE, tuple(options), None
    if not right or abs(sum(right) - FULL_WEIGHT) > len(right) * 0.01:
        reason = (
            f"the weights of the right answers make {sum(right):g} %, not 100 %: write = before the only right one, "
        )
        raise GiftError(line, f"{reason}~%50% before each of two; in a text these signs are \\= and \\~")
    return Kind.MULTIPLE, tuple(options), None


def _why_no_choice(answers: str) -> str:
    if answers.startswith("#"):
        return f"a numeric question ({{#…}}) is not taken: {TAKEN}"
    if not answers:
        return f"a question without answers (an essay, {{}}) is not taken: {TAKEN}"
    begun = " ".join(answers.split())[:40]
    return f"neither a choice nor true/false: {{{begun}}}: begin options with = or ~, or write TRUE"


def _split(text: str, mark: str, most: int = -1) -> list[str]:
    """Split at a mark that no backslash stands before."""
    parts: list[str] = []
    start = 0
    for found in re.finditer(rf"\\.|{re.escape(mark)}", text, re.DOTALL):
        if len(parts) == most:
            break
        if found[0] == mark:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def _plain(text: str) -> str:
    """The text without its escapes; ``\\n`` is a line break. Space around it is no part of it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text, flags=re.DOTALL).strip()
