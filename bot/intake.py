"""What becomes of one update, however it was received: handled within 2 s, or kept as a dead letter."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from time import perf_counter
from typing import Any

import structlog
from prometheus_client import Counter as Count
from prometheus_client import Histogram
from telegram import Update

from bot.updates import read_update
from delivery.failures import Refused
from delivery.messages import after_trouble
from delivery.sender import call_no_longer_than
from delivery.words import choose_language
from handlers.context import QuizApplication, say
from handlers.promptness import received
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable
from tasks.traces import trace_update

log = structlog.stdlib.get_logger(__name__)

UPDATE_KINDS = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.POLL_ANSWER)
HANDLER_SECONDS = 2.0
SLOW_TRIES = 5
SLOW_UPDATES = 1000
"""How many slow updates are remembered: at a webhook, one that another process finished is not heard of again."""
CALLS_SECONDS = 1.5
"""What a handler's calls to Telegram may take together: the rest is for making a task of what is left."""
NOBODY = 0
OTHER = "other"
HANDLED, AGAIN, DEAD_LETTER = "handled", "again", "dead letter"

UPDATES = Count(
    "quizbot_updates",
    "Updates by kind (message, edited_message, callback_query, poll_answer, other) and by what became of them: "
    "handled; again, when Redis was away and Telegram keeps them; dead letter.",
    ["kind", "result"],
)
HANDLING = Histogram(
    "quizbot_update_seconds",
    "How long the handling of an update took, Redis and Telegram included, without waiting for its turn.",
    ["kind"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 5),
)
# Looking a child up by its labels takes three times as long as counting.
KINDS = (*UPDATE_KINDS, OTHER)
COUNTS = {(kind, result): UPDATES.labels(kind, result) for kind in KINDS for result in (HANDLED, AGAIN, DEAD_LETTER)}
TIMES = {kind: HANDLING.labels(kind) for kind in KINDS}

RawUpdate = dict[str, Any]
"""An update as Telegram gives it."""
Work = Callable[[], Awaitable[None]]
"""Handles one update; raises `StorageUnavailable` when it is to be tried again, and nothing else."""


class Intake:
    """Takes updates as Telegram gives them; an update that cannot be read or handled blocks nobody."""

    def __init__(self, application: QuizApplication, dead_letters: DeadLetters) -> None:
        self._application = application
        self._dead_letters = dead_letters
        self._slow: dict[int, int] = {}
        """The tries of updates that were slow, the latest last."""

    def work_of(self, raw: RawUpdate) -> tuple[int, Work]:
        """Whose update it is, in whose order it must be handled, and what there is to do; it counts as received now."""
        try:
            update = read_update(raw, self._application.bot)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with its form
            return NOBODY, partial(self._watched, raw, perf_counter(), partial(self._keep_unreadable, raw, error))
        who = update.effective_user or update.effective_chat
        handle = partial(self._handle, update)
        return who.id if who else NOBODY, partial(self._watched, raw, perf_counter(), handle)

    async def _watched(self, raw: RawUpdate, came: float, handle: Callable[[], Awaitable[str]]) -> None:
        """Handle an update, whose id stands in every line that is logged meanwhile, and count what became of it."""
        kind = next((kind for kind in UPDATE_KINDS if kind in raw), OTHER)
        began = perf_counter()
        result = AGAIN
        with trace_update(raw["update_id"]):
            received(came)
            try:
                result = await handle()
            except StorageUnavailable as error:
                log.warning("storage is away; the update comes again", reason=str(error))
                raise
            finally:
                COUNTS[kind, result].inc()
                TIMES[kind].observe(perf_counter() - began)

    async def _handle(self, update: Update) -> str:
        result = HANDLED
        try:
            async with asyncio.timeout(HANDLER_SECONDS):
                call_no_longer_than(CALLS_SECONDS)
                await self._application.process_update(update)
        except StorageUnavailable:
            raise
        except TimeoutError as error:
            # Calls to Telegram are bounded, so that it is storage which is slow; but nothing may block a chat for ever.
            if self._tries(update.update_id) < SLOW_TRIES:
                raise StorageUnavailable(f"an update took longer than {HANDLER_SECONDS:g} s") from error
            result = await self._give_up(update, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is kept, told, and blocks nobody
            result = await self._give_up(update, error)
        self._slow.pop(update.update_id, None)
        return result

    def _tries(self, update: int) -> int:
        """Count one more slow try of an update."""
        tries = self._slow[update] = self._slow.pop(update, 0) + 1
        if len(self._slow) > SLOW_UPDATES:
            del self._slow[next(iter(self._slow))]
        return tries

    async def _keep_unreadable(self, raw: RawUpdate, error: Exception) -> str:
        log.error("an update could not be read", reason=type(error).__name__)
        await self._keep(raw["update_id"], lambda: raw, error)
        return DEAD_LETTER

    async def _give_up(self, update: Update, error: Exception) -> str:
        log.error("an update could not be handled", exc_info=error)
        await self._keep(update.update_id, update.to_dict, error)
        try:
            await self._tell(update)
        except StorageUnavailable:
            raise
        except Exception:  # a fault of ours: the update is done with all the same, and the chat goes on
            log.exception("the author of a dead letter could not be told")
        return DEAD_LETTER

    async def _keep(self, update: int, written_out: Callable[[], RawUpdate], error: Exception) -> None:
        try:
            await self._dead_letters.add("update", str(update), written_out(), error)
        except StorageUnavailable:
            raise
        except Exception:  # a fault of ours: its author is told all the same, and the chat goes on
            log.exception("a dead letter could not be kept")

    async def _tell(self, update: Update) -> None:
        user, chat = update.effective_user, update.effective_chat
        if user is None or chat is None:
            return
        call_no_longer_than(CALLS_SECONDS)
        words = after_trouble(choose_language(None, user.language_code))
        try:
            await say(self._application.services, chat.id, words)
        except Refused as error:
            log.info("the author of a dead letter could not be told", reason=type(error).__name__)
