"""The bot in one process, wired on one screen."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog

from bot.receiver import Receiver, handler, sleep_unless
from bot.settings import Settings
from bot.telegram import announce_commands, build_application, connected
from decks import load_decks
from delivery.sender import HANDLER_CALL_SECONDS, TASK_CALL_SECONDS, Sender
from handlers.context import QuizApplication, Services
from storage.attempts import Attempts
from storage.connection import Storage, connect
from storage.deadletters import DeadLetters
from storage.embedded import own_server
from storage.errors import StorageUnavailable
from storage.people import People
from storage.quizzes import Quizzes
from storage.schema import ensure_schema
from tasks import later
from tasks.ask import Stage
from tasks.soon import Soon, open_docket, open_worker

PAUSE_SECONDS = 1.0

log = structlog.stdlib.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT: receive by polling, and work the `soon` docket."""
    stopping = stop_on_signals()
    application = build_application(settings)
    async with redis_url(settings) as url, connect(url) as storage:
        if not await answers(storage, stopping):
            return
        await serve(application, storage, url, stopping)
    log.info("the bot has stopped")


async def serve(application: QuizApplication, storage: Storage, url: str, stopping: asyncio.Event) -> None:
    """Wire everything together and receive until told to stop."""
    async with open_docket(url) as docket, open_worker(docket) as worker:
        attempts, quizzes, dead_letters = Attempts(storage), Quizzes(storage), DeadLetters(storage)
        sender = Sender(application.bot, HANDLER_CALL_SECONDS)
        later.register(docket, Stage(attempts, quizzes, Sender(application.bot, TASK_CALL_SECONDS)), dead_letters)
        services = Services(attempts, quizzes, People(storage), sender, Soon(docket), load_decks())
        async with connected(application, services, stopping), asyncio.TaskGroup() as group:
            receiver = Receiver(application, handler(application, sender, dead_letters))
            working = group.create_task(worker.run_forever(), name="soon docket")
            announcing = group.create_task(announce_commands(application), name="commands")
            log.info("the bot is running", decks=len(services.decks))
            await receiver.run(stopping)
            announcing.cancel()
            working.cancel()


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
