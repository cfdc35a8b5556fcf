"""What a quiz becomes when it is written into a file."""

from dataclasses import dataclass
from html import escape

from quiz.formats.html_text import looks_like_html


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, and what of the quiz is not in it, a sentence each."""

    data: bytes
    lost: tuple[str, ...] = ()


class NotInstalled(ImportError):
    """The extra `formats` is not there; the message says what needs it, and how to get it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} need the extra “teachers”: pip install quizbot[teachers]")


def escaped_html(text: str) -> str:
    """The text for a format of plain text where programs write HTML too, so that none is seen in it."""
    return escape(text, quote=False) if looks_like_html(text) else text
