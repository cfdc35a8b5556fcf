"""A sheet of questions without keys, for a reader to answer with a text editor: writing it, and reading it back.

A question begins with its mark, `[3 0f1e2d3c4b5a]`: its number in the deck and the digest of what is read. Only marks
and what follows `Answer:` and `Remark:` are read back; all else may be left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from quiz.blind import AMBIGUOUS, NONE, BlindAnswer, digest_of, key_of
from quiz.flaws import Note
from quiz.languages import has_cyrillic
from quiz.question import Kind, Question

LETTERS = "ABCDEFGHIJKL"
MARK = re.compile(r"\[\d+ ([0-9a-f]{12})\]")
HEADING = re.compile(r"== ([a-z0-9-]+), ")
BROKEN_MARK = re.compile(r"\[\d+ \S+")
ANSWER, REMARK = "Answer:", "Remark:"
ANSWERS = re.compile(r"[A-L](?:[ ,]*[A-L])*")
WORDS = {"none": NONE, "ambiguous": AMBIGUOUS, "more than one": AMBIGUOUS}
ASKED = {
    Kind.SINGLE: "one letter",
    Kind.MULTIPLE: "all letters that are right",
    Kind.TRUE_FALSE: "one letter",
}
HEAD = """\
A sheet of {number} questions, without keys.

Answer each from what you know, without looking anything up. Write after “Answer:” the letter of the right option, or
all letters where all are asked for. Write “none” if no option is right, and “ambiguous” if more than one answer could
be defended or the question cannot be understood. After “Remark:” say why, or what could be clearer; it may stay empty.
Leave the marks in brackets and the lines that begin with == as they are.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a sheet: of which deck, in which language, and its place among the deck's, from 1."""

    deck: str
    language: str
    number: int
    question: Question

    @property
    def digest(self) -> str:
        """Of what is read."""
        return digest_of(self.question, self.language)

    @property
    def order(self) -> str:
        """The ids of the options in the order of the sheet: by chance, but the same each time; true comes first."""
        ids = [option.id for option in self.question.options]
        if self.question.kind is Kind.TRUE_FALSE:
            return "".join(ids)
        return "".join(sorted(ids, key=lambda one: blake2b(f"{self.digest}{one}".encode()).digest()))


def write_sheet(asked: Iterable[Asked]) -> str:
    """The sheet of these questions."""
    questions = list(asked)
    lines = [HEAD.format(number=len(questions))]
    part = None
    for one in questions:
        if part != (one.deck, one.language):
            part = (one.deck, one.language)
            lines += [f"== {one.deck}, {one.language}", ""]
        lines += [*_question(one), ""]
    return "\n".join(lines)


def _question(one: Asked) -> Iterator[str]:
    question = one.question
    yield f"[{one.number} {one.digest}]"
    yield from (f"    {line}".rstrip() for line in question.stem.splitlines())
    yield f"    ({ASKED[question.kind]})"
    for letter, option in zip(LETTERS, one.order, strict=False):
        first, *rest = question.option(option).text.splitlines()
        yield f"    {letter}. {first}"
        yield from (f"       {line}" for line in rest)
    yield ANSWER
    yield REMARK


def read_sheet(text: str, asked: Iterable[Asked], note: Note) -> list[tuple[Asked, BlindAnswer]]:
    """What a reader answered to these questions, in the order of the sheet; what cannot be read is noted by its line.

    What stands under the heading of another deck is left out.
    """
    known = {one.digest: one for one in asked}
    decks = {one.deck for one in known.values()}
    found: dict[str, int] = {}
    answers: list[tuple[Asked, BlindAnswer]] = []
    for block in _blocks(text, note):
        if block.deck is not None and block.deck not in decks:
            continue
        if block.digest not in known:
            note(block.line, "no question of these decks has this mark: its text was changed, or its deck is not named")
        elif block.digest in found:
            note(block.line, f"this mark stands in line {found[block.digest]} too: answer each question once")
        else:
            found[block.digest] = block.line
            answer = _read(block, known[block.digest], note)
            answers += [(known[block.digest], answer)] if answer else []
    if not found:
        note(1, "there is no question on this sheet: each begins with a mark, as in [1 0f1e2d3c4b5a]")
    return answers


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands on a sheet from one mark to the next."""

    line: int
    deck: str | None
    """The one in the heading above it; None where that was left out."""
    digest: str
    lines: list[str]


def _blocks(text: str, note: Note) -> list[_Block]:
    blocks: list[_Block] = []
    deck, ended = None, True
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        mark, heading = MARK.fullmatch(line.strip()), HEADING.match(line)
        if mark:
            blocks.append(_Block(number, deck, mark[1], []))
            ended = False
        elif BROKEN_MARK.match(line):
            note(number, "this looks like a mark and is none: copy it as it stands on the sheet")
            ended = True
        elif heading:
            deck, ended = heading[1], True
        elif not ended:
            blocks[-1].lines.append(line)
        elif line.startswith(ANSWER):
            note(number, "this answer has no mark above it: copy the mark of its question from the sheet")
    return blocks


def _read(block: _Block, asked: Asked, note: Note) -> BlindAnswer | None:
    given = [place for place, line in enumerate(block.lines) if line.startswith(ANSWER)]
    if len(given) != 1:
        note(block.line, f"one line that begins with “{ANSWER}” must follow, not {len(given)}")
        return None
    place = given[0]
    line, after = block.line + 1 + place, block.lines[place + 1 :]
    answer = _chosen(block.lines[place].removeprefix(ANSWER).strip(" .*"), asked, lambda words: note(line, words))
    if answer is None:
        return None
    remark = " ".join(" ".join(after).split()).removeprefix(REMARK).strip()
    question = asked.question
    return BlindAnswer(asked.language, question.id, asked.digest, key_of(question), answer, remark)


def _chosen(written: str, asked: Asked, note: Callable[[str], None]) -> str | None:
    """The ids of the options, or the word, that an answer names; None when it names none."""
    word = WORDS.get(written.casefold())
    if word:
        return word
    if not written:
        note("there is no answer: write a letter, or “none”, or “ambiguous”")
        return None
    letters = written.upper()
    if has_cyrillic(letters):
        note(f"“{written}” has a Cyrillic letter: write Latin ones, as before the options")
        return None
    places = [LETTERS.index(letter) for letter in letters if letter in LETTERS]
    if not ANSWERS.fullmatch(letters) or max(places) >= len(asked.order):
        last = LETTERS[len(asked.order) - 1]
        note(f"“{written}” is no answer: write letters from A to {last}, or “none”, or “ambiguous”")
        return None
    chosen = {asked.order[place] for place in places}
    if len(chosen) > 1 and asked.question.kind is not Kind.MULTIPLE:
        note(f"“{written}”: one letter is asked for; if more than one is right, write “ambiguous” and a remark")
        return None
    return "".join(sorted(chosen))
