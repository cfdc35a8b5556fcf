"""A rolling restart under load: processes of the release before and of this one, side by side on one Redis."""

import asyncio
import time
from pathlib import Path

import pytest

from simulator.client import Event, Fault, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.embedded import EmbeddedServer
from storage.people import People, Settings
from tests.classroom import Classroom
from tests.faults.lesson import Lesson, new_seed
from tests.faults.outcome import Outcome
from tests.faults.replicas.release import NoRelease, OlderReplica, code_before
from tests.faults.replicas.replica import Replica, running
from tests.generation.scripted_server import Hang, ScriptedServer, knows, text
from tests.generation.written import GPT, KNOWN, STEMS, line, lines
from tests.injected import known
from tests.student import check_kept
from tests.toxic_proxy import ToxicProxy

pytestmark = pytest.mark.timeout(240)
STUDENTS = 6
PATIENCE = 60.0
ENDS_WITHIN = 20.0
ANSWERS_SIDE_BY_SIDE = 12
"""So many presses are handled before the next process is replaced."""


@pytest.fixture
def code(folder: Path) -> Path:
    try:
        return code_before(folder)
    except NoRelease as reason:
        pytest.skip(str(reason))


async def test_a_rolling_restart_under_load_loses_nothing_and_doubles_nothing(
    folder: Path,
    code: Path,
    simulator: Simulator,
    server: EmbeddedServer,
    classroom: Classroom,
    storage: Storage,
    outcome: Outcome,
) -> None:
    """Students answer, Telegram refuses a part for a second, a quiz is being written: it all goes on."""
    lesson = Lesson(classroom, People(storage), new_seed(), students=STUDENTS, patience=PATIENCE)
    await lesson.begin()
    writing = await classroom.join(name="Bob")
    await People(storage).save_settings(writing.id, Settings(count=3))
    async with ScriptedServer.running() as provider, ToxicProxy.open() as balancer:
        provider.solves = knows(KNOWN)
        provider.writes = [text(line(STEMS[0]), Hang()), text(*lines(2, begin=1))]
        model = {"QUIZBOT_MODEL": GPT, "OPENAI_API_KEY": "sk-of-nobody", "OPENAI_BASE_URL": f"{provider.url}/v1"}
        older = [
            OlderReplica(
                folder / f"old {command}",
                simulator,
                server.url,
                command,
                code=code,
                address=balancer.address,
                settings=model,
            )
            for command in ("serve", "worker")
        ]
        newer = [
            Replica(folder / f"new {command}", simulator, server.url, command, address=balancer.address, settings=model)
            for command in ("serve", "worker")
        ]
        balancer.ports = [older[0].port]
        async with running(*older), asyncio.TaskGroup() as group:
            await writing.say("Gas giants")
            await writing.question()
            await simulator.add_faults(Fault("sendMessage", "429", probability=0.1, retry_after=1))
            playing = group.create_task(lesson.play())
            async with running(*newer):
                balancer.ports.append(newer[0].port)
                ends: dict[str, int] = {}
                for old in older:
                    await some_presses(simulator)
                    if old.port in balancer.ports:
                        balancer.ports.remove(old.port)
                    begun = time.monotonic()
                    await old.stop()
                    known(f"SIGTERM to quizbot {old.command}", "of the release before")
                    ends[f"ms until the old {old.command} had ended"] = round(1000 * (time.monotonic() - begun))
                await some_presses(simulator)
                lesson.is_over.set()
                await playing
                await simulator.lift_faults()
                question = await writing.question()
                await writing.finish(question.attempt, 3)
                for new in newer:
                    await new.stop()
    outcome.measured = ", ".join(f"{ms} {words}" for words, ms in ends.items())
    assert max(ends.values()) < 1000 * ENDS_WITHIN
    assert all(balancer.connections.get(one.port) for one in (older[0], newer[0])), "both releases served"
    await lesson.check(simulator, storage, outcome)
    attempt = await Attempts(storage).load(writing.id, question.attempt)
    assert attempt is not None
    check_kept(writing, attempt)
    await everything_was_taken(simulator)


async def some_presses(simulator: Simulator) -> None:
    """Wait until so many presses were handled from now on."""
    last = await simulator.last_event()

    def is_answer(event: Event) -> bool:
        return event.kind == "call_answered" and event.method == "answerCallbackQuery"

    for _ in range(ANSWERS_SIDE_BY_SIDE):
        last = (await simulator.wait_for_event(is_answer, after=last, within=PATIENCE)).number


async def everything_was_taken(simulator: Simulator) -> None:
    """No update is left with Telegram."""
    events = await simulator.events()
    given = {event.update_id for event in events if event.kind == "update_delivered"}
    taken = {event.update_id for event in events if event.kind == "update_confirmed"}
    assert given == taken
