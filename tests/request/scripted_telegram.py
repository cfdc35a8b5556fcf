"""A server on this machine that answers each call by a script, down to the bytes: well, badly, late, or not at all."""

import asyncio
import json
import re
import socket
import struct
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from ssl import SSLContext
from typing import Any, Self

WAITS = 20.0

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""What is done once a call was read."""


@dataclass(frozen=True)
class Call:
    """A call as it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def fields(self) -> dict[str, str]:
        """Its fields, as it sent them in one piece."""
        assert self.headers["content-type"] == "application/json"
        return json.loads(self.body)

    @property
    def parts(self) -> dict[str, "Part"]:
        """Its fields and files by their names, as it sent them in parts."""
        kind = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        _, *parts = message_from_bytes(kind + self.body).walk()
        found: dict[str, Part] = {}
        for part in parts:
            name = re.search(r'\bname="([^"]*)"', str(part["Content-Disposition"]))
            content = part.get_payload(decode=True)
            assert name
            assert isinstance(content, bytes)
            found[name[1]] = Part(part.get_content_type(), content)
        return found


@dataclass(frozen=True)
class Part:
    """A field or a file."""

    kind: str
    content: bytes


def says(status: int, body: object, *headers: str) -> Answer:
    """A whole answer: JSON, or bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return sends(head(status, len(content), *headers) + content)


def ok(result: object) -> Answer:
    """Success."""
    return says(200, {"ok": True, "result": result})


def refuses(status: int, description: str, **parameters: Any) -> Answer:  # noqa: ANN401 - any JSON
    """A refusal in Telegram's form."""
    more = {"parameters": parameters} if parameters else {}
    return says(status, {"ok": False, "error_code": status, "description": description, **more})


def head(status: int, length: int | str, *headers: str) -> bytes:
    """The head of an answer whose body is so long."""
    lines = [f"HTTP/1.1 {status} So", f"Content-Length: {length}", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def sends(content: bytes) -> Answer:
    """Bytes, whatever they are."""

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await writer.drain()

    return answer


def cuts_off(content: bytes = b"", *, resets: bool = False) -> Answer:
    """Some bytes, and then the end of the connection."""

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await writer.drain()
        if resets:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort() if resets else writer.close()

    return answer


def closes(content: bytes) -> Answer:
    """Bytes, and then the end of the connection, which the other side has seen once `was_left` returns."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        writer.write_eof()
        await reader.read()

    return answer


def hangs(content: bytes = b"") -> Answer:
    """Some bytes, and then nothing more, until the other side leaves."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        await reader.read()

    return answer


def drips(content: bytes, seconds: float) -> Answer:
    """A byte now and then, for ever."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(content)
        while not reader.at_eof():
            writer.write(b" ")
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await reader.read()

    return answer


def waits(event: asyncio.Event, then: Answer) -> Answer:
    """An answer that comes when it is let."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await event.wait()
        await then(reader, writer)

    return answer


class ScriptedTelegram:
    """Gives the next of `answers` to each call, success without them; keeps calls, and counts connections."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: list[Answer] = []
        self.calls: list[Call] = []
        self.connections = 0
        self._asked = asyncio.Semaphore(0)
        self._left = asyncio.Semaphore(0)
        self._serving: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def running(cls, ssl: SSLContext | None = None) -> AsyncGenerator[Self]:
        listening = socket.create_server(("127.0.0.1", 0))
        scheme = "https" if ssl else "http"
        telegram = cls(f"{scheme}://127.0.0.1:{listening.getsockname()[1]}")
        server = await asyncio.start_server(telegram._accept, sock=listening, ssl=ssl)
        try:
            yield telegram
        finally:
            server.close()
            for one in telegram._serving:
                one.cancel()
            await asyncio.gather(*telegram._serving, return_exceptions=True)
            await asyncio.sleep(0)  # in which what was aborted is closed

    async def was_asked(self) -> None:
        """Wait for a call."""
        async with asyncio.timeout(WAITS):
            await self._asked.acquire()

    async def was_left(self) -> None:
        """Wait until a connection was closed."""
        async with asyncio.timeout(WAITS):
            await self._left.acquire()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        serving = asyncio.ensure_future(self._serve(reader, writer))
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError):
                while not writer.is_closing() and (call := await _read(reader)):
                    self.calls.append(call)
                    self._asked.release()
                    await (self.answers.pop(0) if self.answers else ok(True))(reader, writer)
            self._left.release()
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        finally:
            writer.transport.abort()


async def _read(reader: asyncio.StreamReader) -> Call | None:
    try:
        start, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, target, _ = start.split(" ")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    except asyncio.IncompleteReadError:
        return None
    return Call(method, target, headers, body)
