"""A real server for all tests of one file, emptied for each, and the two dockets on it."""

from collections.abc import AsyncGenerator

import pytest
from docket import Docket

from storage.connection import Storage
from storage.embedded import EmbeddedServer
from tasks.dockets import LONG, SOON, open_docket
from tests.storage.conftest import embedded_server, server, storage

__all__ = ["embedded_server", "long", "server", "soon", "storage"]


@pytest.fixture
async def soon(server: EmbeddedServer, storage: Storage) -> AsyncGenerator[Docket]:
    del storage  # which is emptied first
    async with open_docket(server.url, SOON) as docket:
        yield docket


@pytest.fixture
async def long(server: EmbeddedServer, storage: Storage) -> AsyncGenerator[Docket]:
    del storage
    async with open_docket(server.url, LONG) as docket:
        yield docket
