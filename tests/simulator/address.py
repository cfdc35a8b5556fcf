"""Where a bot is posted its updates, as a test wants them answered."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Answer = Callable[[dict[str, Any]], Awaitable[Response]]


class Address:
    """Where a bot is posted its updates; it answers as the test wants, and keeps what came."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.came = asyncio.Event()
        self.answers: Answer = self.takes

    async def takes(self, update: dict[str, Any]) -> Response:
        """Has every update at once."""
        del update
        return Response()

    async def post(self, request: Request) -> Response:
        update = await request.json()
        self.updates.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.came.set()
        return await self.answers(update)

    async def until(self, many: int) -> list[str]:
        """The texts of what came, or what was pressed, as soon as there are so many."""
        async with asyncio.timeout(30):
            while len(self.updates) < many:
                self.came.clear()
                await self.came.wait()
        return [
            update["message"]["text"] if "message" in update else update["callback_query"]["data"]
            for update in self.updates
        ]


@asynccontextmanager
async def listening_address() -> AsyncGenerator[Address]:
    """An address that listens while the context lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = Address(f"http://127.0.0.1:{listening.getsockname()[1]}/hook")
    app = Starlette(routes=[Route("/hook", address.post, methods=["POST"])])
    config = uvicorn.Config(app, lifespan="off", log_config=None)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    yield address
    server.force_exit = True
    await server.shutdown(sockets=[listening])
