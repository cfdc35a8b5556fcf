"""YAML whose every value knows its line, and is a text: `no` and `1789` mean what they look like."""

from dataclasses import dataclass
from typing import TypeAlias

import yaml
from yaml.reader import Reader

from quiz.flaws import Note

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""It makes nothing but texts, lists and mappings; the one written in C, ten times as fast, wherever it was built."""
DEEPEST = 8
"""Values within values: no file that is read here comes near it."""

Value: TypeAlias = "str | list[Entry] | dict[str, Entry]"


@dataclass(frozen=True, slots=True)
class Entry:
    """A value, and the line on which it begins, from 1; of a value in a mapping that is the line of its key."""

    line: int
    value: Value


def read_yaml(text: str, note: Note) -> Entry | None:
    """What a file says; None when it cannot be read or says nothing. Whatever is wrong is noted."""
    last = max(1, len(text.splitlines()))
    try:
        root = yaml.compose(text, LOADER)
    except yaml.reader.ReaderError:
        strange = Reader.NON_PRINTABLE.search(text)
        note(_line(text, strange.start()) if strange else last, "a character stands here that no text has: take it out")
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(part for part in (error.context, error.problem) if part)
        line = min(mark.line + 1, last) if mark else last
        note(line, f"this is no YAML ({reason}): look at the indentation, the colons and the quotes, here and above")
        return None
    if root is None:
        note(1, "the file says nothing")
        return None
    return _Tree(note).entry(root, _first(root), 1)


class _Tree:
    """From YAML's own tree to entries."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._seen: set[int] = set()

    def entry(self, node: yaml.Node, line: int, depth: int) -> Entry:
        if isinstance(node, yaml.ScalarNode):
            return Entry(line, str(node.value))
        if id(node) in self._seen or depth > DEEPEST:
            # Written out, a few names of names are more than any memory holds.
            self._note(line, "a value that stands elsewhere (*name), or deep within others, is not taken: write it out")
            return Entry(line, "")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return Entry(line, self._mapping(node, depth))
        return Entry(line, [self.entry(one, _first(one), depth + 1) for one in node.value])

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if not name:
                self._note(_first(key), "a key must be a word")
            elif name in entries:
                self._note(_first(key), f"“{name}” is given twice: keep one")
            else:
                entries[name] = self.entry(value, _first(key), depth + 1)
        return entries


def _first(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
