"""What the bot remembers of a person: settings, and what it waits for in a chat."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from quiz.attempt import Notes
from quiz.question import Level
from storage import keys
from storage.connection import Storage
from storage.records import read_record

RECORD = 1
DEFAULT_COUNT = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """How a person likes quizzes; `level` None is any, `language` None is what Telegram says."""

    count: int = DEFAULT_COUNT
    level: Level | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Dialog:
    """The quiz a person asked for while another one was open: a deck in one of its languages, or a topic in one."""

    id: str
    deck: str
    language: str
    topic: str = ""
    """What a quiz is to be written on; empty: the deck is played."""
    notes: Notes | None = None
    """The material that it is to be made from; the topic is what that is called."""


_SETTINGS = TypeAdapter(tuple[int, Settings])
_DIALOG = TypeAdapter(tuple[int, Dialog])


class People:
    """Settings and dialogs of everyone."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def settings(self, user: int) -> Settings:
        """A person's settings; the defaults when none were made."""
        record = await self._storage.get(keys.settings(user))
        return read_record(_SETTINGS, record, RECORD) if record else Settings()

    async def save_settings(self, user: int, settings: Settings) -> None:
        """Keep a person's settings until they are changed or forgotten."""
        record = _SETTINGS.dump_json((RECORD, settings)).decode()
        await self._storage.set(keys.settings(user), record, None)

    async def open_dialog(self, user: int, chat: int, dialog: Dialog) -> None:
        """Wait for an answer for an hour; what was waited for before in this chat is given up."""
        record = _DIALOG.dump_json((RECORD, dialog)).decode()
        await self._storage.set(keys.dialog(user, chat), record, keys.DIALOG)

    async def dialog(self, user: int, chat: int) -> Dialog | None:
        """What is waited for from this person in this chat."""
        record = await self._storage.get(keys.dialog(user, chat))
        return read_record(_DIALOG, record, RECORD) if record else None
