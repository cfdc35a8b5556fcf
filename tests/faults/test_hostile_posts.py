"""Promise 7 at the webhook's own port: posts that are forged, endless, slow, half or no text; real connections.

Whatever is sent, nothing is taken that Telegram did not post, others are answered meanwhile, and nothing is logged as
a fault of ours.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any

import pytest

from bot.http_server import serve
from tests.faults.replicas.replica import free_port
from tests.injected import inject
from web import webhook
from web.app import PATH, make_app
from web.readiness import Readiness
from web.webhook import LONGEST_BODY, SECRET_HEADER, Webhook, derived_secret

HOST = "127.0.0.1"
SECRET = derived_secret("123456:of-nobody")
UPDATE = {"update_id": 7, "message": {"text": "hi"}}
BODY = json.dumps(UPDATE).encode()
PROVED = {SECRET_HEADER: SECRET}
CHUNKED = {**PROVED, "Transfer-Encoding": "chunked"}
WITHIN = 20.0


async def look() -> Readiness:
    return Readiness([])


class Post:
    """A connection on which a post begins."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, *pieces: bytes) -> None:
        """More of it."""
        for piece in pieces:
            self.writer.write(piece)

    async def status(self) -> int | None:
        """The status of the answer; None when the connection ends without one."""
        async with asyncio.timeout(WITHIN):
            line = await self.reader.readline()
        return int(line.split()[1]) if line else None

    async def ends(self) -> None:
        """Wait until the other side has closed."""
        async with asyncio.timeout(WITHIN):
            with suppress(ConnectionError):
                await self.reader.read()


class Port:
    """The webhook at a port of its own, and what it took."""

    def __init__(self) -> None:
        self.number = free_port()
        self.taken: list[dict[str, Any]] = []
        self.stopping = asyncio.Event()
        self.posts: list[Post] = []

    async def take(self, update: dict[str, Any]) -> None:
        self.taken.append(update)

    async def serve(self, listens: asyncio.Event) -> None:
        app = make_app(look, Webhook(SECRET, self.take))
        await serve(app, HOST, self.number, "QUIZBOT_PORT", self.stopping, listens)

    async def begin(self, headers: Mapping[str, str], target: str = PATH) -> Post:
        """A post whose head is sent."""
        inject("post, hostile or honest")
        post = Post(*await asyncio.open_connection(HOST, self.number))
        self.posts.append(post)
        lines = [f"POST {target} HTTP/1.1", f"Host: {HOST}", *(f"{name}: {value}" for name, value in headers.items())]
        post.send("\r\n".join([*lines, "", ""]).encode())
        return post

    async def post(self, content: bytes, headers: Mapping[str, str], target: str = PATH) -> int | None:
        """The answer to a whole post."""
        post = await self.begin({**headers, "Content-Length": str(len(content))}, target)
        post.send(content)
        return await post.status()

    async def is_served(self) -> None:
        """Fail unless Telegram is answered at once, and its update taken."""
        before = len(self.taken)
        assert await self.post(BODY, PROVED) == 200
        assert len(self.taken) == before + 1


@pytest.fixture
async def port(caplog: pytest.LogCaptureFixture) -> AsyncGenerator[Port]:
    caplog.set_level(logging.WARNING)
    port, listens = Port(), asyncio.Event()
    serving = asyncio.create_task(port.serve(listens))
    await asyncio.wait_for(listens.wait(), WITHIN)
    yield port
    for post in port.posts:
        post.writer.close()
        with suppress(ConnectionError):
            await post.writer.wait_closed()
    port.stopping.set()
    await asyncio.wait_for(serving, WITHIN)
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize(
    ("headers", "target"),
    [
        ({"Authorization": SECRET}, PATH),
        ({"Authorization": f"Bearer {SECRET}"}, PATH),
        ({"Cookie": f"{SECRET_HEADER}={SECRET}"}, PATH),
        ({f"{SECRET_HEADER}s": SECRET}, PATH),
        ({f"X-{SECRET_HEADER}": SECRET}, PATH),
        ({SECRET_HEADER: f"{SECRET}{SECRET}"}, PATH),
        ({SECRET_HEADER: f"{SECRET}, x"}, PATH),
        ({}, f"{PATH}?secret_token={SECRET}"),
        ({}, f"{PATH}?{SECRET_HEADER}={SECRET}"),
    ],
)
async def test_the_secret_counts_in_its_own_header_only(port: Port, headers: dict[str, str], target: str) -> None:
    assert await port.post(BODY, headers, target) == 403
    assert port.taken == []


