"""Who is forgotten leaves nothing behind: no text, no answer, no id, in Redis or in the server's file."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from typing import Any, Protocol, cast

from delivery.buttons import Forget, KeepAll
from quiz.attempt import State
from simulator.client import Fault, Message, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.people import People
from storage.quizzes import Quizzes
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.generation.scripted_server import Hang, ScriptedServer, knows, text
from tests.generation.written import GPT, KNOWN, STEMS, line
from tests.notes.lectures import TEXT, VOLCANOES
from tests.notes.sender import button_in, done, says, shows, wants
from tests.student import Student

DOCKETS = ("soon:", "long:", "reading:", "{soon}:", "{long}:", "{reading}:")
GONE = "I keep nothing about you any more"


class Client(Protocol):
    """redis-py's client, as far as a dump needs it."""

    def scan_iter(self) -> AsyncIterator[str]: ...
    async def type(self, key: str) -> str: ...
    async def get(self, key: str) -> str: ...
    async def hgetall(self, key: str) -> dict[str, str]: ...
    async def zrange(self, key: str, start: int, end: int) -> list[str]: ...
    async def xrange(self, key: str) -> list[Any]: ...
    async def smembers(self, key: str) -> set[str]: ...
    async def lrange(self, key: str, start: int, end: int) -> list[str]: ...


async def dump(storage: Storage) -> dict[str, str]:
    """Every key and what it holds; but docket's own queues, which hold ids of tasks only."""
    client = cast("Client", storage.client)
    kept: dict[str, str] = {}
    async for key in client.scan_iter():
        if key.startswith(DOCKETS):
            continue
        reads: dict[str, Any] = {
            "string": lambda key=key: client.get(key),
            "hash": lambda key=key: client.hgetall(key),
            "zset": lambda key=key: client.zrange(key, 0, -1),
            "stream": lambda key=key: client.xrange(key),
            "set": lambda key=key: client.smembers(key),
            "list": lambda key=key: client.lrange(key, 0, -1),
        }
        kept[key] = str(await cast("Awaitable[Any]", reads[await client.type(key)]()))
    return kept


def about(kept: dict[str, str], student: Student) -> list[str]:
    """The keys in which a person's id stands; but how fast messages go to a chat, which an hour needs."""
    return [key for key, held in kept.items() if str(student.id) in key + held and not key.startswith("{send}")]


async def asks_to_be_forgotten(student: Student) -> tuple[Message, Forget]:
    """The question whether to delete everything, and its button."""
    await student.say("/forget")
    asked = await says(student, "Delete everything I keep about you?")
    button = button_in(asked, Forget)
    assert isinstance(button, Forget)
    return asked, button


def files_of(folder: Path) -> bytes:
    """All that the embedded server has on the disk."""
    return b"".join(one.read_bytes() for one in folder.rglob("*") if one.is_file())


async def test_nothing_is_left_of_a_person(
    bot: BotProcess, classroom: Classroom, storage: Storage, simulator: Simulator
) -> None:
    """Quizzes, notes, settings, dead letters, what was not said yet; another person's stay."""
    students = ann, bob = await classroom.join(), await classroom.join(name="Bob")
    for one in students:
        await wants(one, storage, count=2)
        await one.say("photosynthesis")
        await one.answer()
        await one.say("/stop")
        await one.acknowledged()
        await one.say(f"{TEXT}\n{one.id} is of {one.id}.")
        await shows(one, "words")
        await done(one)
        await one.answer()
        await one.say(TEXT)  # and others are being gathered
        await shows(one, "words")
        await one.say("only Krakatoa")
        await DeadLetters(storage).add("update", "1", {"message": {"from": {"id": one.id}}}, ValueError("no"))
    await simulator.add_faults(Fault("sendMessage", "429", chat_id=ann.id, retry_after=3, times=1))
    await ann.say("/help")  # is said later
    await ann.acknowledged()
    before = await dump(storage)
    assert len(about(before, ann)) > 8
    bobs = set(about(before, bob))
    assert VOLCANOES[1].encode() in files_of(bot.data_dir)

    asked, button = await asks_to_be_forgotten(ann)
    assert await ann.toast(await ann.press(asked, button)) == "Deleting…"
    await says(ann, GONE)
    async with asyncio.timeout(30):
        while left := about(await dump(storage), ann):  # its own request goes last
            await asyncio.sleep(0.05)
            assert all(key.startswith("forgetting:") for key in left), left
    kept = await dump(storage)
    assert bobs <= kept.keys()
    assert len([key for key in kept if key.startswith("{q:") and key.endswith(":written")]) == 1, "Bob's"
    assert await DeadLetters(storage).count() == 1
    await ann.say("photosynthesis")  # who comes back begins anew
    await ann.question()
    assert (await People(storage).settings(ann.id)).count == 10


