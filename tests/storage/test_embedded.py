"""The server that comes with the bot, with real processes and real kills."""

# ruff: noqa: ASYNC240 - the tests look at the folder on the disk, and no loop but theirs waits for it

import asyncio
import json
import os
import random
import signal
import socket as sockets
import stat
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff, NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from structlog.testing import capture_logs

from storage import embedded, valkey_process
from storage.embedded import DataFolderInUse, ServerDidNotStart, attach_server, own_server
from storage.folder_lock import server_pid, take_server_lock

OWNER_PROCESS = Path(__file__).with_name("owner_process.py")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends the children of a killed parent")


@pytest.fixture
def folder() -> Generator[Path]:
    """A data folder whose path is short enough for a socket, however long the name of the test."""
    with tempfile.TemporaryDirectory(prefix="quiz") as place:
        yield Path(place).resolve() / "data"


@pytest.fixture
def long_folder(folder: Path) -> Path:
    return folder / ("long-" * 20) / ("very-" * 20)


@pytest.fixture
def short_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's private folder for sockets would be, in a place of the test's own."""
    monkeypatch.setattr(embedded, "SHORT_FOLDER", folder.parent)
    return folder.parent / f"quizbot-{os.geteuid()}"


@dataclass(frozen=True)
class Other:
    """Another process of the bot, and what it said."""

    process: Process
    said: dict[str, object]

    @property
    def url(self) -> str:
        return cast("str", self.said["url"])

    @property
    def server(self) -> int:
        return cast("int", self.said["server"])

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def other_process(command: str, folder: Path, *manners: str) -> AsyncGenerator[Other]:
    """A second process that owns or attaches to the folder's server; ends it when the context closes."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, OWNER_PROCESS, command, str(folder), *manners, stdin=PIPE, stdout=PIPE
    )
    assert process.stdin
    assert process.stdout
    try:
        yield Other(process, json.loads(await process.stdout.readline()))
    finally:
        process.stdin.close()
        await process.communicate()


@asynccontextmanager
async def client(url: str, tries: int = 0) -> AsyncGenerator[Redis]:
    """A client that tries again `tries` times, 10 ms apart, where nothing answers."""
    retry = Retry(ConstantBackoff(0.01) if tries else NoBackoff(), tries)
    async with Redis.from_url(url, decode_responses=True, retry=retry) as redis:  # pyright: ignore[reportUnknownMemberType]
        yield redis


async def read(url: str, key: str) -> str | None:
    """What a key holds, as soon as a server answers."""
    async with client(url, tries=500) as redis:
        return cast("str | None", await redis.get(key))


async def write(url: str, key: str, value: str) -> None:
    async with client(url) as redis:
        await redis.set(key, value)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    # A dead orphan is there until whoever adopted it notices.
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def kill_server(folder: Path) -> int:
    pid = server_pid(folder)
    assert pid
    os.kill(pid, signal.SIGKILL)
    return pid


async def until(true: Callable[[], bool]) -> None:
    """Returns when it is true of another process, which cannot set an event here."""
    while not true():  # noqa: ASYNC110
        await asyncio.sleep(0.005)


def assert_no_server(folder: Path) -> None:
    lock = take_server_lock(folder)
    assert lock is not None
    os.close(lock)


