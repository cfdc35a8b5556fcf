"""The connection to Telegram, as python-telegram-bot's application with receivers of our own."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import structlog
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes

from bot.backlog import sleep_unless
from bot.network import network_to
from bot.receiver import POLL_SECONDS
from bot.request import TelegramRequest
from bot.settings import Settings, WrongSettings
from delivery.commands import command_list
from delivery.words import LANGUAGES
from handlers import registry
from handlers.context import Context, QuizApplication, Services

log = structlog.stdlib.get_logger(__name__)

CONNECTIONS = 64
CONNECT_SECONDS = 5.0
PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 15.0


def build_application(settings: Settings) -> QuizApplication:
    """An application for the bot of the settings; raises `WrongSettings` without a token, or a way to Telegram."""
    if settings.token is None:
        raise WrongSettings("QUIZBOT_TOKEN: set the bot's token, from @BotFather (or try it without: quizbot try)")
    base = settings.api_base_url
    network = network_to(base)
    built = (
        ApplicationBuilder()
        .application_class(QuizApplication)
        .context_types(ContextTypes(context=Context))
        .token(settings.token.get_secret_value())
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .request(TelegramRequest(network, CONNECTIONS, connect_timeout=CONNECT_SECONDS))
        .get_updates_request(TelegramRequest(network, 1, read_timeout=POLL_SECONDS + CONNECT_SECONDS))
        .updater(None)
        .build()
    )
    # The builder's types do not follow `application_class`.
    application = cast("QuizApplication", cast("object", built))
    registry.register(application)
    return application


@asynccontextmanager
async def connected(
    application: QuizApplication, services: Services, stopping: asyncio.Event
) -> AsyncGenerator[QuizApplication]:
    """The application once Telegram knows the bot, however long Telegram takes to be reached, or once told to stop.

    Raises `WrongSettings` when Telegram refuses the token.
    """
    application.services = services
    try:
        await _introduce(application, stopping)
        yield application
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # the application leaves it open when it never got to know the bot


async def _introduce(application: QuizApplication, stopping: asyncio.Event) -> None:
    pause = PAUSE_SECONDS
    while not stopping.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            raise WrongSettings("QUIZBOT_TOKEN: Telegram does not know this token") from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached", reason=type(error).__name__, again_in=pause)
            await sleep_unless(stopping, pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            return


async def announce_commands(application: QuizApplication) -> None:
    """Tell Telegram which commands to offer, for each kind of chat and language; a failure only leaves the old ones."""
    try:
        for language in LANGUAGES:
            code = None if language == LANGUAGES[0] else language
            for scope, private in ((BotCommandScopeAllPrivateChats(), True), (BotCommandScopeAllGroupChats(), False)):
                commands = [BotCommand(name, what) for name, what in command_list(language, private=private)]
                await application.bot.set_my_commands(commands, scope=scope, language_code=code)
    except TelegramError as error:
        log.warning("the list of commands was not set", reason=type(error).__name__)
