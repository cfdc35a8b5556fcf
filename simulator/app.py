"""The server: the Bot API and the control API on one address, for programs on this machine only."""

import asyncio
import contextlib
import json
import secrets
import signal
import socket
import sys
from collections.abc import Generator

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator import control
from simulator.bot_api import BotApi
from simulator.connections import Connections
from simulator.world import World

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
CANNOT_LISTEN = 2


class CannotListen(Exception):
    """There is no listening at the address that was asked for; the message is one line that says why."""


class LocalOnly:
    """Refuses requests that a web page elsewhere may have caused: a foreign Host (DNS rebinding) or Origin."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = {*LOCAL_NAMES, host}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            wrong = self._wrong(headers.get("host", ""), headers.get("origin"))
            if wrong:
                await JSONResponse({"error": wrong}, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _wrong(self, host: str, origin: str | None) -> str:
        name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
        if name not in self._names:
            return f"The simulator answers to {', '.join(LOCAL_NAMES)} only, not to {host!r}."
        if origin is not None and origin != f"http://{host}":
            return f"The simulator takes no requests from pages of {origin!r}."
        return ""


class Server(uvicorn.Server):
    """A uvicorn server that says when it listens, and does not wait for those who wait for it."""

    def __init__(self, config: uvicorn.Config, line: str, stopping: asyncio.Event) -> None:
        super().__init__(config)
        self._line = line
        self._stopping = stopping

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """`serve` below handles them, so that the process ends with status 0."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._line, flush=True)  # noqa: T201 - the line is the promise to who started it

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._stopping.set()
        await super().shutdown(sockets)

    def stop(self) -> None:
        """End soon; hanging calls are cut."""
        self.should_exit = True


def make_app(
    world: World, connections: Connections, stopping: asyncio.Event, token: str, host: str = "127.0.0.1"
) -> ASGIApp:
    """The ASGI application over one world."""
    bot_api = BotApi(world, connections, stopping)
    calls = Route("/bot{token}/{method}", bot_api)
    downloads = Route("/file/bot{token}/{path:path}", bot_api)
    routes = [calls, downloads, *control.routes(world, stopping, token)]
    return LocalOnly(Starlette(routes=routes), host)


async def serve(host: str, port: int, token: str, die_with_parent: bool = False) -> None:
    """Serve until SIGTERM or SIGINT, or until standard input ends if it shall die with its parent.

    Raises `CannotListen`.
    """
    listener = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    line = json.dumps({"url": f"http://{shown}:{listener.getsockname()[1]}", "token": token})
    connections, stopping = Connections(), asyncio.Event()
    config = uvicorn.Config(
        make_app(World(), connections, stopping, token, shown),
        http=connections.protocol(),
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        # With it, a header could change the client's address, by which connections are found.
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=300,
    )
    server = Server(config, line, stopping)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    if die_with_parent:
        await loop.connect_read_pipe(lambda: _Lifeline(server), sys.stdin)
    await server.serve(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only to a socket that names TCP does asyncio give TCP_NODELAY, without which each answer takes 40 ms more.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise CannotListen(f"{host}:{port} cannot be listened on: {error.strerror}") from error
    except OverflowError as error:
        listener.close()
        raise CannotListen(f"no port {port}: it is a number from 0 (a free one) to 65535") from error
    return listener


class _Lifeline(asyncio.Protocol):
    """A pipe from the parent: the kernel closes it when the parent ends, however it ends."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._server.stop()


def run(host: str = "127.0.0.1", port: int = 0, token: str | None = None, die_with_parent: bool = False) -> None:
    """Run the simulator until it is told to end; prints one line of JSON, its address and token, when ready.

    `die_with_parent` makes it end when its standard input, which must be a pipe, is closed. Where it cannot listen it
    says so in one line, and exits with status 2.
    """
    try:
        asyncio.run(serve(host, port, token or secrets.token_urlsafe(24), die_with_parent))
    except CannotListen as error:
        print(f"simulator: {error}", file=sys.stderr)  # noqa: T201 - a program's last word
        sys.exit(CANNOT_LISTEN)
