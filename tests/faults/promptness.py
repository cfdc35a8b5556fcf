"""How soon presses are answered: students who press all the time, and the p95 of what passes until the toast."""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from delivery.buttons import Again, Choose
from quiz.question import Level
from simulator.client import Event, Simulator
from storage.connection import Storage
from storage.people import People, Settings
from tests.classroom import Classroom
from tests.student import Student

QUESTIONS = 3
PAUSE = 0.3
"""Seconds between two presses of a student, about: all of them together leave the bot idle half of the time."""


def p95(seconds: Sequence[float]) -> float:
    """What 95 of 100 do not exceed."""
    return sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1]


@dataclass
class Pressing:
    """Students who play one quiz after another, at a steady pace, until they are told to stop."""

    simulator: Simulator
    students: list[Student]
    dice: Random
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    @staticmethod
    async def of(classroom: Classroom, storage: Storage, size: int, seed: int) -> "Pressing":
        """So many newcomers, whose questions take one press each."""
        students = [await classroom.join(seed=seed) for _ in range(size)]
        for student in students:
            await People(storage).save_settings(student.id, Settings(count=QUESTIONS, level=Level.RECALL))
        return Pressing(classroom.simulator, students, Random(seed))

    def stop(self) -> None:
        """No more presses once each student has seen the next question."""
        self._over.set()

    async def play(self) -> None:
        """Press until told to stop."""
        async with asyncio.TaskGroup() as group:
            for student in self.students:
                group.create_task(self._play(student))

    async def _play(self, student: Student) -> None:
        await student.say("photosynthesis")
        while not self._over.is_set():
            question = await student.question()
            await asyncio.sleep(PAUSE * (0.5 + self.dice.random()))
            await student.press(question.message, Choose(*question.place, self.dice.choice(question.places)))
            student.over.add(question.place)
            if question.position == QUESTIONS - 1:
                ended, _right, _total = await student.score(question.attempt)
                await student.press(ended, Again(question.attempt, mistakes=False))


def waits(events: Sequence[Event], chats: Sequence[int]) -> list[float]:
    """Seconds from press to toast, as Telegram sees it, of every press of these people among the events."""
    pressed = {
        event.update["callback_query"]["id"]: event.at
        for event in events
        if event.kind == "update_queued" and event.update and "callback_query" in event.update
    }
    return [
        event.at - pressed.pop(event.callback_query_id)
        for event in events
        if event.kind == "toast" and event.chat in chats and event.callback_query_id in pressed
    ]
