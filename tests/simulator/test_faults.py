"""Faults on order, and the moment they take hold, at which a test may kill the bot."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from typing import get_args
from urllib.parse import urlsplit

import httpx
import pytest

from simulator.client import Event, Fault, Refusal, Simulator
from simulator.faults import When
from tests.simulator.conftest import TOKEN, Caller

# A bot of four lines: sends one message and says what it was answered.
SENDER = """
import sys, urllib.request
print("sending", flush=True)
print(urllib.request.urlopen(sys.argv[1], timeout=20).read().decode(), flush=True)
"""


def holds(event: Event) -> bool:
    return event.kind == "fault_holding"


async def texts(simulator: Simulator, chat: int) -> list[str]:
    return [message.text for message in await simulator.messages(chat) if message.from_bot]


@pytest.mark.parametrize(
    ("kind", "code", "description"),
    [
        ("401", 401, "Unauthorized"),
        ("403", 403, "Forbidden: bot was blocked by the user"),
        ("429", 429, "Too Many Requests: retry after 3"),
        ("500", 500, "Internal Server Error"),
        ("502", 502, "Bad Gateway"),
    ],
)
async def test_refusals_before_and_after_the_effect(
    simulator: Simulator, call: Caller, ann: int, kind: str, code: int, description: str
) -> None:
    rule = {"method": "sendMessage", "kind": kind, "retry_after": 3, "times": 1}
    headers = {"X-Simulator-Token": simulator.token}
    rules = {"rules": [rule | {"when": "before"}, rule | {"when": "after"}]}
    assert (await call.http.post("/control/faults", json=rules, headers=headers)).status_code == 200
    for text in ("before", "after"):
        answer = await call("sendMessage", chat_id=ann, text=text)
        assert (answer["error_code"], answer["description"]) == (code, description)
        assert answer.get("parameters") == ({"retry_after": 3} if code == 429 else None)
    await call.result("sendMessage", chat_id=ann, text="neither")
    assert await texts(simulator, ann) == ["after", "neither"]


async def test_garbage_is_a_success_that_is_no_json(simulator: Simulator, call: Caller, ann: int) -> None:
    """The page of a proxy in the way of the call, or of its answer only."""
    await simulator.add_faults(*(Fault("sendMessage", "garbage", when, times=1) for when in get_args(When)))
    for text in ("before", "after"):
        answer = await call.http.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": ann, "text": text})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        with pytest.raises(ValueError, match="Expecting value"):
            answer.json()
    assert await texts(simulator, ann) == ["after"]
    sent = await simulator.calls("sendMessage")
    assert [(each["status"], each["response"]) for each in sent] == [(200, answer.text)] * 2
    answered = [event for event in await simulator.events() if event.kind == "call_answered"]
    assert answered[-1].response == answer.text


async def test_updates_behind_garbage_are_given_again(simulator: Simulator, call: Caller, ann: int) -> None:
    await simulator.add_faults(*(Fault("getUpdates", "garbage", when, times=1) for when in get_args(When)))
    said = await simulator.say(ann, "hello")
    assert said.update_id is not None
    for _ in get_args(When):
        assert "html" in (await call.http.post(f"/bot{TOKEN}/getUpdates")).text
    assert [update["update_id"] for update in await call.result("getUpdates")] == [said.update_id]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_reset_drops_the_connection(simulator: Simulator, call: Caller, ann: int, when: str) -> None:
    await simulator.add_faults(Fault("sendMessage", "reset", "before" if when == "before" else "after", times=1))
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        await call("sendMessage", chat_id=ann, text="a")
    assert await texts(simulator, ann) == ([] if when == "before" else ["a"])
    (sent,) = await simulator.calls("sendMessage")
    assert (sent["status"], sent["response"]) == (None, None)


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_hanging_call_goes_on_when_released(simulator: Simulator, call: Caller, ann: int, when: str) -> None:
    (rule,) = await simulator.add_faults(Fault("sendMessage", "hang", "before" if when == "before" else "after"))
    sending = asyncio.create_task(call.result("sendMessage", chat_id=ann, text="a"))
    held = await simulator.wait_for_event(holds)
    assert held.fault is not None
    assert (held.fault["id"], held.method, held.chat) == (rule, "sendMessage", ann)
    assert await texts(simulator, ann) == ([] if when == "before" else ["a"])
    assert not sending.done()
    await simulator.lift_faults(rule)
    assert (await sending)["text"] == "a"
    released = await simulator.wait_for_event(lambda event: event.kind == "fault_released")
    assert not released.gone


@pytest.mark.parametrize(("when", "left"), [("before", []), ("after", ["a"])])
async def test_a_bot_killed_while_its_call_hangs_leaves_just_what_was_applied(
    simulator: Simulator, ann: int, when: str, left: list[str]
) -> None:
    await simulator.add_faults(Fault("sendMessage", "hang", "before" if when == "before" else "after"))
    url = f"{simulator.bot_api_url}{TOKEN}/sendMessage?chat_id={ann}&text=a"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", SENDER, url, stdout=subprocess.PIPE)
    held = await simulator.wait_for_event(holds, within=15)
    process.send_signal(signal.SIGKILL)
    await process.communicate()
    released = await simulator.wait_for_event(lambda event: event.kind == "fault_released", after=held.number)
    assert released.gone
    await simulator.lift_faults()
    await simulator.wait_for_event(lambda event: event.kind == "call_abandoned", after=held.number)
    assert await texts(simulator, ann) == left


async def test_a_client_that_left_just_before_the_release_is_noticed(simulator: Simulator, ann: int) -> None:
    await simulator.add_faults(Fault("sendMessage", "hang"))
    where = urlsplit(simulator.url)
    body = json.dumps({"chat_id": ann, "text": "a"})
    request = f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    with socket.create_connection((where.hostname, where.port)) as dying:
        dying.sendall(f"{request}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        await simulator.wait_for_event(holds)
    await simulator.lift_faults()
    await simulator.wait_for_event(lambda event: event.kind == "call_abandoned")
    assert await texts(simulator, ann) == []


async def test_a_hang_can_end_by_itself(simulator: Simulator, call: Caller, ann: int) -> None:
    await simulator.add_faults(Fault("sendMessage", "hang", seconds=0.05))
    await call.result("sendMessage", chat_id=ann, text="a")


async def test_a_fault_of_one_chat_leaves_the_others_alone(simulator: Simulator, call: Caller, ann: int) -> None:
    bob = await simulator.add_user("Bob")
    await simulator.say(bob, "/start")
    await simulator.add_faults(Fault("*", "429", chat_id=bob))
    await call.result("sendMessage", chat_id=ann, text="a")
    assert "Too Many Requests" in await call.error("sendMessage", chat_id=bob, text="a")
    pressed = await simulator.press(bob, 1, data="x")
    answer = {"callback_query_id": pressed.callback_query_id}
    assert "Too Many Requests" in await call.error("answerCallbackQuery", **answer)
    await simulator.lift_faults()
    await call.result("answerCallbackQuery", **answer)


async def test_a_fault_for_every_method_spares_getupdates(simulator: Simulator, call: Caller, ann: int) -> None:
    await simulator.add_faults(Fault("*", "500"))
    await call.result("getUpdates")
    assert await call.error("sendMessage", chat_id=ann, text="a") == "Internal Server Error"
    await simulator.add_faults(Fault("getUpdates", "502"))
    assert await call.error("getUpdates") == "Bad Gateway"


async def test_probability_is_repeatable_by_seed(simulator: Simulator, call: Caller) -> None:
    runs: list[list[bool]] = []
    for _ in range(2):
        await simulator.lift_faults()
        await simulator.add_faults(Fault("getMe", "500", probability=0.5), seed=11)
        runs.append([(await call("getMe"))["ok"] for _ in range(12)])
    assert runs[0] == runs[1]
    assert set(runs[0]) == {True, False}


async def test_a_fault_that_is_not_there_cannot_be_lifted(simulator: Simulator) -> None:
    with pytest.raises(Refusal, match="There is no fault 12345"):
        await simulator.lift_faults(12345)
