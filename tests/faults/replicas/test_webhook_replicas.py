"""`quizbot serve` and `quizbot worker` over one Redis: the bot in two processes, each killed at will."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import webhook
from delivery.buttons import Choose
from simulator.client import Fault, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.embedded import EmbeddedServer
from tests.bot_process import TOKEN
from tests.classroom import Classroom
from tests.faults.replicas.replica import Replica, begun, running
from web.app import PATH

pytestmark = pytest.mark.timeout(240)


@dataclass(frozen=True)
class Replicas:
    """One process that serves, and one that works."""

    serve: Replica
    worker: Replica


@pytest.fixture
async def replicas(folder: Path, simulator: Simulator, server: EmbeddedServer) -> AsyncGenerator[Replicas]:
    serve, worker = (Replica(folder / command, simulator, server.url, command) for command in ("serve", "worker"))
    async with running(serve, worker):
        yield Replicas(serve, worker)


async def test_a_quiz_is_played_through_the_webhook(replicas: Replicas, classroom: Classroom, storage: Storage) -> None:
    """Telegram posts, one process answers, and nothing is left over."""
    ann = await classroom.join()
    question = await begun(ann, storage)

    assert 0 <= await ann.finish(question.attempt, 3) <= 3
    for process in (replicas.serve, replicas.worker):
        found = await process.says(ready=True)
        assert found == {"ready": True, "troubles": [], "workers": {"soon": 1, "long": 1, "reading": 1}}
        assert "quizbot_queue_tasks" in await process.figures()
    assert await DeadLetters(storage).count() == 0


async def test_a_quiz_is_played_with_one_process_that_does_all_at_its_webhook(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom, storage: Storage
) -> None:
    """`quizbot run`, told where Telegram reaches it; it ends in order, and Telegram goes on to post there."""
    whole = Replica(folder / "run", simulator, server.url, "run")
    async with running(whole):
        ann = await classroom.join()
        question = await begun(ann, storage)
        assert 0 <= await ann.finish(question.attempt, 3) <= 3
        found = await whole.says(ready=True)
        assert found == {"ready": True, "troubles": [], "workers": {"soon": 1, "long": 1, "reading": 1}}
        await ann.acknowledged()
        await whole.stop()
    assert '"role": "run"' in whole.said
    assert await webhook_of(simulator) == whole.environment["QUIZBOT_WEBHOOK_URL"] + PATH
    assert "getUpdates" not in {event.method for event in await simulator.events()}
    assert await DeadLetters(storage).count() == 0


def looks_often() -> None:
    """What is changed in the bot before it runs."""
    webhook.LOOKS_SECONDS = 0.2
    webhook.SETTLES_SECONDS = 1.0


async def test_a_webhook_that_was_taken_away_is_a_trouble_and_set_again(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom, storage: Storage
) -> None:
    """As by a bot that was started by polling with the same token, and ended."""
    whole = Replica(folder / "run", simulator, server.url, "run", change=looks_often)
    async with running(whole):
        ann = await classroom.join()
        await asked(simulator, "deleteWebhook")
        found = await whole.says(ready=False)
        assert found["troubles"] == ["Telegram does not know this webhook"]
        await whole.says(ready=True)
        assert await webhook_of(simulator) == whole.environment["QUIZBOT_WEBHOOK_URL"] + PATH
        assert "Telegram does not post to this webhook any more" in whole.said
        await begun(ann, storage)


async def asked(simulator: Simulator, method: str) -> dict[str, Any]:
    """What Telegram says to another program with the bot's token."""
    async with httpx.AsyncClient(trust_env=False) as http:
        return (await http.post(f"{simulator.bot_api_url}{TOKEN}/{method}")).raise_for_status().json()


async def webhook_of(simulator: Simulator) -> str:
    """Where Telegram posts the bot's updates."""
    return (await asked(simulator, "getWebhookInfo"))["result"]["url"]


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
