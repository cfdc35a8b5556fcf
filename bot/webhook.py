"""Receiving at a webhook: Telegram is told where, and an HTTP server answers it."""

import asyncio
from collections.abc import Mapping

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.backlog import sleep_unless
from bot.intake import UPDATE_KINDS, Intake, RawUpdate
from bot.server import serve_until
from bot.settings import Settings, WrongSettings
from storage.connection import Storage
from tasks.queues import Look
from web.app import PATH, make_app, storage_troubles
from web.metrics import Figures
from web.webhook import derived_secret

log = structlog.stdlib.get_logger(__name__)

CONNECTIONS = 100
"""The most that Telegram opens to one address."""
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0


async def serve_webhook(
    settings: Settings,
    bot: Bot,
    intake: Intake,
    storage: Storage,
    queues: Mapping[str, Look],
    stopping: asyncio.Event,
) -> None:
    """Serve until told to stop, then finish what is being handled; what comes after that Telegram brings elsewhere."""
    secret = _secret(settings)
    address = f"{settings.webhook_url}{PATH}"
    is_set = asyncio.Event()

    async def take(raw: RawUpdate) -> None:
        _user, work = intake.work_of(raw)
        await work()

    async def troubles() -> list[str]:
        untold = [] if is_set.is_set() else ["Telegram was not told the webhook yet"]
        return [*await storage_troubles(storage), *untold]

    beside = settings.metrics_port == settings.port
    app = make_app(secret, take, troubles, Figures(storage, queues, settings.models) if beside else None)
    async with asyncio.TaskGroup() as group:
        telling = group.create_task(_tell_telegram(bot, address, secret, is_set, stopping), name="webhook")
        await serve_until(stopping, app, settings.host, settings.port, "QUIZBOT_PORT")
        telling.cancel()


async def _tell_telegram(bot: Bot, address: str, secret: str, is_set: asyncio.Event, stopping: asyncio.Event) -> None:
    """Have updates posted here from now on; what is pending comes too."""
    pause = PAUSE_SECONDS
    while not stopping.is_set():
        try:
            await bot.set_webhook(
                address, allowed_updates=UPDATE_KINDS, max_connections=CONNECTIONS, secret_token=secret
            )
        except TelegramError as error:
            log.warning("the webhook was not set", reason=type(error).__name__, again_in=pause)
            await sleep_unless(stopping, pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            is_set.set()
            log.info("the webhook is set")
            return


def _secret(settings: Settings) -> str:
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    if settings.token is None:  # refused before anything was opened
        raise WrongSettings("QUIZBOT_TOKEN: set the bot's token")
    return derived_secret(settings.token.get_secret_value())
