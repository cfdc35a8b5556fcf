"""Promise 4: 429, 500 or a hanging call in one chat slows that chat only: the others' p95 from press to toast stays.

Phases with and without a fault take turns in one run, while the same students press at the same pace; a phase with
the fault is compared with the one without it beside it, and the middle of those ratios is what counts. The machine
belongs to others too: only `make faults` measures long enough to hold the ratio to 20 %, and measures on where it is
more, since noise goes away by that and a slower bot does not. Else it is looked at whether anybody waited for a call of
that chat, which takes a second at least.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from delivery.buttons import OpenSettings
from simulator.client import Fault, Simulator
from storage.connection import Storage, connect
from storage.embedded import EmbeddedServer
from tests.bot_process import LOOKS_FOR, BotProcess
from tests.classroom import Classroom
from tests.faults.lesson import new_seed
from tests.faults.outcome import IS_THOROUGH, Outcome
from tests.faults.promptness import PAUSE, Pressing, p95, waits
from tests.faults.replicas.conftest import folder, server
from tests.faults.replicas.replica import Replica, running
from tests.student import Student

__all__ = ["folder", "server"]

pytestmark = pytest.mark.timeout(280)
ROUNDS = 5 if IS_THOROUGH else 2
AT_MOST_ROUNDS = 15
PHASE = 2.0 if IS_THOROUGH else 1.0
MOST = 1.2
MOST_SECONDS = 0.1
"""More than any of it should cost, and far less than a call that hangs takes."""
OTHERS = 8

HANGS = Fault("*", "hang")
FAULTS = (Fault("*", "429", retry_after=1), Fault("*", "500"), HANGS) if IS_THOROUGH else (HANGS,)
"""What is hardest for the others; `make faults` has all."""
each_fault = pytest.mark.parametrize("fault", FAULTS, ids=[fault.kind for fault in FAULTS])


@pytest.fixture
async def replicas(folder: Path, simulator: Simulator, server: EmbeddedServer) -> AsyncGenerator[Storage]:
    """The bot at a webhook, and what it keeps."""
    processes = [Replica(folder / command, simulator, server.url, command) for command in ("serve", "worker")]
    async with running(*processes), connect(server.url, LOOKS_FOR) as storage:
        yield storage


@each_fault
async def test_at_a_webhook_nobody_else_waits(
    replicas: Storage, simulator: Simulator, classroom: Classroom, outcome: Outcome, fault: Fault
) -> None:
    """Each person's updates are posted by themselves."""
    without, with_fault, ratio = await compared(simulator, classroom, replicas, fault)
    outcome.measured = f"{fault.kind} in one chat, at a webhook: " + told(without, with_fault, ratio)
    assert with_fault - without <= MOST_SECONDS
    assert ratio <= MOST or not IS_THOROUGH


@each_fault
async def test_by_polling_nobody_else_waits(
    bot: BotProcess,
    storage: Storage,
    simulator: Simulator,
    classroom: Classroom,
    outcome: Outcome,
    fault: Fault,
) -> None:
    """What is not handled yet Telegram gives again at once to whoever asks for what came next; so it is parked."""
    without, with_fault, ratio = await compared(simulator, classroom, storage, fault)
    outcome.measured = f"{fault.kind} in one chat, by polling: " + told(without, with_fault, ratio)
    assert bot.is_running
    assert with_fault - without <= MOST_SECONDS
    assert ratio <= MOST or not IS_THOROUGH


def told(without: float, with_fault: float, ratio: float) -> str:
    """The figures in a few words."""
    return f"others' p95 {1000 * without:.1f} → {1000 * with_fault:.1f} ms, median ratio {ratio:.2f}"


async def compared(
    simulator: Simulator, classroom: Classroom, storage: Storage, fault: Fault
) -> tuple[float, float, float]:
    """The others' p95 without and with the fault, in seconds, and the median of the ratios of neighbouring phases."""
    seed = new_seed()
    others = await Pressing.of(classroom, storage, OTHERS, seed)
    ann = await classroom.join(name="Ann")
    await ann.say("/settings")
    await ann.until(lambda: ann.shown() or None, "the settings")
    struck = replace(fault, chat_id=ann.id)
    found: dict[bool, list[list[float]]] = {False: [], True: []}
    dice = Random(seed)
    async with asyncio.TaskGroup() as group:
        group.create_task(others.play())
        await asyncio.sleep(1)
        while len(found[True]) < ROUNDS or (
            IS_THOROUGH and ratio_of(found) > MOST and len(found[True]) < AT_MOST_ROUNDS
        ):
            for strikes in dice.sample([False, True], 2):
                found[strikes].append(await phase(simulator, ann, others, struck if strikes else None))
        others.stop()
    without, with_fault = (p95([wait for waited in found[strikes] for wait in waited]) for strikes in (False, True))
    return without, with_fault, ratio_of(found)


def ratio_of(found: dict[bool, list[list[float]]]) -> float:
    """By how much the p95 of a phase with the fault is that of the one beside it, in the median."""
    return statistics.median(p95(one) / p95(other) for one, other in zip(found[True], found[False], strict=True))


async def phase(simulator: Simulator, ann: Student, others: Pressing, fault: Fault | None) -> list[float]:
    """How long the others wait while Ann presses too, and all calls in her chat have the fault."""
    screen = next(iter(ann.shown()))
    if fault is not None:
        await simulator.add_faults(fault)
    before = await simulator.last_event()
    end = time.monotonic() + PHASE
    while time.monotonic() < end:
        await ann.press(screen, OpenSettings())
        await asyncio.sleep(PAUSE)
    events = await simulator.events(after=before)
    await simulator.lift_faults()
    await ann.acknowledged()  # what was left over burdens no other phase
    return waits(events, [student.id for student in others.students])
