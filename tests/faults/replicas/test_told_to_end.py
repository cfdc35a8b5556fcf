"""SIGTERM: what is being done is finished or handed on, and the process ends within 20 s whatever it is at."""

import asyncio
import time
from pathlib import Path

import pytest
from telegram import Update

from bot import app
from delivery.buttons import Choose
from handlers import registry
from handlers.context import Context
from simulator.client import Fault, Simulator
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.embedded import EmbeddedServer
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.faults.replicas.replica import Replica, begun, running

pytestmark = pytest.mark.timeout(240)
ENDS_WITHIN = 20.0


async def stopped(process: BotProcess) -> float:
    """How long it took to end, in good order."""
    begin = time.monotonic()
    await process.stop()
    return time.monotonic() - begin


async def test_one_that_serves_finishes_the_press_it_is_at(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom, storage: Storage
) -> None:
    """It is answered and acknowledged before the process ends."""
    serve = Replica(folder / "s", simulator, server.url, "serve")
    async with running(serve):
        ann = await classroom.join()
        question = await begun(ann, storage)
        await simulator.add_faults(Fault("answerCallbackQuery", "hang", seconds=0.5, times=1))
        pressed = await ann.press(question.message, Choose(*question.place, question.places[0]))
        await simulator.wait_for_event(lambda event: event.kind == "fault_holding")
        assert await stopped(serve) < ENDS_WITHIN

        assert await ann.toast(pressed)
        await ann.acknowledged()


async def test_a_worker_finishes_the_task_it_is_at(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom, storage: Storage
) -> None:
    """And takes no other; the next worker finds that it is done."""
    serve, worker = (Replica(folder / command, simulator, server.url, command) for command in ("serve", "worker"))
    async with running(serve, worker):
        ann = await classroom.join()
        question = await begun(ann, storage)
        await simulator.add_faults(
            Fault("sendMessage", "429", chat_id=ann.id, retry_after=1, times=1),
            Fault("sendMessage", "hang", chat_id=ann.id, seconds=1.5, times=1),
        )
        await ann.press(question.message, Choose(*question.place, question.places[0]))
        ann.over.add(question.place)
        await simulator.wait_for_event(lambda event: event.kind == "fault_holding")
        assert await stopped(worker) < ENDS_WITHIN

        second = await ann.question()
        worker.start()
        await ann.finish(question.attempt, 3)
        assert ann.copies(*second.place) == 1
        assert await DeadLetters(storage).count() == 0


async def clings(update: Update, context: Context) -> None:
    """A handler that cannot be ended."""
    del update, context
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            continue


def help_clings() -> None:
    """What is changed in the bot before it runs."""
    registry.COMMANDS["help"] = clings
    app.DRAINS_WITHIN_SECONDS = 1.0


async def test_one_that_does_not_come_to_its_end_is_cut_off_and_the_update_comes_again(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom
) -> None:
    """As by kill -9: what was not acknowledged is brought again, to whoever is there then."""
    serve = Replica(folder / "s", simulator, server.url, "serve", change=help_clings)
    serve.expected.add("not everything ended in time")
    async with running(serve):
        ann = await classroom.join()
        await ann.say("/help")
        await simulator.wait_for_event(lambda event: event.kind == "update_delivered" and event.update_id == ann.update)
        assert await stopped(serve) < ENDS_WITHIN
        serve.change = None
        serve.start()
        await ann.acknowledged(within=60)
        assert "/quiz" in (await ann.until(lambda: next(iter(ann.shown()), None), "the help")).text
    assert app.DRAINS_WITHIN_SECONDS < ENDS_WITHIN
