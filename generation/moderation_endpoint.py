"""Topics that no quiz is written on, by the provider of the model, where it judges texts at an address of its own."""

import asyncio
import math
import os
import time
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from openai import AsyncOpenAI

SECONDS = 3.0
MODEL = "omni-moderation-latest"
OPENAI = "openai:"
HOME = "https://api.openai.com/v1"
HAS_NONE = {404, 405, 501}
"""With these a server says that it judges no texts."""
THIS_TEXT = {400, 413, 415, 422}
"""With these it says that it does not judge this one; any other failure may pass."""
PAUSE_SECONDS = 30.0

log = structlog.stdlib.get_logger(__name__)


class ProviderJudge:
    """The provider of a model, where it is OpenAI or a server that speaks its protocol; others refuse nothing.

    A server that has no such address is asked once, one that fails again after 30 s; until then it refuses nothing.
    """

    def __init__(self, model_name: str) -> None:
        self._model_name = model_name
        self._not_before = 0.0 if model_name.startswith(OPENAI) else math.inf
        """When it is asked again, on the clock of `time.monotonic`."""

    async def refuses(self, topic: str) -> bool:
        """Whether it says, within 3 s, that no text should be written on this topic; never raises."""
        if time.monotonic() < self._not_before:
            return False
        try:
            async with await asyncio.to_thread(_client) as client, asyncio.timeout(SECONDS):
                judged = await client.moderations.create(model=MODEL, input=topic)
                return any(result.flagged for result in judged.results)
        except Exception as error:  # noqa: BLE001 - whatever a client raises, nothing was refused
            status = getattr(error, "status_code", None)
            if status not in THIS_TEXT:
                self._not_before = math.inf if status in HAS_NONE else time.monotonic() + PAUSE_SECONDS
            # Neither the address nor the words of the error: they may hold a key, or the topic.
            log.warning(
                "the provider does not judge the topic",
                model=self._model_name,
                status=status,
                reason=type(error).__name__,
            )
            return False


def _client() -> "AsyncOpenAI":
    """Takes a moment: imports the client, reads certificates."""
    from openai import AsyncOpenAI

    server = os.environ.get("OPENAI_API_BASE") or os.environ.get("OPENAI_BASE_URL") or HOME
    return AsyncOpenAI(base_url=server, timeout=SECONDS, max_retries=0)
