"""The control API: what tests and the terminal do with the simulated Telegram, JSON in and out."""

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator import people
from simulator.connections import first_of
from simulator.limits import Limit, Limits
from simulator.orders import (
    Advance,
    Block,
    Delete,
    GiveUpdate,
    NewBot,
    NewChat,
    NewDelivery,
    NewFaults,
    NewLimits,
    NewUser,
    Order,
    PressButton,
    Say,
)
from simulator.updates import Delivery
from simulator.world import Unknown, World

JsonObject = dict[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]

LONGEST_WAIT = 60.0

Asked = TypeVar("Asked", bound=Order)


async def _body(request: Request, kind: type[Asked]) -> Asked:
    return kind.model_validate_json(await request.body() or b"{}")


def _number(request: Request, name: str, default: float) -> float:
    given = request.query_params.get(name)
    try:
        number = default if given is None else float(given)
    except ValueError:
        raise Unknown(f"{name} must be a number, not {given!r}.") from None
    return min(max(number, 0.0), LONGEST_WAIT) if name == "timeout" else number


def _whole(request: Request, name: str) -> int | None:
    given = request.query_params.get(name)
    return None if given is None else _as_whole(name, given)


def _as_whole(name: str, given: str) -> int:
    try:
        return int(given)
    except ValueError:
        raise Unknown(f"{name} must be a whole number, not {given!r}.") from None


# What may stand in the address; anything else there is an error, since it would do nothing.
QUERIES = {
    "/chats/{chat}": {"bot"},
    "/callbacks/{press}": {"timeout"},
    "/events": {"after", "timeout"},
    "/calls": {"method", "chat"},
}


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
        except Unknown as wrong:
            return JSONResponse({"error": str(wrong)}, 400)
        except ValidationError as wrong:
            sentences = [_sentence(error["loc"], error["msg"]) for error in wrong.errors()]
            return JSONResponse({"error": " ".join(sentences)}, 400)

    return guarded


def _sentence(place: tuple[int | str, ...], says: str) -> str:
    where = ".".join(str(step) for step in place)
    return f"{where}: {says}." if where else f"{says}."


