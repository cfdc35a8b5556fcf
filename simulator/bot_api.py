"""The Bot API over HTTP: `/bot<token>/<method>`, with checks, faults and the waiting of getUpdates."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from simulator.bodies import Unreadable, read_parameters
from simulator.chats import Bot
from simulator.connections import Connections, Cut, Line, first_of
from simulator.faults import Fault
from simulator.methods import chat_of, perform
from simulator.schema import Upload, check_call, method_names
from simulator.sending import Refused
from simulator.world import World

JsonObject = dict[str, Any]

LONGEST_POLL = 50
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
# A client that was killed just before a fault is lifted shows as gone only after the event loop went round.
NOTICE_GONE = 0.01


class BotApi:
    """An ASGI application that answers bots as Telegram does."""

    def __init__(self, world: World, connections: Connections, stopping: asyncio.Event) -> None:
        self._world = world
        self._connections = connections
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        line = Line(scope, receive, self._connections)
        try:
            status, body = await self._serve(Request(scope, receive), line)
        except Cut:
            await line.cut()
        else:
            await JSONResponse(body, status)(scope, receive, send)
        finally:
            line.close()

    async def _serve(self, request: Request, line: Line) -> tuple[int, JsonObject]:
        bot = self._world.bot_by_token(request.path_params["token"])
        if bot is None:
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        asked: str = request.path_params["method"]
        method = method_names().get(asked.lower(), asked)
        try:
            given = await read_parameters(request)
        except Unreadable as wrong:
            refused = Refused(str(wrong))
            call = self._world.begin_call(bot, method, {})
            self._world.end_call(call, refused.code, refused.as_json())
            return refused.code, refused.as_json()
        call = self._world.begin_call(bot, method, {name: _as_json(value) for name, value in given.items()})
        try:
            status, body = await self._answer(bot, method, given, call, line)
        except Cut:
            self._world.end_call(call, None, None)
            raise
        self._world.end_call(call, status, body)
        return status, body

    async def _answer(
        self, bot: Bot, method: str, given: JsonObject, call: JsonObject, line: Line
    ) -> tuple[int, JsonObject]:
        if method.lower() not in method_names():
            self._world.violate(bot, method, "unknown_method", method, "the specification has no such method")
            return 404, Refused("Not Found: method not found", 404).as_json()
        checked = check_call(method, given)
        for broken in checked.breaks:
            self._world.violate(bot, method, broken.rule, broken.where, broken.says)
        call["chat_id"] = chat_of(self._world, checked.values)
        fault = self._world.faults.choose(method, call["chat_id"])
        try:
            if fault is not None and fault.when == "before":
                await self._strike(fault, call, line)
            answer = 200, await self._effect(bot, method, checked.values, checked.answer, line)
        except Refused as refused:
            answer = refused.code, refused.as_json()
        try:
            if fault is not None and fault.when == "after":
                await self._strike(fault, call, line)
        except Refused as refused:
            answer = refused.code, refused.as_json()
        return answer

    async def _effect(self, bot: Bot, method: str, values: JsonObject, wrong: str, line: Line) -> JsonObject:
        if wrong:
            raise Refused(wrong)
        if method == "getUpdates":
            return {"ok": True, "result": await self._get_updates(bot, values, line)}
        return {"ok": True, "result": perform(self._world, bot, method, values)}

    async def _strike(self, fault: Fault, call: JsonObject, line: Line) -> None:
        """Do what the fault orders: refuse, cut, or hold the call until it is released."""
        kind = "fault_holding" if fault.kind == "hang" else "fault_fired"
        seen: JsonObject = {name: call[name] for name in ("call", "method", "parameters")}
        seen |= {"chat": call["chat_id"], "fault": fault.as_json()}
        self._world.events.add(kind, call["bot"], **seen)
        match fault.kind:
            case "429":
                seconds = fault.retry_after
                raise Refused(f"Too Many Requests: retry after {seconds}", 429, retry_after=seconds)
            case "500":
                raise Refused("Internal Server Error", 500)
            case "502":
                raise Refused("Bad Gateway", 502)
            case "reset":
                raise Cut
            case "hang":
                await first_of(fault.released.wait(), line.gone(), self._stopping.wait(), seconds=fault.seconds)
                await asyncio.sleep(NOTICE_GONE)
                gone = line.is_gone or self._stopping.is_set()
                self._world.events.add("fault_released", call["bot"], gone=gone, **seen)
                if gone:
                    raise Cut

    async def _get_updates(self, bot: Bot, values: JsonObject, line: Line) -> list[JsonObject]:
        queue = bot.queue
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
                    raise Refused(CONFLICT, 409)
        finally:
            if place is not None:
                queue.end_waiting(place)
        now = self._world.clock.now()
        for update in batch:
            press = self._world.presses.get(str(update.body.get("id")))
            if update.kind == "callback_query" and press is not None and press.delivered_clock is None:
                press.delivered_clock = now
        return [update.as_json() for update in batch]


def _as_json(value: object) -> object:
    return {"file_name": value.name, "size": value.size} if isinstance(value, Upload) else value
