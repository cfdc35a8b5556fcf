"""The one message that shows the notes stays one and shows the newest, however slow Telegram is just then."""

import asyncio

from aiohttp import web

from delivery.buttons import DropNotes
from simulator.client import Event, Fault, Message, Simulator
from storage.collections import Collections
from storage.connection import Storage
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.documents.web_site import site
from tests.notes.lectures import RUSSIAN_TEXT, TEXT, web_page
from tests.notes.sender import button_in, reads_this_machine, send, shows
from tests.simulator.pictures import png
from tests.student import Student


def is_held(event: Event) -> bool:
    return event.kind == "fault_holding"


async def all_shown(storage: Storage, student: Student) -> None:
    """Wait until nothing of the notes is to be shown any more."""
    async with asyncio.timeout(30):
        while True:
            found = await Collections(storage).load(student.id, student.id)
            if found is not None and not found.unread and found.shown == found.version:
                return
            await asyncio.sleep(0.02)  # another process shows it


async def test_two_parts_at_the_same_moment_are_one_message(
    bot: BotProcess, classroom: Classroom, storage: Storage, simulator: Simulator
) -> None:
    """One is read just when the other is refused: both want to be shown below what was sent last."""
    del bot
    ann = await classroom.join()
    await ann.say(TEXT)
    await shows(ann, "📝 Mount Vesuvius", "words")
    await all_shown(storage, ann)
    before = await simulator.last_event()
    await simulator.add_faults(Fault("sendMessage", "hang", seconds=0.7))
    await ann.say(RUSSIAN_TEXT)
    await simulator.wait_for_event(is_held, after=before)
    await send(ann, "board.png", png(8, 8))
    await ann.acknowledged()
    await all_shown(storage, ann)
    await shows(ann, "📝 Mount Vesuvius", "📝 Волга", "I cannot read pictures")

    def of_notes() -> list[Message]:
        return [one for one in ann.shown() if button_in(one, DropNotes) is not None]

    await ann.until(lambda: len(of_notes()) == 1 or None, "one message that shows the notes")


async def test_an_edit_that_arrives_late_does_not_stay(simulator: Simulator, classroom: Classroom) -> None:
    """When it arrives, the part that it says is being read was read."""
    page_is_there = asyncio.Event()

    async def slow_page(_request: web.Request) -> web.StreamResponse:
        await page_is_there.wait()
        return web_page()

    async with (
        site({"/volcanoes": slow_page}) as pages,
        start_bot(simulator, {}, reads_this_machine) as bot,
        bot.storage() as storage,
    ):
        ann = await classroom.join()
        await ann.say(pages.url("/volcanoes"))
        await shows(ann, "reading…")
        before = await simulator.last_event()
        await simulator.add_faults(Fault("editMessageText", "hang", seconds=0.7, times=1))
        await ann.say("only Krakatoa")
        await simulator.wait_for_event(is_held, after=before)
        page_is_there.set()

        def is_late(event: Event) -> bool:
            text = event.message.text if event.kind == "message_edited" and event.message else ""
            return "reading…" in text and "only Krakatoa" in text

        await simulator.wait_for_event(is_late, after=before)
        await shows(ann, "🔗 Volcanoes of the world — 86 words", "To ask about: only Krakatoa")
        await all_shown(storage, ann)
