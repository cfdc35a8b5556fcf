"""A server that does what it is told, and what makes calls to it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress

import pytest

from bot.network import Network
from bot.request import TelegramRequest
from tests.request.scripted_telegram import ScriptedTelegram


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """All of it is tested on both event loops that the program may have."""
    loops: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {"asyncio": asyncio.new_event_loop}
    with suppress(ImportError):  # there is none for some systems
        import uvloop

        loops["uvloop"] = uvloop.new_event_loop
    return loops


@pytest.fixture
async def telegram() -> AsyncGenerator[ScriptedTelegram]:
    async with ScriptedTelegram.running() as telegram:
        yield telegram


@pytest.fixture
async def request_() -> AsyncGenerator[TelegramRequest]:
    async with TelegramRequest(Network(), 8, pool_timeout=20, read_timeout=20) as request:
        yield request
