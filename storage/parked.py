"""Updates that are slow to be handled, kept so that Telegram may forget them."""

import json
from datetime import timedelta
from typing import Any

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
