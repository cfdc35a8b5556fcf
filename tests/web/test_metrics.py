"""`/metrics` by itself: what is counted, what is kept in Redis, and what is told when Redis is away."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from functools import partial
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from redis.asyncio import Redis

from storage.connection import Storage, connect
from storage.deadletters import DeadLetters
from storage.due import DueTimes
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server
from storage.tallies import Tallies
from tasks.dockets import SOON, open_docket, open_worker
from tasks.queues import waiting
from tasks.soon import Soon
from web import metrics
from web.app import METRICS, make_app
from web.metrics import Figures
from web.readiness import Readiness
from web.webhook import Webhook

MODEL = "openai:gpt"


@pytest.fixture
async def server() -> AsyncGenerator[EmbeddedServer]:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server


@pytest.fixture
async def storage(server: EmbeddedServer) -> AsyncGenerator[Storage]:
    async with connect(server.url) as storage:
        yield storage


Told = dict[tuple[str, frozenset[str]], float]


async def scraped(figures: Figures) -> Told:
    """What a scrape is told: the value of each series, by its name and the values of its labels."""
    app = make_app(no_trouble, figures=figures)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as http:
        answer = await http.get(METRICS)
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (200, "text/plain")
    return {
        (sample.name, frozenset(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def of(told: Told, name: str, *labels: str) -> float | None:
    """The value of one series; None when there is none."""
    return told.get((name, frozenset(labels)))


async def no_trouble() -> Readiness:
    return Readiness([])


async def test_what_became_of_drafts_is_told_by_prompt_version_and_model(storage: Storage) -> None:
    tallies = Tallies(storage)
    for what in ("drafted", "drafted", "drafted", "drafted", "unreadable", "accepted", "solver", "solver"):
        await tallies.add("writer", 1, MODEL, what)
    await tallies.add("writer", 1, "openai:no more set up", "drafted")
    await DeadLetters(storage).add("update", "7", {}, ValueError())

    told = await scraped(Figures(storage, {}, [MODEL, "openai:unused"]))

    assert of(told, "quizbot_redis_up") == 1
    assert of(told, "quizbot_dead_letters") == 1
    written = ("writer", "1", MODEL)
    assert {series for series in told if series[0] == "quizbot_drafts_total"} == {
        ("quizbot_drafts_total", frozenset(written))
    }
    assert of(told, "quizbot_drafts_total", *written) == 4
    for outcome, number in (("unreadable", 1), ("accepted", 1), ("solver", 2), ("drafted", None)):
        assert of(told, "quizbot_draft_outcomes_total", *written, outcome) == number


async def test_what_waits_in_a_docket_is_told_by_state_and_age(server: EmbeddedServer, storage: Storage) -> None:
    async with open_docket(server.url, SOON) as docket:
        figures, soon = Figures(storage, {"soon": partial(waiting, docket)}, []), Soon(docket, DueTimes(storage))
        begun, go_on = asyncio.Semaphore(0), asyncio.Event()

        async def catch_up(attempt: str, owner: str) -> None:
            del attempt, owner
            begun.release()
            await go_on.wait()

        docket.register(catch_up)

        async def in_state() -> list[float | None]:
            told = await scraped(figures)
            return [of(told, "quizbot_queue_tasks", "soon", state) for state in ("due", "running", "later")]

        async def oldest() -> float:
            return of(await scraped(figures), "quizbot_queue_oldest_seconds", "soon") or 0

        assert await in_state() == [0, 0, 0]
        await soon.catch_up("at once", 0, "owner", 0)
        await soon.catch_up("in a moment", 0, "owner", 0.2)
        await soon.catch_up("in an hour", 0, "owner", 3600)
        await asyncio.sleep(0.3)
        assert await in_state() == [2, 0, 1]
        assert 0.3 <= await oldest() < 30

        async with open_worker(docket, SOON) as worker:
            working = asyncio.create_task(worker.run_forever())
            try:
                for _ in range(2):
                    await begun.acquire()
                assert await in_state() == [0, 2, 1]
                assert await oldest() == 0, "only the one for later is left"
            finally:
                go_on.set()
                working.cancel()


async def test_without_redis_a_scrape_has_what_the_process_counted(tmp_path: Path) -> None:
    async with connect(f"unix://{tmp_path}/no.sock") as storage:
        told = await scraped(Figures(storage, {}, [MODEL]))

    assert of(told, "quizbot_redis_up") == 0
    assert of(told, "quizbot_redis_failures_total") != 0
    assert of(told, "quizbot_dead_letters") is None


async def test_a_redis_that_hangs_holds_a_scrape_up_no_longer_than_its_limit(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs(_now: float) -> metrics.Waiting:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(metrics, "LOOKS_FOR_SECONDS", 0.05)
    async with asyncio.timeout(10):
        assert of(await scraped(Figures(storage, {"soon": hangs}, [])), "quizbot_redis_up") == 0


@pytest.mark.parametrize(("beside", "status"), [(False, 404), (True, 200)])
async def test_the_webhook_tells_the_world_no_figures_unless_it_is_told_to(
    storage: Storage, *, beside: bool, status: int
) -> None:
    async def take(_update: object) -> None: ...

    app = make_app(no_trouble, Webhook("secret", take), Figures(storage, {}, []) if beside else None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as http:
        assert (await http.get(METRICS)).status_code == status
        assert (await http.get("/healthz")).status_code == 200


async def test_a_scrape_does_not_grow_with_what_is_kept(storage: Storage) -> None:
    """Known keys are read: Redis is not searched for them."""
    asked: list[str] = []

    class Listening(Redis):
        async def execute_command(self, *arguments: object, **options: object) -> object:
            asked.append(str(arguments[0]).upper())
            return await super().execute_command(*arguments, **options)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]

    pool = storage.client.connection_pool
    await scraped(Figures(Storage(Listening(connection_pool=pool)), {}, [MODEL]))

    assert set(asked) == {"TIME", "XLEN", "HGETALL"}
