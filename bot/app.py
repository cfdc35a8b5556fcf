"""The bot in one process, wired on one screen."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.authors import open_author, open_picture_reader
from bot.backlog import sleep_unless
from bot.clock import Clock
from bot.forms import read_forms
from bot.intake import Intake
from bot.library import open_library
from bot.memory import make_what_is_kept, settle
from bot.readiness import look
from bot.receiver import Receiver
from bot.settings import Settings, WrongSettings
from bot.telegram import announce_commands, build_application, connected, token_of
from bot.workers import work
from decks.library import Library
from delivery.limiter import Limiter
from delivery.sender import HANDLER_CALL_SECONDS, TASK_CALL_SECONDS, Sender
from handlers.context import QuizApplication, Services
from storage.attempts import Attempts
from storage.budgets import Budgets, Limits
from storage.collections import Collections
from storage.connection import Storage, connect
from storage.deadletters import DeadLetters
from storage.due import DueTimes
from storage.embedded import own_server
from storage.errors import AccessRefused, NotTheRedis, StorageUnavailable
from storage.forgetting import Forgetting
from storage.groups import Groups
from storage.parked import ParkedUpdates
from storage.people import People
from storage.pool_statistics import PoolStatistics
from storage.pools import Pools
from storage.quizzes import Quizzes
from storage.reports import Reports
from storage.rounds import Rounds
from storage.schema import ensure_schema
from storage.sending import Pace, Paces, Sending
from storage.sources import Sources
from storage.tallies import Tallies
from storage.unsaid import UnsaidMessages
from tasks import convert, count, forget, go_on, later, top_up, write
from tasks.begin import Opening
from tasks.convert import Reader
from tasks.desk import Desk
from tasks.dockets import LONG, READING, SOON, open_docket
from tasks.forget import Eraser
from tasks.later import Patience
from tasks.live import Live
from tasks.long import Long
from tasks.pictures import Pictures
from tasks.say import Voice
from tasks.soon import Soon
from tasks.stage import Stage
from web.readiness import Look

if TYPE_CHECKING:
    from web.metrics import Figures

PAUSE_SECONDS = 1.0
DRAINS_WITHIN_SECONDS = 12.0
"""No handler and no `soon` task takes longer; whoever stops the program need not kill it."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Roles:
    """What a process does, by the name of its command: receive updates, work the dockets, or both."""

    name: str
    receives: bool = True
    works: bool = True


RUN, SERVE, WORK = Roles("run"), Roles("serve", works=False), Roles("worker", receives=False)


async def run(settings: Settings, roles: Roles = RUN) -> None:
    """Play the roles until SIGTERM or SIGINT, then finish what is being done."""
    if roles != RUN and settings.redis_url is None:
        raise WrongSettings("QUIZBOT_REDIS_URL: serve and worker share a Redis; name it (or use quizbot run)")
    if roles == SERVE and settings.webhook_url is None:
        raise WrongSettings("QUIZBOT_WEBHOOK_URL: serve needs the address at which Telegram reaches it")
    token_of(settings)  # before a server is started in vain
    library = open_library(settings.decks)
    stopping = stop_on_signals()
    async with redis_url(settings) as url, connect(url, replicas=settings.redis_replicas) as storage:
        if not await answers(storage, stopping):
            return
        limiter = Limiter(Sending(storage, paces(settings)))
        application = build_application(settings, limiter)
        await play(settings, roles, application, limiter, library, storage, url, stopping)
    log.info("the bot has stopped")