async def test_the_file_of_the_embedded_server_is_written_anew(bot: BotProcess, classroom: Classroom) -> None:
    """So that what was deleted cannot be read from the disk either."""
    ann = await classroom.join()
    await ann.say(TEXT)
    await shows(ann, "words")
    assert VOLCANOES[1].encode() in files_of(bot.data_dir)
    asked, button = await asks_to_be_forgotten(ann)
    await ann.press(asked, button)
    await says(ann, GONE)
    async with asyncio.timeout(30):
        while VOLCANOES[1].encode() in files_of(bot.data_dir):  # noqa: ASYNC110 - a file rings no bell
            await asyncio.sleep(0.1)


async def test_nothing_goes_unless_one_says_so_twice(bot: BotProcess, classroom: Classroom, storage: Storage) -> None:
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    asked, _button = await asks_to_be_forgotten(ann)
    assert await ann.toast(await ann.press(asked, KeepAll())) == "All is kept"
    await says(ann, "Nothing was deleted")
    assert (await People(storage).settings(ann.id)).count == 2


async def test_the_same_request_again_deletes_nothing_that_came_later(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """A press that is delivered again, or repeated on a phone that still shows the button."""
    del bot
    ann = await classroom.join()
    asked, button = await asks_to_be_forgotten(ann)
    await ann.press(asked, button)
    await says(ann, GONE)
    await ann.acknowledged()
    await ann.say("photosynthesis")
    attempt = (await ann.question()).attempt
    told = "That is deleted already. To delete what came since, send /forget."
    assert await ann.toast(await ann.press(asked, button)) == told
    await ann.until(lambda: ann.messages[asked.message_id].text == told or None, "no button to press once more")
    await ann.acknowledged()
    await ann.answer()
    assert await Attempts(storage).load(ann.id, attempt) is not None


async def test_a_killed_bot_forgets_all_the_same(
    bot: BotProcess, classroom: Classroom, storage: Storage, simulator: Simulator
) -> None:
    """And says so, once it runs again."""
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await ann.say(TEXT)
    await shows(ann, "words")
    asked, button = await asks_to_be_forgotten(ann)
    before = await simulator.last_event()
    await simulator.add_faults(Fault("editMessageText", "hang", "before"))
    await ann.press(asked, button)
    await simulator.wait_for_event(lambda event: event.kind == "fault_holding", after=before)
    await bot.restart()
    await simulator.lift_faults()
    await says(ann, GONE)
    assert not [key for key in about(await dump(storage), ann) if not key.startswith("forgetting:")]


async def test_what_is_being_written_for_a_person_ends(simulator: Simulator, classroom: Classroom) -> None:
    """The model is called no more, and what it still sends is kept nowhere."""
    async with ScriptedServer.running() as provider:
        provider.solves = knows(KNOWN)
        provider.writes = [text(line(STEMS[0]), Hang())]
        settings = {"QUIZBOT_MODEL": GPT, "OPENAI_API_KEY": "sk-of-nobody", "OPENAI_BASE_URL": f"{provider.url}/v1"}
        async with start_bot(simulator, settings) as bot, bot.storage() as storage:
            ann = await classroom.join()
            await wants(ann, storage, count=3)
            await ann.say("Gas giants")
            attempt = await Attempts(storage).load(ann.id, (await ann.question()).attempt)
            assert attempt is not None
            assert attempt.state is State.OPEN
            assert await Quizzes(storage).written(attempt.quiz)
            asked, button = await asks_to_be_forgotten(ann)
            await ann.press(asked, button)
            await provider.somebody_left()
            await says(ann, GONE)
            assert await Quizzes(storage).written(attempt.quiz) == []
            left = {key: held for key, held in (await dump(storage)).items() if not key.startswith("{p:")}
            # In the pool of the topic the question stays: that is nobody's.
            assert STEMS[0] not in str(left)
            of_ann = {key.rpartition(":")[0] for key in about(left, ann) if not key.startswith("forgetting:")}
            assert of_ann == {f"{{u:{ann.id}}}:use"}, "who comes back has no new budget"
