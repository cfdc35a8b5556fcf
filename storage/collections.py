"""Collections: what somebody sends for a quiz, until it begins; each change is one script on one hash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import cast

from pydantic import TypeAdapter

from quiz.collection import MOST_PARTS, Collection, Part, Reading, Stage, key_of
from quiz.identity import derived_id
from storage import keys
from storage.connection import Script, Storage
from storage.errors import UnknownRecord

RECORD = 1
_PART = TypeAdapter(Part)
_READING = TypeAdapter(Reading)
SHOWING_MS = 5000
"""Longer than any call to Telegram: whose fate is unknown may still arrive within it."""
LIFE_MS = keys.COLLECTION // timedelta(milliseconds=1)


class Outcome(StrEnum):
    """What became of a request about a collection."""

    CHANGED = "changed"
    REPEATED = "repeated"
    """The same update was heard before."""
    GONE = "gone"
    """It has ended, or another one has taken its place."""
    UNREAD = "unread"
    UNSHOWN = "unshown"
    DONE = "done"
    """All is read, and the quiz is to begin."""
    IDLE = "idle"
    YOURS = "yours"
    TAKEN = "taken"
    """Another one shows it just now."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A part, and why it need not be read; empty: it is to be read."""

    part: Part
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a script answered, and the collection as it stands; of `close`, as it stood before."""

    outcome: Outcome
    collection: Collection | None


class Collections:
    """The collections of everyone, one in a chat at a time; a change again changes nothing."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._collect = Script(storage, "collection", "collect")
        self._change = Script(storage, "collection", "change")
        self._close = Script(storage, "collection", "close")
        self._was_read = Script(storage, "collection", "was_read")
        self._edit = Script(storage, "collection", "edit")
        self._show = Script(storage, "collection", "show")
        self._shown = Script(storage, "collection", "shown")
        self._idle = Script(storage, "collection", "idle")

    async def collect(
        self,
        user: int,
        chat: int,
        message: int,
        parts: Sequence[Sent],
        *,
        language: str,
        focus: str = "",
        tells_known: bool = False,
    ) -> Reply:
        """Add what a message brings to what is open in the chat, or begin with it: CHANGED, or REPEATED.

        Without parts a collection is only begun, or shown again. Without `focus`, what to ask about stays as it is.
        """
        new = derived_id("collection", chat, message)
        # First, so that no task finds a collection that is nobody's.
        await self._storage.set(keys.collector(new), f"{user} {chat}", keys.COLLECTOR)
        args = [new, message, chat, language, LIFE_MS, MOST_PARTS, int(tells_known), focus]
        for place, one in enumerate(parts):
            reading = _READING.dump_json(Reading(refused=one.refused)).decode() if one.refused else ""
            args += [key_of(message, place), _PART.dump_json(one.part).decode(), reading, one.part.name]
        reply = _reply(await self._collect([keys.collection(user, chat)], args))
        begun = reply.collection
        if begun is not None and begun.is_open and begun.id != new:
            await self._storage.delete(keys.collector(new))
        return reply

    async def focus(self, user: int, collection: Collection, text: str, message: int, *, edited: bool = False) -> Reply:
        """Ask about this only, as a message says, or now says: CHANGED, REPEATED or GONE."""
        fields = {"focus": text, "focus_by": str(message)}
        return await self._changed(user, collection, fields, message=0 if edited else message)

    async def only(self, user: int, chat: int, collection: str, *, on: bool) -> Reply:
        """Leave out what can be answered without having read it, or do not: CHANGED or GONE."""
        return await self._change_fields(user, chat, collection, {"only": str(int(on))})

    async def stage(self, user: int, chat: int, collection: str, stage: Stage) -> Reply:
        """Begin the quiz once all is read (DONE), or wait for more (OPEN): CHANGED or GONE."""
        return await self._change_fields(user, chat, collection, {"stage": stage})

    async def was_read(self, user: int, collection: Collection, message: int, reading: Reading) -> Reply:
        """Keep what became of a part: CHANGED or GONE; REPEATED where it was edited meanwhile: it is read anew."""
        part = _PART.dump_json(collection.parts[message]).decode()
        record = _READING.dump_json(reading).decode()
        args = [collection.id, LIFE_MS, message, part, record, int(bool(reading.refused))]
        return _reply(await self._was_read(_keys(user, collection), args))

    async def edit(self, user: int, collection: Collection, message: int, parts: Sequence[Part]) -> Reply:
        """A message brings these parts in place of what it brought: CHANGED, REPEATED, or GONE where that was none."""
        places = range(MOST_PARTS + 1)
        its_own = ",".join(str(key_of(message, place)) for place in places)
        args: list[str | int] = [collection.id, LIFE_MS, MOST_PARTS, f",{its_own},"]
        for place, part in zip(places, parts, strict=False):
            args += [key_of(message, place), _PART.dump_json(part).decode()]
        return _reply(await self._edit(_keys(user, collection), args))

    async def show(self, user: int, collection: Collection, who: str) -> Reply:
        """Take the showing for 5 s: YOURS, TAKEN by another, IDLE where the newest version is shown, or GONE."""
        args = [collection.id, who, SHOWING_MS]
        return _reply(await self._show([keys.collection(user, collection.chat_id)], args))

    async def was_shown(self, user: int, collection: Collection, who: str, status: int) -> Reply:
        """This version is what the status message shows: CHANGED, GONE, or TAKEN by another meanwhile.

        The showing is given back where no newer version is to be shown.
        """
        args = [collection.id, who, collection.version, status]
        return _reply(await self._shown([keys.collection(user, collection.chat_id)], args))

    async def not_shown(self, user: int, collection: Collection, who: str) -> None:
        """Give the showing back: nothing was sent."""
        await self._shown([keys.collection(user, collection.chat_id)], [collection.id, who, "", ""])

    async def close(self, user: int, collection: Collection, stage: Stage, *, update: str, message: int = 0) -> Reply:
        """End it: CHANGED, with what it was; REPEATED when this update has ended it; GONE, or about to begin.

        UNREAD, where its quiz is to begin and a part has come that is not read.
        """
        args = [collection.id, stage, update, message, LIFE_MS]
        return _reply(await self._close([keys.collection(user, collection.chat_id)], args))

    async def idle(self, user: int, chat: int, collection: str, number: int) -> Reply:
        """What is to be done next: UNREAD, UNSHOWN, DONE; IDLE: nothing, and the round of this number is over."""
        return _reply(await self._idle([keys.collection(user, chat)], [collection, number]))

    async def load(self, user: int, chat: int) -> Collection | None:
        """The collection of a chat, ended or not."""
        record = await self._storage.hash(keys.collection(user, chat))
        return _collection_of(record) if record else None

    async def owner(self, collection: str) -> tuple[int, int] | None:
        """Whose collection it is, and in which chat."""
        found = await self._storage.get(keys.collector(collection))
        if found is None:
            return None
        user, _, chat = found.partition(" ")
        return int(user), int(chat)

    async def _changed(
        self, user: int, collection: Collection, fields: Mapping[str, str], *, message: int = 0
    ) -> Reply:
        return await self._change_fields(user, collection.chat_id, collection.id, fields, message=message)

    async def _change_fields(
        self,
        user: int,
        chat: int,
        collection: str,
        fields: Mapping[str, str],
        *,
        message: int = 0,
    ) -> Reply:
        pairs = [text for pair in fields.items() for text in pair]
        args = [collection, LIFE_MS, message, *pairs]
        return _reply(await self._change([keys.collection(user, chat)], args))


