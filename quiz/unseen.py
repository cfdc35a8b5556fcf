"""Characters that nobody sees and that do something all the same: controls, and what turns the direction of a text."""

import re

from quiz.flaws import Note

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Tabs and line breaks are none of them."""
LINE_END = re.compile(r"\r\n|\r|\n")


def note_unseen(text: str, first_line: int, note: Note) -> None:
    """Note each line of a text that has such a character, which a message would carry to students."""
    for number, line in enumerate(LINE_END.split(text), start=first_line):
        found = UNSEEN.search(line)
        if found:
            code = f"U+{ord(found[0]):04X}"
            note(number, f"a character stands here that nobody sees ({code}): take it out, or write the line anew")
