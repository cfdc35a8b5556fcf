"""Moodle's GIFT format: reading.

Read: choices with one right answer or several (weights), true/false, a missing word; titles, markers of markup,
escapes, feedback, and ids and tags in Moodle's own comments (``// [id:x] [tag:y]``). Questions are separated by a
blank line. Anything else is refused with its line and with what it is, never guessed at.
Format: https://docs.moodle.org/en/GIFT_format
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from quiz.formats.html_text import Shown, TooLong, from_html, from_text
from quiz.formats.imported import Draft, DraftOption, Imported, Intake
from quiz.formats.markdown_text import from_markdown
from quiz.formats.weights import ASKED
from quiz.question import Level

NAME = "gift"
FULL_WEIGHT = 100.0
MOST_OF_A_QUESTION = 60_000
GAP = "_____"
LINE_END = re.compile(r"\r\n|\r|\n|\u2028")
MARKUP = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
OPTION = re.compile(r"([=~])((?:\\.|[^=~\\])*)", re.DOTALL)
WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d*)?)%")
ESCAPED = re.compile(r"\\\\|\\\((?:[^\n\\]|\\[^)\n]){1,500}\\\)|\\.", re.DOTALL)
"""A formula in LaTeX whose backslash nobody doubled is one thing: the ``\\nu`` in it is no line break."""
SIGNS = "~=#{}:\\/%$"


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
    """An option as written, with the part of the points that choosing it gives, and what is said of it."""

    text: str
    fraction: float
    feedback: str = ""
    markup: str = ""


@dataclass(frozen=True, slots=True)
class GiftQuestion:
    """A question as written in a file; true/false has no options, only `truth`."""

    line: int
    """Where it begins, with the comments before it."""
    first_line: int
    """The same without them."""
    stem: str
    options: tuple[GiftOption, ...]
    several: bool
    """Whether more than one option may be chosen."""
    truth: bool | None
    explanation: str
    has_gap: bool = False
    markup: str = ""
    """html, moodle, plain or markdown; empty where nothing is said."""
    title: str = ""
    id: str | None = None
    tags: tuple[str, ...] = field(default=())

    def tag(self, prefix: str) -> str | None:
        """What follows the prefix in the one tag that has it; None when there is none or more than one."""
        found = [tag.removeprefix(prefix) for tag in self.tags if tag.startswith(prefix)]
        return found[0] if len(found) == 1 else None


def read_gift(text: str) -> Imported:
    """What comes of a file of another program, or of a person."""
    intake = Intake(NAME)
    for one in parse_gift(text):
        if intake.is_full:
            break
        if isinstance(one, GiftError):
            intake.refuse(one.line, one.reason)
            continue
        try:
            intake.take(_draft(one))
        except TooLong:
            intake.refuse(one.first_line, "the question is longer than any can be")
    return intake.imported()


def parse_gift(text: str) -> Iterator[GiftQuestion | GiftError]:
    """Each question of a file in order as it is written, or why it cannot be read."""
    for line, block in _blocks(text.removeprefix("\ufeff")):
        comments = " ".join(kept for kept in block if kept.lstrip().startswith("//"))
        question_id = next(iter(re.findall(r"\[id:([^\]\s]+)\]", comments)), None)
        try:
            yield _read_question(line, block, comments, question_id)
        except GiftError as error:
            error.id = question_id
            yield error


def _draft(one: GiftQuestion) -> Draft:
    stem = _shown(one.stem, one.markup)
    options = [(option, _shown(option.text, option.markup or one.markup)) for option in one.options]
    explanation = _shown(*_marked(one.explanation, one.markup))
    feedback = [_shown(*_marked(option.feedback, one.markup)) for option in one.options]
    lost = [
        loss
        for shown in (stem, *(shown for _option, shown in options), explanation, *feedback)
        for loss in shown.losses
    ]
    level = one.tag("level-")
    return Draft(
        line=one.first_line,
        stem=stem.text,
        options=[
            DraftOption(shown.text, option.fraction, said.text)
            for (option, shown), said in zip(options, feedback, strict=True)
        ],
        several=one.several,
        truth=one.truth,
        explanation=explanation.text,
        lost=list(dict.fromkeys(lost)),
        level=Level(level) if level in set(Level) else Level.UNDERSTANDING,
    )


def _shown(text: str, markup: str) -> Shown:
    """The text without its markup. Where none is said Moodle takes HTML for HTML, and the rest as it is."""
    if markup == "plain":
        return Shown(text)
    if markup == "markdown":
        return from_markdown(text)
    return from_html(text) if markup == "html" else from_text(text)


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
    if sum(map(len, block)) > MOST_OF_A_QUESTION:
        raise GiftError(line, f"a question has at most {MOST_OF_A_QUESTION} characters: is a blank line missing?")
    first_line = line + next(place for place, kept in enumerate(block) if not kept.lstrip().startswith("//"))
    body = "\n".join(kept for kept in block if not kept.lstrip().startswith("//")).strip()
    title = ""
    if body.startswith("::"):
        parts = _split(body[2:], "::", most=1)
        if len(parts) == 1:
            raise GiftError(line, "the title has no end: :: comes after it too")
        title, body = _plain(parts[0]), parts[1].strip()
    opened = _split(body, "{", most=1)
    if len(opened) == 1 and len(_split(body, "}")) == 1:
        raise GiftError(
            first_line,
            "a text without answers (a description) is not taken: the answers must stand in { }, with no blank line "
            "in between",
        )
    closed = _split(opened[-1], "}")
    if len(opened) == 1 or len(closed) == 1:
        raise GiftError(
            line, "the answers must stand in { }, with no blank line in between; one in a text is \\{ or \\}"
        )
    rest = closed[1].strip()
    if len(closed) > len(("answers", "rest")):
        _refuse_the_rest(line, block, closed[1])
    markup, stem = _without_marker(opened[0])
    answers, *explanation = _split(closed[0], "####")
    several, options, truth = _read_answers(line, answers.strip())
    before, after = (_plain(part, keep_space=True) for part in (stem, closed[1]))
    return GiftQuestion(
        line=line,
        first_line=first_line,
        stem=f"{before}{GAP}{after}".strip() if rest else before.strip(),
        options=options,
        several=several,
        truth=truth,
        explanation=_plain("####".join(explanation)),
        has_gap=bool(rest),
        markup=markup,
        title=title,
        id=question_id,
        tags=tuple(re.findall(r"\[tag:([^\]]+)\]", comments)),
    )


def _refuse_the_rest(line: int, block: list[str], rest: str) -> NoReturn:
    """Say of what stands after the answers whether it is the next question, or a part of this one."""
    for number in range(1, len(block)):
        text = "\n".join(kept for kept in block[:number] if not kept.lstrip().startswith("//"))
        if len(_split(text, "}")) > 1 and not rest.partition("\n")[0].strip():
            raise GiftError(line + number, "the next question begins here: leave a blank line before it")
    raise GiftError(line, f"answers in several places of one text (a cloze) are not taken: {ASKED}")


def _read_answers(line: int, answers: str) -> tuple[bool, tuple[GiftOption, ...], bool | None]:
    """Whether several may be chosen, the options, and the truth of a statement, which has options for feedback only."""
    statement, *said = _split(answers, "#")
    if statement.strip().upper() in {"T", "TRUE", "F", "FALSE"}:
        truth = statement.strip().upper() in {"T", "TRUE"}
        wrong, right = (_plain(part) for part in (*said, "", "")[:2])
        both = (right, wrong) if truth else (wrong, right)
        return False, tuple(GiftOption("", 0, feedback) for feedback in both) if said else (), truth
    if not answers.startswith(("=", "~")):
        raise GiftError(line, _why_no_choice(answers))
    if len(_split(answers, "~")) == 1:
        raise GiftError(line, _why_no_distractor(answers))
    options = tuple(_option(mark, text) for mark, text in OPTION.findall(answers))
    weights = [option.fraction for option in options]
    is_single = any(mark == "=" for mark, _text in OPTION.findall(answers)) or (
        weights.count(1) == 1 and sum(weight > 0 for weight in weights) == 1 and min(weights) >= 0
    )
    return not is_single, options, None


def _option(mark: str, text: str) -> GiftOption:
    weighted = WEIGHT.match(text)
    weight = float(weighted[1]) if weighted else (FULL_WEIGHT if mark == "=" else 0.0)
    text, *feedback = _split(text[weighted.end() :] if weighted else text, "#", most=1)
    markup, text = _without_marker(text)
    return GiftOption(_plain(text), weight / FULL_WEIGHT, _plain("".join(feedback)), markup)


def _why_no_choice(answers: str) -> str:
    if answers.startswith("#"):
        return f"a numeric question ({{#…}}) is not taken: {ASKED}"
    if not answers:
        return f"a question without answers (an essay, {{}}) is not taken: {ASKED}"
    begun = " ".join(answers.split())[:40]
    return f"a short answer ({{{begun}}}) is not taken: begin options with = or ~, or write TRUE or FALSE"


def _why_no_distractor(answers: str) -> str:
    if all("->" in text for _mark, text in OPTION.findall(answers)):
        return f"a matching question (=a -> b) is not taken: {ASKED}"
    return f"a short answer, which has no wrong option (~), is not taken: {ASKED}"


def _without_marker(text: str) -> tuple[str, str]:
    """The markup that a text says it is in, and the text itself."""
    marker = MARKUP.match(text.lstrip())
    return (marker[1].lower(), text.lstrip()[marker.end() :]) if marker else ("", text)


def _marked(text: str, markup: str) -> tuple[str, str]:
    own, text = _without_marker(text)
    return text, own or markup


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


def _plain(text: str, *, keep_space: bool = False) -> str:
    """The text without its escapes; ``\\n`` is a line break. Space around it is no part of it."""
    plain = ESCAPED.sub(_unescaped, text)
    return plain if keep_space else plain.strip()


def _unescaped(found: re.Match[str]) -> str:
    escaped = found[0]
    if len(escaped) > len("\\("):
        return re.sub(r"\\([~=#{}:\\])", r"\1", escaped)
    if escaped[1] == "n":
        return "\n"
    # Other programs write formulas without doubling the backslash: before other letters it stands for itself.
    return escaped[1] if escaped[1] in SIGNS else escaped
