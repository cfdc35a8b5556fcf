"""A responder that thinks nothing: the same posts, the same three calls an answer, and no more.

What the load reaches against it is the load's own limit, or that of a core in Python; no bot can show more.
"""

import asyncio
import os
import re
from collections import deque
from collections.abc import Callable
from urllib.parse import urlsplit

import uvloop

from benchmarks.wire import Framed, ok, post

PRESS = re.compile(rb'"callback_query":\{"id":"(\d+)-(\d+)"')
CONNECTIONS = 64
TAKEN = ok(b"", b"text/plain")
BUTTONS = '{{"inline_keyboard":[[{{"text":"{text}","callback_data":"c:11111111111:0:0"}}]]}}'
TEXT = "Which gas do plants give off in photosynthesis, and which part of the leaf does it leave through? " * 3


class Call(Framed):
    """A connection to Telegram that makes one call at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.then: Callable[[], None] | None = None

    def message(self, head: bytes, body: bytes) -> None:
        """The answer."""
        del head, body
        assert self.then is not None
        self.then()


class Responder(Framed):
    """A connection of Telegram: each post is answered once three calls are made, one after the other."""

    free: deque[Call]
    waiting: deque["Responder"]
    host: str
    token: str

    def message(self, head: bytes, body: bytes) -> None:
        """One update."""
        del head
        found = PRESS.search(body)
        if found is None:
            self.write(TAKEN)
            return
        chat, press = found[1].decode(), f"{found[1].decode()}-{found[2].decode()}"
        markup = BUTTONS.format(text="Oxygen")
        self._left = [
            self._call("sendMessage", f'{{"chat_id":{chat},"text":"{TEXT}","reply_markup":{markup}}}'),
            self._call("editMessageText", f'{{"chat_id":{chat},"message_id":1,"text":"{TEXT}"}}'),
            self._call("answerCallbackQuery", f'{{"callback_query_id":"{press}","text":"Right"}}'),
        ]
        if self.free:
            self.go_on(self.free.popleft())
        else:
            self.waiting.append(self)

    def _call(self, method: str, body: str) -> bytes:
        return post(f"/bot{self.token}/{method}", self.host, "", body.encode())

    def go_on(self, call: Call) -> None:
        """Make the next call, or hand the connection on."""
        if self._left:
            call.then = lambda: self.go_on(call)
            call.write(self._left.pop())
            return
        self.write(TAKEN)
        if self.waiting:
            self.waiting.popleft().go_on(call)
        else:
            self.free.append(call)


async def main() -> None:
    """Connect, listen, and say so."""
    address, port = urlsplit(os.environ["API_BASE_URL"]).netloc, int(os.environ["PORT"])
    host, _, telegram = address.partition(":")
    Responder.host, Responder.token = address, os.environ["TOKEN"]
    Responder.free, Responder.waiting = deque(), deque()
    loop = asyncio.get_running_loop()
    for _ in range(CONNECTIONS):
        _transport, call = await loop.create_connection(Call, host, int(telegram))
        Responder.free.append(call)
    server = await loop.create_server(Responder, "127.0.0.1", port, backlog=512)
    call = Responder.free.pop()
    call.then = lambda: None
    body = f'{{"url":"http://127.0.0.1:{port}/"}}'.encode()
    call.write(post(f"/bot{Responder.token}/setWebhook", Responder.host, "", body))
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