class TestOneOwner:
    async def test_data_are_there_after_a_restart(self, folder: Path) -> None:
        async with own_server(folder) as server:
            await write(server.url, "quiz", "kept")
        assert_no_server(folder)
        async with own_server(folder) as server:
            assert await read(server.url, "quiz") == "kept"

    async def test_the_server_writes_everything_down_and_is_reached_by_its_socket_alone(self, folder: Path) -> None:
        async with own_server(folder) as server, client(server.url) as redis:
            settings = cast("dict[str, str]", await redis.config_get("*"))  # pyright: ignore[reportUnknownMemberType]
        assert settings["port"] == "0"
        assert settings["appendonly"] == "yes"
        assert settings["appendfsync"] == "always"
        assert settings["save"] == ""
        assert settings["maxmemory-policy"] == "noeviction"
        assert settings["dir"] == str(folder)

    async def test_nobody_else_can_read_the_data_or_reach_the_server(self, folder: Path) -> None:
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
        async with own_server(folder) as server:
            assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
            others = 0o077
            written = [path for path in folder.rglob("*") if path != server.socket]
            assert [path for path in written if stat.S_IMODE(path.stat().st_mode) & others] == []

    async def test_a_path_with_spaces_signs_and_letters_of_any_script_will_do(self, folder: Path) -> None:
        odd = folder / 'мои данные "x" 100%41?#\\'
        async with own_server(odd) as server:
            await write(server.url, "quiz", "kept")
        async with other_process("attach", odd) as other:
            assert await read(other.url, "quiz") == "kept"
        assert (odd / "appendonlydir").is_dir()

    async def test_a_relative_path_is_the_same_folder(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder.parent)
        async with own_server(Path(folder.name)) as server:
            assert server.socket.is_absolute()
            with pytest.raises(DataFolderInUse):
                await own_server(folder, dying_s=0).__aenter__()

    async def test_ctrl_c_in_the_terminal_does_not_reach_the_server(self, folder: Path) -> None:
        async with own_server(folder):
            pid = server_pid(folder)
            assert pid
            assert os.getsid(pid) != os.getsid(0)

    @on_linux
    async def test_the_server_inherits_no_secret_and_no_descriptor_but_its_lock(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("QUIZBOT_TOKEN", "secret")
        mine, other_end = os.pipe()
        os.set_inheritable(mine, True)
        try:
            async with own_server(folder):
                process = Path(f"/proc/{server_pid(folder)}")
                assert (process / "environ").read_bytes() == b""
                open_files = {str(entry.readlink()) for entry in (process / "fd").iterdir()}
                assert str(Path(f"/proc/self/fd/{mine}").readlink()) not in open_files
                assert str(folder / "server.lock") in open_files
                assert str(folder / "owner.lock") not in open_files
        finally:
            os.close(mine)
            os.close(other_end)

    async def test_a_start_given_up_half_way_leaves_no_server_and_no_lock(self, folder: Path) -> None:
        for moment_s in (0.0, 0.005, 0.01, 0.02, 0.03):
            async with AsyncExitStack() as stack:
                starting = asyncio.create_task(stack.enter_async_context(own_server(folder)))
                await asyncio.wait([starting], timeout=moment_s)
                starting.cancel()
                await asyncio.wait([starting])
            assert_no_server(folder)
        async with own_server(folder, dying_s=0):
            pass

    async def test_a_context_closed_as_soon_as_it_opens_leaves_no_server(self, folder: Path) -> None:
        async with own_server(folder):
            pass
        assert_no_server(folder)

    async def test_no_descriptor_is_left_open(self, folder: Path) -> None:
        before = sorted(Path("/dev/fd").iterdir())
        async with own_server(folder) as server:
            pid = kill_server(folder)
            await until(lambda: server_pid(folder) != pid)
            assert await read(server.url, "quiz") is None
        assert sorted(Path("/dev/fd").iterdir()) == before

    async def test_a_server_that_hangs_is_killed_when_the_context_closes(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(valkey_process, "REPLY_PATIENCE_S", 0.05)
        monkeypatch.setattr(valkey_process, "STOP_PATIENCE_S", 0.05)
        async with own_server(folder):
            pid = server_pid(folder)
            assert pid
            os.kill(pid, signal.SIGSTOP)
        assert_no_server(folder)


class TestTwoOwners:
    async def test_a_second_owner_in_this_process_is_refused(self, folder: Path) -> None:
        async with own_server(folder):
            with pytest.raises(DataFolderInUse, match=f"process {os.getpid()}"):
                await own_server(folder).__aenter__()

    async def test_a_second_owner_in_another_process_is_refused_with_a_clear_sentence(self, folder: Path) -> None:
        async with own_server(folder) as server:
            await write(server.url, "quiz", "mine")
            async with other_process("own", folder) as other:
                assert other.said["error"] == "DataFolderInUse"
                sentence = cast("str", other.said["sentence"])
                assert str(folder) in sentence
                assert f"process {os.getpid()}" in sentence
                assert "QUIZBOT_DATA_DIR" in sentence
            assert await read(server.url, "quiz") == "mine"

    async def test_of_many_who_start_at_once_exactly_one_owns(self, folder: Path) -> None:
        folder.mkdir()

        async def start_one() -> str:
            async with other_process("own", folder) as other:
                said = str(other.said.get("error", "owner"))
                answers.append(said)
                await until(lambda: len(answers) == 4)
                return said

        answers: list[str] = []
        assert sorted(await asyncio.gather(*(start_one() for _ in range(4)))) == ["DataFolderInUse"] * 3 + ["owner"]


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


class TestLongPath:
    async def test_the_socket_lies_in_a_private_folder_and_the_data_stay(
        self, long_folder: Path, short_folder: Path
    ) -> None:
        async with own_server(long_folder) as server:
            assert server.socket.parent == short_folder
            assert stat.S_IMODE(short_folder.stat().st_mode) == 0o700
            await write(server.url, "quiz", "kept")
        assert (long_folder / "appendonlydir").is_dir()
        async with own_server(long_folder) as server:
            assert await read(server.url, "quiz") == "kept"

    async def test_other_processes_find_it(self, long_folder: Path) -> None:
        async with other_process("own", long_folder) as owner:
            await write(owner.url, "quiz", "kept")
            async with attach_server(long_folder) as server:
                assert await read(server.url, "quiz") == "kept"

    @pytest.mark.parametrize("beyond", [0, 1])
    async def test_it_works_on_both_sides_of_the_limit(self, folder: Path, short_folder: Path, beyond: int) -> None:
        length = {"linux": 107, "darwin": 103}[sys.platform] + beyond
        inside = folder / ("x" * (length - len(str(folder)) - len("//valkey.sock")))
        async with own_server(inside) as server:
            assert (server.socket.parent == short_folder) is bool(beyond)
            await write(server.url, "quiz", "kept")

    @pytest.mark.parametrize("trap", ["link", "open to others", "file", "someone else's"])
    async def test_a_private_folder_that_is_not_private_is_refused(
        self, long_folder: Path, short_folder: Path, trap: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if trap == "link":
            elsewhere = short_folder.with_name("elsewhere")
            elsewhere.mkdir(mode=0o700)
            short_folder.symlink_to(elsewhere)
        elif trap == "open to others":
            short_folder.mkdir()
            short_folder.chmod(0o755)
        elif trap == "file":
            short_folder.touch(mode=0o700)
        else:
            short_folder.mkdir(mode=0o700)
            short_folder.rename(short_folder.with_name(f"quizbot-{os.geteuid() + 1}"))
            uid = os.geteuid() + 1
            monkeypatch.setattr(os, "geteuid", lambda: uid)
        with pytest.raises(ServerDidNotStart, match="is not a private folder of this user"):
            await own_server(long_folder).__aenter__()


class TestUnusableFolder:
    async def test_a_file_is_no_folder(self, folder: Path) -> None:
        folder.touch()
        with pytest.raises(ServerDidNotStart, match="QUIZBOT_DATA_DIR") as refused:
            await own_server(folder).__aenter__()
        assert str(folder) in refused.value.reason

    async def test_a_folder_below_a_file_is_none(self, folder: Path) -> None:
        folder.touch()
        with pytest.raises(ServerDidNotStart, match="Not a directory"):
            await own_server(folder / "below").__aenter__()

    @pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
    async def test_a_folder_that_cannot_be_written(self, folder: Path) -> None:
        folder.mkdir(mode=0o500)
        with pytest.raises(ServerDidNotStart, match="Permission denied"):
            await own_server(folder).__aenter__()

    @on_linux
    async def test_a_folder_that_nobody_can_write(self) -> None:
        with pytest.raises(ServerDidNotStart, match="QUIZBOT_DATA_DIR"):
            await own_server(Path("/proc/self")).__aenter__()


class TestDamagedData:
    @staticmethod
    async def written(folder: Path) -> Path:
        """The file with two commands of a server that is no more."""
        async with own_server(folder) as server:
            await write(server.url, "first", "kept")
            await write(server.url, "second", "half written")
        return folder / "appendonlydir" / "appendonly.aof.1.incr.aof"

    async def test_a_last_command_half_written_is_left_out(self, folder: Path) -> None:
        writes = await self.written(folder)
        os.truncate(writes, writes.stat().st_size - 7)
        async with own_server(folder) as server:
            assert await read(server.url, "first") == "kept"
            assert await read(server.url, "second") is None

    async def test_damage_in_the_middle_is_an_error_that_shows_what_the_server_said(self, folder: Path) -> None:
        writes = await self.written(folder)
        damaged = writes.read_bytes().replace(b"$5\r\nfirst", b"$x\r\nfirst")
        writes.write_bytes(damaged)
        with pytest.raises(ServerDidNotStart, match=str(folder)) as refused:
            await own_server(folder).__aenter__()
        assert "Bad file format" in refused.value.log_tail
        assert "Bad file format" in str(refused.value)
        assert writes.read_bytes() == damaged
        assert_no_server(folder)


class TestAttach:
    async def test_it_shares_the_server_of_the_owner_and_leaves_it_running(self, folder: Path) -> None:
        async with own_server(folder) as owned:
            async with other_process("attach", folder) as other:
                assert other.url == owned.url
                assert other.server == server_pid(folder)
            await write(owned.url, "quiz", "kept")

    async def test_without_an_owner_it_owns_for_the_while(self, folder: Path) -> None:
        async with attach_server(folder) as server:
            await write(server.url, "quiz", "kept")
        assert_no_server(folder)
        async with own_server(folder, dying_s=0) as server:
            assert await read(server.url, "quiz") == "kept"

    async def test_it_waits_for_an_owner_that_is_just_starting(self, folder: Path) -> None:
        async with AsyncExitStack() as stack:
            owning = asyncio.create_task(stack.enter_async_context(own_server(folder)))
            await until((folder / "owner.lock").exists)
            async with attach_server(folder) as server:
                assert server == await owning

    async def test_an_owner_whose_server_does_not_answer_is_an_error(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(embedded, "ATTACH_PATIENCE_S", 0.1)
        monkeypatch.setattr(valkey_process, "REPLY_PATIENCE_S", 0.05)
        async with own_server(folder):
            pid = server_pid(folder)
            assert pid
            os.kill(pid, signal.SIGSTOP)
            with pytest.raises(DataFolderInUse, match="does not answer"):
                await attach_server(folder).__aenter__()
            os.kill(pid, signal.SIGCONT)
