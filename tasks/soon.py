"""The `soon` docket: what could not be done at once, done a moment later, whoever is killed in between."""

from datetime import UTC, datetime, timedelta

from docket import Docket

from storage.connection import unavailable_when_redis_fails


class Soon:
    """Adds tasks; each method raises `StorageUnavailable` unless the task is in Redis when it returns."""

    def __init__(self, docket: Docket) -> None:
        self._docket = docket

    async def catch_up(self, attempt: str, position: int, owner: str, seconds: float) -> None:
        """Have the steps of an attempt caught up with after some seconds; once for each position."""
        key = f"catch_up:{attempt}:{position}"
        with unavailable_when_redis_fails():
            await self._docket.add("catch_up", when=_in(seconds), key=key)(attempt, owner)

    async def redraw(self, attempt: str, position: int, message: int, seconds: float) -> None:
        """Have a question's message show how things stand then; once, however much is pressed meanwhile."""
        key = f"redraw:{attempt}:{position}:{message}"
        with unavailable_when_redis_fails():
            await self._docket.add("redraw", when=_in(seconds), key=key)(attempt, position, message)

    async def say(self, message: str, seconds: float) -> None:
        """Have a message that is kept sent after some seconds."""
        with unavailable_when_redis_fails():
            await self._docket.add("say", when=_in(seconds), key=f"say:{message}")(message)


def _in(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)
