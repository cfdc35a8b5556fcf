"""`quizbot serve` and `quizbot worker` over one Redis: the bot in two processes, each killed at will."""

import asyncio
import socket
import sys
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from delivery.buttons import Choose
from quiz.question import Level
from simulator.client import Fault, Simulator
from storage.attempts import Attempts
from storage.connection import Storage, connect
from storage.deadletters import DeadLetters
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server
from storage.people import People, Settings
from tests.bot_process import LOOKS_FOR, BotProcess
from tests.log_check import assert_well_logged
from tests.student import Classroom, Question, Student

pytestmark = pytest.mark.timeout(240)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
async def server() -> AsyncGenerator[EmbeddedServer]:
    """A Redis that belongs to neither process."""
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server


@pytest.fixture
async def storage(server: EmbeddedServer) -> AsyncGenerator[Storage]:
    async with connect(server.url, LOOKS_FOR) as storage:
        yield storage


class Replicas:
    """One process that serves, and one that works."""

    def __init__(self, folder: Path, simulator: Simulator, redis: str) -> None:
        self.port = free_port()
        settings = {
            "QUIZBOT_REDIS_URL": redis,
            "QUIZBOT_WEBHOOK_URL": f"http://127.0.0.1:{self.port}",
            "QUIZBOT_PORT": str(self.port),
        }
        self.serve, self.worker = (
            BotProcess(folder / command, simulator.url, settings=settings, command=command)
            for command in ("serve", "worker")
        )

    @property
    def both(self) -> tuple[BotProcess, BotProcess]:
        """The processes."""
        return self.serve, self.worker

    async def ready(self) -> dict[str, object]:
        """What `/readyz` says, once the process that serves is ready."""
        async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(60):
            while True:
                try:
                    answer = await http.get(f"http://127.0.0.1:{self.port}/readyz")
                except httpx.TransportError:
                    answer = None
                if answer is not None and answer.status_code == 200:
                    return answer.json()
                await asyncio.sleep(0.05)


@pytest.fixture
async def replicas(simulator: Simulator, server: EmbeddedServer) -> AsyncGenerator[Replicas]:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        replicas = Replicas(Path(folder), simulator, server.url)
        for process in replicas.both:
            process.folder.mkdir()
            process.start()
        try:
            await replicas.ready()
            yield replicas
        finally:
            for process in replicas.both:
                if process.is_running:
                    await process.kill()
                sys.stderr.write(process.said)
        for process in replicas.both:
            await assert_well_logged(process, simulator)


async def begun(student: Student, storage: Storage, count: int = 3) -> Question:
    """The first question of a quiz whose questions take one press each."""
    await People(storage).save_settings(student.id, Settings(count=count, level=Level.RECALL))
    await student.say("photosynthesis")
    return await student.question()


async def test_a_quiz_is_played_through_the_webhook(replicas: Replicas, classroom: Classroom, storage: Storage) -> None:
    """Telegram posts, one process answers, and nothing is left over."""
    ann = await classroom.join()
    question = await begun(ann, storage)

    assert 0 <= await ann.finish(question.attempt, 3) <= 3
    assert (await replicas.ready())["troubles"] == []
    assert await DeadLetters(storage).count() == 0


async def test_what_the_one_that_serves_could_not_send_the_worker_does(
    replicas: Replicas, simulator: Simulator, classroom: Classroom, storage: Storage
) -> None:
    """Whatever happens to the one that took the press."""
    ann = await classroom.join()
    question = await begun(ann, storage)
    await simulator.add_faults(Fault("sendMessage", "429", chat_id=ann.id, retry_after=2, times=1))
    await ann.press(question.message, Choose(*question.place, question.places[0]))
    ann.over.add(question.place)
    await ann.acknowledged()
    await replicas.serve.kill()

    assert (await ann.question()).place == (question.attempt, 1)


@pytest.mark.parametrize(
    "fault", [Fault("answerCallbackQuery", "hang"), Fault("sendMessage", "hang", "after")], ids=["toast", "question"]
)
async def test_a_press_counts_once_whenever_the_one_that_serves_is_killed(
    replicas: Replicas, simulator: Simulator, classroom: Classroom, storage: Storage, fault: Fault
) -> None:
    """Telegram brings the update again until somebody says 200."""
    ann = await classroom.join()
    question = await begun(ann, storage)
    await simulator.add_faults(fault)
    pressed = await ann.press(question.message, Choose(*question.place, question.places[0]))
    await simulator.wait_for_event(lambda event: event.kind == "fault_holding")
    await replicas.serve.kill()
    await simulator.lift_faults()
    replicas.serve.start()
    await ann.toast(pressed)
    ann.over.add(question.place)
    await ann.finish(question.attempt, 3)

    attempt = await Attempts(storage).load(ann.id, question.attempt)
    assert attempt is not None
    assert attempt.answers[0].press == pressed.callback_query_id


async def test_told_to_end_it_finishes_what_it_is_at(
    replicas: Replicas, simulator: Simulator, classroom: Classroom, storage: Storage
) -> None:
    """The press that is being handled is answered and acknowledged before the process ends."""
    ann = await classroom.join()
    question = await begun(ann, storage)
    await simulator.add_faults(Fault("answerCallbackQuery", "hang", seconds=0.5, times=1))
    pressed = await ann.press(question.message, Choose(*question.place, question.places[0]))
    await simulator.wait_for_event(lambda event: event.kind == "fault_holding")
    for process in replicas.both:
        await process.stop()

    assert await ann.toast(pressed)
    await ann.acknowledged()
