"""Telegram's side of the benchmark: takes the calls of the programs that are measured, and answers as it does."""

import asyncio
import json
import re
from collections.abc import Callable
from itertools import count
from typing import Any, Protocol
from urllib.parse import unquote_plus

from benchmarks.wire import Framed, ok

TRUE = ok(b'{"ok":true,"result":true}')
CALL = re.compile(rb"POST /bot(\d+):[^/ ]+/(\w+) ")
DATE = 1_780_000_000
HEADING = [{"type": "bold", "offset": 0, "length": 4}, {"type": "italic", "offset": 5, "length": 3}]
"""What Telegram reads from marked-up text, as long as that of a real question."""


class Listener(Protocol):
    """What the students of a bot hear of its calls."""

    def toast(self, press: str) -> None:
        """A press was answered."""

    def shown(self, chat: int, message: bytes, keyboard: Any) -> None:  # noqa: ANN401 - as it was sent
        """A new message stands in a chat: itself as Telegram gives it, and its rows of buttons."""

    def hangs(self, chat: int) -> bool:
        """Whether calls about this chat get no answer."""
        ...

    def told_webhook(self, url: str, secret: str) -> None:
        """The bot said where its updates go."""

    def asked_updates(self, offset: int, seconds: float, give: Callable[[bytes], None]) -> None:
        """The bot asks for updates; `give` is called with them, or with none after some seconds."""


class Telegram:
    """A Bot API server for the bots that have listeners, by the number that their token begins with."""

    def __init__(self) -> None:
        self.listeners: dict[int, Listener] = {}
        self.calls: dict[int, int] = {}
        self.webhooks: dict[int, str] = {}
        self.address = ""
        self._ids = count(1_000_000)

    async def open(self) -> asyncio.Server:
        """Listen on a free port of this machine."""
        server = await asyncio.get_running_loop().create_server(lambda: _Connection(self), "127.0.0.1", 0, backlog=512)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return server

    def call(self, bot: int, method: str, body: bytes, answer: Callable[[bytes], None]) -> None:
        """Do what a bot asks for, and answer it: at once, later, or never where a chat hangs."""
        listener = self.listeners[bot]
        self.calls[bot] = self.calls.get(bot, 0) + 1
        fields = _fields(body)
        match method:
            case "answerCallbackQuery":
                press = fields["callback_query_id"]
                if not listener.hangs(int(press.partition("-")[0])):
                    listener.toast(press)
                    answer(TRUE)
            case "sendMessage" | "editMessageText":
                chat = int(fields["chat_id"])
                if not listener.hangs(chat):
                    self._message(bot, chat, fields, answer, is_new=method == "sendMessage")
            case "getMe":
                answer(ok(b'{"ok":true,"result":%b}' % _bot(bot)))
            case "getUpdates":
                listener.asked_updates(int(fields.get("offset", 0)), float(fields.get("timeout", 0)), answer)
            case "setWebhook":
                self.webhooks[bot] = fields["url"]
                listener.told_webhook(fields["url"], fields.get("secret_token", ""))
                answer(TRUE)
            case "getWebhookInfo":
                info = {"url": self.webhooks.get(bot, ""), "has_custom_certificate": False, "pending_update_count": 0}
                answer(ok(json.dumps({"ok": True, "result": info}).encode()))
            case _:
                answer(TRUE)

    def _message(
        self, bot: int, chat: int, fields: dict[str, Any], answer: Callable[[bytes], None], *, is_new: bool
    ) -> None:
        markup = fields.get("reply_markup")
        if isinstance(markup, str):
            markup = json.loads(markup)
        message: dict[str, Any] = {
            "message_id": next(self._ids) if is_new else int(fields["message_id"]),
            "from": json.loads(_bot(bot)),
            "chat": {"id": chat, "first_name": "Student", "type": "private"},
            "date": DATE,
            "text": fields["text"],
            "entities": HEADING,
        }
        if markup:
            message["reply_markup"] = markup
        written = json.dumps(message, separators=(",", ":")).encode()
        answer(ok(b'{"ok":true,"result":%b}' % written))
        if is_new:
            self.listeners[bot].shown(chat, written, markup["inline_keyboard"] if markup else None)


class _Connection(Framed):
    """A connection of a bot; answers go out in the order of the calls, of which a client makes one at a time."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__()
        self._telegram = telegram

    def message(self, head: bytes, body: bytes) -> None:
        """One call."""
        called = CALL.match(head)
        if called is None:
            raise ValueError(f"no call of the Bot API: {head[:80]!r}")
        self._telegram.call(int(called[1]), called[2].decode(), body, self.write)


def _fields(body: bytes) -> dict[str, Any]:
    """The parameters, by whichever of the two forms they come in."""
    if body[:1] == b"{":
        return json.loads(body)
    pairs = (part.partition("=") for part in body.decode().split("&") if part)
    return {name: unquote_plus(value) for name, _, value in pairs}


def _bot(bot: int) -> bytes:
    return b'{"id":%d,"is_bot":true,"first_name":"Quiz","username":"quiz%dbot"}' % (bot, bot)
