"""A real server for all tests of one file, emptied for each."""

import os
import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Protocol

import pytest
import pytest_asyncio

from storage import embedded
from storage.attempts import Attempts
from storage.connection import Storage, connect
from storage.embedded import SHORT_FOLDER, EmbeddedServer, own_server

ON_A_CLUSTER_TOO = {
    "test_attempts",
    "test_attempt_steps",
    "test_budgets",
    "test_deadletters",
    "test_growing_attempts",
    "test_keys",
    "test_people",
    "test_pools",
    "test_quizzes",
    "test_selections",
    "test_rounds",
    "test_sending",
    "test_stop_and_resume",
}
"""What is kept must be kept by every kind of Redis; a Cluster alone takes fewer commands than a single server."""


class Reached(Protocol):
    """Some Redis."""

    @property
    def url(self) -> str:
        """Its address."""
        ...


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run these tests with a Cluster as well."""
    if "server" in metafunc.fixturenames and metafunc.definition.path.stem in ON_A_CLUSTER_TOO:
        metafunc.parametrize("server", ["embedded", "cluster"], indirect=True, scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def embedded_server() -> AsyncGenerator[EmbeddedServer]:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        async with own_server(Path(folder) / "data") as server:
            yield server


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Reached:
    kinds = {"embedded": "embedded_server", "cluster": "redis_cluster"}
    return request.getfixturevalue(kinds[getattr(request, "param", "embedded")])


@pytest.fixture
async def storage(server: Reached) -> AsyncGenerator[Storage]:
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
