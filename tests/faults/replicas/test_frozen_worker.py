"""A worker that is frozen for longer than others wait for it, and goes on as if nothing had been.

In `make faults` it is frozen for 20 s, and others wait for it as long as they do: 5 s for what is soon, 15 s else.
"""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import app
from delivery.buttons import Choose
from simulator.client import Fault, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.embedded import EmbeddedServer
from storage.people import People, Settings
from tasks import dockets
from tests.classroom import Classroom
from tests.faults.outcome import IS_THOROUGH
from tests.faults.replicas.replica import Replica, begun, running
from tests.generation.scripted_server import ScriptedServer, knows, text
from tests.generation.written import GPT, KNOWN, STEMS, line, lines
from tests.student import Student, check_kept

pytestmark = pytest.mark.timeout(240)
AT_LEAST = 20.0 if IS_THOROUGH else 0.0
"""How long it stays frozen, even when another one has done its work before."""


def quick_redelivery() -> None:
    """What is changed in a worker before it runs."""
    app.SOON = replace(dockets.SOON, redelivery=timedelta(seconds=2))
    app.LONG = replace(dockets.LONG, redelivery=timedelta(seconds=2))
    app.READING = replace(dockets.READING, redelivery=timedelta(seconds=2))


CHANGE = None if IS_THOROUGH else quick_redelivery


@asynccontextmanager
async def frozen(worker: Replica) -> AsyncGenerator[None]:
    """The worker does nothing while the context is open, and so long at least."""
    worker.send(signal.SIGSTOP)
    until = asyncio.get_running_loop().time() + AT_LEAST
    yield
    await asyncio.sleep(until - asyncio.get_running_loop().time())
    worker.send(signal.SIGCONT)


async def check(student: Student, attempt_id: str, storage: Storage) -> None:
    """Every answer is kept as it was given, and nothing was given up."""
    attempt = await Attempts(storage).load(student.id, attempt_id)
    assert attempt is not None
    assert len(attempt.answers) == len(attempt.plan) == 3
    check_kept(student, attempt)
    assert await DeadLetters(storage).count() == 0


async def test_another_worker_does_what_it_was_at_and_what_it_does_later_changes_nothing(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom, storage: Storage
) -> None:
    """It was sending a question: that comes twice at the most, and is answered once."""
    serve = Replica(folder / "s", simulator, server.url, "serve")
    one, other = (Replica(folder / name, simulator, server.url, "worker", change=CHANGE) for name in "ab")
    async with running(serve, one):
        ann = await classroom.join()
        question = await begun(ann, storage)
        await simulator.add_faults(
            Fault("sendMessage", "429", chat_id=ann.id, retry_after=1, times=1),
            Fault("sendMessage", "hang", chat_id=ann.id, times=1),
        )
        await ann.press(question.message, Choose(*question.place, question.places[0]))
        ann.over.add(question.place)
        await simulator.wait_for_event(lambda event: event.kind == "fault_holding")
        async with frozen(one), running(other):
            await ann.answer(await ann.question())
            await simulator.lift_faults()
            await ann.question()
        await ann.finish(question.attempt, 3)
        await one.stop()
        await check(ann, question.attempt, storage)
        assert [ann.copies(question.attempt, position) for position in (0, 2)] == [1, 1]
        assert 1 <= ann.copies(question.attempt, 1) <= 2


async def test_a_quiz_that_it_was_writing_is_written_on_by_another_and_once(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom, storage: Storage
) -> None:
    """What it writes when it goes on is too late, and is not asked."""
    rest = asyncio.Event()
    async with ScriptedServer.running() as provider:
        provider.solves = knows(KNOWN)
        provider.writes = [text(line(STEMS[0]), rest, *lines(2, begin=1)), text(*lines(2, begin=1))]
        settings = {"QUIZBOT_MODEL": GPT, "OPENAI_API_KEY": "sk-of-nobody", "OPENAI_BASE_URL": f"{provider.url}/v1"}
        serve = Replica(folder / "s", simulator, server.url, "serve", settings=settings)
        one, other = (
            Replica(folder / name, simulator, server.url, "worker", change=CHANGE, settings=settings) for name in "ab"
        )
        async with running(serve, one):
            ann = await classroom.join()
            await People(storage).save_settings(ann.id, Settings(count=3))
            await ann.say("Gas giants")
            question = await ann.question()
            async with frozen(one), running(other):
                await ann.answer(question)
                await ann.answer()
                await ann.question()
            rest.set()
            await ann.finish(question.attempt, 3)
            await one.stop()
            await check(ann, question.attempt, storage)
