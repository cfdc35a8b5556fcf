"""Markdown of other programs becomes text as the bot shows it, which knows code and formulas only."""

import re

from quiz.formats.html_text import Shown

PICTURE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)")
LINK = re.compile(r"\[([^\]\n]{1,300})\]\([^)\n]{0,2000}\)")
EMPHASIS = re.compile(r"(?<![\w*])\*\*(\S(?:[^*\n]{0,300}\S)?)\*\*(?![\w*])|(?<!\w)__(\S(?:[^_\n]{0,300}\S)?)__(?!\w)")
CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)


def from_markdown(text: str) -> Shown:
    """The text without emphasis, links and pictures; code stays as it is."""
    parts = CODE.split(text)
    pictures: list[str] = []
    for place in range(0, len(parts), 2):
        pictures += (found[1] for found in PICTURE.finditer(parts[place]))
        plain = LINK.sub(r"\1", PICTURE.sub("", parts[place]))
        parts[place] = EMPHASIS.sub(lambda found: found[1] or found[2], plain)
    losses = (f"a picture{f' ({name[:60]})' if name else ''} is not taken" for name in pictures)
    return Shown("".join(parts).strip(), tuple(losses))
