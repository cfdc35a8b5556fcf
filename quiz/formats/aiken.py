"""Aiken, the plain form of choices: a question, options ``A.`` or ``A)`` a line each, and ``ANSWER: B``.

Format: https://docs.moodle.org/en/Aiken_format. Beyond it letters of the Cyrillic alphabet are read, texts of several
lines, several letters after ANSWER, and a line that begins with FEEDBACK: or EXPLANATION: as the explanation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quiz.formats.exported import Exported, escaped_html
from quiz.formats.html_text import TooLong, from_text
from quiz.formats.imported import Draft, DraftOption, Imported, Intake
from quiz.formats.weights import NotTaken
from quiz.question import Kind, Question

NAME = "aiken"
ALPHABETS = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ")
MARK = re.compile(r"\s*([A-Za-zА-Яа-я])\s?[.)]\s+(\S.*)|\s*([A-Za-zА-Яа-я])[.)]\s*$")
ANSWER = re.compile(r"\s*(?:ANSWERS?|ОТВЕТЫ?)\s*[:：]\s*(.*)", re.IGNORECASE)
EXPLANATION = re.compile(r"\s*(?:FEEDBACK|EXPLANATION|ПОЯСНЕНИЕ|ОБЪЯСНЕНИЕ)\s*[:：]\s*(.*)", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_](?:[\s,;&]*(?:(?:and|и)\s+)?[^\W\d_])*", re.IGNORECASE)
MARKED_ANSWER = re.compile(r"\s*([^\W\d_])[.)]")
"""“B) Mercury” in place of the letter alone."""
CODE_BLOCK = "```"
MOST_OF_A_LINE = 20_000


@dataclass(slots=True)
class _Block:
    """What is gathered of a question until its answer comes."""

    line: int = 0
    stem: list[str] = field(default_factory=list[str])
    options: list[list[str]] = field(default_factory=list[list[str]])
    alphabet: str = ALPHABETS[0]
    draft: Draft | None = None


def read_aiken(text: str) -> Imported:
    """What comes of a file."""
    intake = Intake(NAME)
    block = _Block()
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if intake.is_full:
            break
        if len(line) > MOST_OF_A_LINE:
            if block.draft:
                _end(block, intake)
            intake.refuse(number, "the line is longer than any question can be")
            block = _Block()
        elif line.strip():
            block = _read_line(number, line, block, intake)
    _end(block, intake)
    return intake.imported()


def _read_line(number: int, line: str, block: _Block, intake: Intake) -> _Block:
    answer, explanation = ANSWER.fullmatch(line), EXPLANATION.fullmatch(line)
    if answer and not block.draft and block.line:
        try:
            block.draft = _draft(block, answer[1])
        except NotTaken as error:
            intake.refuse(block.line, str(error))
            return _Block()
        return block
    if explanation and block.draft:
        block.draft.explanation = explanation[1]
        return block
    if block.draft:
        _end(block, intake)
        block = _Block()
    if _is_next_option(line, block):
        block.options.append([_option_of(line)[1]])
    elif block.options and line[0].isspace() and not _option_of(line)[0]:
        block.options[-1].append(line.strip())
    elif block.options:
        # Nothing says that an option goes on: it is the next question, and this one has no answer.
        _end(block, intake)
        block = _Block(number, [line.strip()])
    else:
        block.line = block.line or number
        block.stem.append(line.strip())
    return block


def _option_of(line: str) -> tuple[str, str]:
    """The letter and the text of what may be an option; empty where it is none."""
    found = MARK.fullmatch(line)
    if not found:
        return "", ""
    return (found[1] or found[3]).upper(), (found[2] or "").strip()


def _is_next_option(line: str, block: _Block) -> bool:
    letter, _text = _option_of(line)
    if not letter or not block.stem:
        return False
    if not block.options:
        for alphabet in ALPHABETS:
            if letter == alphabet[0]:
                block.alphabet = alphabet
                return True
        return False
    place = len(block.options)
    return place < len(block.alphabet) and letter == block.alphabet[place]


def _end(block: _Block, intake: Intake) -> None:
    if block.draft:
        intake.take(block.draft)
    elif block.options:
        intake.refuse(block.line, "there is no line ANSWER: after the options, or the letters are out of order")
    elif block.line:
        intake.refuse(block.line, "there are no options A. and B. after this line")


def _draft(block: _Block, answer: str) -> Draft:
    """The question; raises NotTaken where the answer names none of its options."""
    if not block.options:
        raise NotTaken("there are no options A. and B. before the ANSWER: each begins a line, in their order")
    letters = block.alphabet[: len(block.options)]
    marked = MARKED_ANSWER.match(answer)
    written = (marked[1] if marked else answer).strip().rstrip(".)").upper()
    if not LETTERS.fullmatch(written):
        raise NotTaken(f"ANSWER: {answer[:40]} is no letter of an option")
    named = [one for one in re.sub(r"\bAND\b|\bИ\b(?=\s)", " ", written) if one.isalpha()]
    if not named or not set(named) <= set(letters):
        raise NotTaken(f"ANSWER: {answer[:40]} is no letter of an option, which go from {letters[0]} to {letters[-1]}")
    try:
        stem, *options = (from_text(text) for text in ("\n".join(block.stem), *map("\n".join, block.options)))
    except TooLong:
        raise NotTaken("the question is longer than any can be") from None
    return Draft(
        line=block.line,
        stem=stem.text,
        options=[
            DraftOption(option.text, 1 / len(set(named)) if letter in named else 0)
            for letter, option in zip(letters, options, strict=True)
        ],
        several=len(set(named)) > 1,
        lost=[loss for shown in (stem, *options) for loss in shown.losses],
    )


def _line(text: str) -> str:
    """The text in one line, since that ends it."""
    return escaped_html(" ".join(text.split()))


def write_aiken(title: str, language: str, questions: Sequence[Question]) -> Exported:
    """The questions that Aiken can carry: those of one right answer, without explanation, a line for each text."""
    del title, language
    written: list[str] = []
    lost: list[str] = []
    for number, question in enumerate(questions, start=1):
        if question.kind is Kind.MULTIPLE:
            lost.append(f"question {number} is left out: Aiken knows one right answer only")
            continue
        if any(CODE_BLOCK in text for text in (question.stem, *(option.text for option in question.options))):
            lost.append(f"question {number} is left out: Aiken knows no lines, and its code would be another")
            continue
        letters = ALPHABETS[0][: len(question.options)]
        options = zip(letters, question.options, strict=True)
        right = next(letter for letter, one in zip(letters, question.options, strict=True) if one.id in question.key)
        lines = [_line(question.stem), *(f"{letter}. {_line(one.text)}" for letter, one in options)]
        written.append("\n".join([*lines, f"ANSWER: {right}\n"]))
    lost += ["explanations and sources are left out: Aiken has none"] * any(one.explanation for one in questions)
    return Exported("\n".join(written).encode(), tuple(lost))
