"""A network, or a server, that fails: slow, cut off, broken, away. What is raised then, and what is left of it."""

import asyncio
import socket
from collections.abc import Awaitable, Generator
from contextlib import contextmanager

import pytest
from telegram import InputFile
from telegram.error import (
    NetworkError,
    TimedOut,
)

from bot import request as requests
from bot.network import Network
from bot.request import TelegramRequest
from tests.bot_process import NOWHERE
from tests.generation.test_models import busy_port
from tests.request.calls import SECRET, TOKEN, assert_tells_nothing, data, file, method
from tests.request.scripted_telegram import (
    Answer,
    ScriptedTelegram,
    closes,
    cuts_off,
    drips,
    hangs,
    head,
    ok,
    says,
    sends,
    waits,
)

HALF = head(200, 100) + b'{"ok": true'
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(hangs(), id="nothing"),
        pytest.param(hangs(HALF), id="half of an answer"),
        pytest.param(hangs(b"HTTP/1.1 200 OK\r\n"), id="half of a head"),
    ],
)
@pytest.mark.parametrize("by_the_call", [True, False])
async def test_an_answer_that_does_not_come_is_given_up(
    telegram: ScriptedTelegram, answer: Answer, by_the_call: bool
) -> None:
    telegram.answers = [answer]
    usual, this_time = (None, 0.1) if by_the_call else (0.1, TelegramRequest.DEFAULT_NONE)
    async with TelegramRequest(Network(), 1, write_timeout=None, read_timeout=usual) as request:
        assert type(await failure(request.post(method(telegram), read_timeout=this_time))) is TimedOut
        await telegram.was_left()

        assert await request.post(method(telegram), read_timeout=20) is True


async def test_an_answer_that_drips_is_given_up_when_all_limits_are_over(telegram: ScriptedTelegram) -> None:
    """No pause is long, but a call is not to last for ever."""
    telegram.answers = [drips(HALF, 0.02)]
    async with TelegramRequest(Network(), 1, connect_timeout=0.1, write_timeout=0.1, read_timeout=0.2) as request:
        assert type(await failure(request.post(method(telegram)))) is TimedOut
        await telegram.was_left()


async def test_a_file_that_drips_has_more_time_but_not_for_ever(
    telegram: ScriptedTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "FILE_SECONDS", 0.5)
    telegram.answers = [drips(head(200, 1_000_000), 0.02)]
    async with TelegramRequest(Network(), 1, connect_timeout=0.1, write_timeout=0.1, read_timeout=0.1) as request:
        began = asyncio.get_running_loop().time()
        assert type(await failure(request.retrieve(file(telegram)))) is TimedOut
        assert asyncio.get_running_loop().time() - began >= 0.49


async def test_without_limits_a_call_waits(telegram: ScriptedTelegram) -> None:
    answered = asyncio.Event()
    telegram.answers = [waits(answered, ok(1))]
    async with TelegramRequest(Network(), 1, read_timeout=0.05) as request:
        call = asyncio.ensure_future(request.post(method(telegram), read_timeout=None))
        await telegram.was_asked()
        done, _ = await asyncio.wait([call], timeout=0.3)
        assert not done
        answered.set()

        assert await call == 1


