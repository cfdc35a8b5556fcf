"""Just enough HTTP/1.1 on asyncio's protocols that the load costs little of its core: kept-alive, with lengths."""

import asyncio
from collections.abc import Callable
from typing import cast

END = b"\r\n\r\n"


class Framed(asyncio.Protocol):
    """Cuts what arrives into whole messages; each goes to `message(head, body)`."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to; the event loop has set TCP_NODELAY, on which 40 ms an answer hang."""
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass of it

    def data_received(self, data: bytes) -> None:
        """Take what has come, and hand on every message that is whole."""
        buffer = self._buffer + data if self._buffer else data
        while True:
            end = buffer.find(END)
            if end < 0:
                break
            head = buffer[:end]
            whole = end + len(END) + length_of(head)
            if len(buffer) < whole:
                break
            self.message(head, buffer[end + len(END) : whole])
            buffer = buffer[whole:]
        self._buffer = buffer

    def message(self, head: bytes, body: bytes) -> None:
        """Take one message; each side of the wire has its own way."""
        raise NotImplementedError

    def write(self, data: bytes) -> None:
        """Send; what is written to a closed connection is lost, as it would be."""
        if self.transport is not None:
            self.transport.write(data)


def length_of(head: bytes) -> int:
    """How long the body is that belongs to a head."""
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at < 0:
        if b"transfer-encoding:" in lower:
            raise ValueError("a body in chunks: the measured programs send none")
        return 0
    end = lower.find(b"\r", at)
    return int(lower[at + 15 : end if end >= 0 else None])


def ok(body: bytes, kind: bytes = b"application/json") -> bytes:
    """An answer of status 200."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n%b" % (kind, len(body), body)


class Poster(Framed):
    """One kept-alive connection that posts one body at a time."""

    def __init__(self, freed: Callable[["Poster", int], None], lost: Callable[["Poster"], None]) -> None:
        super().__init__()
        self._freed = freed
        self._lost = lost

    def message(self, head: bytes, body: bytes) -> None:
        """The answer to what was posted."""
        del body
        self._freed(self, int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        """The program closed it, or is gone."""
        del exc
        self._lost(self)


def post(path: str, host: str, secret: str, body: bytes) -> bytes:
    """A request as Telegram posts an update."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
