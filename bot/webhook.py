"""Receiving at a webhook: Telegram is told where, and an HTTP server answers it."""

import asyncio

import structlog
from httpx import URL, InvalidURL
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
LOOKS_SECONDS = 60.0
"""How often Telegram is asked whether it still posts here."""
SETTLES_SECONDS = 5.0
"""After how long it is asked again once it did not: another program that took the webhook takes it again at once."""


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

    `is_told` is set as long as Telegram knows the address. Figures are told beside the webhook where they are given.
    """
    secret = _secret(settings)

    async def take(raw: RawUpdate) -> None:
        _user, work = intake.work_of(raw)
        await work()

    async def tell() -> None:
        await listens.wait()  # what Telegram posts to a closed port comes seconds later
        address = f"{settings.webhook_url}{PATH}"
        if await _tell_telegram(bot, address, secret, stopping):
            is_told.set()
            await _keep_told(bot, address, secret, is_told, stopping)

    app, listens = make_app(look, Webhook(secret, take), figures), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        telling = group.create_task(tell(), name="webhook")
        await serve(app, settings.host, settings.port, "QUIZBOT_PORT", stopping, listens)
        telling.cancel()


async def _keep_told(bot: Bot, address: str, secret: str, is_told: asyncio.Event, stopping: asyncio.Event) -> None:
    """Look now and then whether Telegram still posts here; where it does not, have it do so again.

    `is_told` is set again only once it was found to last.
    """
    pause = LOOKS_SECONDS
    while not stopping.is_set():
        await sleep_unless(stopping, pause)
        is_known = await _is_known(bot, address)
        if is_known is None or stopping.is_set():
            continue
        if is_known:
            is_told.set()
            pause = LOOKS_SECONDS
            continue
        pause = SETTLES_SECONDS if is_told.is_set() else min(2 * pause, LOOKS_SECONDS)
        is_told.clear()
        log.warning("Telegram does not post to this webhook any more: does another program use this token?")
        await _tell_telegram(bot, address, secret, stopping)


async def _is_known(bot: Bot, address: str) -> bool | None:
    """Whether Telegram posts updates to this address; None when it does not say."""
    try:
        # Logged it is not: the address of somebody else's webhook may hold a secret.
        return URL((await bot.get_webhook_info()).url) == URL(address)
    except InvalidURL:
        return False
    except Exception as error:  # noqa: BLE001 - an answer of anybody else may be anything; it is asked again
        log.info("Telegram does not say where it posts updates", reason=type(error).__name__)
        return None


async def _tell_telegram(bot: Bot, address: str, secret: str, stopping: asyncio.Event) -> bool:
    """Have updates posted here from now on; what is pending comes too. False when told to stop before."""
    pause = PAUSE_SECONDS
    while not stopping.is_set():
        try:
            await bot.set_webhook(
                address, allowed_updates=UPDATE_KINDS, max_connections=CONNECTIONS, secret_token=secret
            )
        except TelegramError as error:
            reason = type(error).__name__
            log.warning("the webhook was not set", reason=reason, says=error.message, again_in=pause)
            await sleep_unless(stopping, pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            log.info("the webhook is set")
            return True
    return False


def _secret(settings: Settings) -> str:
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    if settings.token is None:  # refused before anything was opened
        raise WrongSettings("QUIZBOT_TOKEN: set the bot's token")
    return derived_secret(settings.token.get_secret_value())