async def test_a_server_that_takes_up_no_connection_is_given_up() -> None:
    with busy_port() as port:
        async with TelegramRequest(Network(), 1, connect_timeout=0.1, write_timeout=None) as request:
            trouble = await failure(request.post(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe"))
    assert type(trouble) is TimedOut


async def test_an_upload_that_is_not_taken_is_given_up_by_a_limit_of_its_own() -> None:
    with silent_port() as port:
        async with TelegramRequest(Network(), 1, write_timeout=None, upload_timeout=0.2, read_timeout=0.1) as request:
            document = InputFile(bytes(20_000_000))
            call = request.post(f"http://127.0.0.1:{port}/bot{TOKEN}/sendDocument", data(document=document))
            assert type(await failure(call)) is TimedOut


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(cuts_off(), id="no answer"),
        pytest.param(cuts_off(resets=True), id="reset"),
        pytest.param(cuts_off(HALF), id="cut in the middle"),
        pytest.param(cuts_off(HALF, resets=True), id="reset in the middle"),
        pytest.param(cuts_off(CHUNKED + b'5\r\n{"ok"'), id="cut in a chunk"),
        pytest.param(sends(CHUNKED + b"what?\r\n"), id="no chunk"),
        pytest.param(says(200, b"no gzip", "Content-Encoding: gzip"), id="not packed"),
        pytest.param(sends(b"220 mail.example.org ESMTP\r\n\r\n"), id="not HTTP"),
        pytest.param(sends(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"), id="long head"),
        pytest.param(sends(b"\x00\xff" * 1000), id="garbage"),
    ],
)
async def test_a_broken_answer_is_a_failing_network_and_its_connection_is_not_used_again(
    telegram: ScriptedTelegram, request_: TelegramRequest, answer: Answer
) -> None:
    telegram.answers = [ok(1), answer]
    assert await request_.post(method(telegram)) == 1

    assert type(await failure(request_.post(method(telegram), data(text=SECRET)))) is NetworkError
    assert len(telegram.calls) == 2, "a call that may have been done was made again"

    assert await request_.post(method(telegram)) is True
    assert telegram.connections == 2


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"{NOWHERE}/bot{TOKEN}/getMe", "ClientConnectorError"),
        (f"http://127.0.0.1:99999/bot{TOKEN}/getMe", ""),
        (f"http:///bot{TOKEN}/getMe", ""),
        (f"ftp://127.0.0.1/bot{TOKEN}/getMe", ""),
    ],
)
async def test_a_server_that_cannot_be_reached_is_a_failing_network(
    request_: TelegramRequest, url: str, reason: str
) -> None:
    trouble = await failure(request_.post(url))

    assert type(trouble) is NetworkError
    assert reason in str(trouble)


async def test_a_call_that_is_cancelled_closes_its_connection_and_spoils_no_other(
    telegram: ScriptedTelegram, request_: TelegramRequest
) -> None:
    answered = asyncio.Event()
    telegram.answers = [waits(answered, ok("of the first")), ok("of the second")]
    first = asyncio.ensure_future(request_.post(method(telegram)))
    await telegram.was_asked()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    answered.set()

    assert await request_.post(method(telegram)) == "of the second"
    await telegram.was_left()
    assert telegram.connections == 2


async def test_cancelled_calls_give_their_places_back(telegram: ScriptedTelegram) -> None:
    """Whether they wait for an answer or for a connection."""
    telegram.answers = [hangs()]
    async with TelegramRequest(Network(), 1, pool_timeout=20, read_timeout=20) as request:
        calls = [asyncio.ensure_future(request.post(method(telegram))) for _ in range(5)]
        await telegram.was_asked()
        for call in calls:
            call.cancel()
        ended = await asyncio.gather(*calls, return_exceptions=True)

        assert all(isinstance(one, asyncio.CancelledError) for one in ended)
        assert await request.post(method(telegram)) is True


async def test_a_connection_that_was_closed_while_nobody_used_it_is_not_used_again(
    telegram: ScriptedTelegram, request_: TelegramRequest
) -> None:
    telegram.answers = [closes(head(200, 24) + b'{"ok":true,"result":[1]}')]
    assert await request_.post(method(telegram)) == [1]
    await telegram.was_left()

    assert await request_.post(method(telegram)) is True
    assert telegram.connections == 2


async def failure(call: Awaitable[object]) -> NetworkError:
    """The error of a call, in which nobody finds an address."""
    with pytest.raises(NetworkError) as raised:
        await call
    assert_tells_nothing(raised.value, TOKEN, SECRET, "/bot")
    return raised.value


@contextmanager
def silent_port() -> Generator[int]:
    """A port whose connections are taken, and from which nothing is ever read."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
