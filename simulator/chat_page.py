"""The chat page: its files, which are for everybody on this machine, and the headers that keep it to itself."""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = Path(__file__).parent / "page"
# Scripts, styles and pictures of its own, requests to this server only; nothing inline, nothing that becomes HTML.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def page_routes() -> list[BaseRoute]:
    """The page at `/`, its parts below `/page/`."""
    return [Route("/", _index), Route("/page/{name}", _part)]


async def _index(_request: Request) -> Response:
    return _file("index.html")


async def _part(request: Request) -> Response:
    return _file(request.path_params["name"])


def _file(name: str) -> Response:
    path = FOLDER / name
    kind = KINDS.get(path.suffix)
    # A name is no path: whatever has a slash in it, or begins with a dot, is none of ours.
    if kind is None or path.name != name or name.startswith(".") or not path.is_file():
        return Response("There is no such page.", 404, media_type="text/plain")
    # A few kilobytes of this package: a thread to read them in would take longer than reading.
    return Response(path.read_bytes(), media_type=kind)


class SafeHeaders:
    """Adds to every answer but those to bots what a browser must know to be careful with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/bot", "/file/")):
            await self._app(scope, receive, send)
            return
        # What people wrote is not kept by the browser; the page's own files are asked for anew.
        caching = "no-store" if scope["path"].startswith("/control/") else "no-cache"

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**ALWAYS, "Cache-Control": caching}.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", POLICY)
            await send(message)

        await self._app(scope, receive, send_safely)