async def play(
    settings: Settings,
    roles: Roles,
    application: QuizApplication,
    limiter: Limiter,
    library: Library,
    storage: Storage,
    url: str,
    stopping: asyncio.Event,
) -> None:
    """Wire everything together and do it until told to stop."""
    async with (
        asyncio.TaskGroup() as group,
        open_docket(url, SOON) as soon_docket,
        open_docket(url, LONG) as long_docket,
        open_docket(url, READING) as reading_docket,
        open_author(settings, works=roles.works) as author,
        open_picture_reader(settings) as picture_reader,
    ):
        due = DueTimes(storage)
        soon, long = Soon(soon_docket, due), Long(long_docket, reading_docket)
        attempts, quizzes, people = Attempts(storage), Quizzes(storage), People(storage)
        unsaid, dead_letters = UnsaidMessages(storage), DeadLetters(storage)
        collections, sources = Collections(storage), Sources(storage)
        clock = Clock(storage)
        forms = await read_forms(storage, enabled=settings.newer_forms)
        sender = Sender(application.bot, limiter, HANDLER_CALL_SECONDS, forms)
        pools, statistics = Pools(storage, settings.pool_questions), PoolStatistics(storage)
        patient = Sender(application.bot, limiter, TASK_CALL_SECONDS, forms)
        stage = Stage(attempts, quizzes, patient, long, soon, pools)
        budgets = Budgets(storage, Limits(settings.user_tokens, settings.chat_tokens, settings.all_tokens))
        pictures = Pictures(picture_reader, budgets) if picture_reader else None
        desk = Desk(
            stage=stage,
            soon=soon,
            sources=sources,
            budgets=budgets,
            tallies=Tallies(storage),
            dead_letters=dead_letters,
            author=author,
            models=author.has_models,
            most_tokens=settings.quiz_tokens,
            stopping=stopping,
        )
        patience = Patience(due, dead_letters)
        later.register(soon_docket, stage, unsaid, patience)
        count.register(soon_docket, stage, statistics, patience)
        write.register(long_docket, desk)
        top_up.register(long_docket, desk)
        opening = Opening(stage, people, Voice(stage.sender, soon, unsaid))
        rounds, groups, group_pace = Rounds(storage), Groups(storage), paces(settings).group
        go_on.register(soon_docket, Live(rounds, groups, quizzes, opening.voice, soon, group_pace), patience)
        convert.register(reading_docket, Reader(collections, sources, opening, dead_letters, pictures, stopping))
        forgetting = Forgetting(storage)
        eraser = Eraser(forgetting, attempts, opening.voice, patience, embedded=settings.redis_url is None)
        forget.register(soon_docket, eraser)
        services = Services(
            attempts,
            quizzes,
            people,
            sender,
            soon,
            unsaid,
            library,
            long,
            collections,
            sources,
            forgetting,
            pools,
            statistics,
            Reports(storage),
            rounds,
            groups,
            group_pace,
            can_write=bool(settings.models),
            reads_pictures=bool(settings.picture_model),
        )
        is_told = asyncio.Event() if settings.webhook_url and roles.receives else None
        dockets = {SOON.name: soon_docket, LONG.name: long_docket, READING.name: reading_docket}
        ready = partial(look, storage, dockets, works=roles.works, is_told=is_told)
        # The inner group is left first: what receives and what works ends before the way to Telegram is closed.
        async with connected(application, services, stopping), asyncio.TaskGroup() as working:
            watching = group.create_task(clock.watch(), name="clock")
            for kind in (SOON, LONG, READING) if roles.works else ():
                working.create_task(work(dockets[kind.name], kind, clock, stopping), name=f"{kind.name} worker")
            if author.has_models:
                group.create_task(author.warm_up(), name="models")
            figures = None
            if settings.metrics_port is not None:
                from bot.operators import figures_of, serve_operators  # a web server nobody asked for is not imported

                figures = figures_of(settings, storage, dockets)
                if is_told is None or settings.metrics_port != settings.port:
                    serving = serve_operators(settings.host, settings.metrics_port, ready, figures, stopping)
                    working.create_task(serving, name="metrics")
                    figures = None
            make_what_is_kept(library, can_write=bool(settings.models))
            settle()
            log.info("the bot is running", role=roles.name, decks=len(library.decks))
            if roles.receives:
                announcing = group.create_task(announce_commands(application), name="commands")
                intake = Intake(application, dead_letters)
                parked = ParkedUpdates(storage)
                await receive(settings, application, intake, parked, ready, is_told, figures, stopping)
                announcing.cancel()
            else:
                await stopping.wait()
        watching.cancel()


async def receive(
    settings: Settings,
    application: QuizApplication,
    intake: Intake,
    parked: ParkedUpdates,
    ready: Look,
    is_told: asyncio.Event | None,
    figures: "Figures | None",
    stopping: asyncio.Event,
) -> None:
    """Receive updates until told to stop: at the webhook of the settings (`is_told`), or else by polling."""
    if is_told is None:
        await Receiver(application.bot, intake, parked).run(stopping)
        return
    from bot.webhook import serve_webhook

    await take_up(parked, intake)
    await serve_webhook(settings, application.bot, intake, ready, is_told, figures, stopping)


async def take_up(parked: ParkedUpdates, intake: Intake) -> None:
    """Handle what a process left that received by polling and was killed."""
    try:
        for update, raw in (await parked.all()).items():
            _user, work = intake.work_of(raw)
            await work()
            await parked.take_out(update)
    except StorageUnavailable as error:
        log.warning("what was parked waits for the next start", reason=str(error))


async def answers(storage: Storage, stopping: asyncio.Event) -> bool:
    """Wait until storage answers and its records can be read; False when told to stop before it did.

    Raises `WrongSettings` when it does not take the user or the password, has no such database, or is no Redis.
    """
    while not stopping.is_set():
        try:
            await ensure_schema(storage)
        except AccessRefused as error:
            raise WrongSettings(f"QUIZBOT_REDIS_URL: the Redis does not let this bot in ({error})") from error
        except NotTheRedis as error:
            raise WrongSettings(f"QUIZBOT_REDIS_URL: {error}") from error
        except StorageUnavailable as error:
            log.warning("Redis cannot be reached", reason=str(error), again_in=PAUSE_SECONDS)
            await sleep_unless(stopping, PAUSE_SECONDS)
        else:
            return True
    return False


def paces(settings: Settings) -> Paces:
    """How fast Telegram takes messages, by the settings."""
    return Paces(
        chat=Pace(settings.chat_messages, 60.0),
        group=Pace(settings.group_messages, 60.0),
        everyone=Pace(settings.all_messages, 1.0),
    )


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
