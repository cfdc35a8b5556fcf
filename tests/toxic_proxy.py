"""A TCP proxy on a line as bad as a test wants it: slow, reset, cut in mid-message, a byte at a time.

By hand, since what there is for Python only drives Toxiproxy, a program in Go that would have to be downloaded.
"""

import asyncio
import socket
import ssl
import struct
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from random import Random

HOST = "127.0.0.1"
LONGEST_DELAY = 0.2
BYTE_SECONDS = 0.001
FORGET_AND_RESET = struct.pack("ii", 1, 0)
"""As SO_LINGER: a connection that is closed is reset."""


class Toxic(StrEnum):
    """What happens to a message on its way."""

    LATENCY = "late by up to 200 ms"
    RESET = "reset in its place"
    CUT = "cut in the middle"
    TRICKLE = "a byte at a time"


class ToxicProxy:
    """Hands each connection on, byte for byte, to the next of its ports where somebody listens."""

    def __init__(self, ports: Sequence[int], seed: int = 0) -> None:
        self.ports = list(ports)
        self.port = 0
        self.connections: dict[int, int] = {}
        """Port → how many it has got."""
        self.toxic: Toxic | None = None
        """What happens to every message from now on."""
        self.harmed: Counter[Toxic] = Counter()
        """To how many messages it happened."""
        self._dice = Random(seed)
        self._going: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        """Where it is reached by HTTP."""
        return f"http://{HOST}:{self.port}"

    @staticmethod
    @asynccontextmanager
    async def open(*ports: int, seed: int = 0, tls: ssl.SSLContext | None = None) -> AsyncGenerator["ToxicProxy"]:
        """A proxy on a port of its own, by TLS where it is told how; what it carries is cut off in the end."""
        proxy = ToxicProxy(ports, seed)
        server = await asyncio.start_server(proxy._hand_on, HOST, 0, ssl=tls)
        proxy.port = server.sockets[0].getsockname()[1]
        try:
            yield proxy
        finally:
            server.close()
            for task in proxy._going:
                task.cancel()
            await asyncio.gather(*proxy._going, return_exceptions=True)

    async def harm(self, toxic: Toxic, seconds: float) -> None:
        """Let this happen to every message for so long, and until it has happened to one."""
        before = self.harmed[toxic]
        self.toxic = toxic
        await asyncio.sleep(seconds)
        while self.harmed[toxic] == before:  # noqa: ASYNC110 - a count rings no bell
            await asyncio.sleep(0.01)
        self.toxic = None

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._going.add(task)
        task.add_done_callback(self._going.discard)
        behind = await self._behind()
        if behind is None:
            writer.close()
            return
        there, back = behind
        async with asyncio.TaskGroup() as both:
            both.create_task(self._carry(reader, back, writer))
            both.create_task(self._carry(there, writer, back))

    async def _behind(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in range(len(self.ports)):
            port = self.ports.pop(0)
            self.ports.append(port)
            with suppress(OSError):
                behind = await asyncio.open_connection(HOST, port)
                self.connections[port] = self.connections.get(port, 0) + 1
                return behind
        return None

    async def _carry(self, reader: asyncio.StreamReader, to: asyncio.StreamWriter, back: asyncio.StreamWriter) -> None:
        """Everything until either side closes or the line breaks."""
        try:
            with suppress(OSError):
                while piece := await reader.read(1 << 16):
                    await self._pass_on(piece, to, back)
                    await to.drain()
        finally:
            to.close()

    async def _pass_on(self, piece: bytes, to: asyncio.StreamWriter, back: asyncio.StreamWriter) -> None:
        if self.toxic is not None:
            self.harmed[self.toxic] += 1
        match self.toxic:
            case Toxic.LATENCY:
                await asyncio.sleep(self._dice.random() * LONGEST_DELAY)
            case Toxic.RESET:
                for end in (to, back):
                    end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, FORGET_AND_RESET)
                    end.transport.abort()
                return
            case Toxic.CUT:
                to.write(piece[: len(piece) // 2])
                for end in (to, back):
                    end.close()
                return
            case Toxic.TRICKLE:
                while len(piece) > 1 and self.toxic is Toxic.TRICKLE:
                    to.write(piece[:1])
                    piece = piece[1:]
                    await asyncio.sleep(BYTE_SECONDS)
            case None:
                pass
        to.write(piece)
