"""What HTTP frameworks hide and a simulator of trouble needs: noticing that a client is gone, and cutting it off."""

import asyncio
import socket
import struct
from collections.abc import Coroutine
from typing import Any

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol


class Cut(Exception):
    """The connection ends without an answer."""


class Connections:
    """The open connections of one server, by the address of the client."""

    def __init__(self) -> None:
        self._transports: dict[tuple[str, int], asyncio.Transport] = {}

    def protocol(self) -> type[H11Protocol]:
        """A uvicorn protocol that keeps these connections known."""
        transports = self._transports

        class KnownConnection(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride] - as uvicorn narrows it
                super().connection_made(transport)
                if self.client is not None:
                    transports[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client is not None:
                    transports.pop(self.client, None)
                super().connection_lost(exc)

        return KnownConnection

    def cut(self, client: tuple[str, int]) -> None:
        """Reset the connection: the client gets no answer and no orderly end."""
        transport = self._transports.get(client)
        if transport is None:
            return
        raw = transport.get_extra_info("socket")
        if raw is not None:
            # To linger for no time makes the kernel send a reset.
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()


class Line:
    """The connection of one request whose body has been read."""

    def __init__(self, scope: Scope, receive: Receive, connections: Connections) -> None:
        self._scope = scope
        self._receive = receive
        self._connections = connections
        self._watch: asyncio.Task[None] | None = None

    async def _until_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass

    @property
    def is_gone(self) -> bool:
        """Whether the client is known to be gone; known only once somebody has waited for it."""
        return self._watch is not None and self._watch.done()

    async def gone(self) -> None:
        """Return when the client has gone."""
        if self._watch is None:
            self._watch = asyncio.create_task(self._until_gone())
        await asyncio.shield(self._watch)

    async def cut(self) -> None:
        """End the connection without an answer; returns when it is ended."""
        self._connections.cut(self._scope["client"])
        await self.gone()

    def close(self) -> None:
        """Stop watching."""
        if self._watch is not None:
            self._watch.cancel()


async def first_of(*waits: Coroutine[Any, Any, object], seconds: float | None = None) -> None:
    """Return when one of them is done or the time is up; the others are cancelled."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
