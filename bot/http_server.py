"""The HTTP server of a process: where it listens, and how it ends."""

import asyncio
import contextlib
import socket
from collections.abc import Generator

import uvicorn
from starlette.types import ASGIApp

from bot.settings import WrongSettings


class Server(uvicorn.Server):
    """A uvicorn server that leaves signals to the program, and says when it listens."""

    def __init__(self, config: uvicorn.Config, listens: asyncio.Event | None) -> None:
        super().__init__(config)
        self._listens = listens

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        await super().startup(sockets)
        if self._listens is not None:
            self._listens.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """The program has its own."""
        yield


async def serve(
    app: ASGIApp,
    host: str,
    port: int,
    setting: str,
    stopping: asyncio.Event,
    listens: asyncio.Event | None = None,
) -> None:
    """Serve until told to stop, then finish what is being answered; sets `listens` once a connection is accepted.

    Raises `WrongSettings` about the setting that named the port when that cannot be listened on.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
    )
    server = Server(config, listens)
    async with asyncio.TaskGroup() as group:
        taken = f"{setting}: {host}:{port} cannot be listened on"
        serving = group.create_task(_serve(server, taken), name=f"web server of {setting}")
        told = group.create_task(stopping.wait(), name="stopping")
        await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        told.cancel()


async def _serve(server: Server, taken: str) -> None:
    try:
        await server.serve()
    except SystemExit:  # uvicorn's way to say that the port is taken
        raise WrongSettings(taken) from None
