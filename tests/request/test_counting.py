"""Each call is counted once, by what became of it; what Telegram did not say is no success, whatever its status."""

import asyncio
from contextlib import suppress

import pytest
from prometheus_client import REGISTRY
from telegram.error import TelegramError

from bot.calls import CountedRequest
from bot.network import Network
from tests.request.calls import SECRET, method
from tests.request.scripted_telegram import Answer, ScriptedTelegram, cuts_off, hangs, ok, refuses, says

OUTCOMES = ("ok", "429", "refused", "timeout", "failed", "cut off")


def counted(call: str) -> dict[str, float]:
    """How often calls of this method had each outcome."""
    labels = ({"method": call, "outcome": outcome} for outcome in OUTCOMES)
    found = {each["outcome"]: REGISTRY.get_sample_value("quizbot_telegram_calls_total", each) for each in labels}
    return {outcome: number or 0 for outcome, number in found.items()}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(ok(True), "ok", id="success"),
        pytest.param(says(200, b'{ "result": true, "ok": true }'), "ok", id="success, written otherwise"),
        pytest.param(says(200, f"<p>{SECRET}</p>".encode()), "failed", id="page of a proxy"),
        pytest.param(says(200, {"message": SECRET}), "failed", id="JSON of a proxy"),
        pytest.param(says(200, {"ok": True}), "failed", id="no result"),
        pytest.param(says(200, {"ok": False, "description": "no"}), "failed", id="refusal with status 200"),
        pytest.param(says(204, b""), "failed", id="nothing"),
        pytest.param(says(403, f"<p>{SECRET}</p>".encode()), "failed", id="403 of a proxy"),
        pytest.param(refuses(403, "Forbidden"), "refused", id="403"),
        pytest.param(refuses(400, "Bad Request: message is not modified"), "refused", id="400"),
        pytest.param(refuses(429, "Too Many Requests", retry_after=3), "429", id="429"),
        pytest.param(refuses(502, "Bad Gateway"), "failed", id="502"),
        pytest.param(cuts_off(), "failed", id="cut"),
        pytest.param(hangs(), "timeout", id="hang"),
    ],
)
async def test_a_call_is_counted_by_what_became_of_it(telegram: ScriptedTelegram, answer: Answer, outcome: str) -> None:
    telegram.answers = [answer]
    before = counted("sendMessage")

    async with CountedRequest(Network(), 1, read_timeout=0.3 if outcome == "timeout" else 20) as request:
        with suppress(TelegramError):
            await request.post(method(telegram))

    after = counted("sendMessage")
    assert {name: after[name] - before[name] for name in OUTCOMES if after[name] != before[name]} == {outcome: 1}


async def test_a_call_whose_caller_had_no_more_time_is_counted_too(telegram: ScriptedTelegram) -> None:
    telegram.answers = [hangs()]
    before = counted("sendMessage")

    async with CountedRequest(Network(), 1, read_timeout=20) as request:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await request.post(method(telegram))

    assert counted("sendMessage")["cut off"] == before["cut off"] + 1
