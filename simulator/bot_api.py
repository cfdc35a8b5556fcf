"""The Bot API over HTTP: `/bot<token>/<method>`, with checks, faults and the waiting of getUpdates."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from simulator.bodies import Unreadable, read_parameters
from simulator.chats import Bot
from simulator.connections import Connections, Cut, Line, first_of
from simulator.faults import Fault, Refusing
from simulator.files import File
from simulator.methods import chat_of, perform
from simulator.schema import Checked, check_call, method_names
from simulator.sending import Refused
from simulator.uploads import Upload
from simulator.webhooks import Couriers
from simulator.world import World

JsonObject = dict[str, Any]
# Status and body; a body that is text is not what Telegram says, but what came in its place.
Answer = tuple[int, JsonObject | str | File]
DOWNLOAD = "file"
"""The name under which the download of a file is logged and can be given faults."""

LONGEST_POLL = 50
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
ENDED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
PROXY_PAGE = "<!DOCTYPE html><html><title>Sign in</title><p>This network wants to know who you are.</p></html>"
# A client that was killed just before a fault is lifted shows as gone only after the event loop went round.
NOTICE_GONE = 0.01


class BotApi:
    """An ASGI application that answers bots as Telegram does."""

    def __init__(self, world: World, connections: Connections, stopping: asyncio.Event) -> None:
        self._world = world
        self._connections = connections
        self._stopping = stopping
        self._couriers = Couriers(world, self._perform_answer)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        line = Line(scope, receive, self._connections)
        try:
            status, body = await self._serve(Request(scope, receive), line)
        except Cut:
            await line.cut()
        except ClientDisconnect:
            pass  # killed before the call was sent whole, so that there is nothing to do and nobody to tell
        else:
            await _response(status, body)(scope, receive, send)
        finally:
            line.close()

    async def _serve(self, request: Request, line: Line) -> Answer:
        bot = self._world.bot_by_token(request.path_params["token"])
        if bot is None:
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        if "path" in request.path_params:
            return await self._download(bot, request.path_params["path"], line)
        asked: str = request.path_params["method"]
        method = method_names().get(asked.lower(), asked)
        try:
            given = await read_parameters(request)
        except Unreadable as wrong:
            refused = Refused(str(wrong), wrong.code)
            call = self._world.begin_call(bot, method, {})
            self._world.end_call(call, refused.code, refused.as_json())
            return refused.code, refused.as_json()
        call = self._world.begin_call(bot, method, {name: _as_json(value) for name, value in given.items()})
        return await self._logged(call, self._answer(bot, method, given, call, line))

    async def _download(self, bot: Bot, path: str, line: Line) -> Answer:
        call = self._world.begin_call(bot, DOWNLOAD, {"path": path})

        async def answer() -> Answer:
            fault = self._world.faults.choose(DOWNLOAD, None)
            instead = None if fault is None else await self._strike(fault, call, line)
            files = (file for file in self._world.files.values() if file.path == path)
            file = next(files, None)
            return instead or ((404, Refused("Not Found", 404).as_json()) if file is None else (200, file))

        return await self._logged(call, answer())

    async def _logged(self, call: JsonObject, answer: Awaitable[Answer]) -> Answer:
        try:
            status, body = await answer
        except Cut:
            self._world.end_call(call, None, None)
            raise
        self._world.end_call(call, status, body.as_transcript() if isinstance(body, File) else body)
        return status, body

    async def _answer(self, bot: Bot, method: str, given: JsonObject, call: JsonObject, line: Line) -> Answer:
        try:
            checked = self._check(bot, method, given, call)
        except Refused as refused:
            return refused.code, refused.as_json()
        fault = self._world.faults.choose(method, call["chat_id"])
        if fault is not None and fault.when == "before":
            instead = await self._strike(fault, call, line)
            if instead is not None:
                return instead
        try:
            answer: Answer = 200, await self._effect(bot, method, checked.values, checked.answer, line)
        except Refused as refused:
            answer = refused.code, refused.as_json()
        if fault is not None and fault.when == "after":
            return await self._strike(fault, call, line) or answer
        return answer

    async def _effect(self, bot: Bot, method: str, values: JsonObject, wrong: str, line: Line) -> JsonObject:
        if method == "getUpdates" and not wrong:
            return {"ok": True, "result": await self._get_updates(bot, values, line)}
        result = _performed(self._world, bot, method, values, wrong)
        if method in {"setWebhook", "deleteWebhook"}:
            self._couriers.attend(bot)
        return {"ok": True, "result": result}

    def _perform_answer(self, bot: Bot, method: str, given: JsonObject) -> None:
        """Do the one call that may come as the answer to an update; what Telegram would refuse is only logged."""
        method = method_names().get(method.lower(), method)
        call = self._world.begin_call(bot, method, given)
        try:
            body = {"ok": True, "result": self._checked(bot, method, given, call)}
            self._world.end_call(call, 200, body)
        except Refused as refused:
            self._world.end_call(call, refused.code, refused.as_json())

    def _checked(self, bot: Bot, method: str, given: JsonObject, call: JsonObject) -> object:
        checked = self._check(bot, method, given, call)
        return _performed(self._world, bot, method, checked.values, checked.answer)

    def _check(self, bot: Bot, method: str, given: JsonObject, call: JsonObject) -> Checked:
        """The parameters, held against the specification and the limits of sending."""
        if method.lower() not in method_names():
            self._world.violate(bot, method, "unknown_method", method, "the specification has no such method")
            raise Refused("Not Found: method not found", 404)
        checked = check_call(method, given)
        for broken in checked.breaks:
            self._world.violate(bot, method, broken.rule, broken.where, broken.says)
        call["chat_id"] = chat_of(self._world, checked.values)
        wait = self._world.limits.take(bot.id, method, call["chat_id"], checked.values)
        if wait:
            raise refusal("429", wait, None)
        return checked

    async def _strike(self, fault: Fault, call: JsonObject, line: Line) -> Answer | None:
        """Do what the fault orders: cut the call, hold it until it is released, or give it another answer."""
        kind = "fault_holding" if fault.kind == "hang" else "fault_fired"
        seen: JsonObject = {name: call[name] for name in ("call", "method", "parameters")}
        seen |= {"chat": call["chat_id"], "fault": fault.as_json()}
        self._world.events.add(kind, call["bot"], **seen)
        match fault.kind:
            case "garbage":
                return 200, PROXY_PAGE
            case "foreign_401":
                return 401, PROXY_PAGE
            case "foreign_403":
                return 403, PROXY_PAGE
            case "foreign_json":
                return 200, {"message": "no upstream"}
            case "reset":
                raise Cut
            case "hang":
                await first_of(fault.released.wait(), line.gone(), self._stopping.wait(), seconds=fault.seconds)
                await asyncio.sleep(NOTICE_GONE)
                gone = line.is_gone or self._stopping.is_set()
                self._world.events.add("fault_released", call["bot"], gone=gone, **seen)
                if gone:
                    raise Cut
                return None
            case _:
                refused = refusal(fault.kind, fault.retry_after, fault.description)
                return refused.code, refused.as_json()

    async def _get_updates(self, bot: Bot, values: JsonObject, line: Line) -> list[JsonObject]:
        queue = bot.queue
        if bot.webhook is not None:
            raise Refused(WEBHOOK_IS_SET, 409)
        if "allowed_updates" in values:
            queue.allow(values["allowed_updates"])
        offset: int = values.get("offset", 0)
        limit = min(max(values.get("limit", 100), 1), 100)
        deadline = asyncio.get_running_loop().time() + min(max(values.get("timeout", 0), 0), LONGEST_POLL)
        queue.confirm(offset)
        place: asyncio.Event | None = None
        try:
            while True:
                rung = queue.bell.next()
                batch = queue.take(offset, limit)
                left = deadline - asyncio.get_running_loop().time()
                if batch or left <= 0:
                    break
                place = place or queue.begin_waiting()
                await first_of(rung.wait(), place.wait(), line.gone(), self._stopping.wait(), seconds=left)
                # Whoever is gone takes nothing: the updates stay for the next one who asks.
                if line.is_gone or self._stopping.is_set():
                    raise Cut
                if place.is_set():
                    raise Refused(CONFLICT if bot.webhook is None else ENDED_BY_WEBHOOK, 409)
        finally:
            if place is not None:
                queue.end_waiting(place)
        now = self._world.clock.now()
        for update in batch:
            press = self._world.presses.get(str(update.body.get("id")))
            if update.kind == "callback_query" and press is not None and press.delivered_clock is None:
                press.delivered_clock = now
        return [update.as_json() for update in batch]


def _performed(world: World, bot: Bot, method: str, values: JsonObject, wrong: str) -> object:
    if wrong:
        raise Refused(wrong)
    return perform(world, bot, method, values)


def refusal(kind: Refusing, retry_after: int, description: str | None) -> Refused:
    """What Telegram says when it refuses in this way; `description` is for 400, which has many reasons."""
    match kind:
        case "400":
            return Refused(description or "Bad Request: not enough rights to send text messages to the chat")
        case "401":
            return Refused("Unauthorized", 401)
        case "403":
            return Refused("Forbidden: bot was blocked by the user", 403)
        case "404":
            return Refused("Not Found", 404)
        case "429":
            return Refused(f"Too Many Requests: retry after {retry_after}", 429, retry_after=retry_after)
        case "500":
            return Refused("Internal Server Error", 500)
        case "502":
            return Refused("Bad Gateway", 502)


def _response(status: int, body: JsonObject | str | File) -> Response:
    match body:
        case File():
            return Response(body.content, status, media_type="application/octet-stream")
        case str():
            return HTMLResponse(body, status)
        case _:
            wait = body.get("parameters", {}).get("retry_after")
            return JSONResponse(body, status, headers={"Retry-After": str(wait)} if wait else None)


def _as_json(value: object) -> object:
    return {"file_name": value.name, "size": len(value.content)} if isinstance(value, Upload) else value
