"""Working a docket, for as long as the clock of this process is right."""

import asyncio
from collections.abc import Awaitable

from docket import Docket

from bot.clock import Clock
from tasks.dockets import Kind, open_worker, run_worker

PAUSE_SECONDS = 1.0


async def work(docket: Docket, kind: Kind, clock: Clock, stopping: asyncio.Event) -> None:
    """Work a docket until told to stop, and finish what is being done then.

    By a wrong clock docket would run tasks of everyone early, and put back its own for too long: while it is wrong,
    this process leaves the docket to others.
    """
    while not stopping.is_set():
        if await _first(clock.is_right.wait(), stopping.wait()) == 1:
            return
        async with open_worker(docket, kind) as worker:
            running = asyncio.create_task(run_worker(worker), name=f"{kind.name} docket")
            await _first(running, clock.is_wrong.wait(), stopping.wait())
        if not await running:
            await _first(asyncio.sleep(PAUSE_SECONDS), stopping.wait())


async def _first(*awaited: Awaitable[object]) -> int:
    """Which of these came first; the others are left, and a task among them goes on."""
    tasks = [asyncio.ensure_future(one) for one in awaited]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return next(place for place, task in enumerate(tasks) if task in done)
    finally:
        for task, one in zip(tasks, awaited, strict=True):
            if task is not one:
                task.cancel()
