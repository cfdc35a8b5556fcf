"""What becomes of one update, however it was received: handled within 2 s, or kept as a dead letter."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from telegram import Update

from bot.updates import read_update
from delivery.messages import after_trouble
from delivery.sender import ChatGone, NotNow, Refused, Sender, call_no_longer_than
from delivery.words import choose_language
from handlers.context import QuizApplication
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable

log = structlog.stdlib.get_logger(__name__)

UPDATE_KINDS = (Update.MESSAGE, Update.CALLBACK_QUERY)
HANDLER_SECONDS = 2.0
SLOW_TRIES = 5
CALLS_SECONDS = 1.5
"""What a handler's calls to Telegram may take together: the rest is for making a task of what is left."""
NOBODY = 0

RawUpdate = dict[str, Any]
"""An update as Telegram gives it."""
Work = Callable[[], Awaitable[None]]
"""Handles one update; raises `StorageUnavailable` when it is to be tried again, and nothing else."""


class Intake:
    """Takes updates as Telegram gives them; an update that cannot be read or handled blocks nobody."""

    def __init__(self, application: QuizApplication, sender: Sender, dead_letters: DeadLetters) -> None:
        self._application = application
        self._sender = sender
        self._dead_letters = dead_letters
        self._slow: Counter[int] = Counter()

    def work_of(self, raw: RawUpdate) -> tuple[int, Work]:
        """Whose update it is, in whose order it must be handled, and what there is to do."""
        try:
            update = read_update(raw, self._application.bot)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with its form
            return NOBODY, partial(self._keep_unreadable, raw, error)
        who = update.effective_user or update.effective_chat
        return who.id if who else NOBODY, partial(self._handle, update)

    async def _handle(self, update: Update) -> None:
        try:
            async with asyncio.timeout(HANDLER_SECONDS):
                call_no_longer_than(CALLS_SECONDS)
                await self._application.process_update(update)
        except StorageUnavailable:
            raise
        except TimeoutError as error:
            # Calls to Telegram are bounded, so that it is storage which is slow; but nothing may block a chat for ever.
            self._slow[update.update_id] += 1
            if self._slow[update.update_id] < SLOW_TRIES:
                raise StorageUnavailable(f"an update took longer than {HANDLER_SECONDS:g} s") from error
            await self._give_up(update, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is kept, told, and blocks nobody
            await self._give_up(update, error)
        self._slow.pop(update.update_id, None)

    async def _keep_unreadable(self, raw: RawUpdate, error: Exception) -> None:
        log.error("an update could not be read", update=raw["update_id"], reason=type(error).__name__)
        await self._dead_letters.add("update", str(raw["update_id"]), raw, error)

    async def _give_up(self, update: Update, error: Exception) -> None:
        log.error("an update could not be handled", update=update.update_id, exc_info=error)
        try:
            await self._dead_letters.add("update", str(update.update_id), update.to_dict(), error)
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("a dead letter could not be kept", update=update.update_id)
        await self._tell(update)

    async def _tell(self, update: Update) -> None:
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None:
            return
        call_no_longer_than(CALLS_SECONDS)
        try:
            await self._sender.send(chat.id, after_trouble(choose_language(None, user.language_code)))
        except (NotNow, ChatGone, Refused) as error:
            log.info("the author of a dead letter could not be told", reason=type(error).__name__)
