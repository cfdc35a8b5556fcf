"""The webhook by itself: who may post, what is an update, and what Telegram is told."""

import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from storage.errors import StorageUnavailable
from web.app import PATH, make_app
from web.readiness import Readiness
from web.webhook import LONGEST_BODY, SECRET_HEADER, Webhook, derived_secret

SECRET = derived_secret("123456:of-nobody")
UPDATE = {"update_id": 7, "message": {"text": "hi"}}


class Bench:
    """An application, whoever posts to it, and what it took."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.fails: Exception | None = None
        self.troubles: list[str] = []
        app = make_app(self.look, Webhook(SECRET, self.take))
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")

    async def take(self, update: dict[str, Any]) -> None:
        if self.fails is not None:
            raise self.fails
        self.taken.append(update)

    async def look(self) -> Readiness:
        return Readiness(self.troubles, {"soon": 2})

    async def post(self, content: bytes | str, secret: bytes | None = SECRET.encode()) -> httpx.Response:
        headers = [] if secret is None else [(SECRET_HEADER.encode(), secret)]
        return await self.http.post(PATH, content=content, headers=headers)


@pytest.fixture
async def bench() -> AsyncGenerator[Bench]:
    bench = Bench()
    async with bench.http:
        yield bench


async def test_an_update_is_taken_and_then_answered(bench: Bench) -> None:
    answer = await bench.post(json.dumps(UPDATE))

    assert answer.status_code == 200
    assert bench.taken == [UPDATE]


async def test_bytes_that_are_no_text_are_taken_too(bench: Bench) -> None:
    """Telegram hands on what a client put into a press, and would post it again and again."""
    answer = await bench.post(b'{"update_id":7,"callback_query":{"data":"\xff"}}')

    assert answer.status_code == 200
    assert bench.taken == [{"update_id": 7, "callback_query": {"data": "\N{REPLACEMENT CHARACTER}"}}]


@pytest.mark.parametrize("secret", [None, b"", b"wrong", SECRET[:-1].encode(), SECRET.encode() + b"0", b"\xff\x00"])
async def test_whoever_does_not_know_the_secret_is_turned_away(bench: Bench, secret: bytes | None) -> None:
    assert (await bench.post(json.dumps(UPDATE), secret)).status_code == 403
    assert bench.taken == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"update_id": "7"}', b"\xff", b"[" * 100_000])
async def test_what_is_no_update_is_refused(bench: Bench, content: bytes) -> None:
    assert (await bench.post(content)).status_code == 400
    assert bench.taken == []


async def test_what_is_too_long_is_refused(bench: Bench) -> None:
    assert (await bench.post(b" " * (LONGEST_BODY + 1))).status_code == 413
    assert (await bench.post(b" " * (LONGEST_BODY - 100) + json.dumps(UPDATE).encode())).status_code == 200


async def test_while_storage_is_away_telegram_keeps_the_update(bench: Bench) -> None:
    bench.fails = StorageUnavailable("away")
    answer = await bench.post(json.dumps(UPDATE))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


async def test_a_fault_of_ours_is_logged_and_counted_and_telegram_keeps_the_update(bench: Bench) -> None:
    bench.fails = LookupError("a fault of ours")
    before = counted(500)
    with capture_logs() as logs:
        answer = await bench.post(json.dumps(UPDATE))

    assert answer.status_code == 500
    assert counted(500) == before + 1
    assert [(one["event"], one["log_level"]) for one in logs] == [("a post could not be answered", "error")]


def counted(status: int) -> float:
    """How many posts were answered so."""
    return REGISTRY.get_sample_value("quizbot_webhooks_total", {"status": str(status)}) or 0


async def test_how_the_process_is_can_be_asked(bench: Bench) -> None:
    assert (await bench.http.get("/healthz")).status_code == 200
    assert (await bench.http.get("/readyz")).json() == {"ready": True, "troubles": [], "workers": {"soon": 2}}
    bench.troubles = ["Redis does not answer"]
    answer = await bench.http.get("/readyz")
    assert (answer.status_code, answer.json()["troubles"]) == (503, ["Redis does not answer"])


def test_the_secret_of_a_token_is_always_the_same_and_of_another_token_another() -> None:
    assert derived_secret("1:a") == derived_secret("1:a") != derived_secret("1:b")
    assert derived_secret("1:a").isalnum()
