"""Collections: what somebody sends for a quiz, until it begins; each change is one script on one hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import cast

from pydantic import TypeAdapter

from quiz.collection import MOST_PARTS, Collection, Part, Reading, Stage
from quiz.identity import derived_id
from storage import keys
from storage.connection import Script, Storage
from storage.errors import UnknownRecord

RECORD = 1
_PART = TypeAdapter(Part)
_READING = TypeAdapter(Reading)
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
        self._idle = Script(storage, "collection", "idle")

    async def collect(
        self, user: int, chat: int, message: int, part: Part | None, *, language: str, refused: str = ""
    ) -> Reply:
        """Add a part to what is open in the chat, or begin with it: CHANGED, or REPEATED.

        Without a part a collection is only begun, or shown again. What is `refused` need not be read.
        """
        new = derived_id("collection", chat, message)
        # First, so that no task finds a collection that is nobody's.
        await self._storage.set(keys.collector(new), f"{user} {chat}", keys.COLLECTOR)
        reading = _READING.dump_json(Reading(refused=refused)).decode() if refused else ""
        record = _PART.dump_json(part).decode() if part else ""
        args = [new, message, chat, language, LIFE_MS, MOST_PARTS, record, reading]
        reply = _reply(await self._collect([keys.collection(user, chat)], args))
        begun = reply.collection
        if begun is not None and begun.is_open and begun.id != new:
            await self._storage.delete(keys.collector(new))
        return reply

    async def focus(self, user: int, collection: Collection, text: str, message: int) -> Reply:
        """Ask about this only, as a message says: CHANGED, REPEATED or GONE."""
        return await self._changed(user, collection, {"focus": text}, message=message)

    async def only(self, user: int, chat: int, collection: str, *, on: bool) -> Reply:
        """Leave out what can be answered without having read it, or do not: CHANGED or GONE."""
        return await self._change_fields(user, chat, collection, {"only": str(int(on))})

    async def stage(self, user: int, chat: int, collection: str, stage: Stage) -> Reply:
        """Begin the quiz once all is read (DONE), or wait for more (OPEN): CHANGED or GONE."""
        return await self._change_fields(user, chat, collection, {"stage": stage})

    async def was_read(self, user: int, collection: Collection, message: int, reading: Reading) -> Reply:
        """Keep what became of a part: CHANGED or GONE."""
        return await self._changed(user, collection, {f"r:{message}": _READING.dump_json(reading).decode()})

    async def was_shown(self, user: int, collection: Collection, status: int) -> Reply:
        """This version is what the status message shows."""
        fields = {"shown": str(collection.version), "status": str(status)}
        return await self._changed(user, collection, fields, shows=False)

    async def close(self, user: int, collection: Collection, stage: Stage, *, update: str, message: int = 0) -> Reply:
        """End it: CHANGED, with what it was; REPEATED when this update has ended it; GONE.

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
        self, user: int, collection: Collection, fields: Mapping[str, str], *, message: int = 0, shows: bool = True
    ) -> Reply:
        return await self._change_fields(user, collection.chat_id, collection.id, fields, message=message, shows=shows)

    async def _change_fields(
        self,
        user: int,
        chat: int,
        collection: str,
        fields: Mapping[str, str],
        *,
        message: int = 0,
        shows: bool = True,
    ) -> Reply:
        pairs = [text for pair in fields.items() for text in pair]
        args = [collection, LIFE_MS, message, int(shows), *pairs]
        return _reply(await self._change([keys.collection(user, chat)], args))


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
        only=record.get("only") == "1",
        is_full="full" in record,
    )
