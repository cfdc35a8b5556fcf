"""Whoever looks for what became of an update finds all of its lines, and those of the tasks that it led to."""

import asyncio
import json
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from opentelemetry import trace
from structlog.contextvars import get_contextvars

from simulator.client import Fault, Simulator
from storage.connection import connect
from storage.due import DueTimes
from storage.embedded import SHORT_FOLDER, own_server
from tasks.dockets import LONG, SOON, open_docket, open_worker
from tasks.long import Long
from tasks.soon import Soon
from tasks.traces import trace_update
from tests.bot_process import BotProcess
from tests.classroom import Classroom


@pytest.fixture
async def url() -> AsyncGenerator[str]:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server.url


def test_an_update_has_one_trace_and_leaves_nothing_behind() -> None:
    with trace_update(7):
        first = get_contextvars()
    with trace_update(8):
        second = get_contextvars()

    assert (first["update"], second["update"]) == (7, 8)
    assert first["trace"] != second["trace"]
    assert get_contextvars() == {}
    assert not trace.get_current_span().get_span_context().is_valid


def test_where_something_else_traces_already_its_trace_is_used() -> None:
    span = trace.NonRecordingSpan(trace.SpanContext(0xABC, 0xDEF, is_remote=False))
    with trace.use_span(span), trace_update(7):
        assert get_contextvars()["trace"] == f"{0xABC:032x}"


async def test_a_task_that_is_added_has_the_trace_of_the_update(url: str) -> None:
    seen: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def write(attempt: str) -> None:
        del attempt
        await seen.put(get_contextvars())

    async with open_docket(url, LONG) as docket, open_worker(docket, LONG) as worker:
        docket.register(write)
        with trace_update(7):
            trace_of_update = get_contextvars()["trace"]
            await Long(docket, docket).write("A1")
        working = asyncio.create_task(worker.run_forever())
        async with asyncio.timeout(30):
            found = await seen.get()
        working.cancel()

    assert found == {"task": "write", "key": "write:A1", "trace": trace_of_update}


async def test_every_run_of_a_task_for_later_has_a_trace_and_the_key_it_was_left_under(url: str) -> None:
    seen: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def say(message: str) -> None:
        del message
        await seen.put(get_contextvars())

    async with connect(url) as storage, open_docket(url, SOON) as docket, open_worker(docket, SOON) as worker:
        docket.register(say)
        for message in ("M1", "M2"):
            await Soon(docket, DueTimes(storage)).say(message, 0.1)
        working = asyncio.create_task(worker.run_forever())
        async with asyncio.timeout(30):
            runs = [await seen.get(), await seen.get()]
        working.cancel()

    assert {run["key"] for run in runs} == {"say:M1", "say:M2"}
    assert len({run["trace"] for run in runs}) == 2


async def test_what_an_update_left_for_later_is_found_by_its_key(
    bot: BotProcess, simulator: Simulator, classroom: Classroom
) -> None:
    ann = await classroom.join()
    await simulator.add_faults(Fault("sendMessage", "429", retry_after=1, times=1))
    await ann.say("photosynthesis")
    await ann.question()
    await ann.acknowledged()

    lines = [json.loads(line) for line in bot.said.splitlines()]
    (left,) = [line for line in lines if line["event"] == "left for a moment later"]
    assert left["update"] == ann.update
    assert len(left["trace"]) == 32
    assert left["key"].startswith("catch_up:")
