"""A lesson: students who play, and what they were told compared with what is kept."""

import asyncio
import os
import sys
from dataclasses import dataclass

from delivery.buttons import Again, Choose, Skip, Submit
from quiz.attempt import Attempt, State
from quiz.scoring import score
from simulator.client import Message, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.people import People, Settings
from tests.classroom import Classroom
from tests.faults.outcome import Outcome
from tests.student import Student, check_kept

QUESTIONS = 5
SEED = "QUIZBOT_TEST_SEED"


def new_seed() -> int:
    """Where chance begins: that of the run, by the clock or as it was set, to have the same again as far as can be."""
    seed = int(os.environ[SEED])
    sys.stderr.write(f"seed {seed}\n")  # shown when the test fails
    return seed


@dataclass(frozen=True)
class Kept:
    """A student, and everything that is kept of theirs."""

    student: Student
    attempts: tuple[Attempt, ...]


class Lesson:
    """Students who play one quiz after another until the lesson is over.

    `patience`: seconds in which a student who presses is answered, or a question comes, whatever happens to the bot.
    `thinks`: seconds that a student takes for a question at most.
    """

    def __init__(
        self,
        classroom: Classroom,
        people: People,
        seed: int,
        *,
        students: int,
        patience: float,
        thinks: float = 0.1,
    ) -> None:
        self.classroom = classroom
        self.people = people
        self.seed = seed
        self.size = students
        self.patience = patience
        self.thinks = thinks
        self.students: list[Student] = []
        self.is_over = asyncio.Event()
        self.rights: dict[str, int] = {}
        """Attempt → how many were right, as the score said."""

    async def begin(self) -> None:
        """Everyone comes in."""
        for _ in range(self.size):
            student = await self.classroom.join(seed=self.seed)
            await self.people.save_settings(student.id, Settings(count=QUESTIONS))
            self.students.append(student)

    async def play(self) -> None:
        """Everyone plays, and finishes what they are at when the lesson is over; none begins a quiz twice."""
        async with asyncio.TaskGroup() as group:
            for student in self.students:
                group.create_task(self._play(student))

    async def _play(self, student: Student) -> None:
        await student.say(student.dice.choice(("photosynthesis", "solar system", "python basics", "english tenses")))
        attempt = (await student.question(self.patience)).attempt
        while True:
            await self._play_one(student, attempt)
            if self.is_over.is_set():
                return
            ended, _right, _total = await student.score(attempt, self.patience)
            attempt = await self._again(student, ended, attempt)

    async def _again(self, student: Student, ended: Message, attempt: str) -> str:
        """Begin again, pressing until it helps: a press that could not be delivered in time is dropped by Telegram."""
        async with asyncio.timeout(self.patience):
            while True:
                await student.press(ended, Again(attempt, mistakes=False))
                question = await student.in_time(student.open_question)
                if question is not None:
                    return question.attempt

    async def _play_one(self, student: Student, attempt: str) -> None:
        for _ in range(QUESTIONS):
            question = await student.question(self.patience)
            assert question.attempt == attempt
            await asyncio.sleep(student.dice.random() * self.thinks)
            await student.answer(question, 4 * self.patience)
        _message, right, total = await student.score(attempt, self.patience)
        assert total == QUESTIONS
        self.rights[attempt] = right

    async def check(self, simulator: Simulator, storage: Storage, outcome: Outcome) -> list[Kept]:
        """What students were told is what is kept, and what is kept is what the score said; both are counted."""
        all_kept = [await self._kept_of(student, Attempts(storage)) for student in self.students]
        for kept in all_kept:
            count(kept, outcome)
        assert (outcome.lost, outcome.doubled) == (0, 0)
        for kept in all_kept:
            for attempt in kept.attempts:
                assert attempt.state is State.DONE
                assert len(attempt.answers) == QUESTIONS
                check_kept(kept.student, attempt)
                assert self.rights[attempt.id] == score(attempt).right
        assert outcome.acknowledged > outcome.kept / 2
        assert await DeadLetters(storage).count() == 0
        assert await simulator.violations() == []
        return all_kept

    async def _kept_of(self, student: Student, attempts: Attempts) -> Kept:
        ids = await attempts.newest(student.id, len(student.presses) + 1)
        kept = [await attempts.load(student.id, one) for one in ids]
        return Kept(student, tuple(one for one in kept if one is not None))


def count(kept: Kept, outcome: Outcome) -> None:
    """Add what one student did, and what became of it."""
    student = kept.student
    answers = {
        (attempt.id, position): answer for attempt in kept.attempts for position, answer in attempt.answers.items()
    }
    told = student.told
    outcome.presses += sum(isinstance(button, Choose | Skip | Submit) for button in student.presses.values())
    outcome.acknowledged += len(told)
    outcome.kept += len(answers)
    lost = student.over - answers.keys()
    lost |= {place for place, one in told.items() if place not in answers or answers[place].press != one.press}
    outcome.lost += len(lost)
    outcome.doubled += len(answers) - len({answer.press for answer in answers.values()})
    outcome.doubled += len({attempt.id for attempt in kept.attempts} - {attempt for attempt, _ in student.over})
