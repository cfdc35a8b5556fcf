"""One real simulator process for all these tests, as new for each, and ways to call it."""

import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio
from telegram import Bot

from simulator.client import Simulator, connect, start_simulator
from tests.simulator.address import Address, listening_address

TOKEN = "123456:secret"  # noqa: S105 - of a bot that is not there


@dataclass
class Caller:
    """Calls the Bot API with bodies of our own making."""

    http: httpx.AsyncClient
    token: str

    async def __call__(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call with a JSON body; returns Telegram's answer as it is, errors too."""
        return (await self.http.post(f"/bot{self.token}/{method}", json=parameters)).json()

    async def result(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - whatever the method returns
        """Call and return the result; an error fails the test."""
        answer = await self(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def error(self, method: str, **parameters: object) -> str:
        """Call and return the text of the error; success fails the test."""
        answer = await self(method, **parameters)
        assert not answer["ok"], answer
        return answer["description"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running() -> AsyncGenerator[tuple[str, str]]:
    async with start_simulator() as simulator:
        yield simulator.url, simulator.token


@pytest.fixture
async def simulator(running: tuple[str, str]) -> AsyncGenerator[Simulator]:
    async with connect(*running) as simulator:
        await simulator.reset(bots=True)
        await simulator.add_bot(TOKEN)
        yield simulator


@asynccontextmanager
async def bodies_of_our_own(simulator: Simulator) -> AsyncGenerator[httpx.AsyncClient]:
    """HTTP to the simulator, for a Caller of any token."""
    trust_nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    async with httpx.AsyncClient(base_url=simulator.url, trust_env=False, verify=trust_nobody, timeout=20) as http:
        yield http


@pytest.fixture
async def call(simulator: Simulator) -> AsyncGenerator[Caller]:
    async with bodies_of_our_own(simulator) as http:
        yield Caller(http, TOKEN)


@pytest.fixture
async def bot(simulator: Simulator) -> AsyncGenerator[Bot]:
    async with Bot(TOKEN, base_url=simulator.bot_api_url) as bot:
        yield bot


@pytest.fixture
async def ann(simulator: Simulator, call: Caller) -> int:
    """A person who has pressed start, which the bot has read."""
    ann = await simulator.add_user("Ann")
    said = await simulator.say(ann, "/start")
    assert said.update_id is not None
    await call.result("getUpdates", offset=said.update_id + 1)
    return ann


@pytest.fixture
async def address() -> AsyncGenerator[Address]:
    """Where a bot can have its updates posted."""
    async with listening_address() as address:
        yield address
