"""Notes in Markdown as a material: headings, paragraphs, lists, tables, code."""

import re
from pathlib import Path

from quiz.material import Material, Passage, PassageKind, Place, PlaceKind

LIST = re.compile(r"\s*(?:[-*•]|\d+[.)])\s")
RULE = re.compile(r"\|?[\s:|-]+\|?")


def read_notes(path: Path) -> Material:
    """The material that a file holds; places are lines."""
    return notes(path.read_text(encoding="utf-8"), path.name)


def notes(text: str, title: str = "") -> Material:
    """The material in a text."""
    passages: list[Passage] = []
    heading, block, began = "", list[str](), 0
    code = False

    def close() -> None:
        if block:
            passages.append(_passage(block, Place(PlaceKind.LINE, began, heading)))
            block.clear()

    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            close()
            code = not code
        elif code:
            passages.append(Passage(line, Place(PlaceKind.LINE, number, heading), PassageKind.CODE))
        elif match := re.match(r"#+\s+(.*)", line):
            close()
            heading = match[1]
        elif not line.strip():
            close()
        else:
            starts_list = LIST.match(line) and block and not LIST.match(block[0])
            if starts_list:
                close()
            began = began if block else number
            block.append(line)
    close()
    return Material(title, tuple(passages))


def _passage(lines: list[str], place: Place) -> Passage:
    if all(line.startswith("|") for line in lines):
        rows = [line.strip().strip("|") for line in lines if not RULE.fullmatch(line)]
        text = "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows)
        return Passage(text, place, PassageKind.TABLE)
    if LIST.match(lines[0]):
        items: list[str] = []
        for line in lines:
            if LIST.match(line) or not items:
                items.append(LIST.sub("", line, count=1) if not re.match(r"\s*\d", line) else line)
            else:
                items[-1] += " " + line.strip()
        return Passage("\n".join(items), place, PassageKind.LIST)
    return Passage("\n".join(lines), place)
