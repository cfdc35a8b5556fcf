"""Each kind of work has its share: what many send to be read keeps no quiz from being written, and nobody's request
to be forgotten; nor does one who sends much keep the others waiting.
"""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from aiohttp import web

from bot import app
from generation.sources import fetch
from simulator.client import Simulator
from storage.connection import Storage
from tasks import convert, dockets
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.documents.web_site import Site, site
from tests.generation.scripted_server import Hang, ScriptedServer, knows, text
from tests.generation.written import GPT, KNOWN, STEMS, line
from tests.notes.lectures import web_page
from tests.notes.sender import says, shows, status
from tests.notes.test_forgetting import GONE, asks_to_be_forgotten
from tests.notes.test_sending import reads_this_machine
from tests.writing.test_playing_while_it_is_written import asks_for_a_quiz

PAGES = [f"/{number}" for number in range(6)]


def one_at_a_time() -> None:
    """In the bot's own process: one quiz is written and one part read at a time, and each part is a turn."""
    reads_this_machine()
    app.LONG, app.READING = (replace(kind, concurrency=1) for kind in (dockets.LONG, dockets.READING))
    convert.TURN_SECONDS = 0.0
    fetch.SECONDS = fetch.SILENT_SECONDS = 120.0


@pytest.fixture
async def provider() -> AsyncGenerator[ScriptedServer]:
    """A provider whose solver knows the planets."""
    async with ScriptedServer.running() as server:
        server.solves = knows(KNOWN)
        yield server


@pytest.fixture
async def bot(simulator: Simulator, provider: ScriptedServer) -> AsyncGenerator[BotProcess]:
    """A bot that does one thing of each kind at a time."""
    settings = {
        "QUIZBOT_MODEL": GPT,
        "OPENAI_API_KEY": "sk-of-nobody",
        "OPENAI_BASE_URL": f"{provider.url}/v1",
        "QUIZBOT_POOL_QUESTIONS": "3",
    }
    async with start_bot(simulator, settings, one_at_a_time) as bot:
        yield bot


@pytest.fixture
def go() -> asyncio.Event:
    """Once it is set, the site answers."""
    return asyncio.Event()


@pytest.fixture
async def slow(go: asyncio.Event) -> AsyncGenerator[Site]:
    """A site that lets everybody wait for its pages."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        await go.wait()
        return web_page()

    async with site(dict.fromkeys(PAGES, answer)) as running:
        yield running
        go.set()


def pages_of(slow: Site) -> list[str]:
    """The pages that were asked for, in order."""
    return [path for path in slow.asked if path in PAGES]


async def test_while_many_wait_to_be_read_a_quiz_is_written_and_somebody_forgotten(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage, slow: Site, go: asyncio.Event
) -> None:
    """And while that quiz is written as well: each of the three waits for none of the others."""
    del bot
    provider.writes = [text(line(STEMS[0]), Hang())]
    senders = [await classroom.join(name=f"Sender {number}") for number in range(3)]
    for sender, path in zip(senders, PAGES, strict=False):
        await sender.say(slow.url(path))
        await shows(sender, "reading…")
    asker, goer = await classroom.join(name="Asker"), await classroom.join(name="Goer")
    await asks_for_a_quiz(asker, storage, count=3)
    await asker.question()
    asked, button = await asks_to_be_forgotten(goer)
    await goer.press(asked, button)
    await says(goer, GONE)
    assert all("reading…" in shown.text for one in senders if (shown := status(one)) is not None)
    assert len(pages_of(slow)) == 1
    go.set()
    for sender in senders:
        await shows(sender, "words")


async def test_one_who_sends_much_keeps_nobody_waiting_for_all_of_it(
    bot: BotProcess, classroom: Classroom, slow: Site, go: asyncio.Event
) -> None:
    """After a turn those who wait are next."""
    del bot
    ann, ben = await classroom.join(), await classroom.join(name="Ben")
    for path in PAGES[:5]:
        await ann.say(slow.url(path))
    await ann.acknowledged()
    await ben.say(slow.url(PAGES[5]))
    await ben.acknowledged()
    go.set()
    await shows(ben, "words")
    await ann.until(lambda: pages_of(slow)[-1:] == PAGES[4:5] or None, "the last one to be read")
    assert pages_of(slow) == [PAGES[0], PAGES[5], *PAGES[1:5]]
