"""Telegram is told of a webhook once somebody listens there, and never of one where nobody does."""

import asyncio
import socket
from typing import cast

import pytest
from pydantic import SecretStr
from telegram import Bot

from bot.intake import Intake
from bot.settings import Settings, WrongSettings
from bot.webhook import serve_webhook
from tests.bot_process import TOKEN
from tests.faults.replicas.replica import free_port
from web.readiness import Readiness

HOST = "127.0.0.1"


class Telegram:
    """Posts as soon as it is told where."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.told: list[str] = []

    async def set_webhook(self, url: str, **_how: object) -> None:
        """Connect at once."""
        self.told.append(url)
        _reader, writer = await asyncio.open_connection(HOST, self.port)
        writer.close()


async def look() -> Readiness:
    return Readiness([])


async def served(telegram: Telegram, is_told: asyncio.Event, stopping: asyncio.Event) -> None:
    settings = Settings(
        token=SecretStr(TOKEN), webhook_url=f"http://{HOST}:{telegram.port}", host=HOST, port=telegram.port
    )
    nothing = cast("Intake", None)  # nothing is posted
    await serve_webhook(settings, cast("Bot", telegram), nothing, look, is_told, None, stopping)


async def test_the_port_is_listened_on_before_telegram_is_told_of_it() -> None:
    telegram, is_told, stopping = Telegram(free_port()), asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(served(telegram, is_told, stopping))
    try:
        async with asyncio.timeout(20):
            await asyncio.wait({serving, asyncio.ensure_future(is_told.wait())}, return_when=asyncio.FIRST_COMPLETED)
        assert telegram.told == [f"http://{HOST}:{telegram.port}/telegram"]
    finally:
        stopping.set()
        await serving


async def test_telegram_is_not_told_of_a_port_that_is_taken() -> None:
    with socket.create_server((HOST, 0)) as taken:
        telegram = Telegram(cast("int", taken.getsockname()[1]))
        with pytest.RaisesGroup(WrongSettings, flatten_subgroups=True):
            await served(telegram, asyncio.Event(), asyncio.Event())
    assert telegram.told == []
