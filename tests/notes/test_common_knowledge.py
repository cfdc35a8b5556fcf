"""Leaving out what is known anyway: offered where a model can tell, and said where it cannot after all."""

from collections.abc import AsyncGenerator

import pytest

from delivery.buttons import OnlyNotes
from simulator.client import Message, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.generation.scripted_server import ScriptedServer, error
from tests.notes.lectures import TEXT
from tests.notes.sender import button_in, done, only, shows, wants
from tests.student import Student

UNABLE = "It cannot tell what is common knowledge."


@pytest.fixture
async def provider() -> AsyncGenerator[ScriptedServer]:
    """A provider that is down."""
    async with ScriptedServer.running() as server:
        server.writes = [error(503) for _ in range(20)]
        server.solves = lambda _: error(503)
        yield server


@pytest.fixture
async def bot_with_a_model(simulator: Simulator, provider: ScriptedServer) -> AsyncGenerator[BotProcess]:
    settings = {
        "QUIZBOT_MODEL": "openai:a-model",
        "OPENAI_API_KEY": "sk-of-nobody",
        "OPENAI_BASE_URL": f"{provider.url}/v1",
    }
    async with start_bot(simulator, settings) as bot:
        yield bot


async def test_without_a_model_nothing_of_it_is_offered(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=1)
    await ann.say(TEXT)
    shown = await shows(ann, "words")
    assert [button.text for button in shown.buttons] == ["✅ Done, start the quiz", "✖️ Cancel"]
    await done(ann)
    assert UNABLE not in (await ann.question()).message.text


async def test_the_button_says_what_it_makes_so(bot_with_a_model: BotProcess, classroom: Classroom) -> None:
    """And the message what is so."""
    del bot_with_a_model
    ann = await classroom.join()
    await ann.say(TEXT)
    shown = await shows(ann, "words")
    assert "Leave out common knowledge" in [button.text for button in shown.buttons]
    assert await only(ann) == "Saved"
    shown = await _with_button(ann, on=False)
    assert "I will leave out what can be known without your notes." in shown.text
    assert "Also ask common knowledge" in [button.text for button in shown.buttons]
    assert await only(ann) == "Saved"
    assert "leave out" not in (await _with_button(ann, on=True)).text


async def test_who_asked_for_it_is_told_when_rules_write_instead(
    bot_with_a_model: BotProcess, classroom: Classroom
) -> None:
    """With the first question, and with no other; who did not ask for it is not told."""
    async with bot_with_a_model.storage() as storage:
        ann, bob = await classroom.join(), await classroom.join()
        for one in (ann, bob):
            await wants(one, storage, count=2)
            await one.say(TEXT)
            await shows(one, "words")
        await only(ann)
        await _with_button(ann, on=False)
        for one in (ann, bob):
            await done(one)
        first = await ann.question()
        assert UNABLE in first.message.text
        attempt = await Attempts(storage).load(ann.id, first.attempt)
        assert attempt is not None
        assert attempt.notes is not None
        assert attempt.notes.only
        await ann.answer(first)
        assert UNABLE not in (await ann.question()).message.text
        assert UNABLE not in (await bob.question()).message.text


async def _with_button(student: Student, *, on: bool) -> Message:
    """The notes once their button asks for this."""

    def look() -> Message | None:
        for one in student.shown():
            button = button_in(one, OnlyNotes)
            if isinstance(button, OnlyNotes) and button.on == on:
                return one
        return None

    return await student.until(look, f"a button that asks for {on}")
