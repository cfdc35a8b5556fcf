"""Whether a process can do its work: what `/readyz` says."""

import asyncio
from collections.abc import Mapping

from docket import Docket

from bot.clock import words_of
from storage.connection import Storage
from storage.errors import StorageUnavailable
from storage.health import MOST_MS_OFF, clock_ms, takes_writes
from tasks.dockets import this_worker, workers_of
from web.readiness import Readiness

ANSWERS_WITHIN = 1.0
"""Seconds: whoever asks has a limit of its own, of one second where nobody changed it."""


async def look(
    storage: Storage, dockets: Mapping[str, Docket], *, works: bool, is_told: asyncio.Event | None = None
) -> Readiness:
    """Look at Redis, the clock, the dockets, and whether Telegram knows the webhook (`is_told`), within a second.

    That nobody works a docket is a trouble of the process that `works` it; one that only serves is ready all the same.
    """
    troubles = [] if is_told is None or is_told.is_set() else ["Telegram does not know this webhook"]
    try:
        async with asyncio.timeout(ANSWERS_WITHIN):
            ahead = await clock_ms(storage)
            found = [words_of(ahead)] if abs(ahead) > MOST_MS_OFF else []
            if not await takes_writes(storage):
                found.append("Redis takes no writes")
            if found:  # docket looks for workers by this clock, and writes when it does
                return Readiness([*found, *troubles])
            workers = {name: await workers_of(docket) for name, docket in dockets.items()}
    except (StorageUnavailable, TimeoutError):
        return Readiness(["Redis does not answer", *troubles])
    if works:
        idle = [name for name, names in workers.items() if this_worker() not in names]
        troubles += [f"the docket {name} is not worked here" for name in idle]
    return Readiness(troubles, {name: len(names) for name, names in workers.items()})
