"""The `soon` docket: what could not be done at once, done a moment later, whoever is killed in between."""

from datetime import UTC, datetime, timedelta

import structlog
from docket import Docket

from storage.connection import unavailable_when_redis_fails

log = structlog.stdlib.get_logger(__name__)


class Soon:
    """Adds tasks; each method raises `StorageUnavailable` unless the task is in Redis when it returns."""

    def __init__(self, docket: Docket) -> None:
        self._docket = docket

    async def catch_up(self, attempt: str, position: int, owner: str, seconds: float) -> None:
        """Have the steps of an attempt caught up with after some seconds; once for each position."""
        await self._add("catch_up", f"catch_up:{attempt}:{position}", seconds, attempt, owner)

    async def say(self, message: str, seconds: float) -> None:
        """Have a message that is kept sent after some seconds."""
        await self._add("say", f"say:{message}", seconds, message)

    async def _add(self, task: str, key: str, seconds: float, *ids: str) -> None:
        with unavailable_when_redis_fails():
            await self._docket.add(task, when=datetime.now(UTC) + timedelta(seconds=seconds), key=key)(*ids)
        log.info("left for a moment later", key=key, seconds=seconds)
