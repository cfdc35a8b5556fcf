"""Deleting what is kept of a person, wherever in Redis it lies."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, cast

from redis.exceptions import ResponseError

from storage import keys
from storage.connection import Storage, unavailable_when_redis_fails
from storage.parked import ParkedUpdates
from storage.quizzes import WRITTEN
from storage.reports import Reports
from storage.unsaid import UnsaidMessages

AT_ONCE = 100
A_SCAN = 1000
DONE = ""
"""Kept in place of who asked, so that the same request, delivered again, deletes nothing that came later."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks to be forgotten, in which chat, and what the bot speaks there."""

    user: int
    chat: int
    language: str


class Scan(Protocol):
    """redis-py's `scan_iter`, as far as it is used."""

    def __call__(self, *, match: str, count: int) -> AsyncIterator[str]:
        """The keys that fit."""
        ...


class Forgetting:
    """Requests to be forgotten, and what is done for them; all of it may be done again."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._unsaid = UnsaidMessages(storage)
        self._reports = Reports(storage)

    async def ask(self, name: str, request: Request) -> None:
        """Keep a request for a day; one that was granted stays so."""
        record = f"{request.user} {request.chat} {request.language}"
        life = keys.FORGETTING // timedelta(milliseconds=1)
        await self._storage.write(keys.forgetting(name), "SET", keys.forgetting(name), record, "NX", "PX", life)

    async def request(self, name: str) -> Request | None:
        """The request; None when it was granted, or there is none."""
        record = await self._storage.get(keys.forgetting(name))
        if not record:
            return None
        user, chat, language = record.split(" ")
        return Request(int(user), int(chat), language)

    async def is_granted(self, name: str) -> bool:
        """Whether everything was deleted that this request is about."""
        return await self._storage.get(keys.forgetting(name)) == DONE

    async def granted(self, name: str) -> None:
        """Everything is deleted."""
        await self._storage.set(keys.forgetting(name), DONE, keys.FORGETTING)

    async def attempts(self, user: int) -> list[str]:
        """The ids of all attempts that are kept of a person."""
        return [key.rpartition(":")[2] async for key in self._keys(keys.attempt(user, "*"))]

    async def erase(self, user: int, chat: int) -> set[str]:
        """Delete everything of a person; the quizzes that were written for them, which may yet be written to.

        What today's quizzes took stays until the day is over: nobody gets a new budget by being forgotten.
        """
        attempts = await self.attempts(user)
        quizzes: set[str] = set()
        for attempt in attempts:
            record = await self._storage.hash(keys.attempt(user, attempt))
            if record.get("version") == WRITTEN:
                quizzes.add(record["quiz"])
        await self.erase_quizzes(quizzes)
        await self._erase_letters(user, chat, set(attempts))
        await ParkedUpdates(self._storage).forget(user)
        # Only now, since they name the quizzes: who is killed before begins again.
        today = datetime.fromtimestamp(await self._storage.now() / 1000, UTC)
        used = keys.user_use(user, today.strftime("%Y-%m-%d"))
        async for key in self._keys(keys.everything(user)):
            if key != used:
                await self._storage.delete(key)
        midnight = datetime(today.year, today.month, today.day, tzinfo=UTC) + timedelta(days=1)
        await self._storage.write(used, "PEXPIREAT", used, round(1000 * midnight.timestamp()))
        await self._erase_from_rounds(user)
        for pattern in (keys.owner("*"), keys.collector("*")):
            async for key, text in self._texts(pattern):
                if text.partition(" ")[0] == str(user):
                    await self._storage.delete(key)
        async for key, _text in self._texts(keys.unsaid("*")):
            message = key.partition(":")[2]
            unsaid = await self._unsaid.get(message)
            if unsaid is not None and unsaid.chat == chat:
                await self._unsaid.said(message)
        await self._storage.delete(keys.sending(chat))
        return quizzes

    async def _erase_from_rounds(self, user: int) -> None:
        """Take a person out of every live round: who they are, and what they are called; a number's answers stay."""
        async for players in self._keys(keys.of_round("*", "players")):
            number = cast("str | None", await self._storage.ask("HGET", players, str(user)))
            if number is not None:
                await self._storage.ask("HDEL", f"{players.removesuffix('players')}names", number)
                await self._storage.ask("HDEL", players, str(user))
        async for one in self._keys(keys.of_round("*", "round")):
            if await self._storage.ask("HGET", one, "owner") == str(user):
                await self._storage.write(one, "HSET", one, "owner", 0)

    async def erase_quizzes(self, quizzes: set[str]) -> None:
        """Delete the questions of these, what they took, and that one of them was reported."""
        for quiz in quizzes:
            await self._storage.delete(keys.written(quiz))
            await self._storage.delete(keys.quiz_use(quiz))
        await self._reports.forget(quizzes)

    async def rewrite_file(self) -> bool:
        """Have the server write its file anew, without what was deleted; False while it is at that already."""
        try:
            await self._storage.ask("BGREWRITEAOF")
        except ResponseError as error:
            if "in progress" not in str(error):
                raise
            return False
        return True

    async def _erase_letters(self, user: int, chat: int, attempts: set[str]) -> None:
        """Delete the dead letters that a person wrote, and those about their attempts."""
        letters = cast(
            "list[tuple[str, dict[str, str]]]",
            await self._storage.call(self._storage.client.xrange(keys.DEAD_LETTER_STREAM)),
        )
        for name, letter in letters:
            content = json.loads(letter["content"])
            if _names(content, {user, chat}) or _names(content, attempts):
                await self._storage.call(self._storage.client.xdel(keys.DEAD_LETTER_STREAM, name))

    async def _texts(self, pattern: str) -> AsyncIterator[tuple[str, str]]:
        """Keys that fit, and their texts."""
        found = [key async for key in self._keys(pattern)]
        for first in range(0, len(found), AT_ONCE):
            some = found[first : first + AT_ONCE]
            texts = await asyncio.gather(*map(self._storage.get, some))
            for key, text in zip(some, texts, strict=True):
                if text is not None:
                    yield key, text

    async def _keys(self, pattern: str) -> AsyncIterator[str]:
        with unavailable_when_redis_fails():
            scan = cast("Scan", self._storage.client.scan_iter)  # pyright: ignore[reportUnknownMemberType]
            async for key in scan(match=pattern, count=A_SCAN):
                yield key


def _names(content: Any, ids: set[Any]) -> bool:  # noqa: ANN401 - any JSON
    """Whether one of these ids stands in it, under whichever name."""
    match content:
        case dict():
            return any(_names(one, ids) for one in cast("dict[str, Any]", content).values())
        case list():
            return any(_names(one, ids) for one in cast("list[Any]", content))
        case int() | str():
            return content in ids
        case _:
            return False
