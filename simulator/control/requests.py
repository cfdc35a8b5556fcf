"""Requests of the control API: behind the run's token, and answered with a sentence where they are wrong."""

import asyncio
import math
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from simulator.bodies import Unreadable
from simulator.connections import first_of
from simulator.events import EventLog
from simulator.orders import Order
from simulator.world import Unknown

JsonObject = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]
Table = list[tuple[str, str, Endpoint]]
"""Method, path below `/control`, and who answers."""

LONGEST_WAIT = 60.0

Asked = TypeVar("Asked", bound=Order)


async def body(request: Request, kind: type[Asked]) -> Asked:
    """The body as this order; ValidationError when it is none."""
    return kind.model_validate_json(await request.body() or b"{}")


def timeout(request: Request) -> float:
    """The seconds to wait for, from the address: 0 if it names none, and cut to what the simulator waits at most."""
    given = request.query_params.get("timeout", "0")
    try:
        seconds = float(given)
    except ValueError:
        seconds = math.nan
    if math.isnan(seconds):
        raise Unknown(f"timeout must be a number, not {given!r}.")
    return min(max(seconds, 0.0), LONGEST_WAIT)


def whole(request: Request, name: str) -> int | None:
    """A whole number from the address, None when it is not there."""
    given = request.query_params.get(name)
    return None if given is None else as_whole(name, given)


def as_whole(name: str, given: str) -> int:
    """The text as a whole number; Unknown when it is none."""
    try:
        return int(given)
    except ValueError:
        raise Unknown(f"{name} must be a whole number, not {given!r}.") from None


def guard(endpoint: Endpoint, token: str, queries: set[str]) -> Endpoint:
    """The endpoint for those who know the run's token; wrong input becomes a 400 with a sentence."""

    async def guarded(request: Request) -> Response:
        given = request.headers.get("x-simulator-token", "")
        if not secrets.compare_digest(given.encode(), token.encode()):
            return JSONResponse({"error": "The header X-Simulator-Token is missing or wrong."}, 403)
        unknown = request.query_params.keys() - queries
        if unknown:
            return JSONResponse({"error": f"Unknown in the address: {', '.join(sorted(unknown))}."}, 400)
        try:
            return await endpoint(request)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it
        except (Unknown, Unreadable) as wrong:
            return JSONResponse({"error": str(wrong)}, 400)
        except ValidationError as wrong:
            sentences = [_sentence(error["loc"], error["msg"]) for error in wrong.errors()]
            return JSONResponse({"error": " ".join(sentences)}, 400)

    return guarded


def _sentence(place: tuple[int | str, ...], says: str) -> str:
    where = ".".join(str(step) for step in place)
    return f"{where}: {says}." if where else f"{says}."


async def wait(request: Request, events: EventLog, stopping: asyncio.Event, is_there: Callable[[], bool]) -> None:
    """Return when it is there, or when the request's timeout is over."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + timeout(request)
    while True:
        rung = events.bell.next()
        left = deadline - loop.time()
        if is_there() or left <= 0 or stopping.is_set():
            return
        await first_of(rung.wait(), stopping.wait(), seconds=left)
