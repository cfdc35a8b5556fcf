"""A message that is changed while its notes are open counts as it now stands; afterwards nothing happens."""

import asyncio

from aiohttp import web

from simulator.client import Simulator
from storage.collections import Collections
from storage.connection import Storage
from storage.sources import Sources
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.documents.web_site import site
from tests.notes.lectures import RIVERS, RUSSIAN_TEXT, TEXT, VOLCANOES, web_page
from tests.notes.sender import done, reads_this_machine, says, shows, status, wants
from tests.student import Student


async def say(student: Student, text: str) -> int:
    """Write to the bot; the id of the message."""
    said = await student.simulator.say(student.id, text)
    assert said.update_id is not None
    student.update = said.update_id
    return said.message_id


async def change(student: Student, message: int, text: str) -> None:
    """Change the words of a message."""
    changed = await student.simulator.edit(student.id, message, text)
    assert changed.update_id is not None
    student.update = changed.update_id


async def read_of(storage: Storage, student: Student) -> str:
    """All that is kept of what a student sent."""
    collection = await Collections(storage).load(student.id, student.id)
    assert collection is not None
    parts = await Sources(storage).parts(student.id, collection.id)
    return "\n".join(passage.text for part in parts for passage in part.passages)


async def test_a_text_that_is_changed_takes_its_own_place(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """The others stay as they are; nothing of the old one is asked about."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    first = await say(ann, TEXT)
    await ann.say(f"{VOLCANOES[0]}\nhttp://127.0.0.1/page")
    await shows(ann, "📝 Mount Vesuvius erupted", "127.0.0.1/page — this link")
    await change(ann, first, RUSSIAN_TEXT)
    shown = await shows(ann, "📝 Волга", "📝 Mount Vesuvius")
    assert shown.text.index("Волга") < shown.text.index("Mount Vesuvius")
    assert "reading" not in (await shows(ann, "📝 Волга — самая длинная река Европы.")).text
    kept = await read_of(storage, ann)
    assert "Волга" in kept
    assert "Krakatoa" not in kept
    await done(ann)
    await ann.question()
    begun = await says(ann, "📝 Волга")
    await change(ann, first, TEXT)
    await ann.acknowledged()
    assert status(ann) is None
    assert ann.messages[begun.message_id].text == begun.text


async def test_a_link_that_is_changed_while_its_page_is_read_is_the_other_page(
    simulator: Simulator, classroom: Classroom
) -> None:
    """What was read of the first one is kept nowhere, whichever came to an end first."""
    is_asked, is_there = asyncio.Event(), asyncio.Event()

    async def slow_page(_request: web.Request) -> web.StreamResponse:
        is_asked.set()
        await is_there.wait()
        return web_page()

    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in RIVERS)
    html = f"<!doctype html><title>Rivers</title><body><article>{paragraphs}</article></body>"
    other = web.Response(text=html, content_type="text/html")
    async with (
        site({"/volcanoes": slow_page, "/rivers": other}) as pages,
        start_bot(simulator, {}, reads_this_machine) as bot,
        bot.storage() as storage,
    ):
        ann = await classroom.join()
        link = await say(ann, pages.url("/volcanoes"))
        await shows(ann, "reading…")
        await asyncio.wait_for(is_asked.wait(), 30)
        await change(ann, link, pages.url("/rivers"))
        await ann.acknowledged()
        is_there.set()
        await shows(ann, "🔗 Rivers — ")
        kept = await read_of(storage, ann)
        assert "Волга" in kept
        assert "Krakatoa" not in kept


async def test_a_wish_that_is_changed_is_the_wish(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    """As long as it is the last one that was said."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say(TEXT)
    wish = await say(ann, "only Krakatoa")
    await shows(ann, "To ask about: only Krakatoa")
    await change(ann, wish, "only Etna")
    await shows(ann, "To ask about: only Etna")
    await say(ann, "only Tambora")
    await shows(ann, "To ask about: only Tambora")
    await change(ann, wish, "only Vesuvius")
    await ann.acknowledged()
    assert "only Tambora" in (await shows(ann, "To ask about")).text
