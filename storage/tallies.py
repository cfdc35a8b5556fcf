"""What became of the drafts of each model by each version of a prompt: accepted, or dropped by which check."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import cast

from storage import keys
from storage.connection import Script, Storage

DRAFTED, ACCEPTED = "drafted", "accepted"


class Tallies:
    """Counts that show how good a prompt and a model are together; a crash may lose or repeat a few."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._count = Script(storage, "count")

    async def add(self, prompt: str, version: int, model: str, what: str) -> None:
        """Count one: `drafted`, `accepted`, or the name of the check that dropped it."""
        await self._count([keys.tally(prompt, version, model)], [what, keys.TALLY // timedelta(milliseconds=1)])

    async def all(self) -> list[tuple[str, int, str, dict[str, int]]]:
        """Prompt, version, model, and the counts of each that was counted, in this order."""
        found: list[tuple[str, int, str, dict[str, int]]] = []
        for key in await self._storage.call(self._keys()):
            _tally, prompt, version, model = key.split(":", 3)
            found.append((prompt, int(version), model, await self.of(prompt, int(version), model)))
        return sorted(found, key=lambda one: one[:3])

    async def _keys(self) -> list[str]:
        scanned = cast("AsyncIterator[str]", self._storage.client.scan_iter(match=keys.TALLIES))  # pyright: ignore[reportUnknownMemberType]
        return [key async for key in scanned]

    async def of(self, prompt: str, version: int, model: str) -> dict[str, int]:
        """The counts so far, by what was counted."""
        record = await self._storage.hash(keys.tally(prompt, version, model))
        return {what: int(count) for what, count in record.items()}
