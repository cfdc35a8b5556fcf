"""The folder of the server that comes with the bot: long paths, no room, damaged data."""

# ruff: noqa: ASYNC240 - the tests look at the folder on the disk, and no loop but theirs waits for it

import os
import shutil
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from storage.embedded import ServerDidNotStart, attach_server, own_server
from tests.storage.owners import (
    assert_no_server,
    on_linux,
    other_process,
    read,
    write,
)


def full(_path: Path) -> SimpleNamespace:
    """The room on a full disk."""
    return SimpleNamespace(free=0)


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

    async def test_a_server_that_ends_on_a_full_disk_ends_for_that(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writes = await self.written(folder)
        writes.write_bytes(b"of which a full disk took no more than this")
        monkeypatch.setattr(shutil, "disk_usage", full)
        with pytest.raises(ServerDidNotStart, match=f"^The disk of the data folder {folder} is full: ") as refused:
            await own_server(folder).__aenter__()
        assert "Bad file format" in refused.value.log_tail
