"""Promise 1 on a Redis that is there and cannot write: full, read-only, slow, forgetful, on a full disk.

No acknowledged answer is lost and none counts twice; what cannot be kept stays with Telegram; and once the trouble is
over, every quiz goes on by itself.
"""

import asyncio
import re
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from delivery.buttons import Skip
from simulator.client import Simulator
from storage.connection import Storage, connect
from storage.deadletters import DeadLetters
from storage.people import People
from tests.bot_process import LOOKS_FOR, BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.faults import redis_trouble
from tests.faults.lesson import Lesson, new_seed
from tests.faults.outcome import Outcome
from tests.faults.redis_trouble import Trouble
from tests.faults.replicas.conftest import folder
from tests.faults.replicas.replica import Replica, begun, running
from tests.injected import inject
from tests.redis_servers import Server, free_ports, server

__all__ = ["folder"]

pytestmark = pytest.mark.timeout(240)
STUDENTS = 3
LASTS = 2.5
PATIENCE = 40.0


@pytest.fixture
async def own_redis() -> AsyncGenerator[Server]:
    """A server whose settings a test may change."""
    async with server(free_ports(1)[0]) as running:
        yield running


@pytest.fixture
async def bot(simulator: Simulator, own_redis: Server) -> AsyncGenerator[BotProcess]:
    async with start_bot(simulator, {"QUIZBOT_REDIS_URL": own_redis.url}) as bot:
        yield bot


@pytest.fixture
async def storage(bot: BotProcess, own_redis: Server) -> AsyncGenerator[Storage]:
    del bot
    async with connect(own_redis.url, LOOKS_FOR) as storage:
        yield storage


@pytest.mark.parametrize(
    ("trouble", "keeps"),
    [
        pytest.param(redis_trouble.out_of_memory, True, id="out of memory"),
        pytest.param(redis_trouble.without_replicas, True, id="too few replicas"),
        pytest.param(redis_trouble.as_replica, True, id="read-only"),
        pytest.param(redis_trouble.paused, True, id="paused"),
        pytest.param(redis_trouble.busy, True, id="busy"),
        pytest.param(redis_trouble.forgetful, False, id="scripts flushed"),
        pytest.param(redis_trouble.disk_full, True, id="disk full"),
    ],
)
async def test_no_answer_is_lost_and_the_quiz_goes_on_by_itself(
    simulator: Simulator,
    bot: BotProcess,
    own_redis: Server,
    classroom: Classroom,
    storage: Storage,
    outcome: Outcome,
    trouble: Trouble,
    *,
    keeps: bool,
) -> None:
    """Students press all the while; of one of them it is looked at whether Telegram keeps the press (`keeps`)."""
    lesson = Lesson(classroom, People(storage), new_seed(), students=STUDENTS, patience=PATIENCE)
    await lesson.begin()
    ann = await classroom.join()
    await ann.say("photosynthesis")
    question = await ann.question()
    await ann.acknowledged()
    async with asyncio.TaskGroup() as group:
        group.create_task(lesson.play())
        await asyncio.sleep(0.5)
        async with trouble(own_redis):
            before = await simulator.last_event()
            pressed = await ann.press(question.message, Skip(*question.place))
            await asyncio.sleep(LASTS)
            events = await simulator.events(after=before)
            confirmed = [event.update_id for event in events if event.kind == "update_confirmed"]
            assert (ann.update in confirmed) is not keeps
            assert (pressed.callback_query_id in ann.toasts) is not keeps
        ended = time.monotonic()
        ann.over.add(question.place)
        assert (await ann.toast(pressed)).startswith("⏭")
        assert (await ann.question()).place == (question.attempt, 1)
        after = time.monotonic() - ended
        lesson.is_over.set()
    async with connect(own_redis.url, LOOKS_FOR) as anew:  # the server may be another process by now
        await lesson.check(simulator, anew, outcome)
    assert ann.copies(question.attempt, 1) == 1
    assert bot.is_running
    assert faults_of_ours(bot.said) == []
    what = trouble.__name__.replace("_", " ")
    inject(f"Redis in trouble for {LASTS:g} s", what)
    outcome.measured = f"{what}: goes on {after:.1f} s after"


async def test_at_a_webhook_telegram_is_told_to_come_again(
    folder: Path, simulator: Simulator, own_redis: Server, classroom: Classroom, outcome: Outcome
) -> None:
    """503 with `Retry-After: 1` as long as nothing can be kept, and what was pressed is answered a moment after."""
    processes = [Replica(folder / command, simulator, own_redis.url, command) for command in ("serve", "worker")]
    async with connect(own_redis.url, LOOKS_FOR) as storage, running(*processes):
        ann = await classroom.join()
        question = await begun(ann, storage)
        async with redis_trouble.out_of_memory(own_redis):
            pressed = await ann.press(question.message, Skip(*question.place))
            await asyncio.sleep(LASTS)
            refused = re.search(r'quizbot_webhooks_total\{status="503"\} (\d+)', await processes[0].figures())
            assert refused is not None
            assert 2 <= int(refused[1]) <= LASTS + 1, "once a second, and the first time at once"
            assert pressed.callback_query_id not in ann.toasts
        assert (await ann.toast(pressed)).startswith("⏭")
        ann.over.add(question.place)
        await ann.finish(question.attempt, 3)
        assert ann.copies(question.attempt, 1) == 1
        assert await DeadLetters(storage).count() == 0
        assert [fault for process in processes for fault in faults_of_ours(process.said)] == []
    inject(f"Redis in trouble for {LASTS:g} s", "out of memory, at a webhook")
    outcome.measured = f"out of memory, at a webhook: {refused[1]} × 503"


def faults_of_ours(said: str) -> list[str]:
    """The exceptions in a log that are not Redis's own: docket logs those, and tries again."""
    types: list[str] = re.findall(r'"exception": \[\{"type": "([^"]+)"', said)
    return [one for one in types if not one.startswith("redis.")]
