"""Students play through a storm: whatever is killed, cut, late or repeated, no press is lost and none counts twice."""

import asyncio
import os
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from simulator.client import Simulator
from storage.connection import connect
from storage.people import People
from tasks.dockets import DOCKETS, open_docket
from tasks.queues import waiting
from tests.bot_process import LOOKS_FOR
from tests.faults.lesson import Kept, Lesson, new_seed
from tests.faults.outcome import Outcome
from tests.faults.replicas.ledger import Ledger, check_fold
from tests.faults.replicas.replica import running
from tests.faults.replicas.storm import Storm, StormReplica
from tests.redis_servers import HOST, Server, free_ports, server
from tests.toxic_proxy import Toxic, ToxicProxy

PRESSES = int(os.environ.get("QUIZBOT_TEST_PRESSES", "100"))
STUDENTS = min(200, 5 + PRESSES // 50)
THINKS = 0.01 * STUDENTS
"""Seconds at most: two cores answer about a hundred presses a second."""
LONGEST_PAUSE = 1.5 if PRESSES < 1000 else 6.0
"""Seconds between two troubles at most: time for many students to get on."""
PATIENCE = 90.0
CALMS_DOWN = 60.0


@pytest.mark.longest
@pytest.mark.timeout(240 + PRESSES // 25)
async def test_in_a_storm_no_press_is_lost_and_none_counts_twice(
    folder: Path, simulator: Simulator, outcome: Outcome
) -> None:
    """Two processes that serve, two that work, and the Redis are killed; each line between them is bad at times."""
    seed = new_seed()
    async with AsyncExitStack() as stack:
        redis = await stack.enter_async_context(server(free_ports(1)[0]))
        to_redis, to_telegram, webhook = [
            await stack.enter_async_context(ToxicProxy.open(*ports, seed=seed))
            for ports in ([redis.port], [int(simulator.url.rpartition(":")[2])], [])
        ]
        settings = {"QUIZBOT_API_BASE_URL": to_telegram.address, "QUIZBOT_LOG_LEVEL": "INFO"}
        replicas = [
            StormReplica(
                folder / f"{command} {number}",
                simulator,
                f"redis://{HOST}:{to_redis.port}",
                command,
                address=webhook.address,
                settings=settings,
            )
            for command in ("serve", "worker")
            for number in range(2)
        ]
        webhook.ports = [one.port for one in replicas if one.command == "serve"]
        ledger = await stack.enter_async_context(Ledger.open(simulator))
        links = {"to Redis": to_redis, "to Telegram": to_telegram, "from Telegram": webhook}
        storm = Storm(ledger, replicas, redis, links, longest_pause=LONGEST_PAUSE)
        async with connect(redis.url, LOOKS_FOR) as storage:
            lesson = Lesson(ledger, People(storage), seed, students=STUDENTS, patience=PATIENCE, thinks=THINKS)
            await lesson.begin()
        stack.callback(storm.report)
        async with running(*replicas):
            await weather(storm, lesson, ledger, seed)
            async with asyncio.timeout(CALMS_DOWN):
                await ledger.until_nothing_waits()
                await until_nothing_is_left_to_do(redis)
        async with connect(redis.url, LOOKS_FOR) as storage:
            all_kept = await lesson.check(simulator, storage, outcome)
        check_everything(all_kept)
        for proxy in links.values():
            assert all(proxy.harmed[toxic] for toxic in Toxic), proxy.harmed


async def weather(storm: Storm, lesson: Lesson, ledger: Ledger, seed: int) -> None:
    """Everybody plays until the storm is over: when so many presses were taken."""
    enough = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(lesson.play())
        raging = group.create_task(storm.rage(seed, enough))
        await ledger.until_taken(PRESSES)
        enough.set()
        await raging
        lesson.is_over.set()


async def until_nothing_is_left_to_do(redis: Server) -> None:
    """Wait until no task is left in any docket."""
    for kind in DOCKETS:
        async with open_docket(redis.url, kind) as docket:
            while True:
                found = await waiting(docket, time.time())
                if (found.due, found.running, found.later) == (0, 0, 0):
                    break
                await asyncio.sleep(0.1)


def check_everything(all_kept: list[Kept]) -> None:
    """Each answer is the first valid press, and what it began is done and recorded, unless Telegram dropped it."""
    for kept in all_kept:
        for attempt in kept.attempts:
            check_fold(kept.student, attempt)
            if not any(answer.press in kept.student.dropped for answer in attempt.answers.values()):
                assert not attempt.unjudged()
                assert attempt.score_message is not None
