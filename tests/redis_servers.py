"""Redis as others run it, of the very binary that comes with the bot: over TCP, with Sentinels, as a Cluster."""

import asyncio
import signal
import socket
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from storage.embedded import SHORT_FOLDER
from storage.valkey_process import prepare_child, server_binary
from tests.injected import inject

HOST = "127.0.0.1"
SERVICE = "quiz"
PASSWORD = "HUSH/hush@5"  # noqa: S105 - of servers that live for a test
WRITTEN = "HUSH%2Fhush%405"
"""The password as it stands in an address."""
MASTER_IS_DOWN_AFTER_MS = 500
PATIENCE = 30.0
SLOTS = 16384


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    sockets = [socket.create_server((HOST, 0)) for _ in range(count)]
    try:
        return [cast("int", each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


@dataclass
class Server:
    """One process of the server's binary, which may be killed and started again."""

    folder: Path
    port: int
    command: Sequence[str | Path]
    password: str | None = None
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it; returns before it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own server
                self.command,
                env={},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=prepare_child(),  # noqa: PLW1509 - it goes with the test that was killed
            )

    @property
    def url(self) -> str:
        """Its address, with the password where it has one."""
        return f"redis://{f':{WRITTEN}@' if self.password else ''}{HOST}:{self.port}"

    def signal(self, number: signal.Signals) -> None:
        """Kill, stop or continue it; one that is killed is gone when this returns."""
        inject(f"{number.name} to Redis", times=number is not signal.SIGCONT)
        self.process.send_signal(number)
        if number is signal.SIGKILL:
            self.process.wait()

    @asynccontextmanager
    async def client(self) -> AsyncGenerator[Redis]:
        """A client of this process alone."""
        async with Redis(host=HOST, port=self.port, password=self.password, decode_responses=True) as client:
            yield client

    async def ask(self, *command: str | int) -> object:
        """What it replies to a command."""
        async with self.client() as client:
            return cast("object", await client.execute_command(*command))  # pyright: ignore[reportUnknownMemberType]

    async def until(self, *command: str | int, shows: Sequence[str]) -> None:
        """Wait until the reply to a command, written as text, contains all of these."""
        seen: object = None
        try:
            async with asyncio.timeout(PATIENCE):
                while not all(each in str(seen) for each in shows):
                    await asyncio.sleep(0.02)
                    try:
                        seen = await self.ask(*command)
                    except (RedisError, OSError) as error:
                        seen = error
        except TimeoutError:
            log = (self.folder / "log").read_text(errors="replace")[-2000:]
            raise AssertionError(f"{command} shows {seen}, not {shows}\n{log}") from None


@asynccontextmanager
async def no_redis(words: bytes) -> AsyncGenerator[str]:
    """The address at which somebody else says this to whoever connects."""

    async def say(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(words)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(say, HOST, 0) as server:
        yield f"redis://{HOST}:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def server(port: int, *settings: str, password: str | None = None) -> AsyncGenerator[Server]:
    """A process of the server's binary on a folder of its own, which answers when the context opens."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER)))
        secret = ("--requirepass", password, "--primaryauth", password) if password else ()
        disk = () if "--sentinel" in settings else ("--save", "", "--appendonly", "yes", "--appendfsync", "always")
        (folder / "valkey.conf").touch()  # a Sentinel, and a node of a Cluster, writes down there what it learns
        command = [server_binary(), folder / "valkey.conf", *settings, *disk, *secret, "--bind", HOST, "--dir", folder]
        one = Server(folder, port, [*command, "--port", str(port)], password)
        one.start()
        try:
            await one.until("PING", shows=["True"])
            yield one
        finally:
            one.process.kill()
            one.process.wait()


@dataclass
class Watched:
    """A master, two replicas, and three Sentinels that make a replica the master when it dies."""

    servers: list[Server]
    sentinels: list[Server]

    @property
    def url(self) -> str:
        """The address of it all."""
        sentinels = ",".join(f"{HOST}:{each.port}" for each in self.sentinels)
        return f"redis+sentinel://:{WRITTEN}@{sentinels}/{SERVICE}"

    async def master(self) -> Server:
        """The master, by what the Sentinels say."""
        reply = cast("list[str]", await self.sentinels[0].ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", SERVICE))
        return next(each for each in self.servers if each.port == int(reply[1]))

    async def in_step(self) -> None:
        """Wait until every replica has what its master has: one that is called online may still be reading."""
        async with (await self.master()).client() as client, client.pipeline(transaction=False) as pipeline:
            pipeline.execute_command("PUBLISH", "nobody", "hears this")  # pyright: ignore[reportUnknownMemberType]
            pipeline.execute_command("WAIT", len(self.servers) - 1, 30_000)  # pyright: ignore[reportUnknownMemberType]
            _heard, have_it = await pipeline.execute()
        assert have_it == len(self.servers) - 1

    async def replicas(self) -> list[Server]:
        """The others."""
        master = await self.master()
        return [each for each in self.servers if each is not master]


@asynccontextmanager
async def watched() -> AsyncGenerator[Watched]:
    """A master with two replicas and three Sentinels; whatever a test kills or stops is of this test alone."""
    ports = free_ports(6)
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(
                server(
                    port,
                    *("--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1"),
                    *(() if port == ports[0] else ("--replicaof", f"{HOST} {ports[0]}")),
                    password=PASSWORD,
                )
            )
            for port in ports[:3]
        ]
        sentinels = [await stack.enter_async_context(server(port, "--sentinel")) for port in ports[3:]]
        await servers[0].until("INFO", "replication", shows=["'state': 'online'", "slave1"])
        for each in sentinels:
            await each.ask("SENTINEL", "MONITOR", SERVICE, HOST, ports[0], 2)
            for name, value in (
                ("auth-pass", PASSWORD),
                ("down-after-milliseconds", MASTER_IS_DOWN_AFTER_MS),
                ("failover-timeout", 3000),
            ):
                await each.ask("SENTINEL", "SET", SERVICE, name, value)
            # They look at one another every two seconds, and at the servers every ten: here sooner.
            await each.ask("SENTINEL", "DEBUG", "publish-period", 100, "info-period", 200)
        for each in sentinels:
            shows = ["'num-slaves': '2'", "'num-other-sentinels': '2'", "'flags': 'master'"]
            await each.until("SENTINEL", "MASTER", SERVICE, shows=shows)
        running = Watched(servers, sentinels)
        await running.in_step()
        yield running


@dataclass
class Cluster:
    """Three masters that share the slots."""

    nodes: list[Server]

    @property
    def url(self) -> str:
        """The address of one of them."""
        return f"redis+cluster://:{WRITTEN}@{HOST}:{self.nodes[0].port}"


@asynccontextmanager
async def cluster() -> AsyncGenerator[Cluster]:
    """A Cluster of three masters, made without any tool but the server's own commands."""
    ports = free_ports(6)
    async with AsyncExitStack() as stack:
        nodes = [
            await stack.enter_async_context(
                server(
                    port,
                    *("--cluster-enabled", "yes", "--cluster-port", str(bus), "--cluster-node-timeout", "2000"),
                    password=PASSWORD,
                )
            )
            for port, bus in zip(ports[:3], ports[3:], strict=True)
        ]
        for number, node in enumerate(nodes):
            first, last = SLOTS * number // 3, SLOTS * (number + 1) // 3 - 1
            await node.ask("CLUSTER", "ADDSLOTSRANGE", first, last)
            await node.ask("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        for node, bus in zip(nodes[1:], ports[4:], strict=True):
            await nodes[0].ask("CLUSTER", "MEET", HOST, node.port, bus)
        for node in nodes:
            await node.until("CLUSTER", "INFO", shows=["cluster_state:ok", "cluster_known_nodes:3"])
        yield Cluster(nodes)
