"""The `soon` docket: what could not be done at once, done a moment later, whoever is killed in between."""

from collections.abc import Iterable
from datetime import timedelta

import structlog
from docket import Docket

from quiz.identity import derived_id
from storage.connection import unavailable_when_redis_fails
from storage.due import DueTimes

log = structlog.stdlib.get_logger(__name__)


class Soon:
    """Adds tasks; each method raises `StorageUnavailable` unless the task is in Redis when it returns.

    When a task is due is reckoned, and kept, by the clock of Redis; that of this process may be wrong.
    """

    def __init__(self, docket: Docket, due: DueTimes) -> None:
        self._docket = docket
        self._due = due

    async def catch_up(self, attempt: str, position: int, owner: str, seconds: float) -> None:
        """Have the steps of an attempt caught up with after some seconds; once for each position."""
        await self._add("catch_up", f"catch_up:{attempt}:{position}", seconds, attempt, owner)

    async def redraw(self, attempt: str, position: int, message: int, seconds: float) -> None:
        """Have a question's message show how things stand then; once, however much is pressed meanwhile."""
        await self._add("redraw", f"redraw:{attempt}:{position}:{message}", seconds, attempt, position, message)

    async def say(self, message: str, seconds: float) -> None:
        """Have a message that is kept sent after some seconds."""
        await self._add("say", f"say:{message}", seconds, message)

    async def count(self, attempt: str, seconds: float) -> None:
        """Have what an attempt tells of the questions of a pool counted then; what is counted is not counted again."""
        await self._add("count", f"count:{attempt}", seconds, attempt)

    async def forget(self, request: str) -> None:
        """Have everything deleted of who made a request."""
        await self._add("forget", f"forget:{request}", 0, request)

    async def forget_rest(self, request: str, quizzes: Iterable[str], seconds: float) -> None:
        """Have what came meanwhile deleted as well, also of these quizzes, and have it said that it is done."""
        await self._add("forget_rest", f"forget_rest:{request}", seconds, request, *quizzes)

    async def go_on(self, round_id: str, owner: str, seconds: float) -> None:
        """Have a live round gone on with after some seconds."""
        await self._add("go_on", f"round:{round_id}:{owner}", seconds, round_id, owner, -1)

    async def time_round(self, round_id: str, turn: int, seconds: float) -> None:
        """Have a live round gone on with when what ends this turn may be due; once for each turn."""
        owner = derived_id("timer", round_id, turn)
        await self._add("go_on", f"round:{round_id}:{turn}", seconds, round_id, owner, turn)

    async def _add(self, task: str, key: str, seconds: float, *ids: str | int) -> None:
        when = await self._due.put_off(key, timedelta(seconds=seconds), anew=False)
        with unavailable_when_redis_fails():
            await self._docket.add(task, when=when, key=key)(*ids)
        log.info("left for a moment later", key=key, seconds=seconds)
