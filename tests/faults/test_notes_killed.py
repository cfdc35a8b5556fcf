"""Killed anywhere while it reads what a student sent, or begins their quiz, the bot goes on by itself and does it once.

What was read is kept, no file is a part twice, and one quiz begins.
"""

import pytest

from delivery.buttons import BeginNotes
from simulator.client import Event, Fault, Simulator
from storage.attempts import Attempts
from storage.collections import Collections
from storage.connection import Storage
from storage.sources import Sources
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.notes.lectures import TEXT, a_pdf
from tests.notes.sender import button_in, done, send, shows, status, wants
from tests.writing.conftest import quick_redelivery

WHILE_SENDING = {
    "before the first word": Fault("sendMessage", "hang", "before"),
    "after the first word": Fault("sendMessage", "hang", "after"),
    "before the file is known": Fault("getFile", "hang", "before"),
    "while the file comes": Fault("file", "hang", "before"),
    "before it is shown": Fault("editMessageText", "hang", "before"),
    "after it is shown": Fault("editMessageText", "hang", "after"),
    "before the acknowledgement": Fault("getUpdates", "hang", "before"),
}
WHILE_BEGINNING = {
    "before the toast": Fault("answerCallbackQuery", "hang", "before"),
    "after the toast": Fault("answerCallbackQuery", "hang", "after"),
    "before the first word": Fault("sendMessage", "hang", "before"),
    "after the first word": Fault("sendMessage", "hang", "after"),
    "before the notes are closed": Fault("editMessageText", "hang", "before"),
    "before the acknowledgement": Fault("getUpdates", "hang", "before"),
}


def holds(event: Event) -> bool:
    return event.kind == "fault_holding"


@pytest.mark.parametrize("moment", WHILE_SENDING)
async def test_what_was_sent_is_read_once_the_bot_runs_again(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, moment: str
) -> None:
    bot.change = quick_redelivery
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    before = await simulator.last_event()
    await simulator.add_faults(WHILE_SENDING[moment])
    await send(ann, "volcanoes.pdf", a_pdf())
    await simulator.wait_for_event(holds, after=before)
    await bot.kill()
    bot.start()
    await simulator.lift_faults()
    await ann.acknowledged()
    await shows(ann, "volcanoes.pdf — 2 pages")
    collection = await Collections(storage).load(ann.id, ann.id)
    assert collection is not None
    assert len(collection.parts) == 1
    assert len(await Sources(storage).parts(ann.id, collection.id)) == 1
    await done(ann)
    await ann.finish((await ann.question()).attempt, 1)


@pytest.mark.parametrize("moment", WHILE_BEGINNING)
async def test_the_quiz_begins_once_however_it_was_interrupted(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, moment: str
) -> None:
    bot.change = quick_redelivery
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await ann.say(TEXT)
    await shows(ann, "words")
    await ann.acknowledged()
    before = await simulator.last_event()
    await simulator.add_faults(WHILE_BEGINNING[moment])
    message = status(ann)
    assert message is not None
    button = button_in(message, BeginNotes)
    assert button is not None
    await ann.press(message, button)
    await simulator.wait_for_event(holds, after=before)
    await bot.kill()
    bot.start()
    await simulator.lift_faults()
    await ann.acknowledged()
    question = await ann.question()
    await ann.finish(question.attempt, 2)
    assert await Attempts(storage).newest(ann.id, 10) == [question.attempt]
