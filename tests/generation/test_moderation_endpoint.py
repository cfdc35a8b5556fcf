"""The provider's judgement of a topic, asked with the real client."""

import time
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from generation import moderation_endpoint
from generation.moderation_endpoint import PAUSE_SECONDS, SECONDS, provider_refuses
from tests.conftest import PaidModel
from tests.generation.conftest import KEY
from tests.generation.scripted_server import Hang, Reply, ScriptedServer, error
from tests.generation.written import CLAUDE, GPT

TOPIC = "how to rob a bank"
WITHOUT = pytest.mark.parametrize("status", [400, 404, 405, 501])
FAILS = pytest.mark.parametrize(
    "answered",
    [
        *(error(status, code=f"{KEY} {TOPIC}") for status in (401, 403, 429, 500, 503)),
        Reply(body="<html>Sign in</html>"),
        Reply(body='{"results": null}'),
        Reply(body="[]"),
    ],
    ids=["401", "403", "429", "500", "503", "a page", "no results", "a list"],
)


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moderation_endpoint, "_not_before", {})


def pass_time(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """For the module alone: the event loop lives by the same clock."""
    now = time.monotonic() + seconds
    monkeypatch.setattr(moderation_endpoint, "time", SimpleNamespace(monotonic=lambda: now))


async def test_a_topic_is_refused_that_the_provider_flags_and_no_other(server: ScriptedServer) -> None:
    server.flags = ["rob a bank"]

    assert await provider_refuses(GPT, TOPIC)
    assert not await provider_refuses(GPT, "how banks work")

    assert [received.path for received in server.received] == ["/v1/moderations"] * 2
    assert server.received[0].body == {"model": "omni-moderation-latest", "input": TOPIC}


async def test_the_address_is_the_one_that_langchain_calls(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.flags = ["rob a bank"]
    monkeypatch.setenv("OPENAI_API_BASE", f"{server.url}/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9")

    assert await provider_refuses(GPT, TOPIC)


async def test_other_providers_are_not_asked(server: ScriptedServer) -> None:
    server.flags = ["rob a bank"]

    for name in (CLAUDE, "local:model.gguf", "ollama:openai"):
        assert not await provider_refuses(name, TOPIC)

    assert server.received == []


@WITHOUT
async def test_a_server_without_it_is_asked_once_and_refuses_nothing(
    server: ScriptedServer, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.flags = error(status)

    with capture_logs() as logs:
        assert not await provider_refuses(GPT, TOPIC)
        pass_time(monkeypatch, 100 * PAUSE_SECONDS)
        assert not await provider_refuses("openai:another", TOPIC)

    assert len(server.received) == 1
    assert [entry["status"] for entry in logs] == [status]


@FAILS
async def test_a_failure_refuses_nothing_and_is_not_met_again_for_a_while(
    server: ScriptedServer, answered: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.flags = answered

    with capture_logs() as logs:
        assert not await provider_refuses(GPT, TOPIC)
        server.flags = ["rob a bank"]
        assert not await provider_refuses(GPT, TOPIC)

    assert len(server.received) == 1
    assert len(logs) == 1
    assert KEY not in str(logs)
    assert "bank" not in str(logs)
    pass_time(monkeypatch, PAUSE_SECONDS)
    assert await provider_refuses(GPT, TOPIC)


async def test_a_server_that_says_nothing_holds_nobody_up(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SECONDS == 3
    monkeypatch.setattr(moderation_endpoint, "SECONDS", 0.2)
    server.flags = Hang()

    assert not await provider_refuses(GPT, TOPIC)

    await server.somebody_left()


async def test_nobody_listens() -> None:
    assert not await provider_refuses(GPT, TOPIC)


async def test_without_a_key_nothing_is_refused(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")

    assert not await provider_refuses(GPT, TOPIC)
    assert server.received == []


async def test_openai_itself_is_asked_when_no_other_address_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[object] = []

    def look_up(host: object, *_: object, **__: object) -> None:
        looked_up.append(host)
        raise PaidModel

    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.setattr("socket.getaddrinfo", look_up)

    assert not await provider_refuses(GPT, TOPIC)
    assert {host.decode() if isinstance(host, bytes) else host for host in looked_up} == {"api.openai.com"}
