"""What is played: twelve questions of the shipped decks, each answered by one press; an attempt for each student."""

import asyncio
import json
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.students import Student
from benchmarks.telegram import DATE
from decks import load_decks
from delivery.buttons import Choose, data_of
from quiz.identity import derived_id
from quiz.planning import plan_attempt
from quiz.question import Kind, Question
from storage.attempts import Attempts, NewAttempt
from storage.connection import Storage
from storage.quizzes import Quizzes

QUIZ, VERSION, TITLE = "benchmark", "1", "Photosynthesis and more"
QUESTIONS = 12
AT_ONCE = 50


def choose_questions() -> list[Question]:
    """The first questions with four options and one right answer, in English."""
    every = (question for deck in load_decks() for question in deck.questions["en"])
    return list(islice((one for one in every if one.kind is Kind.SINGLE and len(one.options) == 4), QUESTIONS))


def write_down(questions: list[Question], file: Path) -> None:
    """Put the questions into a file for programs that know nothing of the bot."""
    plain = [
        {
            "id": one.id,
            "stem": one.stem,
            "options": {option.id: option.text for option in one.options},
            "key": "".join(one.key),
            "explanation": one.explanation,
        }
        for one in questions
    ]
    file.write_text(json.dumps(plain), "utf-8")


async def begin_for(storage: Storage, questions: list[Question], students: list[Student]) -> None:
    """Begin an attempt for each student, whose first question then stands before them."""
    attempts = Attempts(storage)
    await Quizzes(storage).save(QUIZ, VERSION, questions)
    for start in range(0, len(students), AT_ONCE):
        await asyncio.gather(*(_begin(attempts, questions, one) for one in students[start : start + AT_ONCE]))


async def _begin(attempts: Attempts, questions: list[Question], student: Student) -> None:
    attempt = derived_id("attempt", student.id)
    new = NewAttempt(
        id=attempt,
        user_id=student.id,
        chat_id=student.id,
        language="en",
        quiz=QUIZ,
        version=VERSION,
        title=TITLE,
        level="any",
        origin="benchmark",
        origin_message=1,
        plan=plan_attempt(questions, count=QUESTIONS, level=None, dice=Random(student.id)),
    )
    await attempts.start(new, "benchmark")
    student.data = data_of(Choose(attempt, 0, 0))
    chat = f'{{"id":{student.id},"first_name":"Student","type":"private"}}'
    student.message = f'{{"message_id":1,"chat":{chat},"date":{DATE},"text":"{questions[0].stem}"}}'.encode()
