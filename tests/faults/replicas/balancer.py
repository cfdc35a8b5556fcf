"""One address for several processes that serve: each connection goes to the next of them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress


class Balancer:
    """Hands connections on, byte for byte, to the ports that it has at that time."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.port = 0
        self.connections: dict[int, int] = {}
        """Port → how many it has got."""

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    @staticmethod
    @asynccontextmanager
    async def open() -> AsyncGenerator["Balancer"]:
        """A balancer without ports, on a port of its own."""
        balancer = Balancer()
        server = await asyncio.start_server(balancer._hand_on, "127.0.0.1", 0)
        balancer.port = server.sockets[0].getsockname()[1]
        yield balancer
        server.close()

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(len(self.ports)):
            port = self.ports.pop(0)
            self.ports.append(port)
            try:
                behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            self.connections[port] = self.connections.get(port, 0) + 1
            await asyncio.gather(_copy(reader, behind_writer), _copy(behind_reader, writer))
            return
        writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Everything until either side closes."""
    with suppress(OSError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    writer.close()
