"""The server that comes with the bot: a real Valkey, run as a child of this process on a folder of one's own.

The process that opens `own_server` supervises it. What was acknowledged is on the disk, whichever of the two is
killed, and no folder ever has two servers (`folder_lock.py`).
"""

import asyncio
import errno
import os
import stat
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from urllib.parse import quote

import structlog

from storage.folder_lock import DataFolderInUse, ownership, server_pid, take_server_lock
from storage.valkey_process import (
    FULL_DISK,
    POLL_S,
    SHUTDOWN,
    Process,
    ServerDidNotStart,
    ServerKilled,
    ask,
    has_room,
    start,
    stop,
)

__all__ = ["DataFolderInUse", "EmbeddedServer", "ServerDidNotStart", "attach_server", "has_room", "own_server"]

LOCK_PATIENCE_S = 10.0
ATTACH_PATIENCE_S = 10.0
STEADY_AFTER_S = 0.5
FIRST_STARTS = 5
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.05, 2.0

# Not tempfile's folder: TMPDIR differs between a service and a shell, and is itself long on macOS.
SHORT_FOLDER = Path("/tmp")  # noqa: S108 - what lies in it is checked

# `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing zero among them.
SOCKET_PATH_BYTES = 103 if sys.platform == "darwin" else 107

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """A server that answers: `url` is what redis-py's `from_url` takes; it stays the same over restarts."""

    url: str
    socket: Path
    data_dir: Path


@asynccontextmanager
async def own_server(data_dir: Path, *, dying_s: float = 0.5) -> AsyncGenerator[EmbeddedServer]:
    """Runs the server of `data_dir`, which is made if it is missing, while the context is open.

    The server answers when the context opens. When it dies it is started again on the same data, at once the
    first time and then with growing pauses; one that is killed before it first answers, a few times. It is shut
    down when the context closes, and dies with this process.
    Raises DataFolderInUse when a process owns the folder and does not go within `dying_s` (one that was killed
    a moment ago takes some milliseconds to let go), and ServerDidNotStart.
    """
    async with AsyncExitStack() as stack:
        try:
            folder = _made(data_dir)
            await _own(folder, stack, dying_s)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise ServerDidNotStart(FULL_DISK.format(data_dir)) from error
            trouble = error.strerror if error.filename is None else f"{error.strerror}: {error.filename}"
            raise ServerDidNotStart(
                f"The data folder {data_dir} cannot be used ({trouble}). "
                "Let this user write to it, or choose another with QUIZBOT_DATA_DIR."
            ) from error
        socket = _socket_path(folder)
        supervised = _Supervised(folder, socket, await _first_start(folder, socket))
        stack.push_async_callback(supervised.stop)
        keeper = asyncio.create_task(supervised.keep_running(), name="embedded server")
        stack.push_async_callback(_ended, keeper)
        yield _server(folder, socket)


@asynccontextmanager
async def attach_server(data_dir: Path) -> AsyncGenerator[EmbeddedServer]:
    """The server of `data_dir` for a short command: that of the running owner if there is one, else an own one.

    An attached server goes when its owner goes. Raises DataFolderInUse when an owner lives whose server does not
    answer for 10 s, and ServerDidNotStart.
    """
    deadline = monotonic() + ATTACH_PATIENCE_S
    async with AsyncExitStack() as stack:
        while True:
            try:
                server = await stack.enter_async_context(own_server(data_dir, dying_s=0))
            except DataFolderInUse as in_use:
                server = _server(in_use.folder, _socket_path(in_use.folder))
                reply = await ask(server.socket, "PING")
                if reply == "+PONG":
                    break
                if monotonic() > deadline and not reply.startswith("-LOADING"):
                    raise DataFolderInUse(
                        in_use.folder, in_use.owner, f", whose server does not answer at {server.socket}"
                    ) from None
                await asyncio.sleep(0.05)
            else:
                break
        yield server


async def _own(folder: Path, stack: AsyncExitStack, dying_s: float) -> None:
    deadline = monotonic() + dying_s
    while True:
        try:
            stack.enter_context(ownership(folder))
        except DataFolderInUse:
            if monotonic() >= deadline:
                raise
        else:
            return
        await asyncio.sleep(POLL_S)


