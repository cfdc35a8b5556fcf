"""One browser, one real bot and one empty stage for all tests of the page."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from simulator.client import Simulator, start_simulator
from tests.bot_process import TOKEN
from tests.conftest import start_bot
from tests.page.browser import Pages, chromium
from tests.simulator.conftest import Caller, bodies_of_our_own

HERE = Path(__file__).parent
ROLE = "777:nobody"
"""The token of a bot that the test plays itself."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in one process and one event loop, which are those of the browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("page"))
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def school(browser: Browser) -> AsyncGenerator[Simulator]:
    """A Telegram with the real bot; each test brings people of its own."""
    del browser  # where there is none, there is nothing to start
    async with start_simulator() as simulator:
        await simulator.add_bot(TOKEN)
        async with start_bot(simulator, {}):
            yield simulator


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def empty_stage(browser: Browser) -> AsyncGenerator[tuple[Simulator, httpx.AsyncClient]]:
    del browser
    async with start_simulator() as simulator, bodies_of_our_own(simulator) as http:
        yield simulator, http


@pytest_asyncio.fixture(loop_scope="session")
async def stage(empty_stage: tuple[Simulator, httpx.AsyncClient]) -> Simulator:
    """A Telegram as new, with a bot whose part the test plays."""
    simulator, _http = empty_stage
    await simulator.reset()
    await simulator.add_bot(ROLE)
    return simulator


@pytest_asyncio.fixture(loop_scope="session")
async def bot(empty_stage: tuple[Simulator, httpx.AsyncClient], stage: Simulator) -> Caller:
    """Calls of that bot."""
    del stage
    return Caller(empty_stage[1], ROLE)


@pytest_asyncio.fixture(loop_scope="session")
async def ann(stage: Simulator, bot: Caller) -> int:
    """A person who has begun a chat with that bot."""
    ann = await stage.add_user("Ann", username="ann_here")
    said = await stage.say(ann, "/start")
    assert said.update_id is not None
    await bot.result("getUpdates", offset=said.update_id + 1)
    return ann


@pytest_asyncio.fixture(loop_scope="session")
async def pages(browser: Browser) -> AsyncGenerator[Pages]:
    """Pages that must not make a fuss."""
    pages = Pages(browser)
    yield pages
    await pages.close()
