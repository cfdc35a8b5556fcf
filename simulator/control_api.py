"""The control API as methods, one for each request: what people do, and what can be seen of the bot."""

import sys
from collections.abc import Sequence
from typing import Any, Literal, cast

import httpx

from simulator.conversation import Callback, Event, Fault, Message, Pressed, Said, Voted, read_event, read_message
from simulator.limits import Limit

JsonObject = dict[str, Any]


class Refusal(Exception):
    """The control API did not do what it was asked; the text is its sentence."""


class ControlApi:
    """Requests to a running simulator. Every method may raise Refusal with the simulator's own sentence."""

    def __init__(self, url: str, token: str, http: httpx.AsyncClient) -> None:
        self.url = url
        self.token = token
        self._http = http

    async def _ask(
        self,
        method: str,
        path: str,
        body: JsonObject | None = None,
        within: float = 0.0,
        query: JsonObject | None = None,
    ) -> JsonObject:
        asked = {name: str(value) for name, value in (query or {}).items() if value is not None}
        asked |= {"timeout": str(within)} if within else {}
        # The simulator answers a wait when its time is over; the client must have a little more patience.
        patience = 10.0 + within
        answer = await self._http.request(method, f"/control{path}", json=body, params=asked, timeout=patience)
        return _read(answer)

    async def state(self) -> JsonObject:
        """Who and what there is now: bots, users, chats with members and topics, the last event, the clock."""
        return await self._ask("GET", "/state")

    async def add_bot(self, token: str) -> int:
        """Make the bot of this token known before it calls; returns its id."""
        return (await self._ask("POST", "/bots", {"token": token}))["id"]

    async def add_user(
        self,
        first_name: str = "Ann",
        *,
        language_code: str | None = "en",
        user_id: int | None = None,
        username: str | None = None,
    ) -> int:
        """A new person; returns the id, which is that of the private chat as well."""
        body = {
            "first_name": first_name,
            "language_code": language_code,
            "id": user_id,
            "username": username,
        }
        return (await self._ask("POST", "/users", body))["id"]

    async def add_group(
        self,
        title: str,
        members: Sequence[int],
        *,
        kind: Literal["group", "supergroup"] = "supergroup",
        admins: Sequence[int] = (),
        bots: Sequence[int] | None = None,
    ) -> int:
        """A new group of these people and bots (the only bot if none is named); returns its id."""
        body: JsonObject = {
            "type": kind,
            "title": title,
            "members": list(members),
            "admins": list(admins),
            "bots": None if bots is None else list(bots),
        }
        return (await self._ask("POST", "/chats", body))["id"]

    async def say(
        self,
        user: int,
        text: str,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        bot: int | None = None,
        thread: int | None = None,
    ) -> Said:
        """The person writes, in their private chat unless another is named; `thread` is a topic of a forum."""
        body = {"user": user, "text": text, "chat": chat, "reply_to": reply_to, "bot": bot, "thread": thread}
        return Said(**await self._ask("POST", "/say", body))

    async def upload(
        self,
        user: int,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        kind: Literal["photo", "document"] | None = None,
        chat: int | None = None,
        reply_to: int | None = None,
        bot: int | None = None,
        thread: int | None = None,
    ) -> Said:
        """The person sends a file; a picture goes as a photo unless `kind` says otherwise."""
        given = {
            "user": user,
            "kind": kind,
            "caption": caption,
            "chat": chat,
            "reply_to": reply_to,
            "bot": bot,
            "thread": thread,
        }
        fields = {field: str(value) for field, value in given.items() if value is not None}
        answer = await self._http.post("/control/upload", data=fields, files={"file": (name, content)})
        return Said(**_read(answer))

    async def file(self, file: str | JsonObject) -> bytes:
        """The content of a file, named by its id or as it stands in a message."""
        file_id = file if isinstance(file, str) else file["file_id"]
        answer = await self._http.get(f"/control/files/{file_id}")
        if answer.is_error:
            _read(answer)
        return answer.content

    async def vote(
        self,
        user: int,
        message: int | Message,
        *options: int,
        chat: int | None = None,
        bot: int | None = None,
        as_chat: bool = False,
    ) -> Voted:
        """The person votes in the poll of this message for these options; for none to retract the vote.

        `as_chat` is how an administrator votes who is anonymous in the group."""
        if isinstance(message, Message):
            chat = message.chat_id if chat is None else chat
            message = message.message_id
        body = {
            "user": user,
            "message_id": message,
            "option_ids": list(options),
            "chat": chat,
            "bot": bot,
            "as_chat": as_chat,
        }
        return Voted(**await self._ask("POST", "/vote", body))

    async def press(
        self,
        user: int,
        message: int | Message,
        *,
        button: str | None = None,
        data: str | None = None,
        chat: int | None = None,
        bot: int | None = None,
    ) -> Pressed:
        """The person presses the button with this text, or sends this data, which may be forged."""
        if isinstance(message, Message):
            chat = message.chat_id if chat is None else chat
            message = message.message_id
        body = {
            "user": user,
            "message_id": message,
            "button": button,
            "data": data,
            "chat": chat,
            "bot": bot,
        }
        return Pressed(**await self._ask("POST", "/press", body))

    async def callback(self, pressed: str | Pressed, *, within: float = 0.0) -> Callback:
        """What became of the press so far; waits up to `within` seconds for an answer."""
        query_id = pressed.callback_query_id if isinstance(pressed, Pressed) else pressed
        return Callback(**await self._ask("GET", f"/callbacks/{query_id}", within=within))

    async def give_update(self, kind: str, body: JsonObject, *, bot: int | None = None) -> int | None:
        """Give the bot an update of whatever form; its id (None: the bot does not ask for this kind)."""
        return (await self._ask("POST", "/updates", {"kind": kind, "body": body, "bot": bot}))["update_id"]

    async def block(self, user: int, blocked: bool = True, *, bot: int | None = None) -> None:
        """The person blocks the bot, or lets it in again."""
        await self._ask("POST", "/block", {"user": user, "blocked": blocked, "bot": bot})

    async def delete(self, chat: int, message_id: int, *, bot: int | None = None) -> None:
        """A person deletes a message."""
        await self._ask("POST", "/delete", {"chat": chat, "message_id": message_id, "bot": bot})

    async def messages(self, chat: int, *, bot: int | None = None) -> list[Message]:
        """All messages of the chat in order, deleted ones included and marked."""
        given = await self._ask("GET", f"/chats/{chat}", query={"bot": bot})
        return [read_message(each) for each in given["messages"]]

    async def last_event(self) -> int:
        """The number of the newest event, 0 before the first."""
        return (await self._ask("GET", "/events", query={"after": sys.maxsize}))["last"]

    async def events(self, *, after: int = 0, within: float = 0.0) -> list[Event]:
        """All events after this number; waits up to `within` seconds for the first of them."""
        given = await self._ask("GET", "/events", within=within, query={"after": after})
        return [read_event(each) for each in given["events"]]

    async def calls(self, method: str | None = None, *, chat: int | None = None) -> list[JsonObject]:
        """Calls of the Bot API so far: call, method, parameters, status, response, received_at, answered_at."""
        return (await self._ask("GET", "/calls", query={"method": method, "chat": chat}))["calls"]

    async def violations(self) -> list[JsonObject]:
        """Every broken rule of the Bot API so far: method, rule, where, says, at."""
        return (await self._ask("GET", "/violations"))["violations"]

    async def add_faults(self, *faults: Fault, seed: int | None = None) -> list[int]:
        """Let things go wrong from now on; returns the ids of the rules."""
        rules = [vars(fault) for fault in faults]
        return (await self._ask("POST", "/faults", {"rules": rules, "seed": seed}))["ids"]

    async def faults(self) -> list[JsonObject]:
        """The rules in force, used-up ones included: the fields of a fault, its id, and how many calls it has hit."""
        return (await self._ask("GET", "/faults"))["rules"]

    async def lift_faults(self, fault_id: int | None = None) -> None:
        """End one fault, or all; calls that hang by them go on."""
        await self._ask("DELETE", "/faults" if fault_id is None else f"/faults/{fault_id}")

    async def set_limits(
        self, *, chat: Limit | None = None, group: Limit | None = None, everyone: Limit | None = None
    ) -> None:
        """Answer 429 to sends and edits beyond these limits from now on: in a private chat, in a group, in all."""
        limits = {"chat": chat, "group": group, "everyone": everyone}
        await self._ask("POST", "/limits", {name: vars(limit) for name, limit in limits.items() if limit is not None})

    async def set_delivery(self, *, copies: tuple[int, int] = (1, 1), late: float | bool = 0.0, seed: int = 0) -> None:
        """Deliver each update between so many times; extra copies of presses late with this probability."""
        await self._ask("POST", "/delivery", {"copies": list(copies), "late": late, "seed": seed})

    async def advance_clock(self, seconds: float) -> float:
        """Move the simulated time forward; returns what it is now."""
        return (await self._ask("POST", "/clock", {"advance": seconds}))["now"]

    async def now(self) -> float:
        """The simulated time, as Unix time."""
        return (await self._ask("GET", "/clock"))["now"]

    async def reset(self, *, bots: bool = False) -> None:
        """Forget people, chats, queues, faults, limits, calls and events, and the bots if asked; numbering goes on."""
        await self._ask("POST", "/reset", {"bots": bots})


def _read(answer: httpx.Response) -> JsonObject:
    given = cast("JsonObject", answer.json())
    if answer.is_error:
        raise Refusal(given["error"])
    return given
