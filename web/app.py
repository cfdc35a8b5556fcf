"""The web application: webhook, `/healthz` and `/readyz`."""

import time
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from storage.connection import Storage
from storage.errors import StorageUnavailable
from web.webhook import Take, Webhook

PATH = "/telegram"
MOST_SECONDS_OFF = 1.0
"""By so much may the clock of this process differ from that of Redis: timers are set by it."""

Troubles = Callable[[], Awaitable[list[str]]]
"""What keeps this process from doing its work, in words; empty when nothing does."""


def make_app(secret: str, take: Take, troubles: Troubles) -> Starlette:
    """What a process that serves answers."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        found = await troubles()
        return JSONResponse({"ready": not found, "troubles": found}, 503 if found else 200)

    return Starlette(
        routes=[
            Route(PATH, Webhook(secret, take), methods=["POST"]),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
        ]
    )


async def storage_troubles(storage: Storage, clock: Callable[[], float] = time.time) -> list[str]:
    """Whether Redis answers, and the clocks agree; `clock` gives seconds since 1970."""
    try:
        now = await storage.now()
    except StorageUnavailable:
        return ["Redis does not answer"]
    off = abs(clock() - now / 1000)
    return [f"the clock is {off:.1f} s away from that of Redis"] if off > MOST_SECONDS_OFF else []
