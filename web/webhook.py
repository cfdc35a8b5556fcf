"""Telegram's webhook: an update is handled first, and answered with 200 after."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any, cast

import structlog
from prometheus_client import Counter
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from delivery.json_text import read_json
from storage.errors import StorageUnavailable

log = structlog.stdlib.get_logger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name
LONGEST_BODY = 1 << 20
"""Bytes: an update is a few kilobytes."""
BODY_SECONDS = 10.0
"""Telegram sends a body in one piece."""
AGAIN_SECONDS = 1
CLOSES = {"Connection": "close"}
"""What else comes on the connection is not read."""

ANSWERED = Counter(
    "quizbot_webhooks",
    "Posts to the webhook by the status that answered them: 200 handled, 400 no update, 403 a wrong secret, 408 too "
    "slow, 413 too long, 500 a fault of ours, to come again, 503 to come again.",
    ["status"],
)
ANSWERS = {status: ANSWERED.labels(status) for status in (200, 400, 403, 408, 413, 500, 503)}

HANDLED = Response()

RawUpdate = dict[str, Any]
Take = Callable[[RawUpdate], Awaitable[None]]
"""Handles an update; raises `StorageUnavailable` when Telegram shall bring it again."""


def derived_secret(token: str) -> str:
    """The secret of a bot that was given none: the same in every replica, and no hint at the token (HMAC-SHA256)."""
    return hmac.new(token.encode(), b"webhook", sha256).hexdigest()


class Webhook:
    """The endpoint: 200 once an update is handled or kept for good, 503 when it is to come again."""

    def __init__(self, secret: str, take: Take) -> None:
        self._secret = secret.encode()
        self._take = take

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one post, as an ASGI application: what Starlette wraps functions in costs more than all else here."""
        try:
            response = await self._answer(Request(scope, receive))
        except Exception:  # a fault of ours: Telegram brings the update again, and it is counted
            log.exception("a post could not be answered")
            response = PlainTextResponse("a fault", 500)
        ANSWERS[response.status_code].inc()
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        """The answer to one post; who does not know the secret learns nothing."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret):
            return PlainTextResponse("forbidden", 403, CLOSES)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
        except TimeoutError:
            return PlainTextResponse("too slow", 408, CLOSES)
        except ClientDisconnect:
            return PlainTextResponse("no update", 400)  # which nobody reads
        if body is None:
            return PlainTextResponse("too large", 413, CLOSES)
        update = _update(body)
        if update is None:
            return PlainTextResponse("no update", 400)
        try:
            await self._take(update)
        except StorageUnavailable:
            return PlainTextResponse("later", 503, {"Retry-After": str(AGAIN_SECONDS)})
        return HANDLED


async def _body(request: Request) -> bytes | None:
    """What was posted; None when it is too long, or says that it will be, whose rest is not read."""
    announced = request.headers.get("Content-Length", "0")
    if not announced.isdecimal() or int(announced) > LONGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


def _update(body: bytes) -> RawUpdate | None:
    try:
        update = read_json(body)  # bytes that are no text too: refused, they would come again for ever
    except (ValueError, RecursionError):
        return None
    match update:
        case {"update_id": int()}:
            return cast("RawUpdate", update)
        case _:
            return None
