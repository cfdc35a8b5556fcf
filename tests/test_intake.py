"""What becomes of one update: what no bot in a process of its own shows."""

import asyncio
from typing import cast

import pytest
from telegram import Bot, Update

from bot import intake
from bot.intake import Intake, RawUpdate
from handlers.context import QuizApplication
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable

FROM = {"id": 7, "is_bot": False, "first_name": "Ann"}
CHAT = {"id": 7, "type": "private"}


def a_message(update: int) -> RawUpdate:
    return {"update_id": update, "message": {"message_id": 1, "date": 0, "chat": CHAT, "from": FROM, "text": "hi"}}


class Slow:
    """An application none of whose handlers ends."""

    bot = Bot("123456:secret")

    async def process_update(self, _update: Update) -> None:
        await asyncio.Event().wait()


class Broken:
    """Dead letters that cannot be kept, through a fault of ours."""

    async def add(self, *_what: object) -> None:
        raise LookupError("a fault of ours")


def an_intake() -> Intake:
    return Intake(cast("QuizApplication", Slow()), cast("DeadLetters", Broken()))


async def test_slow_updates_that_are_finished_elsewhere_are_not_remembered_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At a webhook another process may take each of them at last; those that come again are counted all the same."""
    monkeypatch.setattr(intake, "HANDLER_SECONDS", 0.0)
    monkeypatch.setattr(intake, "SLOW_UPDATES", 3)
    taken = an_intake()
    for update in (*range(100), 98, 5):
        _user, work = taken.work_of(a_message(update))
        with pytest.raises(StorageUnavailable):
            await work()

    assert taken._slow == {99: 1, 98: 2, 5: 1}  # pyright: ignore[reportPrivateUsage] - nothing else shows it


async def test_an_update_that_can_neither_be_read_nor_kept_is_done_with() -> None:
    """Nothing but storage that is away reaches whoever receives."""
    _user, work = an_intake().work_of({"update_id": 1, "message": {"text": "hi"}})

    await work()
