"""A real server for all tests of one file, emptied for each."""

import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from storage import connection
from storage.connection import Storage, connect
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncGenerator[EmbeddedServer]:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server


@pytest.fixture
async def storage(server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Storage]:
    # What is slow on a busy machine is no fault of what these tests are about.
    monkeypatch.setattr(connection, "CALL_SECONDS", 10.0)
    async with connect(server.url) as storage:
        await storage.client.flushall()  # pyright: ignore[reportUnknownMemberType]
        yield storage
