"""How many wrong keys reach the student from a writer that lies, past a solver that errs: measured, not supposed.

The writer marks a wrong option in 30 % of its questions, the solver is right in 90 %. Where it errs, it may choose any
wrong option, or just the one that the writer marked, as two models do that were taught by the same texts. Then a
delivered key is wrong in 0.3 · 0.1 / (0.3 · 0.1 + 0.7 · 0.9) = 4.5 % of questions, which is the most there can be.
`QUIZBOT_LIAR_QUIZZES` sets the number of quizzes of ten questions.
"""

import math
import os
import re
from collections.abc import Callable
from random import Random

import pytest

from generation.models import Model
from generation.pipeline import Pair, write_quiz
from generation.request import Accepted, Dropped, WriteRequest
from generation.solver import BlindSolver
from generation.writer import WholeQuestionWriter
from quiz.question import Question
from tests.generation.scripted_server import Received, Reply, ScriptedServer, answer, text
from tests.generation.written import CLAUDE, GPT, line

QUIZZES = int(os.environ.get("QUIZBOT_LIAR_QUIZZES", "20"))
QUESTIONS = 10
LIES, KNOWS = 0.3, 0.9
AT_MOST = LIES * (1 - KNOWS) / (LIES * (1 - KNOWS) + (1 - LIES) * KNOWS)

STEM = re.compile(r"What do you get when you add (\d+) to (\d+)\?")


def truth(stem: str) -> str:
    found = STEM.search(stem)
    assert found
    return str(int(found[1]) + int(found[2]))


class Liar:
    """Writes sums; some of its keys are wrong, and it explains them just as well."""

    def __init__(self) -> None:
        self.dice = Random(7)
        self.marked: dict[str, str] = {}

    def write(self, received: Received) -> Reply:
        asked = re.search(r"Write (\d+) questions", received.prompt)
        assert asked
        return text(*(self._question() for _ in range(int(asked[1]))))

    def _question(self) -> str:
        one, other = self.dice.sample(range(100, 900), 2)
        options = [one + other + off for off in (0, *self.dice.sample([-110, -100, -10, 10, 90, 100, 110], 3))]
        right = self.dice.randrange(1, 4) if self.dice.random() < LIES else 0
        stem = f"What do you get when you add {one} to {other}?"
        self.marked[stem] = str(options[right])
        explanation = "Add units, tens and hundreds in turn, and carry what is over nine."
        return line(stem, [str(option) for option in options], right=[right], explanation=explanation, level="3")


class Errs:
    """Solves sums; where it errs, `chooses` says which of the wrong options it takes."""

    def __init__(self, chooses: Callable[[Random, str, list[str]], str]) -> None:
        self.chooses = chooses

    def solve(self, received: Received) -> Reply:
        stem = received.between("question")
        letters = {option: letter for letter, option in received.between("options").items()}
        # By the question, so that it is the same in every run.
        dice = Random(stem)
        said = truth(stem)
        if dice.random() >= KNOWS:
            said = self.chooses(dice, stem, sorted(option for option in letters if option != said))
        return answer([letters[said]])


async def delivered(server: ScriptedServer, liar: Liar, solver: Errs) -> tuple[list[Question], int]:
    """The questions of all quizzes, and how many drafts the solver dropped; with the clients of two providers."""
    server.makes, server.solves = liar.write, solver.solve
    writer, checker = Model(GPT), Model(CLAUDE)
    questions: list[Question] = []
    dropped = 0
    for number in range(QUIZZES):
        request = WriteRequest(f"quiz-{number}", "sums", "en", None, QUESTIONS)
        pair = Pair(WholeQuestionWriter(writer), BlindSolver(checker))
        async for event in write_quiz(request, [pair], clock=lambda: 0, at_once=1):
            if isinstance(event, Accepted):
                questions.append(event.question)
            elif isinstance(event, Dropped):
                assert event.check == "solver"
                dropped += 1
    await writer.aclose()
    await checker.aclose()
    return questions, dropped


def wrong_keys(questions: list[Question]) -> int:
    return sum({one.option(key).text for key in one.key} != {truth(one.stem)} for one in questions)


def interval(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z = 1.96
    share, spread = hits / of, z / of * math.sqrt(hits * (of - hits) / of + z * z / 4)
    middle, width = share + z * z / (2 * of), 1 + z * z / of
    return (middle - spread) / width, (middle + spread) / width


@pytest.mark.parametrize("errs_as_the_liar_does", [False, True], ids=["errs by chance", "errs as the liar does"])
async def test_few_wrong_keys_are_delivered(
    server: ScriptedServer, record_property: Callable[[str, object], None], *, errs_as_the_liar_does: bool
) -> None:
    liar = Liar()

    def chooses(dice: Random, stem: str, wrong: list[str]) -> str:
        same = errs_as_the_liar_does and liar.marked[stem] in wrong
        return liar.marked[stem] if same else dice.choice(wrong)

    questions, dropped = await delivered(server, liar, Errs(chooses))
    wrong, lies = wrong_keys(questions), sum(key != truth(stem) for stem, key in liar.marked.items())
    low, high = interval(wrong, len(questions))
    how = "as the liar does" if errs_as_the_liar_does else "by chance"
    record_property(
        "measured",
        f"a solver that errs {how}\n"
        f"written: {len(liar.marked)}, with a wrong key {lies} ({lies / len(liar.marked):.1%})\n"
        f"dropped by the solver: {dropped}\n"
        f"delivered: {len(questions)} of {QUIZZES * QUESTIONS}, with a wrong key {wrong} "
        f"({wrong / len(questions):.2%}, 95 % interval {low:.2%} to {high:.2%}; at most {AT_MOST:.2%} by arithmetic)",
    )
    assert len(questions) >= 0.99 * QUIZZES * QUESTIONS
    if errs_as_the_liar_does:
        assert low <= AT_MOST
    else:
        assert high < AT_MOST
