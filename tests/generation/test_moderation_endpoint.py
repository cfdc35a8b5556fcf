"""The provider's judgement of a topic, asked with the real client."""

import time
from types import SimpleNamespace

import pytest
from structlog.testing import capture_logs

from generation import moderation_endpoint
from generation.moderation_endpoint import PAUSE_SECONDS, SECONDS, ProviderJudge
from tests.conftest import PaidModel
from tests.generation.conftest import KEY
from tests.generation.scripted_server import Hang, Reply, ScriptedServer, error
from tests.generation.written import CLAUDE, GPT

TOPIC = "how to rob a bank"
WITHOUT = pytest.mark.parametrize("status", [404, 405, 501])
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


@pytest.fixture
def judge() -> ProviderJudge:
    return ProviderJudge(GPT)


def pass_time(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """For the module alone: the event loop lives by the same clock."""
    now = time.monotonic() + seconds
    monkeypatch.setattr(moderation_endpoint, "time", SimpleNamespace(monotonic=lambda: now))


async def test_a_topic_is_refused_that_the_provider_flags_and_no_other(
    judge: ProviderJudge, server: ScriptedServer
) -> None:
    server.flags = ["rob a bank"]

    assert await judge.refuses(TOPIC)
    assert not await judge.refuses("how banks work")

    assert [received.path for received in server.received] == ["/v1/moderations"] * 2
    assert server.received[0].body == {"model": "omni-moderation-latest", "input": TOPIC}


async def test_the_address_is_the_one_that_langchain_calls(
    judge: ProviderJudge, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.flags = ["rob a bank"]
    monkeypatch.setenv("OPENAI_API_BASE", f"{server.url}/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9")

    assert await judge.refuses(TOPIC)


async def test_other_providers_are_not_asked(server: ScriptedServer) -> None:
    server.flags = ["rob a bank"]

    for name in (CLAUDE, "local:model.gguf", "ollama:openai"):
        assert not await ProviderJudge(name).refuses(TOPIC)

    assert server.received == []


@WITHOUT
async def test_a_server_without_it_is_asked_once_and_refuses_nothing(
    judge: ProviderJudge, server: ScriptedServer, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.flags = error(status)

    with capture_logs() as logs:
        assert not await judge.refuses(TOPIC)
        pass_time(monkeypatch, 100 * PAUSE_SECONDS)
        assert not await judge.refuses(TOPIC)

    assert len(server.received) == 1
    assert [entry["status"] for entry in logs] == [status]


@FAILS
async def test_a_failure_refuses_nothing_and_is_not_met_again_for_a_while(
    judge: ProviderJudge, server: ScriptedServer, answered: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.flags = answered

    with capture_logs() as logs:
        assert not await judge.refuses(TOPIC)
        server.flags = ["rob a bank"]
        assert not await judge.refuses(TOPIC)

    assert len(server.received) == 1
    assert len(logs) == 1
    assert KEY not in str(logs)
    assert "bank" not in str(logs)
    pass_time(monkeypatch, PAUSE_SECONDS)
    assert await judge.refuses(TOPIC)


async def test_a_server_that_says_nothing_holds_nobody_up(
    judge: ProviderJudge, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SECONDS == 3
    monkeypatch.setattr(moderation_endpoint, "SECONDS", 0.2)
    server.flags = Hang()

    assert not await judge.refuses(TOPIC)

    await server.somebody_left()


async def test_nobody_listens(judge: ProviderJudge) -> None:
    assert not await judge.refuses(TOPIC)


async def test_without_a_key_nothing_is_refused(
    judge: ProviderJudge, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")

    assert not await judge.refuses(TOPIC)
    assert server.received == []


async def test_openai_itself_is_asked_when_no_other_address_is_set(
    judge: ProviderJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[object] = []

    def look_up(host: object, *_: object, **__: object) -> None:
        looked_up.append(host)
        raise PaidModel

    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.setattr("socket.getaddrinfo", look_up)

    assert not await judge.refuses(TOPIC)
    assert {host.decode() if isinstance(host, bytes) else host for host in looked_up} == {"api.openai.com"}


@pytest.mark.parametrize("status", [400, 413, 422])
async def test_a_text_that_is_not_judged_is_no_reason_not_to_ask_about_the_next(
    judge: ProviderJudge, server: ScriptedServer, status: int
) -> None:
    server.flags = error(status)
    assert not await judge.refuses("a text that the server chokes on")
    server.flags = ["rob a bank"]
    assert await judge.refuses(TOPIC)
