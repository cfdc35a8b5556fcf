"""Telegram is told of a webhook once somebody listens there, never of one where nobody does, and again if need be."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs
from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, TelegramError

from bot import webhook
from bot.intake import Intake
from bot.settings import Settings, WrongSettings
from bot.webhook import serve_webhook
from tests.bot_process import TOKEN
from tests.faults.replicas.replica import free_port
from web.readiness import Readiness

HOST = "127.0.0.1"


class Telegram:
    """Posts as soon as it is told where. Another program may take the webhook away so many times (`forgets`)."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.told: list[str] = []
        self.refuses: list[TelegramError] = []
        self.forgets = 0
        self.talks_nonsense = 0
        """So many times what it answers is nothing that python-telegram-bot could read."""
        self.known_at_looks: list[bool] = []
        self.is_told = asyncio.Event()

    async def set_webhook(self, url: str, **_how: object) -> None:
        """Connect at once."""
        if self.refuses:
            raise self.refuses.pop()
        self.told.append(url)
        _reader, writer = await asyncio.open_connection(HOST, self.port)
        writer.close()

    async def get_webhook_info(self) -> WebhookInfo:
        """Where it posts; nowhere once the other program was there."""
        self.known_at_looks.append(self.is_told.is_set())
        if self.talks_nonsense:
            self.talks_nonsense -= 1
            raise AttributeError("'bool' object has no attribute 'copy'")
        self.forgets -= 1
        return WebhookInfo(
            self.told[-1] if self.forgets < 0 else "", has_custom_certificate=False, pending_update_count=0
        )


async def look() -> Readiness:
    return Readiness([])


async def served(telegram: Telegram, stopping: asyncio.Event) -> None:
    settings = Settings(
        token=SecretStr(TOKEN), webhook_url=f"http://{HOST}:{telegram.port}", host=HOST, port=telegram.port
    )
    nothing = cast("Intake", None)  # nothing is posted
    await serve_webhook(settings, cast("Bot", telegram), nothing, look, telegram.is_told, None, stopping)


@asynccontextmanager
async def serving(telegram: Telegram) -> AsyncGenerator[None]:
    """Serve meanwhile, and for 20 s at most."""
    stopping = asyncio.Event()
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(served(telegram, stopping))
        try:
            yield
        finally:
            stopping.set()


async def test_the_port_is_listened_on_before_telegram_is_told_of_it() -> None:
    telegram = Telegram(free_port())
    async with serving(telegram):
        await telegram.is_told.wait()
        assert telegram.told == [f"http://{HOST}:{telegram.port}/telegram"]


async def test_what_telegram_says_when_it_refuses_a_webhook_is_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "PAUSE_SECONDS", 0.01)
    telegram = Telegram(free_port())
    telegram.refuses = [BadRequest("Bad webhook: an HTTPS URL must be provided for webhook")]
    with capture_logs() as logs:
        async with serving(telegram):
            await telegram.is_told.wait()

    refused = [(one["reason"], one["says"]) for one in logs if one["event"] == "the webhook was not set"]
    assert refused == [("BadRequest", "Bad webhook: an HTTPS URL must be provided for webhook")]


async def test_a_webhook_that_another_program_takes_away_is_set_again_and_not_called_known_until_that_lasts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As long as both are at it, the process is not ready: it gets no updates."""
    monkeypatch.setattr(webhook, "LOOKS_SECONDS", 0.02)
    monkeypatch.setattr(webhook, "SETTLES_SECONDS", 0.01)
    telegram = Telegram(free_port())
    telegram.forgets = 3
    with capture_logs() as logs:
        async with serving(telegram):
            while len(telegram.known_at_looks) < 5:  # noqa: ASYNC110 - it rings no bell
                await asyncio.sleep(0.01)

    assert telegram.known_at_looks[:5] == [True, False, False, False, True]
    assert len(telegram.told) == 1 + 3
    assert len([one for one in logs if one["log_level"] == "warning"]) == 3


async def test_a_webhook_is_kept_when_somebody_else_answers_whether_it_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webhook, "LOOKS_SECONDS", 0.01)
    telegram = Telegram(free_port())
    telegram.talks_nonsense = 3
    async with serving(telegram):
        while len(telegram.known_at_looks) < 5:  # noqa: ASYNC110 - each look is a call
            await asyncio.sleep(0.01)
    assert all(telegram.known_at_looks)
    assert len(telegram.told) == 1


async def test_telegram_is_not_told_of_a_port_that_is_taken() -> None:
    with socket.create_server((HOST, 0)) as taken:
        telegram = Telegram(cast("int", taken.getsockname()[1]))
        with pytest.RaisesGroup(WrongSettings, flatten_subgroups=True):
            await served(telegram, asyncio.Event())
    assert telegram.told == []
