"""What `quizbot doctor` says: one line for each thing it looked at."""

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """How well something works, with the colour it is shown in."""

    WORKS = ("✓", "green")
    WORKS_BUT = ("!", "yellow")
    FAILS = ("✗", "red")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and in words what was found."""

    mark: Mark
    what: str
    words: str
