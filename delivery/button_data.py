"""What the data of all buttons are made of: ids and numbers, joined; and how those are read that anybody may forge."""

from quiz.identity import is_id

SEPARATOR = ":"
MOST_POSITIONS = 100
MOST_PLACES = 12
Parts = tuple[str | int, ...]
"""The kind of a button, and what it carries."""


class ForgedButton(ValueError):
    """Data that no button of ours carries."""


def id_in(text: str) -> str:
    """An id; raises `ForgedButton`."""
    if not is_id(text):
        raise ForgedButton(text)
    return text


def number_in(text: str, below: int, least: int = 0) -> int:
    """A number from `least` on, below another; raises `ForgedButton`."""
    number = int(text)
    if not least <= number < below:
        raise ForgedButton(text)
    return number
