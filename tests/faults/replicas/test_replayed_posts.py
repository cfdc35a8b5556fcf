"""Promise 7: a post of Telegram's that somebody, or Telegram, posts again changes nothing, at whichever replica."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from quiz.identity import derived_id
from simulator.client import Message, Simulator
from storage import keys
from storage.attempts import Attempts
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.embedded import EmbeddedServer
from tests.bot_process import TOKEN
from tests.classroom import Classroom
from tests.faults.replicas.replica import Replica, begun, running
from tests.injected import inject
from tests.student import Student, check_kept
from web.app import PATH
from web.webhook import SECRET_HEADER, derived_secret

pytestmark = pytest.mark.timeout(240)
LENGTH = 3


async def post(replica: Replica, update: dict[str, Any], secret: str | None = None) -> int:
    """Post an update as Telegram does; the status of the answer."""
    headers = {SECRET_HEADER: derived_secret(TOKEN) if secret is None else secret, "Content-Type": "application/json"}
    async with httpx.AsyncClient(trust_env=False) as http:
        address = f"http://127.0.0.1:{replica.port}{PATH}"
        return (await http.post(address, content=json.dumps(update), headers=headers)).status_code


def seen(student: Student) -> list[tuple[int, str, tuple[Any, ...]]]:
    """What stands in the chat: the messages, their words and buttons."""
    return [(one.message_id, one.text, one.rows) for one in student.shown()]


async def test_everything_that_was_posted_is_posted_again_to_both_replicas(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom, storage: Storage
) -> None:
    """The topic, every press, a late one: in order, backwards, and all at once; while it is played and long after."""
    one = Replica(folder / "one", simulator, server.url, "serve")
    two = Replica(folder / "two", simulator, server.url, "serve", address=f"http://127.0.0.1:{one.port}")
    worker = Replica(folder / "w", simulator, server.url, "worker")
    async with running(one, two, worker):
        ann = await classroom.join()
        question = await begun(ann, storage, LENGTH)
        await ann.answer(question)
        await ann.question()
        for update in await posted(simulator):
            assert await post(two, update) == 200
        await ann.finish(question.attempt, LENGTH)
        await ann.acknowledged()
        before, kept = seen(ann), await Attempts(storage).load(ann.id, question.attempt)
        updates = await posted(simulator)
        for replica, again in ((two, updates), (one, updates), (two, updates[::-1])):
            for update in again:
                assert await post(replica, update) == 200
        both = (post(replica, update) for update in updates for replica in (one, two))
        assert set(await asyncio.gather(*both)) == {200}

        assert seen(ann) == before
        assert await Attempts(storage).load(ann.id, question.attempt) == kept
        assert kept is not None
        check_kept(ann, kept)
        begun_ones = storage.client.zrange(keys.attempts(ann.id), 0, -1)  # pyright: ignore[reportUnknownMemberType]
        assert await storage.call(begun_ones) == [question.attempt]
        assert await DeadLetters(storage).count() == 0
    inject("update posted again", times=5 * len(updates))


async def test_updates_of_no_sense_with_the_right_secret_stop_nobody(
    folder: Path, simulator: Simulator, server: EmbeddedServer, classroom: Classroom
) -> None:
    """What no Telegram would send is done with at the first post; whoever writes next is answered."""
    serve = Replica(folder / "s", simulator, server.url, "serve")
    serve.expected |= {"an update could not be read", "an update could not be handled"}
    async with running(serve):
        ann = await classroom.join()
        for number, update in enumerate(nonsense(ann.id)):
            inject("update of no sense")
            status = await post(serve, {"update_id": 900_000_000 + number, **update})
            assert status == 200, update
        assert await post(serve, {"update_id": 1, "message": {}}, secret=derived_id("no secret")) == 403
        ann.messages.clear()
        await ann.say("/help")
        words = await ann.until(lambda: help_of(ann), "the help")
        assert "/quiz" in words.text
        assert "Traceback" not in "\n".join(line for line in serve.said.splitlines() if not line.startswith("{"))


def nonsense(user: int) -> list[dict[str, Any]]:
    """Updates whose form is wrong in every way that JSON allows."""
    who = {"id": user, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    chat = {"id": user, "type": "private", "first_name": "Ann"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": who}
    press = {"id": "1", "from": who, "chat_instance": "1", "message": message}
    nested: Any = "deep"
    for _ in range(400):
        nested = [nested]
    return [
        {},
        {"message": None},
        {"message": "hi"},
        {"message": "\ud800"},
        {"message": {**message, "text": "\ud800"}},
        {"message": {**message, "text": "\x00"}},
        {"message": {**message, "text": 7}},
        {"message": {**message, "text": nested}},
        {"message": {**message, "date": float("nan"), "text": "x"}},
        {"message": {**message, "date": float("inf"), "text": "x"}},
        {"message": {**message, "date": 10**300, "text": "x"}},
        {"message": {**message, "message_id": 10**300, "text": "/start"}},
        {"message": {**message, "chat": {"id": 10**300, "type": "private"}, "text": "/start"}},
        {"message": {**message, "from": {**who, "language_code": "\ud800"}, "text": "/start"}},
        {"message": {**message, "from": {**who, "id": "1"}, "text": "/start"}},
        {"message": {**message, "entities": [{"type": "bot_command", "offset": -9, "length": 99}], "text": "/start"}},
        {"message": {**message, "text": "/start x", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}},
        {"callback_query": {**press, "data": "\ud800"}},
        {"callback_query": {**press, "data": "s:2srKF3MQt6k:0:\ud800"}},
        {"callback_query": {**press, "data": None}},
        {"callback_query": {**press, "data": ["c"]}},
        {"callback_query": {**press, "id": 7, "data": "o"}},
        {"callback_query": {**press, "message": None, "data": "o"}},
        {"callback_query": {**press, "from": {**who, "id": 10**300}, "data": "o"}},
        {"inline_query": {"id": "1"}},
        {"unheard_of": nested},
    ]


def help_of(student: Student) -> Message | None:
    """The newest message, if it is the help."""
    return next((one for one in reversed(student.shown()) if "/quiz" in one.text), None)


async def posted(simulator: Simulator) -> list[dict[str, Any]]:
    """What Telegram has posted so far, in order."""
    found = {
        event.update_id: event.update
        for event in await simulator.events()
        if event.kind == "update_queued" and event.update_id is not None and event.update is not None
    }
    return [{"update_id": number, **update} for number, update in sorted(found.items())]
