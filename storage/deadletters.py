"""Dead letters: updates and tasks that could not be handled, kept 7 days for whoever mends the reason."""

import json
from datetime import timedelta

from storage import keys
from storage.connection import Script, Storage

MOST = 1000


class DeadLetters:
    """A stream of at most `MOST` letters, none older than 7 days."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._letter = Script(storage, "letter")

    async def add(self, kind: str, subject: str, content: object, error: BaseException) -> None:
        """Keep what failed (JSON-able content) and why."""
        letter = {
            "kind": kind,
            "subject": subject,
            "content": json.dumps(content, ensure_ascii=False),
            "error": f"{type(error).__name__}: {error}",
        }
        life = keys.DEAD_LETTERS // timedelta(milliseconds=1)
        # What choked on half a character must not do so again here.
        fields = [part.encode(errors="replace").decode() for pair in letter.items() for part in pair]
        await self._letter([keys.DEAD_LETTER_STREAM], [MOST, life, *fields])

    async def count(self) -> int:
        """How many letters lie there."""
        return await self._storage.call(self._storage.client.xlen(keys.DEAD_LETTER_STREAM))
