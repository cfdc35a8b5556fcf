"""A live round goes on in another process within 10 s after kill -9 of the one that worked it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from delivery.round_buttons import Ready
from quiz.round import Control, RoundSettings, RoundState
from simulator.client import Fault, Simulator
from storage.connection import Storage
from storage.embedded import EmbeddedServer
from tests.faults.replicas.replica import Replica, running
from tests.rounds.group import PlayingGroup

pytestmark = pytest.mark.timeout(240)
SETTINGS = RoundSettings(seconds=5, pause=2, count=3)
GOES_ON_WITHIN = 10.0


async def test_another_worker_closes_the_question_and_goes_on(
    folder: Path,
    simulator: Simulator,
    server: EmbeddedServer,
    storage: Storage,
    record_property: Callable[[str, object], None],
) -> None:
    """Killed while it sends the result, which nobody has seen."""
    serve = Replica(folder / "s", simulator, server.url, "serve")
    first, second = (Replica(folder / name, simulator, server.url, "worker") for name in ("a", "b"))
    async with (
        running(serve, first),
        PlayingGroup.open(simulator, storage, students=2, settings=SETTINGS) as group,
    ):
        lobby = await group.begin()
        one = await group.round()
        await group.press(group.students[0], lobby, Ready(one.id))
        await group.leads(lobby, Control.START)
        await group.answers_rightly(group.students[0], 0)
        after = await simulator.last_event()
        await simulator.add_faults(Fault("sendMessage", "hang", "before", group.chat))
        await simulator.wait_for_event(lambda event: event.kind == "fault_holding", after=after)
        async with running(second):
            await first.kill()
            killed = asyncio.get_running_loop().time()
            await simulator.lift_faults()
            await group.reads("⏰ 1/3")
            took = asyncio.get_running_loop().time() - killed
            record_property("kill -9 of a worker that sends a result", f"another sends it after {took:.1f} s")
            assert took <= GOES_ON_WITHIN
            for position in (1, 2):
                await group.answers_rightly(group.students[0], position)
            ended = await group.ended()
        assert ended.state is RoundState.DONE
        assert "🥇 Pupil 1 — 3" in group.shown()[-1].text
        copies = [message for message in group.shown() if message.text.startswith("⏰ 1/3")]
        assert len(copies) == 1
