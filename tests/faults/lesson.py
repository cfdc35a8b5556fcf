"""A lesson: students who play, and what they were told compared with what is kept."""

import asyncio
import sys

from delivery.buttons import Again
from quiz.attempt import State
from quiz.scoring import score
from simulator.client import Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.people import People, Settings
from tests.student import Classroom, Student, check_kept

QUESTIONS = 5


class Lesson:
    """Students who play one quiz after another until the lesson is over.

    `patience`: seconds in which a student who presses is answered, or a question comes, whatever happens to the bot.
    """

    def __init__(self, classroom: Classroom, people: People, seed: int, *, students: int, patience: float) -> None:
        self.classroom = classroom
        self.people = people
        self.seed = seed
        self.size = students
        self.patience = patience
        sys.stderr.write(f"seed {seed}\n")  # shown when the test fails
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
            await student.press(ended, Again(attempt, mistakes=False))
            attempt = (await student.question(self.patience)).attempt

    async def _play_one(self, student: Student, attempt: str) -> None:
        for _ in range(QUESTIONS):
            question = await student.question(self.patience)
            assert question.attempt == attempt
            await asyncio.sleep(student.dice.random() / 10)  # thinks
            await student.answer(question, 2 * self.patience)
        _message, right, total = await student.score(attempt, self.patience)
        assert total == QUESTIONS
        self.rights[attempt] = right

    async def check(self, simulator: Simulator, storage: Storage) -> None:
        """What students were told is what is kept, and what is kept is what the score said."""
        attempts = Attempts(storage)
        for student in self.students:
            for attempt_id in {attempt for attempt, _position in student.over}:
                attempt = await attempts.load(student.id, attempt_id)
                assert attempt is not None
                assert attempt.state is State.DONE
                assert len(attempt.answers) == QUESTIONS
                check_kept(student, attempt)
                assert self.rights[attempt_id] == score(attempt).right
        assert sum(len(student.told) for student in self.students) > len(self.rights) * QUESTIONS / 2
        assert await DeadLetters(storage).count() == 0
        assert await simulator.violations() == []
