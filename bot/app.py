"""The bot in one process, wired on one screen."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog

from bot.backlog import sleep_unless
from bot.intake import Intake
from bot.memory import settle
from bot.receiver import Receiver
from bot.settings import Settings, WrongSettings
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
from tasks.desk import Author, Desk
from tasks.dockets import LONG, SOON, open_docket, open_worker
from tasks.long import Long
from tasks.soon import Soon

PAUSE_SECONDS = 1.0
DRAINS_WITHIN_SECONDS = 12.0
"""No handler and no `soon` task takes longer; whoever stops the program need not kill it."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Roles:
    """What a process does: receive updates, work the dockets, or both."""

    receives: bool = True
    works: bool = True


RUN, SERVE, WORK = Roles(), Roles(works=False), Roles(receives=False)


async def run(settings: Settings, roles: Roles = RUN) -> None:
    """Play the roles until SIGTERM or SIGINT, then finish what is being done."""
    if roles != RUN and settings.redis_url is None:
        raise WrongSettings("QUIZBOT_REDIS_URL: serve and worker share a Redis; name it (or use quizbot run)")
    if roles == SERVE and settings.webhook_url is None:
        raise WrongSettings("QUIZBOT_WEBHOOK_URL: serve needs the address at which Telegram reaches it")
    stopping = stop_on_signals()
    application = build_application(settings)
    async with redis_url(settings) as url, connect(url) as storage:
        if not await answers(storage, stopping):
            return
        await play(settings, roles, application, storage, url, stopping)
    log.info("the bot has stopped")


async def play(
    settings: Settings,
    roles: Roles,
    application: QuizApplication,
    storage: Storage,
    url: str,
    stopping: asyncio.Event,
) -> None:
    """Wire everything together and do it until told to stop."""
    async with (
        asyncio.TaskGroup() as group,
        open_docket(url, SOON) as soon_docket,
        open_docket(url, LONG) as long_docket,
        open_author(settings if roles.works else None) as author,
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
            attempts, quizzes, people, sender, soon, unsaid, load_decks(), long, can_write=bool(settings.models)
        )
        async with connected(application, services, stopping), AsyncExitStack() as workers:
            for docket, kind in ((soon_docket, SOON), (long_docket, LONG)) if roles.works else ():
                # Left before everything else: a worker then takes no more tasks, and finishes those it is at.
                worker = await workers.enter_async_context(open_worker(docket, kind))
                group.create_task(worker.run_forever(), name=f"{kind.name} docket")
            if author is not None:
                group.create_task(author.warm_up(), name="models")
            settle()
            log.info("the bot is running", decks=len(services.decks))
            if roles.receives:
                announcing = group.create_task(announce_commands(application), name="commands")
                await receive(settings, application, Intake(application, sender, dead_letters), storage, stopping)
                announcing.cancel()
            else:
                await stopping.wait()


async def receive(
    settings: Settings, application: QuizApplication, intake: Intake, storage: Storage, stopping: asyncio.Event
) -> None:
    """Receive updates until told to stop: at the webhook of the settings, or else by polling."""
    if settings.webhook_url is None:
        await Receiver(application.bot, intake).run(stopping)
        return
    from bot.webhook import serve_webhook

    await serve_webhook(settings, application.bot, intake, storage, stopping)


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
async def open_author(settings: Settings | None) -> AsyncGenerator[Author | None]:
    """Whoever writes quizzes with the models of the settings; None without settings or models."""
    if settings is None or not settings.models:
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
    """An event that SIGTERM or SIGINT sets; what has not ended some seconds later is cut off."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        stopping.set()
        loop.call_later(DRAINS_WITHIN_SECONDS, _cut_off)

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop)
    return stopping


def _cut_off() -> None:
    """End at once, as kill -9 would: what was not finished is not acknowledged, and is taken up again elsewhere."""
    log.error("not everything ended in time and is cut off", seconds=DRAINS_WITHIN_SECONDS)
    sys.stderr.flush()
    os._exit(0)
