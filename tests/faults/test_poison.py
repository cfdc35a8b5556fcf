"""An update that cannot be handled is kept and told of, and blocks nobody."""

import asyncio
import json
from collections.abc import Awaitable
from typing import cast

import pytest
from telegram import Update

from bot import intake
from delivery.buttons import Choose
from delivery.screen import Screen
from handlers import registry
from handlers.context import Context
from simulator.client import Simulator
from storage import keys
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from tests.bot_process import BotProcess, Change
from tests.classroom import Classroom
from tests.injected import inject
from tests.student import Student


async def test_an_update_that_cannot_be_handled_is_kept_its_author_told_and_the_chat_goes_on(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """A record of a future release fails the one update that needs it; others are handled, and this chat's next too."""
    bot.expected.add("an update could not be handled")
    student, other = await classroom.join(), await classroom.join()
    await storage.set(keys.settings(student.id), json.dumps([99, {}]), None)

    await student.say("python")
    await told_of_trouble(student)
    await student.acknowledged()
    await other.say("python")
    await other.question()

    letters = cast("list[tuple[str, dict[str, str]]]", await storage.call(storage.client.xrange("dead-letters")))  # pyright: ignore[reportUnknownMemberType]
    assert [(letter["kind"], letter["subject"]) for _, letter in letters] == [("update", str(student.update))]
    assert "UnknownRecord" in letters[0][1]["error"]

    await storage.delete(keys.settings(student.id))
    await student.say("python")
    assert (await student.question()).position == 0


@pytest.mark.parametrize("body", [{"text": "hi"}, {"message_id": 1, "date": "soon"}, {}], ids=str)
async def test_an_update_of_an_unknown_form_is_kept_and_blocks_nobody(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, body: dict[str, object]
) -> None:
    """Telegram changes, or a proxy garbles: what cannot be read is a dead letter, and what comes behind is handled."""
    student = await classroom.join()
    inject("update of an unknown form")
    unreadable = await simulator.give_update("message", body)
    await student.say("python")

    assert (await student.question()).position == 0
    await student.acknowledged()
    letters = cast("list[tuple[str, dict[str, str]]]", await storage.call(storage.client.xrange("dead-letters")))  # pyright: ignore[reportUnknownMemberType]
    assert [(letter["kind"], letter["subject"]) for _, letter in letters] == [("update", str(unreadable))]
    assert '"exception"' not in bot.said


@pytest.mark.parametrize("code", [5, ["en"], {}], ids=str)
async def test_a_press_in_no_language_is_kept_and_blocks_nobody(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, code: object
) -> None:
    """Not its author either."""
    student = await classroom.join()
    who = {"id": student.id, "is_bot": False, "first_name": "x", "language_code": code}
    place = {"message_id": 1, "chat": {"id": student.id, "type": "private"}, "date": 0}
    press = {"id": "zz", "from": who, "message": place, "chat_instance": "1", "data": "x"}
    await simulator.give_update("callback_query", press)
    await student.say("python")

    assert (await student.question()).position == 0
    await student.acknowledged()
    assert await DeadLetters(storage).count() == 1
    assert bot.is_running
    assert "Traceback" not in bot.said


async def test_an_attempt_of_a_future_release_can_be_stopped_and_another_begun(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Nobody is shut out for good by a record that cannot be read."""
    bot.expected.add("an update could not be handled")
    student = await classroom.join()
    await student.say("photosynthesis")
    question = await student.question()
    await student.acknowledged()
    record = keys.attempt(student.id, question.attempt)
    written = cast("Awaitable[int]", storage.client.execute_command("HSET", record, "record", "99"))  # pyright: ignore[reportUnknownMemberType]
    await storage.call(written)

    await student.press(question.message, Choose(*question.place, 0))
    await told_of_trouble(student)
    student.messages.clear()
    await student.say("/stop")
    await told_of_trouble(student)
    await student.say("photosynthesis")
    another = await student.question()
    assert another.attempt != question.attempt
    assert await Attempts(storage).active(student.id, student.id) == another.attempt


async def raises(update: Update, context: Context) -> None:
    """A handler with a fault."""
    del update, context
    raise LookupError("a fault of ours")


async def hangs(update: Update, context: Context) -> None:
    """A handler that never ends."""
    del update, context
    await asyncio.Event().wait()


def help_raises() -> None:
    """What is changed in the bot before it runs."""
    registry.COMMANDS["help"] = raises


def help_hangs() -> None:
    """What is changed in the bot before it runs; its time is shortened, since it is tried several times."""
    registry.COMMANDS["help"] = hangs
    intake.HANDLER_SECONDS = 0.4


def no_words(_language: str) -> Screen:
    """What a person would be told, with a fault in it."""
    raise LookupError("another fault of ours")


def help_and_the_word_of_trouble_raise() -> None:
    """What is changed in the bot before it runs."""
    help_raises()
    intake.after_trouble = no_words


async def test_what_comes_behind_is_handled_when_not_even_the_word_of_trouble_can_be_said(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """It is logged, and the update is done with."""
    bot.expected.add("an update could not be handled")
    student = await classroom.join()
    await bot.kill()
    await student.say("/help")
    await student.say("photosynthesis")
    bot.change = help_and_the_word_of_trouble_raise
    bot.start()

    assert (await student.question()).position == 0
    await student.acknowledged()
    assert await DeadLetters(storage).count() == 1
    assert "the author of a dead letter could not be told" in bot.said


@pytest.mark.parametrize("change", [help_raises, help_hangs])
async def test_what_comes_behind_a_poisonous_update_is_handled(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, change: Change
) -> None:
    """Of the same person in the same batch: a handler that raises, or never ends, is left behind."""
    bot.expected.add("an update could not be handled")
    student, other = await classroom.join(), await classroom.join()
    await bot.kill()
    await student.say("/help")
    await student.say("photosynthesis")
    await other.say("photosynthesis")
    bot.change = change
    bot.start()
    await told_of_trouble(student, within=60)
    for one in (student, other):
        question = await one.question()
        await one.answer(question)
    await student.acknowledged()
    assert await DeadLetters(storage).count() == 1
    assert await simulator.violations() == []


async def told_of_trouble(student: Student, within: float = 30.0) -> None:
    """The student reads that something went wrong."""
    inject("update that cannot be handled")

    def look() -> bool | None:
        return any("went wrong" in message.text for message in student.shown()) or None

    await student.until(look, "the word of trouble", within)
