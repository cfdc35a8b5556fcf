"""What can be the matter with a Redis that is there: each made for real on a server of the test's own."""

import asyncio
import resource
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from redis.exceptions import RedisError

from tests.redis_servers import HOST, Server, free_ports

Trouble = Callable[[Server], AbstractAsyncContextManager[None]]
PAUSED_MS = 3000
FOR_EVER = "while true do end"


@asynccontextmanager
async def out_of_memory(server: Server) -> AsyncGenerator[None]:
    """It refuses every write, as `maxmemory-policy noeviction` has it, until there is room again."""
    await server.ask("CONFIG", "SET", "maxmemory", 1)
    yield
    await server.ask("CONFIG", "SET", "maxmemory", 0)


@asynccontextmanager
async def without_replicas(server: Server) -> AsyncGenerator[None]:
    """It wants more replicas than there are before it takes a write."""
    await server.ask("CONFIG", "SET", "min-replicas-to-write", 1)
    yield
    await server.ask("CONFIG", "SET", "min-replicas-to-write", 0)


@asynccontextmanager
async def as_replica(server: Server) -> AsyncGenerator[None]:
    """It takes itself for the replica of a server that is not there: it can be read, not written."""
    await server.ask("REPLICAOF", HOST, free_ports(1)[0])
    yield
    await server.ask("REPLICAOF", "NO", "ONE")


@asynccontextmanager
async def paused(server: Server) -> AsyncGenerator[None]:
    """It takes commands and answers none of them, for a while: not even the word to go on."""
    await server.ask("CLIENT", "PAUSE", PAUSED_MS, "ALL")
    yield
    await server.until("PING", shows=["True"])


@asynccontextmanager
async def busy(server: Server) -> AsyncGenerator[None]:
    """Somebody's script does not end: first nothing is answered, then everything by BUSY."""
    await server.ask("CONFIG", "SET", "busy-reply-threshold", 500)
    running = asyncio.create_task(server.ask("EVAL", FOR_EVER, 0))
    await asyncio.sleep(0.1)
    yield
    await server.ask("SCRIPT", "KILL")
    with suppress(RedisError):
        await running


@asynccontextmanager
async def forgetful(server: Server) -> AsyncGenerator[None]:
    """It forgets every script, again and again."""

    over = asyncio.Event()  # a command that is cancelled would leave its connection open

    async def flush() -> None:
        while not over.is_set():
            await server.ask("SCRIPT", "FLUSH")
            await asyncio.sleep(0.02)

    async with asyncio.TaskGroup() as group:
        group.create_task(flush())
        yield
        over.set()


@asynccontextmanager
async def disk_full(server: Server) -> AsyncGenerator[None]:
    """No file of it may grow, so that the append-only file takes no write; it ends itself and is started again.

    That is what it does when `appendfsync always` cannot be kept. A limit on files needs no rights, as a small file
    system would, and fails the same call.
    """

    async def kept_running() -> None:
        while True:
            if server.process.poll() is not None:
                server.start()
                limit(server)
            await asyncio.sleep(0.1)

    limit(server)
    keeping = asyncio.create_task(kept_running())
    yield
    keeping.cancel()
    await asyncio.wait([keeping])
    if server.process.poll() is None:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    else:
        server.start()


def limit(server: Server) -> None:
    """Let no file of the server grow beyond what the append-only file has now."""
    sizes = [each.stat().st_size for each in server.folder.glob("appendonlydir/*.aof")]
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (max(sizes), resource.RLIM_INFINITY))
