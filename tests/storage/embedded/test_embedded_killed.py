"""The server that comes with the bot, or its owner, is killed: nothing written is lost."""

# ruff: noqa: ASYNC240 - the tests look at the folder on the disk, and no loop but theirs waits for it

import asyncio
import os
import random
import signal
import socket as sockets
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import cast

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from structlog.testing import capture_logs

from storage import embedded, valkey_process
from storage.embedded import ServerDidNotStart, own_server
from storage.folder_lock import server_pid
from storage.valkey_process import ask
from tests.storage.owners import (
    client,
    is_alive,
    kill_server,
    on_linux,
    other_process,
    read,
    until,
    write,
)


class TestOwnerKilled:
    async def test_a_new_owner_starts_on_the_same_data_and_nothing_acknowledged_is_lost(self, folder: Path) -> None:
        acknowledged = 0
        async with other_process("own", folder) as other, client(other.url) as redis:
            last = random.randrange(50, 300)
            with suppress(RedisConnectionError):
                while True:
                    await redis.set(f"answer:{acknowledged}", "kept")
                    acknowledged += 1
                    if acknowledged == last:
                        other.process.kill()
            async with own_server(folder) as server:
                async with client(server.url) as again:
                    kept = await again.mget([f"answer:{n}" for n in range(acknowledged)])
                assert server_pid(folder) != other.server
        assert acknowledged >= last
        assert kept == ["kept"] * acknowledged

    @on_linux
    async def test_its_server_dies_with_it(self, folder: Path) -> None:
        async with other_process("own", folder) as other:
            await other.kill()
            await until(lambda: not is_alive(other.server))

    async def test_a_server_that_outlives_it_is_told_to_go(self, folder: Path) -> None:
        async with other_process("own", folder, "leaves-orphan") as other:
            await write(other.url, "quiz", "kept")
            await other.kill()
            async with client(other.url) as redis:
                assert await redis.ping()  # pyright: ignore[reportUnknownMemberType]
            async with own_server(folder) as server:
                assert not is_alive(other.server)
                assert server_pid(folder) != other.server
                assert await read(server.url, "quiz") == "kept"

    async def test_a_server_that_outlives_it_and_hangs_is_waited_for(self, folder: Path) -> None:
        async with other_process("own", folder, "leaves-orphan") as other:
            await write(other.url, "quiz", "kept")
            await other.kill()
            os.kill(other.server, signal.SIGSTOP)
            async with AsyncExitStack() as stack:
                starting = asyncio.create_task(stack.enter_async_context(own_server(folder)))
                await asyncio.wait([starting], timeout=0.3)
                assert not starting.done()
                os.kill(other.server, signal.SIGKILL)
                server = await starting
                assert await read(server.url, "quiz") == "kept"

    async def test_a_server_that_outlives_it_and_stays_is_named(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(embedded, "LOCK_PATIENCE_S", 0.1)
        monkeypatch.setattr(valkey_process, "REPLY_PATIENCE_S", 0.05)
        async with other_process("own", folder, "leaves-orphan") as other:
            await other.kill()
            os.kill(other.server, signal.SIGSTOP)
            try:
                with pytest.raises(ServerDidNotStart, match=str(other.server)):
                    await own_server(folder).__aenter__()
            finally:
                os.kill(other.server, signal.SIGKILL)

    async def test_a_worker_that_it_forked_does_not_hold_the_folder(self, folder: Path) -> None:
        async with other_process("own", folder, "forks-worker") as other:
            worker = cast("int", other.said["worker"])
            try:
                await other.kill()
                async with own_server(folder):
                    os.kill(worker, 0)
            finally:
                os.kill(worker, signal.SIGKILL)

    async def test_the_socket_that_its_server_left_is_no_obstacle(self, folder: Path) -> None:
        folder.mkdir()
        with sockets.socket(sockets.AF_UNIX) as stale:
            stale.bind(str(folder / "valkey.sock"))
        async with own_server(folder) as server:
            assert await read(server.url, "quiz") is None


class TestServerKilled:
    async def test_it_is_started_again_and_nothing_acknowledged_is_lost(self, folder: Path) -> None:
        with capture_logs() as logged:
            async with own_server(folder) as server:
                acknowledged: list[str] = []
                async with client(server.url) as redis:
                    last = random.randrange(50, 300)
                    with suppress(RedisConnectionError):
                        while True:
                            key = f"answer:{len(acknowledged)}"
                            await redis.set(key, "kept")
                            acknowledged.append(key)
                            if len(acknowledged) == last:
                                kill_server(folder)
                async with client(server.url, tries=500) as redis:
                    assert await redis.mget(acknowledged) == ["kept"] * len(acknowledged)
                assert len(acknowledged) >= last
        assert {"died" in entry["event"]: entry["log_level"] for entry in logged}[True] == "error"

    async def test_it_is_started_again_before_it_first_answers_too(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        killed: set[int] = set()

        async def killed_as_it_starts(socket: Path, command: str) -> str:
            if len(killed) < 3:
                with suppress(ProcessLookupError):  # asked once more before its end is known
                    killed.add(kill_server(folder))
            return await ask(socket, command)

        monkeypatch.setattr(valkey_process, "ask", killed_as_it_starts)
        async with own_server(folder) as server:
            assert await read(server.url, "quiz") is None
            assert server_pid(folder) not in killed

    async def test_one_that_is_killed_whenever_it_starts_is_given_up_with_its_last_words(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def killed_as_it_starts(_socket: Path, _command: str) -> str:
            with suppress(ProcessLookupError):
                kill_server(folder)
            return ""

        monkeypatch.setattr(valkey_process, "ask", killed_as_it_starts)
        with pytest.raises(ServerDidNotStart, match="was killed as it started"):
            async with own_server(folder):
                pass

    async def test_it_is_started_again_however_often(self, folder: Path) -> None:
        async with own_server(folder) as server:
            for times in range(1, 4):
                async with client(server.url, tries=500) as redis:
                    assert await redis.incr("times") == times
                pid = kill_server(folder)
                await until(lambda pid=pid: server_pid(folder) != pid)

    async def test_a_rewritten_file_that_it_did_not_finish_is_deleted(self, folder: Path) -> None:
        async with own_server(folder) as server:
            unfinished = folder / "temp-rewriteaof-1.aof"
            unfinished.write_bytes(b"erased long since")
            kill_server(folder)
            assert await read(server.url, "quiz") is None
            assert not unfinished.exists()

    async def test_what_keeps_it_from_starting_is_logged_and_tried_again(self, folder: Path) -> None:
        async with own_server(folder) as server:
            await write(server.url, "quiz", "kept")
            writes = folder / "appendonlydir" / "appendonly.aof.1.incr.aof"
            sound = writes.read_bytes()
            writes.write_bytes(b"not a command\r\n" + sound)
            with capture_logs() as logged:
                kill_server(folder)
                await until(lambda: sum("log_tail" in entry for entry in logged) >= 2)
                writes.write_bytes(sound)
                assert await read(server.url, "quiz") == "kept"
            assert any("Bad file format" in entry.get("log_tail", "") for entry in logged)
