"""One writer for each pool, however many ask for it: whoever has the lead writes, the others take what comes."""

import asyncio
from collections.abc import Awaitable, Callable

from generation.request import Trouble
from storage.errors import StorageUnavailable
from storage.pools import Pools

RENEW_SECONDS = 2.0
"""Of a lead that lasts 10 s."""
SHARED = {
    *(Trouble.UNREACHABLE, Trouble.SILENT, Trouble.KEY, Trouble.BUSY, Trouble.REFUSED, Trouble.GARBAGE, Trouble.BROKEN),
}
"""Trouble that whoever waited would have had as well; a budget that is used up, or a question that fails, is not."""


class Followed(Exception):
    """Somebody else writes for the pool just now; what they write is there a moment later."""


async def write_as_leader(
    pools: Pools, pool: str, who: str, since: int, write: Callable[[], Awaitable[str | None]]
) -> str | None:
    """Write if nobody else does, and return what `write` does; else raise `Followed`.

    Whoever has waited `since` then (ms since 1970, 0: not at all) for a writer that met with trouble of the model's
    gets that trouble, in place of the same once more. The lead goes to the next at once when `write` ends in whatever
    way, within 10 s when this process is killed; who loses it stops writing.
    """
    lead = await pools.lead(pool, who, since)
    if not lead.is_yours:
        if lead.trouble:
            return lead.trouble
        raise Followed
    trouble = ""
    try:
        shortfall = await _while_leading(pools, pool, who, write)
        trouble = shortfall if shortfall in SHARED else ""
    finally:
        await pools.release(pool, who, trouble or "")
    return shortfall


async def _while_leading(pools: Pools, pool: str, who: str, write: Callable[[], Awaitable[str | None]]) -> str | None:
    writing = asyncio.ensure_future(write())
    losing = asyncio.create_task(_lose(pools, pool, who), name="lead of a pool")
    try:
        await asyncio.wait({writing, losing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (writing, losing):
            if not task.done():
                task.cancel()
        await asyncio.wait({writing, losing})
    if writing.cancelled():
        raise Followed
    return writing.result()


async def _lose(pools: Pools, pool: str, who: str) -> None:
    """Keep the lead; returns once another has it."""
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        try:
            if not (await pools.lead(pool, who)).is_yours:
                return
        except StorageUnavailable:
            continue  # whoever writes finds out, and is tried again
