"""The process: one line when it is ready, quick to end, never left behind."""

import asyncio
import json
import signal
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import httpx
import pytest

from simulator.client import Fault, Refusal, connect, start_simulator

# Starts a simulator, tells its address, and waits to be killed.
STARTER = """
import subprocess, sys, time
process = subprocess.Popen(
    [sys.executable, "-m", "simulator", "--die-with-parent"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)
print(process.stdout.readline(), flush=True)
time.sleep(60)
"""


async def _start(*arguments: str) -> tuple[asyncio.subprocess.Process, dict[str, str]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "simulator", *arguments), stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    assert process.stdout is not None
    return process, json.loads(await process.stdout.readline())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_quickly_and_quietly_with_calls_hanging(number: signal.Signals) -> None:
    process, ready = await _start("--token", "t")
    assert ready["token"] == "t"  # noqa: S105 - given two lines above
    async with connect(ready["url"], "t") as simulator, httpx.AsyncClient(trust_env=False) as http:
        await simulator.add_bot("1:a")
        await simulator.add_faults(Fault("getMe", "hang"))
        url = f"{simulator.bot_api_url}1:a"
        events = f"{ready['url']}/control/events?after=1000000&timeout=50"
        waiting = [
            asyncio.create_task(http.get(f"{url}/getMe", timeout=60)),
            asyncio.create_task(http.get(f"{url}/getUpdates?timeout=50", timeout=60)),
            asyncio.create_task(http.get(events, timeout=60, headers={"X-Simulator-Token": "t"})),
        ]
        await simulator.wait_for_event(lambda event: event.kind == "fault_holding")
        process.send_signal(number)
        rest, _ = await asyncio.wait_for(process.communicate(), 5)
        await asyncio.gather(*waiting, return_exceptions=True)
    assert (process.returncode, rest) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--port", "99999"), "no port 99999"),
        (("--port", "-1"), "no port -1"),
        (("--host", "nowhere.invalid"), "nowhere.invalid:0 cannot be listened on"),
        (("--allow-host", "simulator:8081"), "'simulator:8081' is no name of a host"),
        (("--port", "TAKEN"), "Address already in use"),
    ],
)
async def test_an_address_that_cannot_be_listened_on_is_one_line(arguments: tuple[str, str], words: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "simulator", *(one.replace("TAKEN", port) for one in arguments)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        said, complained = await asyncio.wait_for(process.communicate(), 20)
    assert (process.returncode, said) == (2, b"")
    assert complained.startswith(b"simulator: ")
    assert complained.count(b"\n") == 1
    assert words in complained.decode()


async def test_other_machines_reach_it_by_the_names_that_are_allowed() -> None:
    everywhere = "0.0.0.0"  # noqa: S104 - what is tested here
    names = ("Simulator", "192.0.2.2", "2001:db8::2")
    process, ready = await _start("--host", everywhere, *(word for name in names for word in ("--allow-host", name)))
    address = urlsplit(ready["url"])
    assert (address.hostname, ready["page"].partition("/#")[0]) == ("127.0.0.1", ready["url"])
    called = ("simulator", "SIMULATOR:8081", "192.0.2.2:8081", "[2001:db8::2]:8081", "127.0.0.1")
    async with httpx.AsyncClient(trust_env=False, base_url=ready["url"]) as http:
        answers = [await http.get("/bot1:a/getMe", headers={"Host": name}) for name in called]
        refused = await http.get("/bot1:a/getMe", headers={"Host": everywhere})
    assert [answer.status_code for answer in answers] == [200] * len(called)
    assert "localhost, 127.0.0.1, [::1], simulator, 192.0.2.2, [2001:db8::2] only" in refused.json()["error"]
    process.terminate()
    await process.communicate()
    assert process.returncode == 0


async def test_it_ends_when_its_standard_input_is_closed() -> None:
    process, _ready = await _start("--die-with-parent")
    assert process.stdin is not None
    process.stdin.close()
    await asyncio.wait_for(process.communicate(), 5)
    assert process.returncode == 0


async def test_it_does_not_outlive_a_killed_starter() -> None:
    starter = await asyncio.create_subprocess_exec(sys.executable, "-c", STARTER, stdout=subprocess.PIPE)
    assert starter.stdout is not None
    ready: dict[str, str] = json.loads(await starter.stdout.readline())
    where = urlsplit(ready["url"])
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    try:
        starter.kill()
        # The end of the connection is the end of the simulator: nothing else would close it now.
        assert await asyncio.wait_for(reader.read(), 10) == b""
    finally:
        writer.close()
    await starter.communicate()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(where.hostname, where.port)


async def test_it_starts_on_request_and_is_gone_afterwards() -> None:
    async with start_simulator() as simulator:
        assert await simulator.last_event() == 0
        with pytest.raises(Refusal, match="No bot has called yet"):
            await simulator.say(await simulator.add_user(), "hello")
        await simulator.add_bot("1:a")
        await simulator.add_bot("2:b")
        user = await simulator.add_user()
        with pytest.raises(Refusal, match=r"several bots, say which: \[1, 2\]"):
            await simulator.say(user, "hello")
        await simulator.say(user, "hello", bot=2)
        assert len(await simulator.messages(user, bot=2)) == 1
        assert await simulator.messages(user, bot=1) == []
        url = simulator.url
    async with connect(url, "t") as gone:
        with pytest.raises(httpx.ConnectError):
            await gone.now()
