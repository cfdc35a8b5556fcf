"""A site on this machine whose pages are written by the test, and names that resolve as the test says."""

import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from generation.sources.addresses import Address

Answer = web.Response | Callable[[web.Request], Awaitable[web.StreamResponse]]
HERE = ip_address("127.0.0.1")


@dataclass
class Site:
    """What was asked for, in order, and the headers of it."""

    port: int
    answers: Mapping[str, Answer]
    asked: list[str] = field(default_factory=list[str])
    headers: list[Mapping[str, str]] = field(default_factory=list[Mapping[str, str]])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of one of its pages."""
        return f"http://{host}:{self.port}{path}"

    def may_connect(self, address: Address, port: int) -> bool:
        """This site alone may be connected to: to be given to a fetch, for which this machine is private."""
        return address == HERE and port == self.port


@asynccontextmanager
async def site(answers: Mapping[str, Answer]) -> AsyncGenerator[Site]:
    """A site with these answers by path; without one it says 404, also to who asks for robots.txt."""
    running = Site(0, answers)

    async def answer(request: web.Request) -> web.StreamResponse:
        running.asked.append(request.path_qs)
        running.headers.append(dict(request.headers))
        said = running.answers.get(request.path, web.Response(status=404))
        if not isinstance(said, web.Response):
            return await said(request)
        # An answer of aiohttp can be sent once.
        return web.Response(status=said.status, body=said.body, headers=said.headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        listening = web.TCPSite(runner, "127.0.0.1", 0)
        await listening.start()
        running.port = runner.addresses[0][1]
        yield running
    finally:
        await runner.cleanup()


def page(text: str) -> web.Response:
    """A page in HTML."""
    return web.Response(text=f"<!doctype html><html><body><p>{text}</p></body></html>", content_type="text/html")


def redirect(to: str, status: int = 302) -> web.Response:
    """An answer that sends elsewhere."""
    return web.Response(status=status, headers={"Location": to})


class Names(AbstractResolver):
    """Resolves names as a test says: the next address of its list each time, the last one ever after.

    What C's library takes for an address, such as `127.1` and `0x7f000001`, is that address.
    """

    def __init__(self, **addresses: list[str]) -> None:
        self._addresses = {name.replace("_", "."): list(known) for name, known in addresses.items()}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The next address of a name, of whichever family it is."""
        del family
        known = self._addresses.get(host.lower().removesuffix("."))
        if not known:
            known = [socket.inet_ntoa(socket.inet_aton(host))]
        address = known.pop(0) if len(known) > 1 else known[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [
            ResolveResult(hostname=host, host=address, port=port, family=kind, proto=0, flags=socket.AI_NUMERICHOST)
        ]

    async def close(self) -> None:
        """Nothing is open."""
