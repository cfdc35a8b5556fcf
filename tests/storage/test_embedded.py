"""The server that comes with the bot: one owner at a time, others attach."""

# ruff: noqa: ASYNC240 - the tests look at the folder on the disk, and no loop but theirs waits for it

import asyncio
import os
import signal
import stat
from contextlib import AsyncExitStack
from pathlib import Path
from typing import cast

import pytest

from storage import embedded, valkey_process
from storage.embedded import DataFolderInUse, attach_server, own_server
from storage.folder_lock import server_pid
from tests.storage.owners import (
    assert_no_server,
    client,
    kill_server,
    on_linux,
    other_process,
    read,
    until,
    write,
)


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
        await valkey_process.ask(folder, "PING")  # from its first connection on, uvloop keeps a descriptor in reserve
        before = descriptors()
        async with own_server(folder) as server:
            pid = kill_server(folder)
            await until(lambda: server_pid(folder) != pid)
            assert await read(server.url, "quiz") is None
        assert descriptors() == before

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


def descriptors() -> set[str]:
    """Those of this process, with what they lead to."""
    found = {entry: os.readlink(entry) for entry in Path("/dev/fd").iterdir() if entry.exists()}  # noqa: PTH115
    return {f"{entry} {path}" for entry, path in found.items()}


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
