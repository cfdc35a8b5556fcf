"""What sends: a Redis of its own under it, in which its counters lie."""

import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.connection import Storage, connect
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncGenerator[EmbeddedServer]:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server


@pytest.fixture
async def storage(server: EmbeddedServer) -> AsyncGenerator[Storage]:
    async with connect(server.url, call_seconds=30) as storage:
        await storage.client.flushall()  # pyright: ignore[reportUnknownMemberType]
        yield storage
