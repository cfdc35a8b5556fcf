"""The client of the control API: start a simulator or connect to one, and wait for what the bot does."""

import asyncio
import contextlib
import json
import ssl
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import cast

import httpx

from simulator.control_api import ControlApi, Refusal
from simulator.conversation import (
    Button,
    Callback,
    Event,
    EventKind,
    Fault,
    Message,
    Pressed,
    Said,
    Version,
    Voted,
)
from simulator.limits import Limit
from simulator.markup import Entity

__all__ = [
    "Button",
    "Callback",
    "Entity",
    "Event",
    "EventKind",
    "Fault",
    "Limit",
    "Message",
    "NotSeen",
    "Pressed",
    "Refusal",
    "Said",
    "Simulator",
    "Version",
    "Voted",
    "connect",
    "start_simulator",
]

STARTS_WITHIN = 60.0
ENDS_WITHIN = 15.0
EVENTS_SHOWN = 15


class NotSeen(AssertionError):
    """What was waited for did not happen in time; the text shows the chat and the latest events."""


def is_any(_message: Message) -> bool:
    """Fits every message."""
    return True


class Simulator(ControlApi):
    """A running simulator: everything it can be asked, and waiting for what the bot does."""

    @property
    def bot_api_url(self) -> str:
        """What python-telegram-bot calls `base_url`: the address up to and with `/bot`."""
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        """What python-telegram-bot calls `base_file_url`: where files are downloaded, up to and with `/bot`."""
        return f"{self.url}/file/bot"

    async def follow(self, *, after: int = 0) -> AsyncIterator[Event]:
        """Every event after this number, as they happen, without an end."""
        while True:
            for event in await self.events(after=after, within=30.0):
                after = event.number
                yield event

    async def wait_for_event(
        self, predicate: Callable[[Event], bool], *, after: int = 0, within: float = 30.0
    ) -> Event:
        """The first event after this number that fits; NotSeen when none comes in time."""
        return await self._wait(predicate, after, within, "an event", None, None)

    async def wait_for_message(
        self,
        chat: int,
        predicate: Callable[[Message], bool] = is_any,
        *,
        after: int = 0,
        within: float = 30.0,
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

    async def wait_for_answer(self, pressed: str | Pressed, *, within: float = 30.0) -> Callback:
        """The bot's answer to the press; NotSeen when none comes in time."""
        callback = await self.callback(pressed, within=within)
        if not callback.answered:
            raise await self._not_seen(f"an answer to the press {callback.callback_query_id}", within, None, None)
        return callback

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
