"""What `quizbot decks check` says: a line for each thing that is wrong, and one for each deck."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.deck_advice import advice, clashes
from bot.deck_folders import read_folders, shipped_but
from quiz.deck import Deck, Examined
from quiz.flaws import Flaw
from quiz.languages import language_name
from quiz.question import Kind, Level

SOUND, FAULTY = 0, 1


def report(folders: Sequence[Path], say: Callable[[str], None]) -> int:
    """Say what is wrong with the decks of these folders, and return the exit status: 1 where one cannot be used."""
    read = read_folders(folders)
    shipped = shipped_but(read)
    status = SOUND
    for folder, examined in read.items():
        others = [*shipped, *(one.deck for place, one in read.items() if place != folder and one.deck)]
        flaws = sorted([*examined.flaws, *clashes(examined, others), *advice(examined, others)])
        for flaw in flaws:
            say(f"{folder / flaw.file}:{flaw.line}: {'error' if flaw.is_error else 'warning'}: {flaw.words}")
        say(f"{folder}: {_summary(examined, flaws)}")
        if any(flaw.is_error for flaw in flaws):
            status = FAULTY
    return status


def _summary(examined: Examined, flaws: Sequence[Flaw]) -> str:
    errors = sum(flaw.is_error for flaw in flaws)
    counts = [_count(number, what) for number, what in ((errors, "error"), (len(flaws) - errors, "warning")) if number]
    if errors or examined.deck is None:
        return f"cannot be used: {', '.join(counts)}"
    return f"sound: {'; '.join([*_contents(examined.deck), *counts])}"


def _contents(deck: Deck) -> list[str]:
    questions = next(iter(deck.questions.values()))
    kinds = Counter(one.kind for one in questions)
    levels = Counter(one.level for one in questions)
    return [
        f"{_count(len(questions), 'question')} in {' and '.join(language_name(one, 'en') for one in deck.titles)}",
        f"{kinds[Kind.SINGLE]} with one right answer, {kinds[Kind.MULTIPLE]} with several",
        f"{kinds[Kind.TRUE_FALSE]} true or false",
        f"levels {' / '.join(str(levels[level]) for level in Level)}",
    ]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
