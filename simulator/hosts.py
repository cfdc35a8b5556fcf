"""Whom the simulator answers: those who come by a name it knows, and no page of anybody else."""

import re
from collections.abc import Iterable
from ipaddress import AddressValueError, IPv6Address

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - to know them, not to listen there
"""Addresses to listen on that nobody calls, and by which one they are reached from this machine."""
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@/?#\s]+)(?::[0-9]{1,5})?", re.IGNORECASE)
NAME = re.compile(r"[\w.-]+", re.ASCII)


class WrongName(Exception):
    """What was given is no name of a host; the message is one line that says so."""


def shown(host: str) -> str:
    """How the host that is listened on stands in an address that can be opened on this machine."""
    return EVERYWHERE.get(host) or as_name(host)


def as_name(host: str) -> str:
    """The host as requests name it; raises `WrongName`."""
    name = host.lower().removeprefix("[").removesuffix("]")
    try:
        return f"[{IPv6Address(name)}]"
    except AddressValueError:
        if NAME.fullmatch(name):
            return name
        raise WrongName(f"{host!r} is no name of a host: it looks like simulator, 192.0.2.2 or ::1") from None


class KnownOnly:
    """Refuses requests that a web page elsewhere may have caused, by a foreign Host (DNS rebinding), by a foreign
    Origin, or by what the browser says of the page that asks.

    The chat page's address alone may be come to from anywhere, as by a link: nothing is told there without the key."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = list(dict.fromkeys([*LOCAL_NAMES, *names]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            wrong = self._wrong(Headers(scope=scope), scope["path"])
            if wrong:
                await JSONResponse({"error": wrong}, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _wrong(self, headers: Headers, path: str) -> str:
        host, origin, site = headers.get("host", ""), headers.get("origin"), headers.get("sec-fetch-site", "none")
        named = HOST.fullmatch(host)
        if named is None or named[1].lower() not in self._names:
            return f"The simulator answers to {', '.join(self._names)} only, not to {host!r}; --allow-host adds a name."
        if origin is not None and origin.lower() != f"http://{host}".lower():
            return f"The simulator takes no requests from pages of {origin!r}."
        if site not in {"same-origin", "none"} and path != "/":
            return f"The simulator takes no requests from pages elsewhere, and the browser says {site!r} of this one."
        return ""
