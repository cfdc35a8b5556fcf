"""What python-telegram-bot's own request does, ours does: the same cases with both, and what differs on purpose.

Differs: an answer that is not Telegram's own is a `NetworkError` whatever its status, where python-telegram-bot goes by
the status (tests/request/test_answers.py); nothing of such an answer is in the error; a call is JSON, not a form.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from telegram import InputFile
from telegram.error import ChatMigrated, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest

from bot.network import Network
from bot.request import NotTelegrams, TelegramRequest
from delivery.failures import wait_of
from tests.generation.test_models import busy_port
from tests.request.calls import TOKEN, data, file, method
from tests.request.scripted_telegram import Answer, ScriptedTelegram, cuts_off, hangs, ok, refuses, says, waits
from tests.request.test_trouble import silent_port

Opened = Callable[..., AbstractAsyncContextManager[BaseRequest]]


@asynccontextmanager
async def ours(**limits: Any) -> AsyncGenerator[BaseRequest]:  # noqa: ANN401 - seconds by their names
    if "media_write_timeout" in limits:
        limits["upload_timeout"] = limits.pop("media_write_timeout")
    async with TelegramRequest(Network(), 1, **limits) as request:
        yield request


@asynccontextmanager
async def theirs(**limits: Any) -> AsyncGenerator[BaseRequest]:  # noqa: ANN401 - as above
    async with HTTPXRequest(1, **limits, httpx_kwargs={"trust_env": False}) as request:
        yield request


async def failure(call: Awaitable[object]) -> TelegramError:
    """What a call comes to that fails."""
    with pytest.raises(TelegramError) as raised:
        await call
    return raised.value


def besides(error: TelegramError) -> float | None:
    """What an error says that is no text."""
    match error:
        case RetryAfter():
            return wait_of(error)
        case ChatMigrated():
            return error.new_chat_id
        case _:
            return None


each = pytest.mark.parametrize("opened", [ours, theirs])


@each
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 429, 500, 502, 599])
async def test_a_refusal_is_the_same_error_with_the_same_words(
    telegram: ScriptedTelegram, opened: Opened, status: int
) -> None:
    telegram.answers = [refuses(status, "Because")] * 2
    async with opened() as request, theirs() as standard:
        said = await failure(request.post(method(telegram)))
        expected = await failure(standard.post(method(telegram)))

    assert (type(said), str(said)) == (type(expected), str(expected))


@each
@pytest.mark.parametrize(
    "parameters", [{"retry_after": 7}, {"migrate_to_chat_id": -100123}, {"adaptation": {"until": "tomorrow"}}]
)
async def test_what_a_refusal_says_besides_is_read_alike(
    telegram: ScriptedTelegram, opened: Opened, parameters: dict[str, Any]
) -> None:
    telegram.answers = [refuses(400, "Because", **parameters)] * 2
    async with opened() as request, theirs() as standard:
        said = await failure(request.post(method(telegram)))
        expected = await failure(standard.post(method(telegram)))

    assert (type(said), str(said), besides(said)) == (type(expected), str(expected), besides(expected))


@each
async def test_a_result_is_handed_on_and_a_file_is_its_bytes(telegram: ScriptedTelegram, opened: Opened) -> None:
    telegram.answers = [ok({"message_id": 7}), ok([1]), says(200, b"\x00\xff", "Content-Type: image/png")]
    async with opened() as request:
        assert await request.post(method(telegram), data(text="hi")) == {"message_id": 7}
        assert await request.post(method(telegram)) == [1]
        assert await request.retrieve(file(telegram)) == b"\x00\xff"
    assert [call.method for call in telegram.calls] == ["POST", "POST", "GET"]
    assert all(call.headers["user-agent"] == BaseRequest.USER_AGENT for call in telegram.calls)


@each
@pytest.mark.parametrize(
    ("answer", "error"), [(hangs(), TimedOut), (cuts_off(), NetworkError), (cuts_off(resets=True), NetworkError)]
)
async def test_trouble_on_the_way_has_the_same_name(
    telegram: ScriptedTelegram, opened: Opened, answer: Answer, error: type[Exception]
) -> None:
    telegram.answers = [answer]
    async with opened(read_timeout=0.2) as request:
        assert type(await failure(request.post(method(telegram)))) is error


@each
async def test_a_call_may_have_a_limit_of_its_own_on_reading(telegram: ScriptedTelegram, opened: Opened) -> None:
    telegram.answers = [hangs()]
    async with opened(read_timeout=None, write_timeout=None) as request:
        assert request.read_timeout is None
        assert type(await failure(request.post(method(telegram), read_timeout=0.1))) is TimedOut
    async with opened(read_timeout=7) as request:
        assert request.read_timeout == 7


@each
async def test_a_call_may_have_a_limit_of_its_own_on_connecting(opened: Opened) -> None:
    with busy_port() as port:
        async with opened(connect_timeout=None, write_timeout=None, read_timeout=None) as request:
            call = request.post(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe", connect_timeout=0.1)
            assert type(await failure(call)) is TimedOut


@each
async def test_a_call_may_have_a_limit_of_its_own_on_writing(opened: Opened) -> None:
    """Nobody reads on the other side; ours gives writing the time that reading has besides."""
    with silent_port() as port:
        limits = {"connect_timeout": 0.1, "write_timeout": None, "media_write_timeout": None, "read_timeout": 0.1}
        async with opened(**limits) as request:
            document = data(document=InputFile(bytes(20_000_000)))
            call = request.post(f"http://127.0.0.1:{port}/bot{TOKEN}/sendDocument", document, write_timeout=0.1)
            assert type(await failure(call)) is TimedOut


@each
async def test_a_call_may_have_a_limit_of_its_own_on_waiting_for_a_connection(
    telegram: ScriptedTelegram, opened: Opened
) -> None:
    answered = asyncio.Event()
    telegram.answers = [waits(answered, ok(1))]
    async with opened(pool_timeout=20, read_timeout=20) as request:
        first = asyncio.ensure_future(request.post(method(telegram)))
        await telegram.was_asked()
        trouble = await failure(request.post(method(telegram), pool_timeout=0.05))
        answered.set()

        assert type(trouble) is TimedOut
        assert "not" in str(trouble), "it says that the call was not sent"
        assert await first == 1


@each
async def test_it_may_be_opened_and_closed_more_than_once(telegram: ScriptedTelegram, opened: Opened) -> None:
    async with opened() as request:
        await request.initialize()
        assert await request.post(method(telegram)) is True
        await request.shutdown()
        assert type(await failure(request.post(method(telegram)))) is NetworkError


async def test_who_is_not_telegram_is_no_reason_to_leave_a_chat(telegram: ScriptedTelegram) -> None:
    """The difference that is meant most: a proxy's 403 is not a student who blocked the bot."""
    telegram.answers = [says(403, b"<html>sign in</html>")]
    async with ours() as request:
        assert type(await failure(request.post(method(telegram)))) is NotTelegrams
