"""`quizbot serve` and `quizbot worker`: any number of processes over one Redis, each asked how it is."""

import asyncio
import socket
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from quiz.question import Level
from simulator.client import Simulator
from storage.connection import Storage
from storage.people import People, Settings
from tests.bot_process import BotProcess, Change
from tests.log_check import assert_well_logged
from tests.student import Question, Student


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Replica(BotProcess):
    """One process of several; `address` is where Telegram reaches them, else this one itself."""

    def __init__(
        self,
        folder: Path,
        simulator: Simulator,
        redis: str,
        command: str,
        *,
        address: str | None = None,
        change: Change | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.simulator = simulator
        self.port = free_port()
        shared = {
            "QUIZBOT_REDIS_URL": redis,
            "QUIZBOT_WEBHOOK_URL": address or f"http://127.0.0.1:{self.port}",
            "QUIZBOT_PORT": str(self.port),
            "QUIZBOT_METRICS_PORT": str(self.port),
        }
        super().__init__(folder, simulator.url, change, {**shared, **(settings or {})}, command)
        folder.mkdir(exist_ok=True)

    async def says(self, *, ready: bool, within: float = 60.0) -> dict[str, Any]:
        """What `/readyz` says as soon as it says this."""
        async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(within):
            while True:
                try:
                    answer = await http.get(f"http://127.0.0.1:{self.port}/readyz")
                except httpx.TransportError:
                    answer = None
                if answer is not None and answer.status_code == (200 if ready else 503):
                    return answer.json()
                await asyncio.sleep(0.05)

    async def figures(self) -> str:
        """What it tells Prometheus."""
        async with httpx.AsyncClient(trust_env=False) as http:
            return (await http.get(f"http://127.0.0.1:{self.port}/metrics")).raise_for_status().text

    async def is_up(self) -> None:
        """Wait until it does its work."""
        await self.says(ready=True)

    async def is_well_logged(self) -> None:
        """Fail unless nothing went wrong, and nobody's words are in the log."""
        await assert_well_logged(self, self.simulator)


@asynccontextmanager
async def running(*replicas: Replica) -> AsyncGenerator[None]:
    """Start them, wait until each is up, and see to their end, and look through what they logged."""
    for replica in replicas:
        replica.start()
    try:
        for replica in replicas:
            await replica.is_up()
        yield
    finally:
        for replica in replicas:
            if replica.is_running:
                await replica.put_away()
            sys.stderr.write(replica.said)
    for replica in replicas:
        await replica.is_well_logged()


async def begun(student: Student, storage: Storage, count: int = 3) -> Question:
    """The first question of a quiz whose questions take one press each."""
    await People(storage).save_settings(student.id, Settings(count=count, level=Level.RECALL))
    await student.say("photosynthesis")
    return await student.question()