class Control:
    """The endpoints of the control API over one world."""

    def __init__(self, world: World, stopping: asyncio.Event) -> None:
        self._world = world
        self._stopping = stopping

    def routes(self, token: str) -> list[Route]:
        """All of them, each behind the token."""
        table: list[tuple[str, str, Endpoint]] = [
            ("POST", "/bots", self.add_bot),
            ("POST", "/users", self.add_user),
            ("POST", "/chats", self.add_chat),
            ("GET", "/chats/{chat}", self.transcript),
            ("POST", "/say", self.say),
            ("POST", "/press", self.press),
            ("GET", "/callbacks/{press}", self.callback),
            ("POST", "/block", self.block),
            ("POST", "/delete", self.delete),
            ("GET", "/events", self.events),
            ("GET", "/calls", self.calls),
            ("GET", "/violations", self.violations),
            ("POST", "/faults", self.add_faults),
            ("GET", "/faults", self.faults),
            ("DELETE", "/faults", self.lift_faults),
            ("DELETE", "/faults/{fault:int}", self.lift_faults),
            ("POST", "/limits", self.set_limits),
            ("POST", "/updates", self.give_update),
            ("POST", "/delivery", self.set_delivery),
            ("POST", "/clock", self.advance),
            ("GET", "/clock", self.clock),
            ("POST", "/reset", self.reset),
        ]
        return [
            Route(f"/control{path}", guard(endpoint, token, QUERIES.get(path, set())), methods=[method])
            for method, path, endpoint in table
        ]

    async def add_bot(self, request: Request) -> Response:
        bot = self._world.bot_by_token((await _body(request, NewBot)).token)
        if bot is None:
            raise Unknown("The token must be digits:secret, and the secret that of the first call.")
        return JSONResponse(bot.user.as_json())

    async def add_user(self, request: Request) -> Response:
        new = await _body(request, NewUser)
        user = self._world.add_user(new.first_name, new.id, new.language_code, new.username)
        return JSONResponse(user.as_json())

    async def add_chat(self, request: Request) -> Response:
        new = await _body(request, NewChat)
        chat = self._world.add_group(new.type, new.title, new.members, new.admins, new.bots)
        return JSONResponse(chat.as_json())

    async def transcript(self, request: Request) -> Response:
        chat_id = _as_whole("chat", request.path_params["chat"])
        bot_id = _whole(request, "bot")
        if bot_id is None and chat_id < 0:
            bot_id = next(iter(self._world.bots), None)
        chat = self._world.chat(chat_id, self._world.bot(bot_id))
        messages = [message.as_transcript() for message in chat.messages.values()]
        return JSONResponse({**chat.as_json(), "messages": messages, "event": self._world.events.last})

    async def say(self, request: Request) -> Response:
        order = await _body(request, Say)
        before = self._world.events.last
        update_id, message = people.say(self._world, order.user, order.text, order.chat, order.reply_to, order.bot)
        return JSONResponse({"update_id": update_id, "message_id": message.id, "event": before})

    async def give_update(self, request: Request) -> Response:
        order = await _body(request, GiveUpdate)
        return JSONResponse({"update_id": self._world.bot(order.bot).queue.put(order.kind, order.body)})

    async def press(self, request: Request) -> Response:
        order = await _body(request, PressButton)
        before = self._world.events.last
        update_id, press = people.press(
            self._world, order.user, order.chat, order.message_id, order.data, order.button, order.bot
        )
        return JSONResponse({"update_id": update_id, "callback_query_id": press.id, "event": before})

    async def callback(self, request: Request) -> Response:
        press = self._world.presses.get(request.path_params["press"])
        if press is None:
            raise Unknown(f"There is no callback query {request.path_params['press']}.")
        await self._wait(request, lambda: bool(press.answers))
        return JSONResponse(press.as_json())

    async def block(self, request: Request) -> Response:
        order = await _body(request, Block)
        people.block(self._world, order.user, order.blocked, order.bot)
        return JSONResponse({})

    async def delete(self, request: Request) -> Response:
        order = await _body(request, Delete)
        people.delete(self._world, order.chat, order.message_id, order.bot)
        return JSONResponse({})

    async def events(self, request: Request) -> Response:
        after = int(_number(request, "after", 0))
        await self._wait(request, lambda: self._world.events.last > after)
        events = self._world.events.after(after)
        return JSONResponse({"events": events, "last": self._world.events.last})

    async def _wait(self, request: Request, is_there: Callable[[], bool]) -> None:
        """Return when it is there, or when the request's timeout is over (0 s if it names none)."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _number(request, "timeout", 0)
        while True:
            rung = self._world.events.bell.next()
            left = deadline - loop.time()
            if is_there() or left <= 0 or self._stopping.is_set():
                return
            await first_of(rung.wait(), self._stopping.wait(), seconds=left)

    async def calls(self, request: Request) -> Response:
        method, chat_id = request.query_params.get("method"), _whole(request, "chat")
        calls = [
            call
            for call in self._world.calls
            if method in {None, call["method"]} and chat_id in {None, call["chat_id"]}
        ]
        return JSONResponse({"calls": calls})

    async def violations(self, _request: Request) -> Response:
        return JSONResponse({"violations": self._world.violations})

    async def add_faults(self, request: Request) -> Response:
        order = await _body(request, NewFaults)
        if order.seed is not None:
            self._world.faults.seed(order.seed)
        added = [self._world.faults.add(rule.model_dump()) for rule in order.rules]
        return JSONResponse({"ids": [fault.id for fault in added]})

    async def faults(self, _request: Request) -> Response:
        return JSONResponse({"rules": [fault.as_json() for fault in self._world.faults.rules()]})

    async def lift_faults(self, request: Request) -> Response:
        fault_id: int | None = request.path_params.get("fault")
        lifted = self._world.faults.remove(fault_id)
        if fault_id is not None and not lifted:
            raise Unknown(f"There is no fault {fault_id}.")
        return JSONResponse({"ids": lifted})

    async def set_limits(self, request: Request) -> Response:
        order = await _body(request, NewLimits)
        chat, group, everyone = (
            None if one is None else Limit(one.calls, one.seconds) for one in (order.chat, order.group, order.everyone)
        )
        self._world.limits = Limits(self._world.clock, chat, group, everyone)
        return JSONResponse({})

    async def set_delivery(self, request: Request) -> Response:
        order = await _body(request, NewDelivery)
        dice = random.Random(order.seed)  # noqa: S311 - repeatable on purpose
        self._world.set_delivery(Delivery((order.copies[0], order.copies[1]), float(order.late), dice))
        return JSONResponse({})

    async def advance(self, request: Request) -> Response:
        self._world.clock.advance((await _body(request, Advance)).advance)
        return await self.clock(request)

    async def clock(self, _request: Request) -> Response:
        clock = self._world.clock
        return JSONResponse({"now": clock.now(), "advanced": clock.advanced})

    async def reset(self, _request: Request) -> Response:
        self._world.reset()
        return JSONResponse({})
