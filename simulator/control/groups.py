"""Orders of the control API: groups, who is in them, and their topics."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from simulator import groups
from simulator.chats import TOPIC_COLOUR, Chat, User
from simulator.control.requests import Table, body
from simulator.orders import ChangeTopic, Migrate, NewChat, SetMember
from simulator.world import Unknown, World


class Groups:
    """The groups of one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def table(self) -> Table:
        """Who answers which request."""
        return [
            ("POST", "/chats", self.add_chat),
            ("POST", "/members", self.set_member),
            ("POST", "/migrate", self.migrate),
            ("POST", "/topics", self.change_topic),
        ]

    async def add_chat(self, request: Request) -> Response:
        new = await body(request, NewChat)
        people = new.members, new.admins, new.bots
        chat = groups.make_group(self._world, new.type, new.title, *people, owner=new.owner, is_forum=new.is_forum)
        return JSONResponse(chat.as_json())

    async def set_member(self, request: Request) -> Response:
        order = await body(request, SetMember)
        chat, user = self._group(order.chat), self._world.anybody(order.user)
        itself = order.status in {"member", "left"} and not chat.member(user.id).is_administrator and not user.is_bot
        by = user if order.by is None and itself else self._by(chat, order.by)
        groups.set_member(self._world, chat, user, order.status, by, can=order.can, until=order.until)
        return JSONResponse(chat.as_state())

    async def migrate(self, request: Request) -> Response:
        order = await body(request, Migrate)
        chat = self._group(order.chat)
        return JSONResponse(groups.migrate(self._world, chat, self._by(chat, order.by)).as_state())

    async def change_topic(self, request: Request) -> Response:
        order = await body(request, ChangeTopic)
        chat, user = self._group(order.chat), self._world.user(order.user)
        if not chat.is_forum:
            raise Unknown(f"Chat {chat.id} is no forum.")
        if user.id not in chat.members:
            raise Unknown(f"User {user.id} is not a member of chat {chat.id}.")
        if order.thread is None:
            topic = groups.make_topic(self._world, chat, user, order.name or "", {"icon_color": TOPIC_COLOUR})
            return JSONResponse(topic.as_json())
        topic = chat.general if order.thread == chat.general.thread else chat.topics.get(order.thread)
        if topic is None:
            raise Unknown(f"There is no topic {order.thread} in chat {chat.id}.")
        if order.name is not None and order.name != topic.name:
            groups.change_topic(self._world, chat, user, topic, {"name": order.name})
        if order.closed is not None and order.closed != topic.closed:
            groups.close_topic(self._world, chat, user, topic, closed=order.closed)
        return JSONResponse(topic.as_json())

    def _group(self, chat_id: int) -> Chat:
        if chat_id not in self._world.groups:
            raise Unknown(f"There is no group {chat_id}: make one with POST /control/chats.")
        return self._world.groups[chat_id]

    def _by(self, chat: Chat, user_id: int | None) -> User:
        """Who does it: the one named, else who runs the group, else any of its people."""
        if user_id is not None:
            return self._world.anybody(user_id)
        running = [each for each in chat.admins if each in self._world.users]
        for each in (*running, *chat.members):
            return self._world.users[each]
        raise Unknown(f"Nobody is left in chat {chat.id}: say by whom.")
