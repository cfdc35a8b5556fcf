"""One running bot for the tests of a file, and groups that play live rounds with it."""

import sys
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from simulator.client import Simulator, connect
from storage.connection import Storage
from storage.embedded import SHORT_FOLDER
from tests.bot_process import TOKEN, BotProcess
from tests.conftest import asks_for_updates
from tests.log_check import assert_well_logged
from tests.rounds.group import PlayingGroup


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running_bot(running_simulator: tuple[str, str]) -> AsyncGenerator[BotProcess]:
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as folder:
        bot = BotProcess(Path(folder), running_simulator[0])
        async with connect(*running_simulator) as simulator:
            await simulator.reset()
            await simulator.add_bot(TOKEN)
            bot.start()
            await simulator.wait_for_event(asks_for_updates, within=60)
        try:
            yield bot
        finally:
            await bot.stop()


@pytest.fixture
async def bot(running_bot: BotProcess, simulator: Simulator) -> AsyncGenerator[BotProcess]:
    """The bot of the file; nothing may go wrong in it while a test runs."""
    before = len(running_bot.said)
    yield running_bot
    said = running_bot.said[before:]
    sys.stderr.write(said)
    assert running_bot.is_running
    for trouble in ('"level": "error"', '"exception"', "Traceback"):
        assert trouble not in said
    await assert_well_logged(running_bot, simulator, said=said)


@pytest.fixture
async def storage(bot: BotProcess) -> AsyncGenerator[Storage]:
    """What the bot keeps."""
    async with bot.storage() as storage:
        yield storage


@pytest.fixture
async def group(simulator: Simulator, storage: Storage) -> AsyncGenerator[PlayingGroup]:
    """A teacher, who runs a supergroup, and three students."""
    async with PlayingGroup.open(simulator, storage, students=3) as group:
        yield group
