"""The client of the control API: start a simulator, do what people do, wait for what the bot does."""

import asyncio
import contextlib
import json
import ssl
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from typing import Any, Literal, cast

import httpx

from simulator.conversation import (
    Button,
    Callback,
    Entity,
    Event,
    EventKind,
    Fault,
    Message,
    Pressed,
    Said,
    Version,
    read_event,
    read_message,
)

__all__ = [
    "Button",
    "Callback",
    "Entity",
    "Event",
    "EventKind",
    "Fault",
    "Message",
    "NotSeen",
    "Pressed",
    "Refusal",
    "Said",
    "Simulator",
    "Version",
    "connect",
    "start_simulator",
]

JsonObject = dict[str, Any]

STARTS_WITHIN = 15.0
ENDS_WITHIN = 5.0
EVENTS_SHOWN = 15


class Refusal(Exception):
    """The control API did not do what it was asked; the text is its sentence."""


class NotSeen(AssertionError):
    """What was waited for did not happen in time; the text shows the chat and the latest events."""


def is_any(_message: Message) -> bool:
    """Fits every message."""
    return True


class Simulator:
    """A running simulator. Every method may raise Refusal with the simulator's own sentence."""

    def __init__(self, url: str, token: str, http: httpx.AsyncClient) -> None:
        self.url = url
        self.token = token
        self._http = http

    @property
    def bot_api_url(self) -> str:
        """What python-telegram-bot calls `base_url`: the address up to and with `/bot`."""
        return f"{self.url}/bot"

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
        given = cast("JsonObject", answer.json())
        if answer.is_error:
            raise Refusal(given["error"])
        return given

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
    ) -> Said:
        """The person writes, in their private chat unless another is named."""
        body = {"user": user, "text": text, "chat": chat, "reply_to": reply_to, "bot": bot}
        return Said(**await self._ask("POST", "/say", body))

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

    async def wait_for_answer(self, pressed: str | Pressed, *, within: float = 5.0) -> Callback:
        """The bot's answer to the press; NotSeen when none comes in time."""
        callback = await self.callback(pressed, within=within)
        if not callback.answered:
            raise await self._not_seen(f"an answer to the press {callback.callback_query_id}", within, None, None)
        return callback

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

    async def lift_faults(self, fault_id: int | None = None) -> None:
        """End one fault, or all; calls that hang by them go on."""
        await self._ask("DELETE", "/faults" if fault_id is None else f"/faults/{fault_id}")

    async def set_delivery(self, *, copies: tuple[int, int] = (1, 1), late: float | bool = 0.0, seed: int = 0) -> None:
        """Deliver each update between so many times; extra copies of presses late with this probability."""
        await self._ask("POST", "/delivery", {"copies": list(copies), "late": late, "seed": seed})

    async def advance_clock(self, seconds: float) -> float:
        """Move the simulated time forward; returns what it is now."""
        return (await self._ask("POST", "/clock", {"advance": seconds}))["now"]

    async def now(self) -> float:
        """The simulated time, as Unix time."""
        return (await self._ask("GET", "/clock"))["now"]

    async def reset(self) -> None:
        """Forget people, chats, queues, faults, calls and events; bots and all numbering go on."""
        await self._ask("POST", "/reset", {})

    async def follow(self, *, after: int = 0) -> AsyncIterator[Event]:
        """Every event after this number, as they happen, without an end."""
        while True:
            for event in await self.events(after=after, within=30.0):
                after = event.number
                yield event

    async def wait_for_event(self, predicate: Callable[[Event], bool], *, after: int = 0, within: float = 5.0) -> Event:
        """The first event after this number that fits; NotSeen when none comes in time."""
        return await self._wait(predicate, after, within, "an event", None, None)

    async def wait_for_message(
        self,
        chat: int,
        predicate: Callable[[Message], bool] = is_any,
        *,
        after: int = 0,
        within: float = 5.0,
        bot: int | None = None,
    ) -> Message:
        """The first message that a bot sent or edited in the chat after this event number and that fits."""

        def fits(event: Event) -> bool:
            message = event.message
            is_new = event.kind in {"message", "message_edited"} and event.chat == chat
            ours = bot is None or event.bot == bot
            return is_new and ours and message is not None and message.from_bot and predicate(message)

        event = await self._wait(fits, after, within, f"a message in chat {chat}", chat, bot)
        return cast("Message", event.message)

    async def _wait(
        self,
        predicate: Callable[[Event], bool],
        after: int,
        within: float,
        what: str,
        chat: int | None,
        bot: int | None,
    ) -> Event:
        deadline = asyncio.get_running_loop().time() + within
        left = within
        while left > 0:
            for event in await self.events(after=after, within=left):
                if predicate(event):
                    return event
                after = event.number
            left = deadline - asyncio.get_running_loop().time()
        raise await self._not_seen(what, within, chat, bot)

    async def _not_seen(self, what: str, within: float, chat: int | None, bot: int | None) -> NotSeen:
        events = await self.events()
        if chat is None:
            chats = dict.fromkeys(event.chat for event in events if event.message and event.chat)
        else:
            chats = {chat: None}
        shown = [f"{what} was not seen within {within:g} s."]
        for each in chats:
            shown.append(f"--- chat {each}")
            with contextlib.suppress(Refusal):
                shown += [_line(message) for message in await self.messages(each or 0, bot=bot)]
        shown.append("--- latest events")
        shown += [_event_line(event) for event in events[-EVENTS_SHOWN:]]
        return NotSeen("\n".join(shown))


def _line(message: Message) -> str:
    marks = ["edited"] * bool(message.edits) + ["deleted"] * message.deleted
    mark = f" ({', '.join(marks)})" if marks else ""
    buttons = "".join(f" [{button.text}]" for button in message.buttons)
    return f"{message.message_id} {message.sender_name}{mark}: {message.html}{buttons}"


def _event_line(event: Event) -> str:
    about = [event.method, event.status, event.update_id, event.message_id, event.text, event.says]
    return f"{event.number} {event.kind} " + " ".join(str(each) for each in about if each is not None)


@contextlib.asynccontextmanager
async def connect(url: str, token: str) -> AsyncGenerator[Simulator]:
    """A client of a simulator that runs already."""
    headers = {"X-Simulator-Token": token}
    # The simulator is on this machine: a proxy from the environment would only be in the way, and the
    # certificates that httpx would otherwise load take longer than all the rest.
    trust_nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    async with httpx.AsyncClient(base_url=url, headers=headers, trust_env=False, verify=trust_nobody) as http:
        yield Simulator(url, token, http)


@contextlib.asynccontextmanager
async def start_simulator(*, port: int = 0) -> AsyncGenerator[Simulator]:
    """Start a simulator of one's own; it ends with the context, and with this process however that ends."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", "--port", str(port), "--die-with-parent"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        line = await asyncio.wait_for(cast("asyncio.StreamReader", process.stdout).readline(), STARTS_WITHIN)
        if not line:
            raise Refusal(f"The simulator ended with status {await process.wait()} before it listened.")
        ready = cast("dict[str, str]", json.loads(line))
        async with connect(ready["url"], ready["token"]) as simulator:
            yield simulator
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), ENDS_WITHIN)
            except TimeoutError:
                process.kill()
                await process.wait()
