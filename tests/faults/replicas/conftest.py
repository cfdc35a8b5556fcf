"""A Redis that belongs to none of the processes, and a folder for what they say."""

import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from storage.connection import Storage, connect
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server
from tests.bot_process import LOOKS_FOR


@pytest.fixture
def folder() -> Generator[Path]:
    """Not pytest's own: the path of a socket must be short."""
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        yield Path(folder)


@pytest.fixture
async def server(folder: Path) -> AsyncGenerator[EmbeddedServer]:
    async with own_server(folder / "data") as server:
        yield server


@pytest.fixture
async def storage(server: EmbeddedServer) -> AsyncGenerator[Storage]:
    async with connect(server.url, LOOKS_FOR) as storage:
        yield storage
