"""Commands of many callers in one round trip: what is asked for while the server is being asked goes with the next.

Nothing waits for others to come: the first command goes out at once, by itself.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import cast

from redis.asyncio import Redis

Command = tuple[str | int | float | bytes, ...]
LARGEST = 64
"""Commands: the replies to so many are read in a few milliseconds."""


@dataclass(slots=True)
class _Asked:
    command: Command
    answered: asyncio.Future[object]
    at: float


@dataclass(slots=True)
class Batches:
    """Sends commands to one server, each of which is answered, or raises, within so many seconds."""

    client: Redis
    seconds: float
    _waiting: deque[_Asked] = field(default_factory=deque[_Asked])
    _sending: asyncio.Task[None] | None = None

    async def run(self, command: Command) -> object:
        """The server's reply; raises what the client raises, and TimeoutError."""
        loop = asyncio.get_running_loop()
        answered = loop.create_future()
        self._waiting.append(_Asked(command, answered, loop.time()))
        if self._sending is None:
            self._sending = loop.create_task(self._send(), name="batches for Redis")
        return await answered

    async def aclose(self) -> None:
        """Ask for nothing any more; whoever still waits is cancelled."""
        for asked in self._waiting:
            asked.answered.cancel()
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.wait([self._sending])

    async def _send(self) -> None:
        try:
            while batch := self._next():
                await self._answer(batch)
        finally:
            # At once, not when the task is seen to be done: what is asked for in between would be sent by nobody.
            self._sending = None

    async def _answer(self, batch: list[_Asked]) -> None:
        try:
            # The first has waited longest; those behind it are cut off with it, as they would be by a call each.
            async with asyncio.timeout_at(batch[0].at + self.seconds):
                replies = await self._ask(batch)
        except Exception as error:  # noqa: BLE001 - whoever asked is told, whatever it is
            replies = [error] * len(batch)
        except BaseException:
            for asked in batch:
                asked.answered.cancel()
            raise
        for asked, reply in zip(batch, replies, strict=True):
            _tell(asked, reply)

    def _next(self) -> list[_Asked]:
        batch: list[_Asked] = []
        while self._waiting and len(batch) < LARGEST:
            asked = self._waiting.popleft()
            if not asked.answered.done():  # whoever asked has given up
                batch.append(asked)
        return batch

    async def _ask(self, batch: list[_Asked]) -> list[object]:
        if len(batch) == 1:
            return [await cast("Awaitable[object]", self.client.execute_command(*batch[0].command))]  # pyright: ignore[reportUnknownMemberType]
        pipeline = self.client.pipeline(transaction=False)
        for asked in batch:
            pipeline.execute_command(*asked.command)  # pyright: ignore[reportUnknownMemberType]
        return cast("list[object]", await pipeline.execute(raise_on_error=False))


def _tell(asked: _Asked, reply: object) -> None:
    if asked.answered.done():
        return
    if isinstance(reply, BaseException):
        asked.answered.set_exception(reply)
    else:
        asked.answered.set_result(reply)
