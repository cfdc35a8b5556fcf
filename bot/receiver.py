"""Polling: each update is handled first and acknowledged after, so that none is lost with the process."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.settings import WrongSettings
from delivery.messages import after_trouble
from delivery.sender import ChatGone, NotNow, Sender, call_no_longer_than, wait_of
from delivery.words import choose_language
from handlers.context import QuizApplication
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable

log = structlog.stdlib.get_logger(__name__)

UPDATE_KINDS = (Update.MESSAGE, Update.CALLBACK_QUERY)
POLL_SECONDS = 25
SIDE_BY_SIDE = 16
"""Users whose updates are handled at the same time: more of them would only make each other late."""
HANDLER_SECONDS = 2.0
SLOW_TRIES = 5
CALLS_SECONDS = 1.5
"""What a handler's calls to Telegram may take together: the rest is for making a task of what is left."""
PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
CONFLICT_PAUSE_SECONDS = 5.0

Handle = Callable[[Update], Awaitable[None]]


class Receiver:
    """Asks for updates, has each handled once at least, and tells Telegram only then that they are."""

    def __init__(self, application: QuizApplication, handle: Handle) -> None:
        self._bot = application.bot
        self._handle = handle
        self._offset = 0

    async def run(self, stopping: asyncio.Event) -> None:
        """Receive until told to stop; then acknowledge what was handled."""
        pause = PAUSE_SECONDS
        while not stopping.is_set():
            try:
                await self._receive(stopping)
                pause = PAUSE_SECONDS
            except StorageUnavailable as error:
                log.warning("storage is away; the updates stay with Telegram", reason=str(error))
                await sleep_unless(stopping, PAUSE_SECONDS)
            except Conflict:
                log.error("another program receives the updates of this bot; one of the two must stop")  # noqa: TRY400
                await sleep_unless(stopping, CONFLICT_PAUSE_SECONDS)
            except RetryAfter as error:
                await sleep_unless(stopping, wait_of(error))
            except InvalidToken:
                raise WrongSettings("QUIZBOT_TOKEN: Telegram does not know this token any more") from None
            except TelegramError as error:
                log.warning("Telegram cannot be reached", reason=type(error).__name__, again_in=pause)
                await sleep_unless(stopping, pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        await self._acknowledge()

    async def _receive(self, stopping: asyncio.Event) -> None:
        polling = asyncio.ensure_future(
            self._bot.get_updates(offset=self._offset, timeout=POLL_SECONDS, allowed_updates=UPDATE_KINDS)
        )
        told = asyncio.ensure_future(stopping.wait())
        try:
            await asyncio.wait({polling, told}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.cancel()
            if not polling.done():
                polling.cancel()
        if polling.cancelled() or not polling.done():
            return
        updates = polling.result()
        await handle_batch(self._handle, updates)
        if updates:
            self._offset = updates[-1].update_id + 1

    async def _acknowledge(self) -> None:
        """Tell Telegram what was handled last; without that it would only be delivered once more."""
        if self._offset:
            try:
                await self._bot.get_updates(offset=self._offset, timeout=0, limit=1, allowed_updates=UPDATE_KINDS)
            except TelegramError as error:
                log.info("the last updates will come again", reason=type(error).__name__)


async def handle_batch(handle: Handle, updates: Iterable[Update]) -> None:
    """Handle each user's updates in their order, users side by side.

    Raises `StorageUnavailable` when one of them was not handled, after the others were.
    """
    queues: dict[int, list[Update]] = {}
    for update in updates:
        who = update.effective_user or update.effective_chat
        queues.setdefault(who.id if who else 0, []).append(update)

    places = asyncio.Semaphore(SIDE_BY_SIDE)

    async def in_order(queue: list[Update]) -> None:
        async with places:
            for update in queue:
                await handle(update)

    results = await asyncio.gather(*map(in_order, queues.values()), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result


def handler(application: QuizApplication, sender: Sender, dead_letters: DeadLetters) -> Handle:
    """What is done with one update: handled within 2 s, or kept as a dead letter and its author told.

    Raises `StorageUnavailable` alone, which means that the update is not acknowledged.
    """

    slow: Counter[int] = Counter()

    async def handle(update: Update) -> None:
        try:
            async with asyncio.timeout(HANDLER_SECONDS):
                call_no_longer_than(CALLS_SECONDS)
                await application.process_update(update)
        except StorageUnavailable:
            raise
        except TimeoutError as error:
            # Calls to Telegram are bounded, so that it is storage which is slow; but nothing may block a chat for ever.
            slow[update.update_id] += 1
            if slow[update.update_id] < SLOW_TRIES:
                raise StorageUnavailable(f"an update took longer than {HANDLER_SECONDS:g} s") from error
            await give_up(update, error)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is kept, told, and blocks nobody
            await give_up(update, error)
        slow.pop(update.update_id, None)

    async def give_up(update: Update, error: Exception) -> None:
        log.error("an update could not be handled", update=update.update_id, exc_info=error)
        try:
            await dead_letters.add("update", str(update.update_id), update.to_dict(), error)
        except StorageUnavailable:
            raise
        except Exception:
            log.exception("a dead letter could not be kept", update=update.update_id)
        await _tell(sender, update)

    return handle


async def _tell(sender: Sender, update: Update) -> None:
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None:
        return
    call_no_longer_than(CALLS_SECONDS)
    try:
        await sender.send(chat.id, after_trouble(choose_language(None, user.language_code)))
    except (NotNow, ChatGone, TelegramError) as error:
        log.info("the author of a dead letter could not be told", reason=type(error).__name__)


async def sleep_unless(stopping: asyncio.Event, seconds: float) -> None:
    """Sleep, but no longer than until told to stop."""
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
