"""Orders of the control API: what there is to be seen of people, chats and the bot."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator.control.requests import Table, as_whole, wait, whole
from simulator.world import Unknown, World

JsonObject = dict[str, Any]


class View:
    """What can be seen in one world; who waits for more is let go when the server stops."""

    def __init__(self, world: World, stopping: asyncio.Event) -> None:
        self._world = world
        self._stopping = stopping

    def table(self) -> Table:
        """Who answers which request."""
        return [
            ("GET", "/state", self.state),
            ("GET", "/chats/{chat}", self.transcript),
            ("GET", "/files/{file}", self.file),
            ("GET", "/callbacks/{press}", self.callback),
            ("GET", "/events", self.events),
            ("GET", "/calls", self.calls),
            ("GET", "/violations", self.violations),
        ]

    async def state(self, _request: Request) -> Response:
        """All that a page must know to begin, and the number of the event from which it goes on."""
        world = self._world
        chats = [*world.groups.values(), *world.private_chats.values()]
        clock = {"now": world.clock.now(), "advanced": world.clock.advanced}
        return JSONResponse(
            {
                "bots": [bot.as_state() for bot in world.bots.values()],
                "users": [user.as_json() for user in world.users.values()],
                "chats": [chat.as_state() for chat in chats],
                "event": world.events.last,
                "clock": clock,
                "limits": world.limits.as_json(),
            }
        )

    async def transcript(self, request: Request) -> Response:
        chat_id = as_whole("chat", request.path_params["chat"])
        bot_id = whole(request, "bot")
        if bot_id is None and chat_id < 0:
            bot_id = next(iter(self._world.bots), None)
        chat = self._world.chat(chat_id, self._world.bot(bot_id))
        messages = [message.as_transcript() for message in chat.messages.values()]
        return JSONResponse({**chat.as_json(), "messages": messages, "event": self._world.events.last})

    async def file(self, request: Request) -> Response:
        file = self._world.files.get(request.path_params["file"])
        if file is None:
            raise Unknown(f"There is no file {request.path_params['file']}.")
        # Whatever somebody sent must not run as a page of this server.
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return Response(file.content, media_type=file.mime_type, headers=headers)

    async def callback(self, request: Request) -> Response:
        press = self._world.presses.get(request.path_params["press"])
        if press is None:
            raise Unknown(f"There is no callback query {request.path_params['press']}.")
        await wait(request, self._world.events, self._stopping, lambda: bool(press.answers))
        return JSONResponse(press.as_json())

    async def events(self, request: Request) -> Response:
        after = whole(request, "after") or 0
        await wait(request, self._world.events, self._stopping, lambda: self._world.events.last > after)
        events = self._world.events.after(after)
        return JSONResponse({"events": events, "last": self._world.events.last})

    async def calls(self, request: Request) -> Response:
        method, chat_id = request.query_params.get("method"), whole(request, "chat")
        calls = [
            call
            for call in self._world.calls
            if method in {None, call["method"]} and chat_id in {None, call["chat_id"]}
        ]
        return JSONResponse({"calls": calls})

    async def violations(self, _request: Request) -> Response:
        return JSONResponse({"violations": self._world.violations})
