"""The server: the Bot API, the control API and the chat page on one address, for those who know its name."""

import asyncio
import contextlib
import json
import secrets
import signal
import socket
import sys
from collections.abc import Generator, Iterable

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from simulator import control
from simulator.address import page_address
from simulator.bot_api import BotApi
from simulator.chat_page import SafeHeaders, page_routes
from simulator.connections import Connections
from simulator.hosts import KnownOnly, WrongName, as_name, shown
from simulator.world import World

CANNOT_LISTEN = 2


class CannotListen(Exception):
    """There is no listening at the address that was asked for; the message is one line that says why."""


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
    world: World, connections: Connections, stopping: asyncio.Event, token: str, names: Iterable[str] = ()
) -> ASGIApp:
    """The ASGI application over one world; it answers to these names beside those of this machine."""
    bot_api = BotApi(world, connections, stopping)
    calls = Route("/bot{token}/{method}", bot_api)
    downloads = Route("/file/bot{token}/{path:path}", bot_api)
    routes = [calls, downloads, *control.routes(world, stopping, token), *page_routes()]
    return SafeHeaders(KnownOnly(Starlette(routes=routes), names))


async def serve(
    host: str, port: int, token: str, die_with_parent: bool = False, allow_hosts: Iterable[str] = ()
) -> None:
    """Serve until SIGTERM or SIGINT, or until standard input ends if it shall die with its parent.

    Raises `CannotListen`, and `WrongName` for one in `allow_hosts` that is none.
    """
    names = [as_name(name) for name in allow_hosts]
    listener = _listen(host, port)
    url = f"http://{shown(host)}:{listener.getsockname()[1]}"
    line = json.dumps({"url": url, "token": token, "page": page_address(url, token)})
    connections, stopping = Connections(), asyncio.Event()
    config = uvicorn.Config(
        make_app(World(), connections, stopping, token, [shown(host), *names]),
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


def run(
    host: str = "127.0.0.1",
    port: int = 0,
    token: str | None = None,
    die_with_parent: bool = False,
    allow_hosts: Iterable[str] = (),
) -> None:
    """Run the simulator until it is told to end; prints one line of JSON, its address, token and page, when ready.

    `die_with_parent` makes it end when its standard input, which must be a pipe, is closed. It answers to the names in
    `allow_hosts` beside those of this machine. Where it cannot listen, or one of those is no name, it says so in one
    line, and exits with status 2.
    """
    try:
        asyncio.run(serve(host, port, token or secrets.token_urlsafe(24), die_with_parent, allow_hosts))
    except (CannotListen, WrongName) as error:
        print(f"simulator: {error}", file=sys.stderr)  # noqa: T201 - a program's last word
        sys.exit(CANNOT_LISTEN)
