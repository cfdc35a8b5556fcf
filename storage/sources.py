"""What quizzes are made from, as it was read: kept compressed, under its owner, for 7 days at most."""

import asyncio
import base64
import zlib
from datetime import timedelta
from typing import cast

from pydantic import TypeAdapter

from quiz.collection import in_order
from quiz.material import Material
from storage import keys
from storage.connection import Storage
from storage.records import read_record

RECORD = 1
_MATERIAL = TypeAdapter(tuple[int, Material])


class Sources:
    """The sources of everyone, each of as many parts as were sent together, by the ids of their messages."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def add(self, user: int, source: str, message: int, material: Material) -> None:
        """Keep a part of a source; the 7 days are counted from the newest one."""
        key = keys.source(user, source)
        await self._storage.write(key, "HSET", key, str(message), await asyncio.to_thread(_packed, material))
        await self._storage.ask("PEXPIRE", key, keys.SOURCE // timedelta(milliseconds=1))

    async def parts(self, user: int, source: str) -> list[Material]:
        """The parts of a source in the order in which they were sent; none when it is kept no more."""
        key = keys.source(user, source)
        names = cast("list[str]", await self._storage.ask("HKEYS", key))
        # One after the other: together they may be more than one call can bring in time.
        kept = [cast("str | None", await self._storage.ask("HGET", key, str(one))) for one in in_order(map(int, names))]
        return [await asyncio.to_thread(_unpacked, one) for one in kept if one is not None]

    async def is_kept(self, user: int, source: str) -> bool:
        """Whether a source is still there."""
        return bool(await self._storage.ask("EXISTS", keys.source(user, source)))

    async def delete(self, user: int, source: str) -> None:
        """Keep a source no longer."""
        await self._storage.delete(keys.source(user, source))


def _packed(material: Material) -> str:
    return base64.b85encode(zlib.compress(_MATERIAL.dump_json((RECORD, material)))).decode()


def _unpacked(packed: str) -> Material:
    return read_record(_MATERIAL, zlib.decompress(base64.b85decode(packed)).decode(), RECORD)
