"""`python -m tests.decks_page` writes what docs/decks.md says of each shipped deck, from the decks and `blind.csv`.

It also adds the ids of new questions to those that may never go.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from decks import load_decks, shipped
from quiz.blind import FILE, BlindAnswer, first_answers, read_answers
from quiz.deck import Deck
from quiz.description import LANGUAGES
from quiz.languages import language_name
from quiz.question import Kind, Level

PAGE = Path(__file__).parents[1] / "docs" / "decks.md"
IDS = Path(__file__).parent / "decks" / "ids.txt"
BEGIN, END = "<!-- made by make reference -->\n", "<!-- until here -->"
COLUMNS = (
    "| deck | subject | one / several / true-false | levels 1 / 2 / 3 | blind reader agrees, English | Russian |\n"
    "|---|---|---|---|---|---|\n"
)
LANGUAGE_NAMES = {code: language_name(code, "en") for code in LANGUAGES}


def page() -> str:
    """The page as it should stand there."""
    text = PAGE.read_text("utf-8")
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}{''.join(_made())}{END}{after}"


def ids() -> list[str]:
    """Every question there is, as `deck/id`, with those that were there before."""
    return sorted({*kept_ids(), *(f"{deck.name}/{one.id}" for deck in load_decks() for one in deck.questions["en"])})


def kept_ids() -> list[str]:
    """The questions that must be there, since somebody's attempt or mistake may name them."""
    return IDS.read_text("utf-8").split() if IDS.exists() else []


def answers_to(deck: Deck) -> list[BlindAnswer]:
    """What readers answered to the questions of a shipped deck."""
    file = shipped()[deck.name].joinpath(FILE)
    return read_answers(file.read_text("utf-8")) if file.is_file() else []


def _made() -> Iterator[str]:
    decks = load_decks()
    questions = sum(len(deck.questions["en"]) for deck in decks)
    yield f"{len(decks)} decks, {questions} questions, each in English and in Russian.\n\n{COLUMNS}"
    answers = {deck.name: answers_to(deck) for deck in decks}
    for deck in decks:
        asked = deck.questions["en"]
        kinds, levels = Counter(one.kind for one in asked), Counter(one.level for one in asked)
        agreement = [_agreement(deck, language, answers[deck.name]) for language in LANGUAGE_NAMES]
        cells = [
            deck.name,
            deck.subject,
            " / ".join(str(kinds[kind]) for kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE)),
            " / ".join(str(levels[level]) for level in Level),
            *agreement,
        ]
        yield f"| {' | '.join(cells)} |\n"
    everything = [
        _share([first for deck in decks for first in first_answers(language, answers[deck.name])], questions)
        for language in LANGUAGE_NAMES
    ]
    yield f"| all | | | | {' | '.join(everything)} |\n\n"
    yield from _disagreements(answers.items())


def _agreement(deck: Deck, language: str, answers: Iterable[BlindAnswer]) -> str:
    return _share(first_answers(language, answers), len(deck.questions[language]))


def _share(first: Sequence[BlindAnswer], asked: int) -> str:
    if not first:
        return "not read yet"
    unread = f", {asked - len(first)} not read yet" if len(first) < asked else ""
    return f"{sum(one.agrees for one in first)} of {len(first)}{unread}"


def _disagreements(answers: Iterable[tuple[str, Sequence[BlindAnswer]]]) -> Iterator[str]:
    found = [(deck, one) for deck, all_answers in answers for one in all_answers if not one.agrees]
    yield "Where a reader did not agree, and what was done:\n\n" if found else ""
    for deck, one in found:
        said = f"the key was {one.key}, the reader said {one.answer}"
        remark = f" (“{one.remark}”)" if one.remark else ""
        done = one.done or "nothing yet"
        yield f"- {deck}, {LANGUAGE_NAMES[one.language]}, `{one.question}`: {said}{remark}. Done: {done}\n"
    yield "\n" if found else ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    IDS.write_text("".join(f"{one}\n" for one in ids()), "utf-8")
    sys.stderr.write(f"{PAGE.name}: {len(load_decks())} decks\n")
