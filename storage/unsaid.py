"""Messages that Telegram did not take at once, until it does."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from storage import keys
from storage.connection import Storage
from storage.records import read_record

RECORD = 1


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A message that is still to be sent to a chat, or a topic of a forum: what it shows, as `delivery` writes it."""

    chat: int
    screen: str
    thread: int | None = None


_UNSAID = TypeAdapter(tuple[int, Unsaid])


class UnsaidMessages:
    """What is still to be said, for an hour: nobody wants to read it later than that."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def keep(self, message: str, unsaid: Unsaid) -> None:
        """Keep a message under its id."""
        await self._storage.set(keys.unsaid(message), _UNSAID.dump_json((RECORD, unsaid)).decode(), keys.UNSAID)

    async def get(self, message: str) -> Unsaid | None:
        """The message; None when it was said, or nobody would read it any more."""
        record = await self._storage.get(keys.unsaid(message))
        return read_record(_UNSAID, record, RECORD) if record else None

    async def said(self, message: str) -> None:
        """Telegram took it."""
        await self._storage.delete(keys.unsaid(message))