async def test_whoever_does_not_know_the_secret_is_turned_away_before_a_body_comes(port: Port) -> None:
    """However long they say it will be; and the connection is theirs no longer."""
    post = await port.begin({"Content-Length": str(10**12)})
    assert await post.status() == 403
    await post.ends()
    await port.is_served()


@pytest.mark.parametrize("length", [str(LONGEST_BODY + 1), str(10**15)])
async def test_a_body_that_will_be_too_long_is_not_waited_for(port: Port, length: str) -> None:
    post = await port.begin({**PROVED, "Content-Length": length})
    assert await post.status() == 413
    await post.ends()
    await port.is_served()


async def test_a_body_without_a_length_is_read_up_to_the_limit(port: Port) -> None:
    post = await port.begin(CHUNKED)
    post.send(*(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (BODY[:9], BODY[9:])), b"0\r\n\r\n")
    assert await post.status() == 200
    assert port.taken == [UPDATE]

    endless = await port.begin(CHUNKED)
    piece = b" " * (1 << 16)
    endless.send(*([b"%x\r\n%s\r\n" % (len(piece), piece)] * (LONGEST_BODY // len(piece) + 2)))
    assert await endless.status() == 413
    await port.is_served()


async def test_a_body_that_drips_is_given_up_and_holds_up_nobody(port: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "BODY_SECONDS", 0.5)
    posts = [await port.begin({**PROVED, "Content-Length": str(len(BODY))}) for _ in range(30)]

    async def drip(post: Post) -> None:
        for byte in BODY:
            post.send(bytes([byte]))
            await asyncio.sleep(0.1)

    dripping = [asyncio.create_task(drip(post)) for post in posts]
    await port.is_served()
    assert {await post.status() for post in posts} == {408}
    assert len(port.taken) == 1
    for task in dripping:
        task.cancel()
    await asyncio.wait(dripping)


async def test_a_client_that_leaves_in_the_middle_is_no_fault_of_ours(port: Port) -> None:
    post = await port.begin({**PROVED, "Content-Length": str(len(BODY))})
    post.send(BODY[:10])
    await post.writer.drain()
    post.writer.close()
    half_closed = await port.begin({**PROVED, "Content-Length": str(len(BODY))})
    half_closed.send(BODY[:10])
    half_closed.writer.write_eof()
    await half_closed.ends()
    await port.is_served()
    assert len(port.taken) == 1


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "?/?"])
async def test_what_the_content_is_called_does_not_matter(port: Port, kind: str) -> None:
    assert await port.post(BODY, {**PROVED, "Content-Type": kind}) == 200
    assert port.taken == [UPDATE]


@pytest.mark.parametrize(
    "content",
    [
        b"<update/>",
        b'{"update_id": 7',
        b'{"update_id": 7.0}',
        b'{"update_id": NaN}',
        b'{"update_id": null}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b'{"update_id": 7, "message": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'\xff\xfe{\x00"\x00',
        b'[{"update_id": 7}]',
    ],
)
async def test_what_is_no_update_is_refused_however_it_is_broken(port: Port, content: bytes) -> None:
    assert await port.post(content, PROVED) == 400
    assert port.taken == []
    await port.is_served()


async def test_half_a_character_is_replaced_and_a_whole_one_kept(port: Port) -> None:
    """What is no text could be neither stored nor sent on."""
    assert await port.post(rb'{"update_id": 7, "text": "\ud83d\ude00 \ud800 \udc00\ud83d"}', PROVED) == 200
    assert port.taken == [{"update_id": 7, "text": "😀 ? ??"}]
