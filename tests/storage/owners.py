"""Processes that own an embedded server, and what can be seen of it from outside."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff, NoBackoff

from storage.folder_lock import server_pid, take_server_lock

OWNER_PROCESS = Path(__file__).with_name("owner_process.py")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends the children of a killed parent")


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
