"""One chat is slow, closed or flooded: whoever writes in another one is answered at once."""

from simulator.client import Fault, Simulator
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.people import People, Settings
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.faults.test_telegram_trouble import begun


async def test_a_chat_in_which_every_call_hangs_keeps_nobody_else_waiting(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Forty texts of one person whose chat never answers are pending when another one begins a quiz and plays it."""
    del bot
    ann, bob = await classroom.join(), await classroom.join(name="Bob")
    await simulator.add_faults(Fault("sendMessage", "hang", chat_id=ann.id))
    for number in range(40):
        await ann.say(f"topic {number}")
    await People(storage).save_settings(bob.id, Settings(count=3))
    await bob.say("photosynthesis")
    await bob.finish((await bob.question()).attempt, 3)
    handled = [event for event in await simulator.events() if event.kind == "update_confirmed"]
    assert len(handled) < 40, "the other one's updates were not handled long before"


async def test_a_group_in_which_the_bot_may_not_write_stops_nobody(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Telegram's refusal is no reason to try again, nor to give up anything else."""
    ann = await classroom.join()
    group = await simulator.add_group("Silent", [ann.id])
    await simulator.add_faults(Fault("sendMessage", "400", chat_id=group))
    await simulator.say(ann.id, "/quiz", chat=group)
    await begun(ann, storage)
    assert bot.is_running
    assert len([call for call in await simulator.calls("sendMessage", chat=group) if call["status"] == 400]) == 1
    assert await DeadLetters(storage).count() == 0


async def test_a_refusal_that_nobody_foresaw_is_kept_and_stops_nobody(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Not even when telling the author of it is refused as well."""
    bot.expected.add("an update could not be handled")
    ann, bob = await classroom.join(), await classroom.join(name="Bob")
    await simulator.add_faults(Fault("sendMessage", "400", chat_id=ann.id, description="Bad Request: no such thing"))
    await ann.say("/help")
    await begun(bob, storage)
    await ann.acknowledged()
    assert bot.is_running
    assert await DeadLetters(storage).count() == 1


async def test_what_telegram_did_not_take_is_said_a_moment_later(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Help, settings, an offer: whoever asked gets it without asking again, once."""
    del bot, storage
    ann = await classroom.join()
    await simulator.add_faults(Fault("sendMessage", "429", chat_id=ann.id, retry_after=1, times=1))
    await ann.say("/help")
    await ann.acknowledged()
    words = await ann.until(lambda: next(iter(ann.shown()), None), "the help")
    assert "/quiz" in words.text
    await ann.say("/settings")
    await ann.until(lambda: len(ann.shown()) == 2 or None, "the settings")
