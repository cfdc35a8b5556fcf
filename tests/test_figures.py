"""A bot that plays counts what it does, and tells the operator at a port of their own."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from http import HTTPStatus

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from delivery.buttons import Choose
from quiz.question import Level
from simulator.client import Fault, Simulator
from storage.connection import Storage
from storage.people import People, Settings
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot

Series = dict[tuple[str, ...], float]


@pytest.fixture
async def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
async def bot(simulator: Simulator, port: int) -> AsyncGenerator[BotProcess]:
    async with start_bot(simulator, {"QUIZBOT_METRICS_PORT": str(port)}) as bot:
        yield bot


async def told(port: int) -> Series:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        assert (await http.get("/healthz")).text == "ok"
        async with asyncio.timeout(30):
            while (await http.get("/readyz")).status_code != HTTPStatus.OK:  # noqa: ASYNC110 - a worker has yet to begin
                await asyncio.sleep(0.05)
        assert (await http.get("/readyz")).json()["workers"] == {"soon": 1, "long": 1, "reading": 1}
        answer = await http.get("/metrics")
    return {
        (sample.name, *(value for name, value in sample.labels.items() if name != "le")): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_a_press_is_seen_in_every_figure_on_its_way(
    bot: BotProcess, port: int, simulator: Simulator, classroom: Classroom, storage: Storage
) -> None:
    del bot
    ann = await classroom.join()
    await People(storage).save_settings(ann.id, Settings(count=3, level=Level.RECALL))
    await ann.say("photosynthesis")
    question = await ann.question()
    await ann.acknowledged()
    before = await told(port)
    await simulator.add_faults(Fault("sendMessage", "429", retry_after=1, times=1))
    pressed = await ann.press(question.message, Choose(*question.place, question.places[0]))
    await ann.toast(pressed)
    await ann.acknowledged()
    ann.over.add(question.place)
    await ann.question()
    after = await told(port)

    def more(*series: str) -> float:
        return after[series] - before.get(series, 0)

    assert more("quizbot_updates_total", "callback_query", "handled") == 1
    assert more("quizbot_update_seconds_count", "callback_query") == 1
    assert more("quizbot_press_to_toast_seconds_count") == 1
    assert 0 < more("quizbot_press_to_toast_seconds_sum") < 30
    assert more("quizbot_telegram_calls_total", "answerCallbackQuery", "ok") == 1
    assert more("quizbot_telegram_calls_total", "sendMessage", "429") == 1
    assert more("quizbot_telegram_calls_total", "sendMessage", "ok") == 1
    assert more("quizbot_redis_call_seconds_count") > 2
    assert after["quizbot_redis_up",] == 1
    assert ("quizbot_queue_tasks", "soon", "later") in after
    assert "python_info" in {series[0] for series in after}


async def test_a_port_that_is_taken_is_said_so(simulator: Simulator, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        async with start_bot(simulator, {"QUIZBOT_METRICS_PORT": str(port)}, ready=False) as bot:
            assert await bot.ended() == 2
            assert bot.said.endswith(f"quizbot: QUIZBOT_METRICS_PORT: 127.0.0.1:{port} cannot be listened on\n")
