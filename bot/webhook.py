"""Receiving at a webhook: Telegram is told where, and an HTTP server answers it."""

import asyncio

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.backlog import sleep_unless
from bot.http_server import serve
from bot.intake import UPDATE_KINDS, Intake, RawUpdate
from bot.settings import Settings, WrongSettings
from web.app import PATH, make_app
from web.metrics import Figures
from web.readiness import Look
from web.webhook import Webhook, derived_secret

log = structlog.stdlib.get_logger(__name__)

CONNECTIONS = 100
"""The most that Telegram opens to one address."""
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0


async def serve_webhook(
    settings: Settings,
    bot: Bot,
    intake: Intake,
    look: Look,
    is_told: asyncio.Event,
    figures: Figures | None,
    stopping: asyncio.Event,
) -> None:
    """Serve until told to stop, then finish what is being handled; what comes after that Telegram brings elsewhere.

    Sets `is_told` once Telegram knows the address. Figures are told beside the webhook where they are given.
    """
    secret = _secret(settings)

    async def take(raw: RawUpdate) -> None:
        _user, work = intake.work_of(raw)
        await work()

    async def tell() -> None:
        await listens.wait()  # what Telegram posts to a closed port comes seconds later
        await _tell_telegram(bot, f"{settings.webhook_url}{PATH}", secret, is_told, stopping)

    app, listens = make_app(look, Webhook(secret, take), figures), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        telling = group.create_task(tell(), name="webhook")
        await serve(app, settings.host, settings.port, "QUIZBOT_PORT", stopping, listens)
        telling.cancel()


async def _tell_telegram(bot: Bot, address: str, secret: str, is_told: asyncio.Event, stopping: asyncio.Event) -> None:
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
            is_told.set()
            log.info("the webhook is set")
            return


def _secret(settings: Settings) -> str:
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    if settings.token is None:  # refused before anything was opened
        raise WrongSettings("QUIZBOT_TOKEN: set the bot's token")
    return derived_secret(settings.token.get_secret_value())
