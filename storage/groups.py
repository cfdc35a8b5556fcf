"""Groups by ids of our own: when one becomes a supergroup, its chat is another one and everything else stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from quiz.identity import derived_id
from quiz.round import RoundSettings
from storage import keys
from storage.connection import Script, Storage
from storage.round_record import fields_of_settings, settings_of

LIFE_MS = keys.GROUP // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it was when it was read."""

    id: str
    chat_id: int
    title: str
    round: str | None
    """The round that is open there."""
    last: str | None
    """The round that ended there last."""
    settings: RoundSettings
    """How the last round was set."""


class Groups:
    """The groups in which is played."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._take = Script(storage, "group_take")

    async def enter(self, chat: int, title: str) -> Group:
        """The group that a chat is, which is made when it is first heard of."""
        pointer = keys.group_of(chat)
        group_id = await self._storage.get(pointer) or derived_id("group", chat)
        await self._storage.set(pointer, group_id, keys.GROUP)
        key = keys.group(group_id)
        await self._storage.write(key, "HSET", key, "chat", chat, "title", title)
        await self._storage.write(key, "PEXPIRE", key, LIFE_MS)
        return _group(group_id, await self._storage.hash(key))

    async def find(self, chat: int) -> Group | None:
        """The group that a chat is; None when nothing was played there."""
        group_id = await self._storage.get(keys.group_of(chat))
        return await self.load(group_id) if group_id else None

    async def load(self, group_id: str) -> Group | None:
        """A group as it stands."""
        record = await self._storage.hash(keys.group(group_id))
        return _group(group_id, record) if record else None

    async def migrate(self, old: int, new: int) -> Group | None:
        """A chat has become another one, and its group with it; None when nothing was played there."""
        group_id = await self._storage.get(keys.group_of(old))
        if group_id is None:
            return None
        await self._storage.set(keys.group_of(new), group_id, keys.GROUP)
        key = keys.group(group_id)
        await self._storage.write(key, "HSET", key, "chat", new)
        return await self.load(group_id)

    async def take(self, group_id: str, round_id: str) -> str:
        """Give the group to a round, unless another one is open there; the round that is."""
        [has] = await self._take([keys.group(group_id)], [round_id, "take"])
        return cast("str", has)

    async def release(self, group_id: str, round_id: str) -> None:
        """The round is over; it is the last one that was played there."""
        await self._take([keys.group(group_id)], [round_id, "release"])

    async def remember(self, group_id: str, settings: RoundSettings) -> None:
        """Keep how a round is set, for the next one."""
        key = keys.group(group_id)
        fields = [text for pair in fields_of_settings(settings, together=False).items() for text in pair]
        await self._storage.write(key, "HSET", key, *fields)

    async def is_administrator(self, user: int, chat: int) -> bool | None:
        """Whether somebody was one within the last minute; None: ask Telegram."""
        known = await self._storage.get(keys.administrator(user, chat))
        return None if known is None else known == "1"

    async def was_administrator(self, user: int, chat: int, *, is_one: bool) -> None:
        """Remember for a minute what Telegram said."""
        await self._storage.set(keys.administrator(user, chat), str(int(is_one)), keys.ADMINISTRATOR)


def _group(group_id: str, record: Mapping[str, str]) -> Group:
    return Group(
        id=group_id,
        chat_id=int(record["chat"]),
        title=record.get("title", ""),
        round=record.get("round"),
        last=record.get("last"),
        settings=settings_of(record) if "mode" in record else RoundSettings(),
    )
