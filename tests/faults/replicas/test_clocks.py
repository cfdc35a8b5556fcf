"""A process whose clock is an hour off does nothing early, nothing an hour late, and says so."""

import asyncio
from pathlib import Path

import pytest

from simulator.client import Event, Fault, Simulator
from storage.embedded import EmbeddedServer
from tests.classroom import Classroom
from tests.faults.replicas.replica import Replica, running
from tests.faults.replicas.wrong_clock import HOUR, goes_wrong, goes_wrong_unnoticed, set_ahead
from tests.student import Student

pytestmark = pytest.mark.timeout(240)
WAIT = 2
"""Seconds that Telegram asks for; to the hundredth, as the events of the simulator come over a network."""
LATE = 2.0
"""More than that no timer is late."""


async def waited(simulator: Simulator, student: Student) -> float:
    """How long somebody who asks for help waits for it, after Telegram has asked for a pause."""
    await simulator.add_faults(Fault("sendMessage", "429", chat_id=student.id, retry_after=WAIT, times=1))
    before, last = len(student.shown()), await simulator.last_event()
    await student.say("/help")

    def refused(event: Event) -> bool:
        return event.kind == "call_answered" and event.method == "sendMessage" and event.status == 429

    await simulator.wait_for_event(refused, after=last)
    begun = asyncio.get_running_loop().time()
    await student.until(lambda: len(student.shown()) > before or None, "the help")
    return asyncio.get_running_loop().time() - begun


def is_on_time(seconds: float) -> bool:
    """Neither early nor late."""
    return WAIT - 0.1 <= seconds <= WAIT + LATE


async def test_a_fast_worker_works_nothing_early_and_the_others_do_it_on_time(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom
) -> None:
    """It says so, to whoever looks and in its log, and leaves the dockets alone until its clock is set right."""
    serve, fast, right = (
        Replica(folder / name, simulator, server.url, command, change=change)
        for name, command, change in (("s", "serve", None), ("f", "worker", goes_wrong), ("r", "worker", None))
    )
    async with running(serve, fast):
        set_ahead(fast.folder, HOUR)
        found = await fast.says(ready=False)
        assert found["troubles"] == ["the clock is 3600.0 s ahead of that of Redis"]
        await fast.has_said("no timers run here until the clock is set right")
        async with running(right):
            assert (await serve.says(ready=True))["workers"] == {"soon": 1, "long": 1, "reading": 1}
            assert is_on_time(await waited(simulator, await classroom.join()))
        set_ahead(fast.folder, 0)
        await fast.says(ready=True)
        assert is_on_time(await waited(simulator, await classroom.join()))


@pytest.mark.parametrize("ahead", [HOUR, -HOUR], ids=["fast", "slow"])
async def test_what_a_process_with_a_wrong_clock_puts_off_is_done_on_time(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom, ahead: int
) -> None:
    """The one that serves adds tasks; when they are due is reckoned by Redis."""
    serve = Replica(folder / "s", simulator, server.url, "serve", change=goes_wrong)
    worker = Replica(folder / "w", simulator, server.url, "worker")
    async with running(serve, worker):
        set_ahead(serve.folder, ahead)
        assert (await serve.says(ready=False))["troubles"] == [
            f"the clock is 3600.0 s {'ahead of' if ahead > 0 else 'behind'} that of Redis"
        ]
        assert is_on_time(await waited(simulator, await classroom.join()))


async def test_a_worker_whose_clock_jumps_works_nothing_early_before_it_has_noticed(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom
) -> None:
    """Docket takes every timer of the next hour for due then; each task asks Redis, and puts itself back."""
    serve = Replica(folder / "s", simulator, server.url, "serve")
    worker = Replica(folder / "w", simulator, server.url, "worker", change=goes_wrong_unnoticed)
    async with running(serve, worker):
        set_ahead(worker.folder, HOUR)
        assert is_on_time(await waited(simulator, await classroom.join()))
