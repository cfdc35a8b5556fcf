"""A process that owns or attaches to the server of a folder until its standard input ends, for tests to kill.

    python owner_process.py own|attach FOLDER [leaves-orphan] [forks-worker]

It prints one line of JSON once the server answers, or one that names the error.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from storage import valkey_process
from storage.embedded import DataFolderInUse, ServerDidNotStart, attach_server, own_server
from storage.folder_lock import server_pid


def main(command: str, folder: Path, *manners: str) -> None:
    if "leaves-orphan" in manners:  # as on a system whose kernel does not end the children of a killed parent
        valkey_process._die_with_parent = lambda: lambda: None  # pyright: ignore[reportPrivateUsage]
    try:
        asyncio.run(_serve(command, folder, manners))
    except (DataFolderInUse, ServerDidNotStart) as error:
        _say(error=type(error).__name__, sentence=str(error))


async def _serve(command: str, folder: Path, manners: tuple[str, ...]) -> None:
    opened = own_server(folder) if command == "own" else attach_server(folder)
    async with opened as server:
        worker = _forked_worker() if "forks-worker" in manners else None
        _say(url=server.url, server=server_pid(server.data_dir), worker=worker)
        await asyncio.to_thread(sys.stdin.read)


def _forked_worker() -> int:
    worker = os.fork()
    if worker == 0:
        os.closerange(0, 3)  # whoever waits for the owner would wait for these to close
        signal.pause()
    return worker


def _say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
