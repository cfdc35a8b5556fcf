"""Serving HTTP, until told to stop."""

import asyncio
import contextlib
from collections.abc import Generator

import uvicorn
from starlette.applications import Starlette

from bot.settings import WrongSettings

DRAINS_WITHIN = 15


class Server(uvicorn.Server):
    """A uvicorn server that leaves signals to the program."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """The program has its own."""
        yield


async def serve_until(stopping: asyncio.Event, app: Starlette, host: str, port: int, setting: str) -> None:
    """Serve until told to stop, then finish what is being handled.

    Raises `WrongSettings`, which names the setting, when the port is taken.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=DRAINS_WITHIN,
    )
    server = Server(config)
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(_serve(server, setting), name=f"web server of {setting}")
        told = group.create_task(stopping.wait(), name="stopping")
        await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        told.cancel()


async def _serve(server: Server, setting: str) -> None:
    try:
        await server.serve()
    except SystemExit:  # uvicorn's way to say that the port is taken
        where = f"{server.config.host}:{server.config.port}"
        raise WrongSettings(f"{setting}: {where} cannot be listened on") from None
