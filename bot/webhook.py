"""Receiving at a webhook: Telegram is told where, and an HTTP server answers it."""

import asyncio
import contextlib
from collections.abc import Generator

import structlog
import uvicorn
from telegram import Bot
from telegram.error import TelegramError

from bot.backlog import sleep_unless
from bot.intake import UPDATE_KINDS, Intake, RawUpdate
from bot.settings import Settings, WrongSettings
from storage.connection import Storage
from web.app import PATH, make_app, storage_troubles
from web.webhook import derived_secret

log = structlog.stdlib.get_logger(__name__)

CONNECTIONS = 100
"""The most that Telegram opens to one address."""
DRAINS_WITHIN = 15
PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0


class Server(uvicorn.Server):
    """A uvicorn server that leaves signals to the program."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """The program has its own."""
        yield


async def serve_webhook(
    settings: Settings, bot: Bot, intake: Intake, storage: Storage, stopping: asyncio.Event
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

    config = uvicorn.Config(
        make_app(secret, take, troubles),
        host=settings.host,
        port=settings.port,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=DRAINS_WITHIN,
    )
    server = Server(config)
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(_serve(server, settings), name="web server")
        telling = group.create_task(_tell_telegram(bot, address, secret, is_set, stopping), name="webhook")
        told = group.create_task(stopping.wait(), name="stopping")
        await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        telling.cancel()
        told.cancel()


async def _serve(server: Server, settings: Settings) -> None:
    try:
        await server.serve()
    except SystemExit:  # uvicorn's way to say that the port is taken
        raise WrongSettings(f"QUIZBOT_PORT: {settings.host}:{settings.port} cannot be listened on") from None


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
