"""A real server for all tests of one file, emptied for each."""

import asyncio
import os
import tempfile
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import suppress
from pathlib import Path

import pytest
import pytest_asyncio

from storage import embedded
from storage.attempts import Attempts
from storage.connection import Storage, connect
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server


def pytest_asyncio_loop_factories(item: pytest.Item) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """What supervises the server is tested on both event loops that the program may have."""
    loops: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {"asyncio": asyncio.new_event_loop}
    if item.path.name.startswith("test_embedded"):
        with suppress(ImportError):  # there is none for some systems
            import uvloop

            loops["uvloop"] = uvloop.new_event_loop
    return loops


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncGenerator[EmbeddedServer]:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server


@pytest.fixture
async def storage(server: EmbeddedServer) -> AsyncGenerator[Storage]:
    # What is slow on a busy machine is no fault of what these tests are about.
    async with connect(server.url, call_seconds=30) as storage:
        await storage.client.flushall()  # pyright: ignore[reportUnknownMemberType]
        yield storage


@pytest.fixture
def attempts(storage: Storage) -> Attempts:
    return Attempts(storage)


@pytest.fixture
def folder() -> Generator[Path]:
    """A data folder whose path is short enough for a socket, however long the name of the test."""
    with tempfile.TemporaryDirectory(prefix="quiz") as place:
        yield Path(place).resolve() / "data"


@pytest.fixture
def long_folder(folder: Path) -> Path:
    return folder / ("long-" * 20) / ("very-" * 20)


@pytest.fixture
def short_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this user's private folder for sockets would be, in a place of the test's own."""
    monkeypatch.setattr(embedded, "SHORT_FOLDER", folder.parent)
    return folder.parent / f"quizbot-{os.geteuid()}"
