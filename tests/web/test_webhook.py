"""The webhook by itself: who may post, what is an update, and what Telegram is told."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from storage.connection import connect
from storage.errors import StorageUnavailable
from web.app import PATH, make_app, storage_troubles
from web.webhook import LONGEST_BODY, SECRET_HEADER, derived_secret

SECRET = derived_secret("123456:of-nobody")
UPDATE = {"update_id": 7, "message": {"text": "hi"}}


class Bench:
    """An application, whoever posts to it, and what it took."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.is_away = False
        self.troubles: list[str] = []
        app = make_app(SECRET, self.take, self.found)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")

    async def take(self, update: dict[str, Any]) -> None:
        if self.is_away:
            raise StorageUnavailable("away")
        self.taken.append(update)

    async def found(self) -> list[str]:
        return self.troubles

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
    bench.is_away = True
    answer = await bench.post(json.dumps(UPDATE))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


async def test_how_the_process_is_can_be_asked(bench: Bench) -> None:
    assert (await bench.http.get("/healthz")).status_code == 200
    assert (await bench.http.get("/readyz")).json() == {"ready": True, "troubles": []}
    bench.troubles = ["Redis does not answer"]
    answer = await bench.http.get("/readyz")
    assert (answer.status_code, answer.json()["troubles"]) == (503, ["Redis does not answer"])


async def test_a_redis_that_is_not_there_is_a_trouble(tmp_path: Path) -> None:
    async with connect(f"unix://{tmp_path}/no.sock") as storage:
        assert await storage_troubles(storage) == ["Redis does not answer"]


def test_the_secret_of_a_token_is_always_the_same_and_of_another_token_another() -> None:
    assert derived_secret("1:a") == derived_secret("1:a") != derived_secret("1:b")
    assert derived_secret("1:a").isalnum()
