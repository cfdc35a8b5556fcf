"""Orders of the control API: who there is, and what people do."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator import people
from simulator.bodies import read_parameters
from simulator.control.requests import Table, body
from simulator.files import mime_type_of
from simulator.orders import Block, Delete, Edit, GiveUpdate, NewBot, NewUser, PressButton, React, Say, SendFile, Vote
from simulator.schema import update_kinds
from simulator.uploads import Upload
from simulator.world import Unknown, World

JsonObject = dict[str, Any]


class People:
    """What people do in one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> Table:
        """Who answers which request."""
        return [
            ("POST", "/bots", self.add_bot),
            ("POST", "/users", self.add_user),
            ("POST", "/say", self.say),
            ("POST", "/upload", self.upload),
            ("POST", "/press", self.press),
            ("POST", "/vote", self.vote),
            ("POST", "/edit", self.edit),
            ("POST", "/react", self.react),
            ("POST", "/block", self.block),
            ("POST", "/delete", self.delete),
            ("POST", "/updates", self.give_update),
        ]

    async def add_bot(self, request: Request) -> Response:
        new = await body(request, NewBot)
        bot = self._world.bot_by_token(new.token)
        if bot is None:
            raise Unknown("The token must be digits:secret, and the secret that of the first call.")
        bot.user.first_name = new.name or bot.user.first_name
        bot.user.username = new.username or bot.user.username
        bot.is_private = bot.is_private if new.privacy is None else new.privacy
        return JSONResponse(bot.user.as_json())

    async def add_user(self, request: Request) -> Response:
        new = await body(request, NewUser)
        user = self._world.add_user(new.first_name, new.id, new.language_code, new.username)
        return JSONResponse(user.as_json())

    async def say(self, request: Request) -> Response:
        order = await body(request, Say)
        before = self._world.events.last
        update_id, message = people.say(
            self._world, order.user, order.text, order.chat, order.reply_to, order.bot, order.thread
        )
        return JSONResponse({"update_id": update_id, "message_id": message.id, "event": before})

    async def upload(self, request: Request) -> Response:
        given = await read_parameters(request)
        file = given.pop("file", None)
        if not isinstance(file, Upload):
            raise Unknown("file: give it as a part of a multipart body, with its file name.")
        order = SendFile.model_validate(given, strict=False)
        kind = order.kind or ("photo" if mime_type_of(file.name) in people.PHOTOS else "document")
        before = self._world.events.last
        update_id, message = people.send_file(
            self._world,
            order.user,
            kind,
            file.name,
            file.content,
            order.caption,
            order.chat,
            order.reply_to,
            order.bot,
            order.thread,
        )
        return JSONResponse({"update_id": update_id, "message_id": message.id, "event": before})

    async def press(self, request: Request) -> Response:
        order = await body(request, PressButton)
        before = self._world.events.last
        update_id, press = people.press(
            self._world, order.user, order.chat, order.message_id, order.data, order.button, order.bot
        )
        return JSONResponse({"update_id": update_id, "callback_query_id": press.id, "event": before})

    async def vote(self, request: Request) -> Response:
        order = await body(request, Vote)
        before = self._world.events.last
        update_ids = people.vote(
            self._world,
            order.user,
            order.chat,
            order.message_id,
            order.option_ids,
            order.bot,
            as_chat=order.as_chat,
        )
        return JSONResponse({"update_ids": update_ids, "event": before})

    async def edit(self, request: Request) -> Response:
        order = await body(request, Edit)
        before = self._world.events.last
        update_id = people.edit(self._world, order.user, order.chat, order.message_id, order.text, order.bot)
        return JSONResponse({"update_id": update_id, "message_id": order.message_id, "event": before})

    async def react(self, request: Request) -> Response:
        order = await body(request, React)
        people.show_feeling(self._world, order.user, order.chat, order.message_id, order.emoji, order.bot)
        return JSONResponse({})

    async def block(self, request: Request) -> Response:
        order = await body(request, Block)
        people.block(self._world, order.user, order.blocked, order.bot)
        return JSONResponse({})

    async def delete(self, request: Request) -> Response:
        order = await body(request, Delete)
        people.delete(self._world, order.chat, order.message_id, order.bot)
        return JSONResponse({})

    async def give_update(self, request: Request) -> Response:
        order = await body(request, GiveUpdate)
        if order.kind not in update_kinds():
            raise Unknown(f"There are no updates of the kind {order.kind!r}, only {', '.join(update_kinds())}.")
        return JSONResponse({"update_id": self._world.bot(order.bot).queue.put(order.kind, order.body)})
