"""The way to Redis: its failures are `StorageUnavailable`, mistakes of ours stay what they are."""

import asyncio
import signal
import tempfile
from collections.abc import AsyncGenerator
from os import kill
from pathlib import Path

import pytest
from redis.exceptions import ResponseError

from storage.attempts import Attempts
from storage.connection import Storage, connect, unavailable_when_redis_fails
from storage.due import DueTimes
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server
from storage.errors import StorageUnavailable
from storage.folder_lock import server_pid
from storage.schema import VERSION, WrongSchema, ensure_schema
from tasks.dockets import SOON, open_docket
from tasks.soon import Soon
from tests.storage.examples import catch_up, new


@pytest.fixture
async def mortal() -> AsyncGenerator[EmbeddedServer]:
    """A server of one test's own, to be stopped."""
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server


def pid_of(server: EmbeddedServer) -> int:
    pid = server_pid(server.data_dir)
    assert pid is not None
    return pid


async def soon(storage: Storage, key: str) -> str | None:
    """What is kept under a key, as soon as the server says so."""
    async with asyncio.timeout(40):
        while True:
            try:
                return await storage.get(key)
            except StorageUnavailable:
                await asyncio.sleep(0.05)


async def limit_memory(storage: Storage, size: int) -> None:
    """Let the server use so many bytes; 0 for as many as it likes."""
    await storage.call(storage.client.config_set("maxmemory", size))  # pyright: ignore[reportUnknownMemberType]


async def test_a_text_is_kept_until_it_is_deleted(storage: Storage) -> None:
    await storage.set("key", "a text", None)
    assert await storage.get("key") == "a text"

    await storage.delete("key")
    assert await storage.get("key") is None
    assert await storage.hash("key") == {}


async def test_without_a_server_storage_is_unavailable(tmp_path: Path) -> None:
    async with connect(f"unix://{tmp_path}/no.sock") as storage:
        with pytest.raises(StorageUnavailable):
            await storage.get("key")
        with pytest.raises(StorageUnavailable):
            await Attempts(storage).start(new(), "owner")


async def test_a_server_that_hangs_is_unavailable_after_a_while(mortal: EmbeddedServer) -> None:
    async with connect(mortal.url, call_seconds=0.4) as storage:
        assert await soon(storage, "key") is None
        kill(pid_of(mortal), signal.SIGSTOP)
        try:
            with pytest.raises(StorageUnavailable):
                await storage.get("key")
        finally:
            kill(pid_of(mortal), signal.SIGCONT)
        assert await soon(storage, "key") is None


async def test_storage_is_there_again_once_the_server_is(mortal: EmbeddedServer) -> None:
    async with connect(mortal.url) as storage:
        await storage.set("key", "a text", None)
        kill(pid_of(mortal), signal.SIGKILL)

        assert await soon(storage, "key") == "a text"


async def test_a_full_server_is_unavailable_scripts_too(mortal: EmbeddedServer) -> None:
    async with connect(mortal.url) as storage:
        await limit_memory(storage, 1)

        with pytest.raises(StorageUnavailable):
            await storage.set("key", "a text", None)
        with pytest.raises(StorageUnavailable):
            await Attempts(storage).start(new(), "owner")


async def test_a_task_that_cannot_be_stored_is_said_so(mortal: EmbeddedServer) -> None:
    async with open_docket(mortal.url, SOON) as docket, connect(mortal.url) as storage:
        docket.register(catch_up)
        await limit_memory(storage, 1)
        try:
            with pytest.raises(StorageUnavailable):
                await Soon(docket, DueTimes(storage)).catch_up("attempt", 0, "owner", 1)
        finally:
            await limit_memory(storage, 0)


async def test_a_mistake_of_ours_is_no_trouble_of_the_server(storage: Storage) -> None:
    await storage.set("key", "a text", None)

    with pytest.raises(ResponseError, match="WRONGTYPE"):
        await storage.hash("key")


@pytest.mark.parametrize(
    "text", ["READONLY you write to a replica", "LOADING the data", "MISCONF cannot save", "BUSY running a script"]
)
def test_what_the_server_refuses_inside_a_script_is_its_own_trouble(text: str) -> None:
    with pytest.raises(StorageUnavailable), unavailable_when_redis_fails():
        raise ResponseError(f"{text} script: 8a, on @user_script:1.")


async def test_a_burst_waits_for_its_turn(storage: Storage) -> None:
    texts = await asyncio.gather(*(storage.get(f"key {number}") for number in range(500)))

    assert texts == [None] * 500


async def test_new_storage_is_marked_with_this_release(storage: Storage) -> None:
    await ensure_schema(storage)
    await ensure_schema(storage)

    assert await storage.get("schema") == str(VERSION)


@pytest.mark.parametrize("found", [VERSION + 1, VERSION + 7])
async def test_storage_of_a_release_too_far_away_is_refused(storage: Storage, found: int) -> None:
    await storage.set("schema", str(found), None)

    with pytest.raises(WrongSchema, match=f"version {found} and this release reads {VERSION}"):
        await ensure_schema(storage)


async def test_whoever_waits_for_the_server_can_be_cancelled_at_any_moment(storage: Storage) -> None:
    """Also while a command is sent, where Python 3.11's `asyncio.wait_for` would go on as if nothing were."""

    async def ask_on() -> None:
        while True:
            await storage.get("key")

    for ticks in range(60):
        asking = asyncio.create_task(ask_on())
        for _ in range(ticks):
            await asyncio.sleep(0)
        asking.cancel()
        _, going_on = await asyncio.wait({asking}, timeout=2)
        assert not going_on, f"cancelled after {ticks} ticks"
