"""The pages of the docs as a reader uses them: the commands to type, the files to write, what is to be seen then."""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from textwrap import dedent

from tests.check_links import FENCE, ROOT, markdown_files, prose
from tests.command_line import PROGRAM

SHELL = "sh"
SEEN = "text"
"""What a block is marked with that shows the whole output of the command before it."""
NAMED = re.compile(r"`([^`\s]+)`:$")
"""How a paragraph ends that names the file whose content follows."""
ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
BETWEEN_COMMANDS = re.compile(r"[|&;()$]+")
LOOP, IN_A_LOOP = "for", {"do", "done"}
AS_ANOTHER_USER = ("sudo", "-u")
WITHOUT_A_TOKEN: Mapping[tuple[str, ...], int] = {
    ("settings",): 0,
    ("prompts",): 0,
    ("doctor",): 1,
    ("decks", "check"): 0,
}
"""Commands of `quizbot` that can be run anywhere, and their exit status; the doctor misses a token."""
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
SETTING = re.compile(r"QUIZBOT_[A-Z_]*[A-Z]")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its page, the line it begins at, what it is marked with, its text, and the prose before it."""

    page: Path
    line: int
    mark: str
    text: str
    before: str

    @property
    def file(self) -> str | None:
        """The file whose content it is, where the prose before it names one."""
        named = NAMED.search(self.before)
        return named[1] if named else None


@dataclass(frozen=True, slots=True)
class Typed:
    """A command to type: the variables set for it, and its words."""

    block: Block
    variables: Mapping[str, str]
    words: tuple[str, ...]

    @property
    def program(self) -> str:
        """Its program, wherever that lies."""
        return Path(self.words[0]).name

    def __str__(self) -> str:
        return f"{self.block.page.relative_to(ROOT)}:{self.block.line}: {shlex.join(self.words)}"


def pages() -> list[Path]:
    """Every page of the docs."""
    return markdown_files(ROOT)


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, one after the other."""
    fence, mark, began, before = "", "", 0, ""
    inside: list[str] = []
    for number, line in enumerate(page.read_text("utf-8").splitlines(), start=1):
        found = FENCE.match(line)
        if not fence and found:
            fence, mark, began, inside = found[1], line.strip().strip("`~"), number, []
        elif fence and found and found[1].startswith(fence):
            yield Block(page, began, mark, dedent("\n".join(inside)) + "\n", before)
            fence, before = "", ""
        elif fence:
            inside.append(line)
        elif line.strip():
            before = line.strip()


def typed(page: Path) -> Iterator[Typed]:
    """Every command that a page has its reader type."""
    for block in blocks(page):
        if block.mark == SHELL:
            yield from commands_of(block)


def commands_of(block: Block) -> Iterator[Typed]:
    """The commands of a block, however they are joined."""
    for line in block.text.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(re.sub(r">+ *\S+", "", line), posix=True, punctuation_chars="|&;()$")
        lexer.whitespace_split, lexer.commenters = True, "#"
        for joins, words in groupby(lexer, lambda word: BETWEEN_COMMANDS.fullmatch(word) is not None):
            variables, command = _apart([] if joins else list(words))
            if command:
                yield Typed(block, variables, command)


def _apart(words: Sequence[str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The variables before a command, and the command without the words of the shell and of `sudo`."""
    variables: dict[str, str] = {}
    left = list(words)
    while left:
        if left[0] == LOOP:
            return {}, ()
        if tuple(left[:2]) == AS_ANOTHER_USER:
            del left[:3]
        elif left[0] in {*IN_A_LOOP, AS_ANOTHER_USER[0]}:
            del left[0]
        elif ASSIGNMENT.match(left[0]):
            name, _, value = left.pop(0).partition("=")
            variables[name] = value
        else:
            break
    return variables, tuple(left)


def status_without_a_token(one: Typed) -> int | None:
    """The exit status of a command on a machine without a token; None for what is not to be run there.

    What looks at files is run where its page has them written.
    """
    if one.program != PROGRAM:
        return None
    found = next((words for words in WITHOUT_A_TOKEN if one.words[1 : len(words) + 1] == words), None)
    if found is None:
        return None
    written = [block.file for block in blocks(one.block.page) if block.file]
    looked_at = [word for word in one.words[len(found) + 1 :] if not word.startswith("-")]
    is_there = all(any(file.startswith(f"{place}/") for file in written) for place in looked_at)
    return WITHOUT_A_TOKEN[found] if is_there else None


def settings_named(page: Path) -> set[str]:
    """Every name of a setting on a page."""
    return set(SETTING.findall(page.read_text("utf-8")))


def code_named(page: Path) -> Iterator[str]:
    """What stands in back ticks in the prose of a page."""
    for _number, line in prose(page.read_text("utf-8")):
        yield from CODE.findall(line)
