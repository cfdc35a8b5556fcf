"""TLS in front of a server that has none: the binary that comes with the bot is built without it."""

import asyncio
import ssl
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import trustme

from storage.embedded import SHORT_FOLDER
from tests.redis_servers import HOST, WRITTEN, Server


@dataclass(frozen=True)
class TlsProxy:
    """Where TLS is spoken, and by which authority its certificate is signed."""

    port: int
    authority: Path

    @property
    def url(self) -> str:
        """The address by which its certificate is checked."""
        return f"rediss://:{WRITTEN}@{HOST}:{self.port}?ssl_ca_certs={self.authority}"


@asynccontextmanager
async def tls_in_front_of(server: Server, name: str = HOST) -> AsyncGenerator[TlsProxy]:
    """Hands what it is told by TLS on to a server; its certificate is for this name."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)  # pyright: ignore[reportUnknownMemberType]
    going: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        going.add(task)
        try:
            there, back = await asyncio.open_connection(HOST, server.port)
            async with asyncio.TaskGroup() as both:
                both.create_task(_hand_on(reader, back))
                both.create_task(_hand_on(there, writer))
        finally:
            going.discard(task)

    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        certificate = Path(folder) / "authority.pem"
        authority.cert_pem.write_to_path(certificate)
        listening = await asyncio.start_server(serve, HOST, 0, ssl=context)
        try:
            yield TlsProxy(listening.sockets[0].getsockname()[1], certificate)
        finally:
            listening.close()
            for task in list(going):
                task.cancel()
            await asyncio.gather(*going, return_exceptions=True)


async def _hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        with suppress(OSError):
            while piece := await reader.read(65536):
                writer.write(piece)
                await writer.drain()
    finally:
        writer.close()
