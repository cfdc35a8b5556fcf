"""What is wrong with a deck: each thing by its file and line, and in words that say what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

Note = Callable[[int, str], None]
"""Takes down what is wrong at a line of one file, counted from 1."""


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """One thing that is wrong; with an error the deck cannot be used, else it could be better."""

    file: str
    line: int
    words: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}"


class Flaws:
    """Everything found so far, in the order in which it was found."""

    def __init__(self) -> None:
        self.found: list[Flaw] = []

    def of(self, file: str, *, is_error: bool = True) -> Note:
        """What takes down the flaws of a file."""
        return lambda line, words: self.found.append(Flaw(file, line, words, is_error))


def guessed(word: str, known: Iterable[str]) -> str:
    """What was probably meant by an unknown word, as the end of a sentence; else all that is known."""
    choices = list(known)
    near = get_close_matches(word.casefold(), choices, 1)
    return f"did you mean “{near[0]}”?" if near else f"there is {', '.join(choices) or 'none'}"
