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
HAS_NONE = {400, 404, 405, 415, 422, 501}
"""With these a server says that it judges no texts; any other failure may pass."""
PAUSE_SECONDS = 300.0

log = structlog.stdlib.get_logger(__name__)

_not_before: dict[str, float] = {}
"""When a server that failed is asked again, on the clock of `time.monotonic`; as long as the process lives."""


async def provider_refuses(model_name: str, topic: str) -> bool:
    """Whether the model's provider says that no text should be written on this topic; never raises.

    Asked are OpenAI and servers that speak its protocol, within 3 s, and no others. A server that has no such address
    is asked once, one that fails again after 5 minutes; until then it refuses nothing.
    """
    if not model_name.startswith(OPENAI):
        return False
    server = os.environ.get("OPENAI_API_BASE") or os.environ.get("OPENAI_BASE_URL") or HOME
    if time.monotonic() < _not_before.get(server, 0.0):
        return False
    try:
        async with await asyncio.to_thread(_client, server) as client, asyncio.timeout(SECONDS):
            judged = await client.moderations.create(model=MODEL, input=topic)
            return any(result.flagged for result in judged.results)
    except Exception as error:  # noqa: BLE001 - whatever a client raises, nothing was refused
        status = getattr(error, "status_code", None)
        _not_before[server] = math.inf if status in HAS_NONE else time.monotonic() + PAUSE_SECONDS
        # Neither the address nor the words of the error: they may hold a key, or the topic.
        log.warning("the provider judges no topics", model=model_name, status=status, reason=type(error).__name__)
        return False


def _client(server: str) -> "AsyncOpenAI":
    """Takes a moment: imports the client, reads certificates."""
    from openai import AsyncOpenAI

    return AsyncOpenAI(base_url=server, timeout=SECONDS, max_retries=0)
