"""Dead letters: kept for a week, and never too many."""

import json
from typing import Any, cast

import pytest

from storage import deadletters, keys
from storage.connection import Storage
from storage.deadletters import DeadLetters

DAY = 24 * 3600 * 1000


async def letters(storage: Storage) -> list[dict[str, str]]:
    """What lies there, oldest first."""
    found = cast("list[tuple[str, Any]]", await storage.client.xrange(keys.DEAD_LETTER_STREAM))  # pyright: ignore[reportUnknownMemberType]
    return [fields for _id, fields in found]


async def test_a_letter_says_what_failed_and_why(storage: Storage) -> None:
    await DeadLetters(storage).add("update", "17", {"text": "привет"}, ValueError("no such thing"))

    (letter,) = await letters(storage)
    assert (letter["kind"], letter["subject"], letter["error"]) == ("update", "17", "ValueError: no such thing")
    assert json.loads(letter["content"]) == {"text": "привет"}
    assert await DeadLetters(storage).count() == 1


async def test_what_is_no_text_is_kept_too(storage: Storage) -> None:
    await DeadLetters(storage).add("update", "17", {"text": "half \ud800"}, ValueError("\ud800"))

    (letter,) = await letters(storage)
    assert (letter["error"], json.loads(letter["content"])) == ("ValueError: ?", {"text": "half ?"})


async def test_of_too_many_letters_the_oldest_go(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadletters, "MOST", 3)
    for number in range(5):
        await DeadLetters(storage).add("update", str(number), {}, ValueError())

    assert [letter["subject"] for letter in await letters(storage)] == ["2", "3", "4"]


async def test_a_letter_is_gone_after_a_week(storage: Storage) -> None:
    now = await storage.now()
    for days in (8, 6):
        letter: dict[Any, Any] = {"subject": f"{days} days old"}
        await storage.client.xadd(keys.DEAD_LETTER_STREAM, letter, id=f"{now - days * DAY}-0")

    await DeadLetters(storage).add("update", "new", {}, ValueError())

    assert [letter["subject"] for letter in await letters(storage)] == ["6 days old", "new"]
