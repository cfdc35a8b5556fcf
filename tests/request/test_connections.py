"""Calls share connections, side by side and one after the other, from the start to the shutdown."""

import asyncio

import pytest
from telegram.error import (
    BadRequest,
    NetworkError,
    TimedOut,
)

from bot.network import Network
from bot.request import NO_CONNECTION, NotTelegrams, TelegramRequest
from tests.request.calls import TOKEN, assert_tells_nothing, method
from tests.request.scripted_telegram import (
    ScriptedTelegram,
    ok,
    refuses,
    says,
    waits,
)


async def test_calls_one_after_the_other_share_a_connection(
    telegram: ScriptedTelegram, request_: TelegramRequest
) -> None:
    telegram.answers = [ok(1), refuses(400, "no"), says(200, b"<html>"), ok(4)]

    assert await request_.post(method(telegram)) == 1
    with pytest.raises(BadRequest):
        await request_.post(method(telegram))
    with pytest.raises(NotTelegrams):
        await request_.post(method(telegram))
    assert await request_.post(method(telegram)) == 4

    assert telegram.connections == 1


async def test_calls_run_side_by_side(telegram: ScriptedTelegram, request_: TelegramRequest) -> None:
    together = asyncio.Event()
    telegram.answers = [waits(together, ok(number)) for number in range(8)]
    calls = [asyncio.ensure_future(request_.post(method(telegram))) for _ in range(8)]
    for _ in calls:
        await telegram.was_asked()
    together.set()

    assert sorted(map(str, await asyncio.gather(*calls))) == sorted(map(str, range(8)))
    assert telegram.connections == 8


async def test_more_calls_than_connections_wait_for_one(telegram: ScriptedTelegram) -> None:
    async with TelegramRequest(Network(), 2, pool_timeout=None, read_timeout=20) as request:
        results = await asyncio.gather(*(request.post(method(telegram)) for _ in range(20)))

    assert results == [True] * 20
    assert telegram.connections == 2


async def test_a_call_that_gets_no_connection_in_time_was_not_sent(telegram: ScriptedTelegram) -> None:
    answered = asyncio.Event()
    telegram.answers = [waits(answered, ok(1))]
    async with TelegramRequest(Network(), 1, pool_timeout=0.05, read_timeout=20) as request:
        first = asyncio.ensure_future(request.post(method(telegram)))
        await telegram.was_asked()

        with pytest.raises(TimedOut, match=NO_CONNECTION):
            await request.post(method(telegram))

        answered.set()
        assert await first == 1
        assert await request.post(method(telegram), pool_timeout=20) is True
    assert len(telegram.calls) == 2


async def test_calls_are_made_only_between_start_and_shutdown(telegram: ScriptedTelegram) -> None:
    request = TelegramRequest(Network(), 1)
    for _ in range(2):
        with pytest.raises(NetworkError, match="not initialized, or shut down"):
            await request.post(method(telegram))
        await request.initialize()
        await request.initialize()
        assert await request.post(method(telegram)) is True
        await request.shutdown()
        await telegram.was_left()
        await request.shutdown()
    with pytest.raises(NetworkError, match="not initialized, or shut down"):
        await request.post(method(telegram))

    assert telegram.connections == len(telegram.calls) == 2


async def test_a_shutdown_ends_the_calls_that_are_being_made(telegram: ScriptedTelegram) -> None:
    telegram.answers = [waits(asyncio.Event(), ok(1))]
    request = TelegramRequest(Network(), 1, read_timeout=20)
    await request.initialize()
    call = asyncio.ensure_future(request.post(method(telegram)))
    await telegram.was_asked()

    await request.shutdown()

    with pytest.raises(NetworkError) as raised:
        await call
    assert_tells_nothing(raised.value, TOKEN)
