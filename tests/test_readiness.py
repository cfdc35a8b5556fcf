"""What `/readyz` says: each thing that keeps a process from its work, in words."""

import asyncio
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from docket import Docket

from bot.finding import Mark
from bot.readiness import look
from bot.redis_findings import check_redis
from bot.settings import Settings
from storage.connection import Storage, connect
from storage.embedded import EmbeddedServer
from tasks.dockets import SOON, open_docket
from tests.faults.redis_trouble import Trouble, as_replica, out_of_memory, paused, without_replicas
from tests.redis_servers import Server
from tests.storage.conftest import embedded_server, server, storage
from tests.tasks.work import working

__all__ = ["embedded_server", "server", "storage"]


@pytest.fixture
async def soon(server: EmbeddedServer, storage: Storage) -> AsyncGenerator[Docket]:
    del storage
    async with open_docket(server.url, SOON) as docket:
        yield docket


async def test_a_process_that_only_serves_is_ready_and_says_that_nobody_works(storage: Storage, soon: Docket) -> None:
    """Presses are answered all the same: to take it away from Telegram would make it worse."""
    found = await look(storage, {"soon": soon}, works=False)

    assert (found.troubles, found.workers) == ([], {"soon": 0})


async def test_a_process_that_works_is_ready_once_its_worker_shows_life(storage: Storage, soon: Docket) -> None:
    """And not before."""
    found = await look(storage, {"soon": soon}, works=True)
    assert found.troubles == ["the docket soon is not worked here"]

    async with working(soon), asyncio.timeout(30):
        while (await look(storage, {"soon": soon}, works=True)).troubles:  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.02)
        assert (await look(storage, {"soon": soon}, works=False)).workers == {"soon": 1}


async def test_a_redis_that_is_not_there_is_a_trouble(tmp_path: Path) -> None:
    async with connect(f"unix://{tmp_path}/no.sock") as storage:
        assert (await look(storage, {}, works=True)).troubles == ["Redis does not answer"]


@pytest.mark.parametrize(("ahead", "words"), [(1.5, "1.5 s ahead of"), (-3600, "3600.0 s behind")])
async def test_a_clock_that_is_off_is_a_trouble_and_nobody_s_heart_is_judged_by_it(
    storage: Storage, soon: Docket, monkeypatch: pytest.MonkeyPatch, ahead: float, words: str
) -> None:
    real = time.time
    async with working(soon), asyncio.timeout(30):
        while (await look(storage, {"soon": soon}, works=True)).troubles:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        with monkeypatch.context() as wrong:
            wrong.setattr(time, "time", lambda: real() + ahead)
            found = await look(storage, {"soon": soon}, works=True)
        assert found.troubles == [f"the clock is {words} that of Redis"]
        assert (await look(storage, {"soon": soon}, works=True)).troubles == []


async def test_doctor_says_the_same_of_the_clock(
    server: EmbeddedServer, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    del storage
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 3600)
    (found,) = [
        one
        for one in await check_redis(Settings.model_validate({"redis_url": server.url}))
        if one.what == "Redis clock"
    ]

    assert found.mark is Mark.FAILS
    assert found.words.startswith(("3600.0 s behind this machine's", "3599.")), "at least: a slow answer tells less"
    assert "no timers run here" in found.words


async def test_a_clock_that_is_a_little_off_is_none(
    storage: Storage, soon: Docket, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 0.5)

    assert (await look(storage, {"soon": soon}, works=False)).troubles == []


@pytest.mark.parametrize("trouble", [out_of_memory, without_replicas, as_replica])
async def test_a_redis_that_takes_no_writes_is_a_trouble(redis_server: Server, trouble: Trouble) -> None:
    """It answers every question meanwhile."""
    async with connect(redis_server.url) as storage, open_docket(redis_server.url, SOON) as soon:
        async with trouble(redis_server):
            found = await look(storage, {"soon": soon}, works=True)
        assert found.troubles == ["Redis takes no writes"]
        assert (await look(storage, {"soon": soon}, works=False)).troubles == []


async def test_a_redis_whose_replicas_do_not_have_what_is_written_is_a_trouble_told_within_a_second(
    redis_server: Server,
) -> None:
    async with connect(redis_server.url, replicas=1) as storage:
        began = time.monotonic()
        found = await look(storage, {}, works=False)

    assert found.troubles == ["Redis takes no writes"]
    assert time.monotonic() - began < 1.5, "a second, and what a busy machine takes"


async def test_a_redis_that_hangs_is_a_trouble_told_within_a_second(redis_server: Server) -> None:
    async with connect(redis_server.url, call_seconds=30) as storage:
        await storage.now()
        async with paused(redis_server):
            began = time.monotonic()
            found = await look(storage, {}, works=False)
            took = time.monotonic() - began

    assert found.troubles == ["Redis does not answer"]
    assert took < 1.5, "a second, and what a busy machine takes"


async def test_a_webhook_that_telegram_does_not_know_is_a_trouble(storage: Storage) -> None:
    is_told = asyncio.Event()
    assert (await look(storage, {}, works=False, is_told=is_told)).troubles == ["Telegram does not know this webhook"]
    is_told.set()
    assert (await look(storage, {}, works=False, is_told=is_told)).troubles == []
