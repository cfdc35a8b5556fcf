"""Promise 1, where a chat is slow: what Telegram was told to forget before it was handled is handled all the same."""

import asyncio

from delivery.buttons import Choose
from simulator.client import Event, Fault, Simulator
from storage.connection import Storage
from storage.parked import ParkedUpdates
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.faults.test_telegram_trouble import begun
from tests.student import VERDICTS, WITHIN


async def test_a_press_that_was_parked_is_answered_by_the_next_process(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Telegram does not give it again: it was confirmed, to get at what came after it."""
    ann = await classroom.join()
    question = await begun(ann, storage)
    await simulator.add_faults(Fault("*", "hang", chat_id=ann.id), Fault("answerCallbackQuery", "hang"))
    before = await simulator.last_event()
    pressed = await ann.press(question.message, Choose(*question.place, 0))

    def is_confirmed(event: Event) -> bool:
        return event.kind == "update_confirmed" and event.update_id == pressed.update_id

    await simulator.wait_for_event(is_confirmed, after=before)
    assert list(await ParkedUpdates(storage).all()) == [pressed.update_id]
    assert pressed.callback_query_id not in ann.toasts

    await bot.kill()
    bot.start()
    await simulator.lift_faults()

    assert (await ann.toast(pressed)).startswith(VERDICTS)
    ann.over.add(question.place)
    assert (await ann.question()).place == (question.attempt, 1)
    async with asyncio.timeout(WITHIN):
        while await ParkedUpdates(storage).all():  # noqa: ASYNC110 - another process takes it out
            await asyncio.sleep(0.02)
