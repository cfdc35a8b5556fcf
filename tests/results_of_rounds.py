"""Rounds and classes for tests: written down as letters, or simulated."""

from collections.abc import Mapping, Sequence
from math import exp
from random import Random

from quiz.question import Kind, Question
from quiz.results import Outcome, Player, Results
from tests.samples import a_question

BEGAN = 1_796_000_000_000
"""Ms since 1970: 30 November 2026, 00:53:20 UTC."""
LIMIT = 20_000
OPEN, NOT_ASKED = "-", " "
FOUR = ("Mercury", "Venus", "Mars", "Earth")


def questions(number: int, key: str = "a", options: Sequence[str] = FOUR) -> tuple[Question, ...]:
    """So many questions with this key."""
    return tuple(
        a_question(f"Question {place + 1}: which planet is it?", options, key, id=f"q{place + 1}")
        for place in range(number)
    )


def a_round(
    answers: Mapping[str, str | Sequence[str]],
    asked: Sequence[Question] | None = None,
    *,
    took: Mapping[str, int] | None = None,
    title: str = "Planets",
    language: str = "en",
    worth: float = 1.0,
) -> Results:
    """Name → what they chose, question by question: option ids, `-` for left open, a space for not asked.

    An answer takes 4 s, or what is said of the player; players are numbered from 1.
    """
    asked = asked or questions(max(map(len, answers.values()), default=0))
    players = tuple(Player(number, name) for number, name in enumerate(answers, start=1))
    outcomes = [
        _outcome(player, question, letters, (took or {}).get(player.name, 4000), worth)
        for player in players
        for question, letters in zip(asked, answers[player.name], strict=True)
        if letters != NOT_ASKED
    ]
    return Results(title, language, tuple(asked), players, tuple(outcomes), BEGAN, BEGAN + 300_000)


def scored(rows: Sequence[str]) -> Results:
    """A round of which only right (1) and wrong (0) is known: one row a student, one column a question."""
    return a_round(
        {f"Student {number}": row.replace("1", "a").replace("0", "b") for number, row in enumerate(rows, start=1)}
    )


def simulated(
    students: int,
    number: int = 12,
    seed: int = 1,
    *,
    names: Sequence[str] = (),
    open_share: float = 0.03,
    title: str = "Planets",
    language: str = "en",
) -> Results:
    """A class by the logistic model: abilities and difficulties are normal, each wrong option as likely as another."""
    dice = Random(seed)
    asked = questions(number)
    difficulty = [dice.gauss(0, 1) for _ in asked]
    answers: dict[str, Sequence[str]] = {}
    took: dict[str, int] = {}
    for place in range(students):
        name = names[place] if place < len(names) else f"Student {place + 1}"
        ability = dice.gauss(0.5, 1.2)
        took[name] = dice.randrange(1500, LIMIT)
        answers[name] = [_choice(dice, ability - hard, open_share) for hard in difficulty]
    return a_round(answers, asked, took=took, title=title, language=language)


def _choice(dice: Random, ahead: float, open_share: float) -> str:
    if dice.random() < open_share:
        return OPEN
    return "a" if dice.random() < 1 / (1 + exp(-1.5 * ahead)) else dice.choice("bcd")


def _outcome(player: Player, question: Question, letters: str, took: int, worth: float) -> Outcome:
    chosen = None if letters == OPEN else frozenset(letters)
    assert question.kind is Kind.MULTIPLE or chosen is None or len(chosen) == 1
    right = chosen == question.key
    return Outcome(player.number, question.id, question.revision, chosen, took, right, worth if right else 0.0)
