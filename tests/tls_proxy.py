"""TLS in front of a server that has none: the binary that comes with the bot is built without it."""

import ssl
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from storage.embedded import SHORT_FOLDER
from tests.redis_servers import HOST, WRITTEN, Server
from tests.toxic_proxy import ToxicProxy


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
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        certificate = Path(folder) / "authority.pem"
        authority.cert_pem.write_to_path(certificate)
        async with ToxicProxy.open(server.port, tls=context) as proxy:
            yield TlsProxy(proxy.port, certificate)