@dataclass
class _Supervised:
    """The server of a folder, through all the processes that it is."""

    folder: Path
    socket: Path
    process: Process

    async def keep_running(self) -> None:
        """Starts the server again whenever it dies, until cancelled; a server that runs then is left running."""
        pause = 0.0
        while True:
            began = monotonic()
            status = await self.process.wait()
            log.error(
                "the embedded server died, starting it again",
                status=status,
                folder=str(self.folder),
                disk_is_full=not has_room(self.folder),
            )
            if monotonic() - began > STEADY_AFTER_S:
                pause = 0.0
            while self.process.returncode is not None:
                await asyncio.sleep(pause)
                pause = min(max(2 * pause, FIRST_PAUSE_S), LONGEST_PAUSE_S)
                try:
                    self.process = await _start(self.folder, self.socket)
                    log.info("the embedded server answers again", folder=str(self.folder))
                except ServerDidNotStart as error:
                    log.error(  # noqa: TRY400 - what matters is in the server's log, not in our stack
                        "the embedded server does not start", reason=error.reason, log_tail=error.log_tail
                    )

    async def stop(self) -> None:
        await stop(self.process, self.socket)


async def _ended(keeper: asyncio.Task[None]) -> None:
    keeper.cancel()
    await asyncio.wait([keeper])  # not awaited itself: its cancellation is not ours
    if not keeper.cancelled():
        keeper.result()


async def _first_start(folder: Path, socket: Path) -> Process:
    """A server that somebody kills is started again; one that fails by itself would fail again, and raises."""
    for starts_left in reversed(range(FIRST_STARTS)):
        try:
            return await _start(folder, socket)
        except ServerKilled as error:
            if not starts_left:
                raise
            log.error(  # noqa: TRY400 - what matters is in the server's log, not in our stack
                "the embedded server was killed, starting it again", folder=str(folder), log_tail=error.log_tail
            )
            await asyncio.sleep(FIRST_PAUSE_S)
    raise AssertionError


async def _start(folder: Path, socket: Path) -> Process:
    """The only server of `folder`, whose owner is this process, as soon as it answers.

    One that is alive already was left behind by a killed owner. On Linux the kernel ends it; elsewhere it is
    asked to go. Raises ServerDidNotStart when it stays, or when the new one does not start.
    """
    deadline = monotonic() + LOCK_PATIENCE_S
    ask_again = 0.0
    try:
        while (lock := take_server_lock(folder)) is None:
            if monotonic() > deadline:
                raise ServerDidNotStart(
                    f"A server left behind by a killed quizbot still holds the data folder {folder} after "
                    f"{LOCK_PATIENCE_S:.0f} s. End its process ({server_pid(folder) or 'unknown'}) and start again."
                )
            if monotonic() > ask_again:
                await ask(socket, SHUTDOWN)
                ask_again = monotonic() + 1.0
            await asyncio.sleep(POLL_S)
    except OSError as error:
        raise ServerDidNotStart(f"The data folder {folder} cannot be locked: {error}") from error
    return await start(folder, socket, lock)


def _server(folder: Path, socket: Path) -> EmbeddedServer:
    return EmbeddedServer(url=f"unix://{quote(str(socket))}", socket=socket, data_dir=folder)


def _made(data_dir: Path) -> Path:
    with suppress(FileExistsError):  # a file of that name: opening the lock in it says so better
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return data_dir.resolve(strict=True)


def _socket_path(folder: Path) -> Path:
    """Where the server of `folder` listens: the same for every process of this user, made when it is missing.

    In the folder itself; where that path is too long for the system, in a private folder of this user, under the
    data folder's device and inode, which are the same by whatever path it is reached. Raises ServerDidNotStart
    when that private folder is not ours alone.
    """
    inside = folder / "valkey.sock"
    if len(os.fsencode(inside)) <= SOCKET_PATH_BYTES:
        return inside
    private = SHORT_FOLDER / f"quizbot-{os.geteuid()}"
    try:
        private.mkdir(mode=0o700, exist_ok=True)
        found = private.lstat()
    except OSError:
        found = None
    if (
        found is None
        or not stat.S_ISDIR(found.st_mode)
        or found.st_uid != os.geteuid()
        or stat.S_IMODE(found.st_mode) & 0o077
    ):
        raise ServerDidNotStart(
            f"The path of the data folder {folder} is too long for a socket in it, and {private}, where the socket "
            "would lie instead, is not a private folder of this user. Remove it, or choose a shorter QUIZBOT_DATA_DIR."
        )
    data = folder.stat()
    return private / f"{data.st_dev:x}-{data.st_ino:x}.sock"
