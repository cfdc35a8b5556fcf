"""A classroom: everyone who plays, and one pair of eyes for all of them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from random import Random
from typing import Self

from simulator.client import Event, Simulator
from storage.parked import ParkedUpdates
from tests.student import Student


class Classroom:
    """Everyone who plays, and one pair of eyes for all of them."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.students: dict[int, Student] = {}
        self.parked: ParkedUpdates | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, simulator: Simulator) -> AsyncGenerator[Self]:
        """A classroom that looks on while the context is open."""
        classroom = cls(simulator)
        looking = asyncio.create_task(classroom._look_on(), name="classroom")
        try:
            yield classroom
        finally:
            looking.cancel()
            await asyncio.wait([looking])
        if not looking.cancelled():
            looking.result()

    async def join(self, *, seed: int = 0, name: str = "Ann") -> Student:
        """One more student."""
        user = await self.simulator.add_user(name)
        self.students[user] = Student(self.simulator, user, Random(f"{seed} {len(self.students)}"), parked=self.parked)
        return self.students[user]

    async def _look_on(self) -> None:
        async for event in self.simulator.follow():
            self.sees(event)

    def sees(self, event: Event) -> None:
        """Something happened; whose chat it was in sees it."""
        if event.chat in self.students and event.kind in {"message", "message_edited", "message_deleted", "toast"}:
            self.students[event.chat].sees(event)
