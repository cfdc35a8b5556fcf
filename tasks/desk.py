"""What writing a quiz needs, and how it comes to its end."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from generation.request import Event, Usage, WriteRequest
from quiz.attempt import Attempt, State
from storage.budgets import Budgets
from storage.deadletters import DeadLetters
from storage.sources import Sources
from storage.tallies import Tallies
from tasks.ask import catch_up_or_later
from tasks.soon import Soon
from tasks.stage import Stage


class Author(Protocol):
    """Whoever writes: `generation.author.Author`, or a test."""

    async def warm_up(self) -> None:
        """Have ready what takes long to open, before the first student waits for it."""
        ...

    def write(self, request: WriteRequest, *, tokens: int, untold: list[Usage]) -> AsyncGenerator[Event | Usage]:
        """What happens until the quiz is written; what was taken when it is closed before is in `untold`."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What writing needs; without `models` only quizzes on somebody's notes are written.

    `stopping` is set when the program is to end.
    """

    stage: Stage
    soon: Soon
    sources: Sources
    budgets: Budgets
    tallies: Tallies
    dead_letters: DeadLetters
    author: Author
    models: bool
    most_tokens: int
    stopping: asyncio.Event


async def open_attempt(desk: Desk, attempt_id: str) -> tuple[int, Attempt] | None:
    """Whose attempt it is, and the attempt, if it is played and its quiz is still to be written."""
    user = await desk.stage.attempts.owner(attempt_id)
    attempt = await desk.stage.attempts.load(user, attempt_id) if user is not None else None
    if user is None or attempt is None or attempt.state is not State.OPEN:
        return None
    return (user, attempt) if attempt.writing and attempt.writing.is_open else None


async def complete(desk: Desk, attempt_id: str, shortfall: str) -> None:
    """Say that no more questions will be written, and why (empty: all were); done once, then nothing."""
    found = await open_attempt(desk, attempt_id)
    if found is None:
        return
    user, attempt = found
    owner = f"write:{attempt_id}"
    reply = await desk.stage.attempts.complete(user, attempt.chat_id, attempt_id, shortfall=shortfall, owner=owner)
    await catch_up_or_later(desk.stage, desk.soon, user, reply, owner)
