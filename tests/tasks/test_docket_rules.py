"""The dockets as the bot sets them up: what waits for whom, what runs once, and who takes over; on the real docket."""

import asyncio
import signal
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import cast

import pytest
from docket import Docket, Execution

from storage.connection import Storage
from storage.embedded import EmbeddedServer
from tasks import dockets
from tasks.dockets import SOON, THIS_TASK, open_docket, workers_of
from tests.tasks.work import BEGUN, ENDED, GO, LATE, QUICK, held, noted, nothing_left, now, worker, working


async def test_timers_are_on_time_while_ten_long_tasks_run(soon: Docket, long: Docket, storage: Storage) -> None:
    """Each kind has its docket: what takes long keeps no timer waiting."""
    late: list[float] = []

    async def hold() -> None:
        await held(storage)

    async def tick(due: str) -> None:
        late.append((now() - datetime.fromisoformat(due)).total_seconds())

    long.register(hold)
    soon.register(tick)
    async with working(soon), working(long):
        for _ in range(10):
            await long.add(hold)()
        await noted(storage, BEGUN, 10)
        begin = now() + timedelta(seconds=0.3)
        for number in range(50):
            due = begin + timedelta(seconds=number / 50)
            await soon.add(tick, when=due)(due.isoformat())
        await nothing_left(soon)
        await storage.set(GO, "", None)

    assert len(late) == 50
    assert 0 <= min(late) <= max(late) < LATE


async def test_a_task_of_a_newer_release_is_put_back_until_a_worker_knows_it(
    soon: Docket, server: EmbeddedServer, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it was put back, it has not been tried yet."""
    monkeypatch.setattr(dockets, "UNKNOWN_AGAIN", timedelta(milliseconds=10))
    ran: list[tuple[str, str, int]] = []

    async def newer(quiz: str, *, version: str, task: Execution = THIS_TASK) -> None:
        ran.append((quiz, version, task.attempt))

    async with open_docket(server.url, SOON) as older, working(older):
        soon.register(newer)
        added = await soon.add(newer, key="newer")("a quiz", version="v1")
        async with asyncio.timeout(30):
            while (await _put_back(storage, added)) < 5:  # noqa: ASYNC110 - Redis rings no bell
                await asyncio.sleep(0.02)
    assert not ran

    async with working(soon):
        await nothing_left(soon)
    assert ran == [("a quiz", "v1", 1)]


async def _put_back(storage: Storage, added: Execution) -> int:
    """How often docket has given the task another time."""
    of = cast("Awaitable[str | None]", storage.client.hget(f"soon:runs:{added.key}", "generation"))
    return int(await storage.call(of) or 0)


async def test_a_key_waits_or_runs_once(soon: Docket, storage: Storage) -> None:
    """While it does, adding it again changes nothing; after that it is a new one."""

    async def hold() -> None:
        await held(storage)

    soon.register(hold)
    await soon.add(hold, key="one")()
    await soon.add(hold, key="one")()
    async with working(soon):
        await noted(storage, BEGUN, 1)
        await soon.add(hold, key="one")()
        await storage.set(GO, "", None)
        await nothing_left(soon)
        assert len(await noted(storage, ENDED, 0)) == 1
        await soon.add(hold, key="one")()
        await noted(storage, ENDED, 2)


async def test_a_hundred_tasks_at_once_and_a_burst_of_new_ones_find_a_connection_each(soon: Docket) -> None:
    """Docket's own pool would raise."""
    ran: list[int] = []

    async def one(number: int) -> None:
        ran.append(number)
        if number < 100:
            await soon.add(one)(100 + number)

    soon.register(one)
    async with working(soon):
        await asyncio.gather(*(soon.add(one)(number) for number in range(100)))
        await nothing_left(soon)

    assert sorted(ran) == list(range(200))


async def test_the_tasks_of_a_killed_worker_start_in_another_one(
    server: EmbeddedServer, storage: Storage, soon: Docket
) -> None:
    """After the redelivery time and a quarter of it, at the most."""
    async with worker(server.url) as one:
        await _add_held(soon)
        assert await noted(storage, BEGUN, 1) == [one.pid]
        one.send(signal.SIGKILL)
        begun = now()
        async with worker(server.url) as other:
            assert (await noted(storage, BEGUN, 2))[1] == other.pid
            assert (now() - begun).total_seconds() < QUICK.redelivery.total_seconds() * 1.5 + LATE


async def test_a_worker_that_was_frozen_for_longer_than_the_redelivery_does_no_harm(
    server: EmbeddedServer, storage: Storage, soon: Docket
) -> None:
    """Another one does its task; when it wakes up and ends it too, the next task of that key is not taken for it."""
    async with worker(server.url) as frozen:
        await _add_held(soon)
        await noted(storage, BEGUN, 1)
        frozen.send(signal.SIGSTOP)
        async with worker(server.url) as other:
            assert (await noted(storage, BEGUN, 2))[1] == other.pid
            await storage.set(GO, "", None)
            assert await noted(storage, ENDED, 1) == [other.pid]
            async with asyncio.timeout(30):
                while await _add_held(soon, timedelta(seconds=1)) is None:  # noqa: ASYNC110 - Redis rings no bell
                    await asyncio.sleep(0.02)
            frozen.send(signal.SIGCONT)
            assert frozen.pid in await noted(storage, ENDED, 2)
            assert len(await noted(storage, ENDED, 3)) == 3


async def _add_held(docket: Docket, after: timedelta = timedelta()) -> Execution | None:
    """Add the task of the worker processes under one key; None: it is there."""
    if "held" not in docket.tasks:

        async def hold() -> None:
            raise AssertionError("for other processes")

        docket.register(hold, names=["held"])
    added = await docket.add("held", when=now() + after, key="the only one")()
    return added if added.disposition.value == "scheduled" else None


async def test_the_workers_of_a_docket_can_be_named(soon: Docket, long: Docket) -> None:
    """From the first beat of their heart to their end."""
    assert await workers_of(soon) == set()
    async with working(soon):
        async with asyncio.timeout(30):
            while await workers_of(soon) != {dockets.this_worker()}:  # noqa: ASYNC110 - Redis rings no bell
                await asyncio.sleep(0.02)
        assert await workers_of(long) == set()
    assert await workers_of(soon) == set()
