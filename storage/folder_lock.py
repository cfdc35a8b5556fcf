"""Who may run a server on a data folder.

Two locks, because two lives have to be told apart:

- `owner.lock` is held by the process that supervises the server, and by nothing it forks. Taken means that a
  live owner exists: a second one is refused at once.
- `server.lock` is held by the server process alone, through a descriptor it inherits. A killed owner's lock is
  free before its server is gone, and the server itself locks nothing, so a new owner waits for this one.

Both are `flock`s, so the kernel lets go of them with the process, whatever kills it. The files are never
deleted: a lock on a deleted file excludes nobody.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


class DataFolderInUse(Exception):
    """A live process already runs a server on this folder; `owner` is its process id, where it is known."""

    def __init__(self, folder: Path, owner: int | None, trouble: str = "") -> None:
        self.folder = folder
        self.owner = owner
        who = "another quizbot" if owner is None else f"another quizbot (process {owner})"
        super().__init__(
            f"The data folder {folder} is in use by {who}{trouble}. "
            "Stop that one first, or give this one a folder of its own with QUIZBOT_DATA_DIR."
        )


@contextmanager
def ownership(folder: Path) -> Generator[None]:
    """Makes this process the only owner of `folder` while the context is open.

    Raises DataFolderInUse at once when there is another, in this process or any other, and OSError when the
    folder cannot be written.
    """
    lock = _open(folder / "owner.lock")
    _owner_locks.add(lock)
    try:
        if not _take(lock):
            raise DataFolderInUse(folder, _read_pid(lock))
        write_pid(lock, os.getpid())
        yield
    finally:
        _owner_locks.discard(lock)
        os.close(lock)


def take_server_lock(folder: Path) -> int | None:
    """A descriptor that holds the folder's server lock, or None while a server is still alive.

    The lock lasts as long as any copy of the descriptor: hand it to the server, then close it.
    """
    lock = _open(folder / "server.lock")
    if _take(lock):
        return lock
    os.close(lock)
    return None


def server_pid(folder: Path) -> int | None:
    """The process id of the last server on this folder, as written down by its owner."""
    lock = _open(folder / "server.lock")
    try:
        return _read_pid(lock)
    finally:
        os.close(lock)


def write_pid(lock: int, pid: int) -> None:
    """Says in the lock's file who holds it: for a person to read, nothing is decided by it."""
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{pid}\n".encode(), 0)


def _read_pid(lock: int) -> int | None:
    text = os.pread(lock, 32, 0).strip()
    return int(text) if text.isdigit() else None


def _open(path: Path) -> int:
    # Python opens with O_CLOEXEC: no program started from here keeps the lock unless it is handed over.
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)


def _take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


# A child that is forked and never execs (a worker of multiprocessing) would share the owner's lock, and outlive
# a killed owner with it: the folder would stay "in use" by nobody.
_owner_locks: set[int] = set()


def _let_go_in_a_forked_child() -> None:
    for lock in _owner_locks:
        os.close(lock)
    _owner_locks.clear()


os.register_at_fork(after_in_child=_let_go_in_a_forked_child)
