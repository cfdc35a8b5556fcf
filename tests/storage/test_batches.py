"""Commands of many callers go together; each gets its own reply, or its own failure."""

import asyncio
import signal
from os import kill
from typing import cast

import pytest
from redis.exceptions import ResponseError

from storage.connection import Storage, connect
from storage.embedded import EmbeddedServer
from storage.errors import StorageUnavailable
from tests.storage.test_connection import mortal as mortal  # noqa: PLC0414 - a fixture
from tests.storage.test_connection import pid_of


async def round_trips(storage: Storage) -> int:
    """How often the server has read what somebody sent."""
    info = cast("dict[str, int]", await storage.ask("INFO", "stats"))
    return info["total_reads_processed"]


async def test_what_is_asked_at_the_same_time_goes_in_a_few_round_trips(storage: Storage) -> None:
    await asyncio.gather(*(storage.set(f"key {number}", str(number), None) for number in range(50)))
    before = await round_trips(storage)

    kept = await asyncio.gather(*(storage.get(f"key {number}") for number in range(50)))

    assert kept == [str(number) for number in range(50)]
    assert await round_trips(storage) - before < 10


async def test_what_is_asked_as_soon_as_another_reply_came_is_answered(storage: Storage) -> None:
    async with asyncio.timeout(10):
        for _ in range(20):
            await storage.get("key")


async def test_what_the_server_refuses_fails_alone(storage: Storage) -> None:
    await storage.ask("HSET", "a hash", "field", "text")

    replies = await asyncio.gather(
        storage.get("none"), storage.get("a hash"), storage.hash("a hash"), return_exceptions=True
    )

    assert replies[0] is None
    assert isinstance(replies[1], ResponseError)
    assert replies[2] == {"field": "text"}


async def test_one_who_gives_up_takes_nobody_along(storage: Storage) -> None:
    await storage.set("key", "text", None)

    impatient, patient = (asyncio.create_task(storage.get("key")) for _ in range(2))
    await asyncio.sleep(0)
    impatient.cancel()

    assert await patient == "text"
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await storage.get("key") == "text"


async def test_all_hear_in_time_of_a_server_that_hangs_and_later_replies_are_not_mixed_up(
    mortal: EmbeddedServer,
) -> None:
    async with connect(mortal.url, call_seconds=0.5) as storage, connect(mortal.url) as patient:
        await patient.set("here", "yes", None)
        kill(pid_of(mortal), signal.SIGSTOP)
        try:
            async with asyncio.timeout(5):
                replies = await asyncio.gather(*(storage.get("here") for _ in range(300)), return_exceptions=True)
        finally:
            kill(pid_of(mortal), signal.SIGCONT)
        await patient.now()  # it answers again

        assert {type(reply) for reply in replies} == {StorageUnavailable}
        assert await asyncio.gather(storage.get("here"), storage.get("none"), storage.hash("none")) == ["yes", None, {}]


async def test_whoever_still_waits_when_storage_is_closed_is_told(mortal: EmbeddedServer) -> None:
    async with connect(mortal.url, call_seconds=30) as storage:
        await storage.now()
        kill(pid_of(mortal), signal.SIGSTOP)
        waiting = [asyncio.create_task(storage.get("key")) for _ in range(3)]
        await asyncio.sleep(0)
    kill(pid_of(mortal), signal.SIGCONT)

    done, pending = await asyncio.wait(waiting, timeout=5)
    assert not pending
    assert all(each.cancelled() for each in done)