def _keys(user: int, collection: Collection) -> list[str]:
    """A collection, and what is kept of what was read of it."""
    return [keys.collection(user, collection.chat_id), keys.source(user, collection.id)]


def _reply(reply: list[object]) -> Reply:
    outcome, flat = cast("tuple[str, list[str]]", tuple(reply))
    record = dict(zip(flat[::2], flat[1::2], strict=True))
    return Reply(Outcome(outcome), _collection_of(record) if record else None)


def _collection_of(record: Mapping[str, str]) -> Collection:
    if record["record"] != str(RECORD):
        raise UnknownRecord(f"a collection of version {record['record']}")
    return Collection(
        id=record["id"],
        chat_id=int(record["chat"]),
        language=record["language"],
        stage=Stage(record["stage"]),
        version=int(record["version"]),
        shown=int(record["shown"]),
        round=int(record["round"]),
        last=int(record["last"]),
        status=int(record["status"]) if "status" in record else None,
        parts={int(name[2:]): _PART.validate_json(one) for name, one in record.items() if name.startswith("p:")},
        read={int(name[2:]): _READING.validate_json(one) for name, one in record.items() if name.startswith("r:")},
        focus=record.get("focus", ""),
        focus_by=int(record.get("focus_by", "0")),
        only=record.get("only") == "1",
        tells_known=record.get("models") == "1",
        left_out={int(name[2:]): one for name, one in record.items() if name.startswith("l:")},
        sent=int(record["parts"]),
    )
