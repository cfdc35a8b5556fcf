"""The bot in one process, wired on one screen."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog

from bot.backlog import sleep_unless
from bot.receiver import Receiver, handler
from bot.settings import Settings
from bot.telegram import announce_commands, build_application, connected
from decks import load_decks
from delivery.sender import HANDLER_CALL_SECONDS, TASK_CALL_SECONDS, Sender
from handlers.context import QuizApplication, Services
from storage.attempts import Attempts
from storage.budgets import Budgets, Limits
from storage.connection import Storage, connect
from storage.deadletters import DeadLetters
from storage.embedded import own_server
from storage.errors import StorageUnavailable
from storage.forms import NewerForms
from storage.people import People
from storage.quizzes import Quizzes
from storage.schema import ensure_schema
from storage.tallies import Tallies
from storage.unsaid import UnsaidMessages
from tasks import later, write
from tasks.ask import Stage
from tasks.dockets import LONG, SOON, open_docket, open_worker
from tasks.long import Long
from tasks.soon import Soon
from tasks.write import Author, Desk

PAUSE_SECONDS = 1.0

log = structlog.stdlib.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT: receive by polling, and work the two dockets."""
    stopping = stop_on_signals()
    application = build_application(settings)
    async with redis_url(settings) as url, connect(url) as storage:
        if not await answers(storage, stopping):
            return
        await serve(settings, application, storage, url, stopping)
    log.info("the bot has stopped")


async def serve(
    settings: Settings, application: QuizApplication, storage: Storage, url: str, stopping: asyncio.Event
) -> None:
    """Wire everything together and receive until told to stop."""
    async with (
        open_docket(url, SOON) as soon_docket,
        open_docket(url, LONG) as long_docket,
        open_worker(soon_docket, SOON) as soon_worker,
        open_worker(long_docket, LONG) as long_worker,
        open_author(settings) as author,
    ):
        soon, long = Soon(soon_docket), Long(long_docket)
        attempts, quizzes, people = Attempts(storage), Quizzes(storage), People(storage)
        unsaid, dead_letters = UnsaidMessages(storage), DeadLetters(storage)
        sender = Sender(application.bot, HANDLER_CALL_SECONDS)
        stage = Stage(attempts, quizzes, Sender(application.bot, TASK_CALL_SECONDS), long)
        desk = Desk(
            stage=stage,
            soon=soon,
            budgets=Budgets(storage, Limits(settings.user_tokens, settings.chat_tokens, settings.all_tokens)),
            tallies=Tallies(storage),
            dead_letters=dead_letters,
            forms=NewerForms(storage),
            author=author,
            most_tokens=settings.quiz_tokens,
            stopping=stopping,
        )
        later.register(soon_docket, stage, unsaid, dead_letters)
        write.register(long_docket, desk)
        services = Services(
            attempts, quizzes, people, sender, soon, unsaid, load_decks(), long, can_write=author is not None
        )
        async with connected(application, services, stopping), asyncio.TaskGroup() as group:
            receiver = Receiver(application, handler(application, sender, dead_letters), dead_letters)
            working = [
                group.create_task(soon_worker.run_forever(), name="soon docket"),
                group.create_task(long_worker.run_forever(), name="long docket"),
            ]
            announcing = group.create_task(announce_commands(application), name="commands")
            log.info("the bot is running", decks=len(services.decks))
            await receiver.run(stopping)
            announcing.cancel()
            for docket in working:
                docket.cancel()


async def answers(storage: Storage, stopping: asyncio.Event) -> bool:
    """Wait until storage answers and its records can be read; False when told to stop before it did."""
    while not stopping.is_set():
        try:
            await ensure_schema(storage)
        except StorageUnavailable as error:
            log.warning("Redis cannot be reached", reason=str(error), again_in=PAUSE_SECONDS)
            await sleep_unless(stopping, PAUSE_SECONDS)
        else:
            return True
    return False


@asynccontextmanager
async def open_author(settings: Settings) -> AsyncGenerator[Author | None]:
    """Whoever writes quizzes with the models of the settings; None without one."""
    if not settings.models:
        yield None
        return
    import generation.author  # a bot without a model starts without it

    author = generation.author.Author(settings.models, settings.check_model)
    try:
        yield author
    finally:
        await author.aclose()


@asynccontextmanager
async def redis_url(settings: Settings) -> AsyncGenerator[str]:
    """The Redis of the settings; without one, a server of our own on the data folder."""
    if settings.redis_url is not None:
        yield settings.redis_url.get_secret_value()
        return
    async with own_server(settings.data_dir) as server:
        yield server.url


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM or SIGINT sets."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopping.set)
    return stopping
