"""What the bot can say, entry by entry, and which of it stands on the page."""

import re
from collections.abc import Iterator

from delivery.words import LANGUAGES
from tests.delivery.test_words import entries, forms
from tests.messages_page.scenes import blocks

PLACEHOLDER = re.compile(r"\\\{\w+\\\}")
TAG = re.compile(r"</?\w+>")


def unread(page: str) -> Iterator[tuple[str, str]]:
    """Language and text of each entry, in each of its forms, that stands nowhere on the page in that language."""
    every = blocks(page)
    read = {language: _squeezed("\n".join(every[place :: len(LANGUAGES)])) for place, language in enumerate(LANGUAGES)}
    for language, text in _said():
        if not re.search(_pattern(text), read[language], re.IGNORECASE):
            yield language, text


def _said() -> Iterator[tuple[str, str]]:
    for entry in entries("ru"):
        yield from (("en", text) for text in forms(entry.id))
        yield from (("ru", text) for text in forms(entry.string))


def _pattern(text: str) -> str:
    """The words of a text, with anything in place of what is filled in."""
    words = PLACEHOLDER.sub(".{1,60}?", re.escape(_squeezed(TAG.sub("", text))))
    return rf"(?<!\w){words}(?!\w)"


def _squeezed(text: str) -> str:
    """The text with one space wherever there is any, since a phone breaks lines where it likes; code is not marked."""
    return " ".join(text.replace("`", "").split())
