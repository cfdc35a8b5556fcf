"""Asks a model for a short answer: tried again where trouble may pass, and booked however it ended."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from generation.failures import CallFailed
from generation.first_token import FirstToken, FirstTokens
from generation.lines import LineReader
from generation.models import Model, Reply
from generation.request import ModelTrouble, Tally, Trouble
from generation.solver import MOST_PAUSE_SECONDS, PASSING, TRIES, Took

SCHEMA = {
    "title": "answer",
    "description": "The answer, and nothing else.",
    "type": "object",
    "properties": {"answer": {"type": "string"}},
    "required": ["answer"],
    "additionalProperties": False,
}

T = TypeVar("T", Reply, FirstToken)

log = structlog.stdlib.get_logger(__name__)


class Asker:
    """Asks one model.

    Both ways raise ModelTrouble when the model could not be asked, twice where the trouble may pass.
    """

    def __init__(self, model: Model, pause: float) -> None:
        self._model = model
        self._first_tokens = FirstTokens(model)
        self._pause = pause

    async def answer(self, prompt: str, took: Took) -> str | None:
        """What it says in a few words; None when it refuses, or what comes is no answer."""
        reply = await self._ask(self._held, prompt, took)
        return read_answer(reply.text) if reply else None

    async def first_token(self, prompt: str, took: Took) -> FirstToken | None:
        """How likely each first token of its answer is; None when it refuses, or does not tell."""
        return await self._ask(self._first_tokens.ask, prompt, took)

    async def _held(self, prompt: str) -> Reply:
        return await self._model.answer(prompt, SCHEMA)

    async def _ask(self, call: Callable[[str], Awaitable[T | None]], prompt: str, took: Took) -> T | None:
        for tries in range(1, TRIES + 1):
            try:
                reply = await call(prompt)
            except asyncio.CancelledError:
                took(Tally(prompt=len(prompt)).estimate(self._model.name))
                raise
            except ModelTrouble as failed:
                log.warning("a solver failed", model=self._model.name, trouble=str(failed.trouble), reason=str(failed))
                if not isinstance(failed, CallFailed):
                    raise
                if failed.usage:
                    took(failed.usage)
                if failed.trouble is Trouble.REFUSED:
                    return None
                if failed.trouble not in PASSING or (tries == TRIES and failed.trouble is not Trouble.GARBAGE):
                    raise
                if tries < TRIES:
                    await asyncio.sleep(min(failed.retry_after or self._pause, MOST_PAUSE_SECONDS))
                continue
            if reply and reply.usage:
                took(reply.usage)
            return reply
        return None


def read_answer(text: str) -> str | None:
    """The answer in the last object of a text, else the text where it has no object; None where there is none."""
    reader = LineReader()
    found = [one for one in [*reader.feed(text), *reader.finish()] if isinstance(one, dict)]
    said = found[-1].get("answer") if found else text
    return str(said).strip() or None if isinstance(said, str | int | float) else None
