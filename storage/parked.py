"""Updates that are slow to be handled, kept so that Telegram may forget them."""

import json
from datetime import timedelta
from typing import Any, cast

from storage import keys
from storage.connection import Storage


class ParkedUpdates:
    """What was received and is not handled yet, by the ids of the updates; each is taken out once it is handled."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def park(self, update: int, raw: dict[str, Any]) -> None:
        """Keep an update as Telegram gave it, for as long as Telegram would."""
        await self._storage.write(keys.PARKED, "HSET", keys.PARKED, str(update), json.dumps(raw))
        await self._storage.ask("PEXPIRE", keys.PARKED, keys.PARKED_FOR // timedelta(milliseconds=1))

    async def take_out(self, update: int) -> None:
        """The update is handled."""
        await self._storage.ask("HDEL", keys.PARKED, str(update))

    async def all(self) -> dict[int, dict[str, Any]]:
        """Everything that is parked, oldest first."""
        kept = await self._storage.hash(keys.PARKED)
        return {update: json.loads(kept[str(update)]) for update in sorted(map(int, kept))}

    async def forget(self, user: int) -> None:
        """Take out what a person sent; a process that is at work on it finishes that all the same."""
        for update, raw in (await self.all()).items():
            if _is_from(raw, user):
                await self.take_out(update)


def _is_from(raw: dict[str, Any], user: int) -> bool:
    """Whether it is a message, a press or something else of this person, and not only about them."""
    contents = [cast("dict[str, Any]", one) for one in raw.values() if isinstance(one, dict)]
    senders = [content.get("from", content.get("user")) for content in contents]
    return any(isinstance(sender, dict) and cast("dict[str, Any]", sender).get("id") == user for sender in senders)
