"""How likely each first word of an answer is, as far as the model's provider tells."""

import json
import math
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from generation.first_token import FirstTokens
from generation.local_chat import LocalChat
from generation.models import Model
from generation.request import ModelTrouble, Trouble, Usage
from tests.generation.answer_first.materials import letters
from tests.generation.scripted_server import Received, Reply, ScriptedServer, error
from tests.generation.written import CLAUDE, GPT

LOCAL = "local:small.gguf"


async def test_the_chances_of_the_first_token_are_told(server: ScriptedServer) -> None:
    server.solves = lambda _: letters({"B": 0.7, " A": 0.2, "The": 0.05})
    model = Model(GPT)

    reply = await FirstTokens(model).ask("Which?")
    await model.aclose()

    assert reply is not None
    assert reply.chances == pytest.approx({"B": 0.7, " A": 0.2, "The": 0.05})
    assert reply.usage == Usage(GPT, 300, 1)
    body = server.received[0].body
    assert (body["logprobs"], body["max_completion_tokens"]) == (True, 1)


async def test_a_provider_that_cannot_tell_is_asked_once(server: ScriptedServer) -> None:
    server.solves = lambda _: error(400)
    model = Model(GPT)

    first_tokens = FirstTokens(model)
    told = [await first_tokens.ask("Which?") for _ in range(2)]
    await model.aclose()

    assert told == [None, None]
    assert len(server.received) == 1


@pytest.mark.parametrize("logprobs", [None, {}, {"content": None}, {"content": []}, {"content": [{"top_logprobs": 3}]}])
async def test_what_is_no_chances_counts_as_none(server: ScriptedServer, logprobs: object) -> None:
    def solve(received: Received) -> Reply:
        told = letters({"B": 0.7}) if received.body["logprobs"] else error(500)
        body = json.loads(told.body or "")
        body["choices"][0]["logprobs"] = logprobs
        return Reply(body=json.dumps(body))

    server.solves = solve
    model = Model(GPT)
    first_tokens = FirstTokens(model)

    reply = await first_tokens.ask("Which?")
    again = await first_tokens.ask("Which?")
    await model.aclose()

    assert reply is not None
    assert (reply.chances, reply.usage) == ({}, Usage(GPT, 300, 1)), "what it took is told all the same"
    assert again is None


async def test_other_trouble_is_told(server: ScriptedServer) -> None:
    server.solves = lambda _: error(429)
    model = Model(GPT)
    with pytest.raises(ModelTrouble) as failed:
        await FirstTokens(model).ask("Which?")
    await model.aclose()
    assert failed.value.trouble is Trouble.BUSY


async def test_a_provider_of_another_kind_is_not_asked(server: ScriptedServer) -> None:
    model = Model(CLAUDE)
    assert await FirstTokens(model).ask("Which?") is None
    await model.aclose()
    assert server.received == []


async def test_a_model_in_this_process_tells_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """llama.cpp speaks here as it was seen to; whether it does is asked in test_small_model.py."""
    asked: list[dict[str, Any]] = []

    def handle(request: dict[str, Any], take: Any) -> None:  # noqa: ANN401 - a callback of C
        asked.append(request)
        likeliest = [{"id": 33, "token": "B", "logprob": -0.04}, {"id": 34, "token": "C", "logprob": -4.0}]
        told = {"content": [{"token": "B", "logprob": -0.04, "top_logprobs": likeliest}]}
        timings = {"cache_n": 40, "prompt_n": 10, "predicted_n": 1}
        take({"choices": [{"finish_reason": None, "delta": {"role": "assistant", "content": None}}]})
        take({"choices": [{"finish_reason": None, "delta": {"content": "B"}, "logprobs": told}], "timings": timings})
        take({"choices": [{"finish_reason": "length", "delta": {}}], "timings": timings})

    llama = SimpleNamespace(handle_chat_completions=handle)

    def open_local(_: str) -> LocalChat:
        return LocalChat(llama)

    monkeypatch.setitem(sys.modules, "generation.local", SimpleNamespace(open_local=open_local))
    model = Model(LOCAL)

    reply = await FirstTokens(model).ask("Which?")

    assert reply is not None
    assert reply.chances == pytest.approx({"B": math.exp(-0.04), "C": math.exp(-4.0)})
    assert reply.usage == Usage(LOCAL, 50, 1)
    assert (asked[0]["logprobs"], asked[0]["max_tokens"]) == (True, 1)
