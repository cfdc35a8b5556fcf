"""Dead letters: updates and tasks that could not be handled, kept 7 days for whoever mends the reason."""

import json

from storage import keys
from storage.connection import Storage

MOST = 1000


class DeadLetters:
    """A stream of at most `MOST` letters, none older than 7 days."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def add(self, kind: str, subject: str, content: object, error: BaseException) -> None:
        """Keep what failed (JSON-able content) and why."""
        now = await self._storage.now()
        oldest = now - int(keys.DEAD_LETTERS.total_seconds() * 1000)
        letter = {
            "kind": kind,
            "subject": subject,
            "content": json.dumps(content, ensure_ascii=False),
            "error": f"{type(error).__name__}: {error}",
        }
        pipeline = self._storage.client.pipeline(transaction=True)
        pipeline.xadd(keys.DEAD_LETTER_STREAM, {**letter}, maxlen=MOST, approximate=False)
        pipeline.xtrim(keys.DEAD_LETTER_STREAM, minid=str(oldest), approximate=False)
        pipeline.pexpire(keys.DEAD_LETTER_STREAM, keys.DEAD_LETTERS)
        await self._storage.call(pipeline.execute())

    async def count(self) -> int:
        """How many letters lie there."""
        return await self._storage.call(self._storage.client.xlen(keys.DEAD_LETTER_STREAM))
