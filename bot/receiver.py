"""Polling: each update is handled first and acknowledged after, so that none is lost with the process."""

import asyncio
import warnings
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

import structlog
from telegram import Update
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot.backlog import Backlog, sleep_unless
from bot.settings import WrongSettings
from delivery.messages import after_trouble
from delivery.sender import ChatGone, NotNow, Refused, Sender, call_no_longer_than, wait_of
from delivery.words import choose_language
from handlers.context import QuizApplication
from storage.deadletters import DeadLetters
from storage.errors import StorageUnavailable

# It says to use the call that fails whole for one update which it cannot read.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'", category=PTBUserWarning)

log = structlog.stdlib.get_logger(__name__)

UPDATE_KINDS = (Update.MESSAGE, Update.CALLBACK_QUERY)
POLL_SECONDS = 25
LOOKS_AGAIN_SECONDS = 0.1
"""How long those whose updates come now wait for a slow one that was there before."""
LOOKS_AGAIN_AT_LAST_SECONDS = 1.0
NOBODY = 0
HANDLER_SECONDS = 2.0
SLOW_TRIES = 5
CALLS_SECONDS = 1.5
"""What a handler's calls to Telegram may take together: the rest is for making a task of what is left."""
PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
CONFLICT_PAUSE_SECONDS = 5.0

Handle = Callable[[Update], Awaitable[None]]
RawUpdate = dict[str, Any]
"""An update as Telegram gives it."""


class Receiver:
    """Asks for updates, has each handled once at least, and tells Telegram only then that they are."""

    def __init__(self, application: QuizApplication, handle: Handle, dead_letters: DeadLetters) -> None:
        self._bot = application.bot
        self._handle = handle
        self._dead_letters = dead_letters
        self._wait = LOOKS_AGAIN_SECONDS

    async def run(self, stopping: asyncio.Event) -> None:
        """Receive until told to stop; then finish what is being handled, and acknowledge what was."""
        wrong: WrongSettings | None = None
        async with asyncio.TaskGroup() as group:
            backlog = Backlog(group)
            try:
                await self._receive_until(stopping, backlog)
            except WrongSettings as error:
                wrong = error  # raised once what is being handled is done
            backlog.stop()
        if wrong is not None:
            raise wrong
        await self._acknowledge(backlog.offset)

    async def _receive_until(self, stopping: asyncio.Event, backlog: Backlog) -> None:
        pause = PAUSE_SECONDS
        while not stopping.is_set():
            try:
                await self._receive(stopping, backlog)
                pause = PAUSE_SECONDS
            except Conflict:
                log.error("another program receives the updates of this bot; one of the two must stop")  # noqa: TRY400
                await sleep_unless(stopping, CONFLICT_PAUSE_SECONDS)
            except RetryAfter as error:
                await sleep_unless(stopping, wait_of(error))
            except (InvalidToken, EndPointNotFound):  # the latter is said by a call that is made by its name
                raise WrongSettings("QUIZBOT_TOKEN: Telegram does not know this token any more") from None
            except TelegramError as error:
                log.warning("Telegram cannot be reached", reason=type(error).__name__, again_in=pause)
                await sleep_unless(stopping, pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _receive(self, stopping: asyncio.Event, backlog: Backlog) -> None:
        """Ask once. Telegram gives what it was not told is handled again, at once; so that is waited for a moment."""
        backlog.confirm(backlog.offset)
        polling = asyncio.ensure_future(self._get_updates(backlog.offset, timeout=POLL_SECONDS))
        told = asyncio.ensure_future(stopping.wait())
        try:
            await asyncio.wait({polling, told}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.cancel()
            if not polling.done():
                polling.cancel()
        if polling.cancelled() or not polling.done():
            return
        anything_new = [self._take(raw, backlog) for raw in polling.result()]
        self._wait = LOOKS_AGAIN_SECONDS if any(anything_new) else min(2 * self._wait, LOOKS_AGAIN_AT_LAST_SECONDS)
        deadline = asyncio.get_running_loop().time() + self._wait
        while not backlog.is_empty and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await backlog.some_handled(left)

    def _take(self, raw: RawUpdate, backlog: Backlog) -> bool:
        try:
            update = Update.de_json(raw, self._bot)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with its form
            return backlog.add(raw["update_id"], NOBODY, partial(self._keep_unreadable, raw, error))
        who = update.effective_user or update.effective_chat
        return backlog.add(update.update_id, who.id if who else NOBODY, partial(self._handle, update))

    async def _get_updates(self, offset: int, **wanted: int) -> list[RawUpdate]:
        """The updates as Telegram gives them: python-telegram-bot's own call fails whole for one it cannot read."""
        asked = {"offset": offset, "allowed_updates": UPDATE_KINDS, **wanted}
        return cast("list[RawUpdate]", await self._bot.do_api_request("getUpdates", api_kwargs=asked))

    async def _keep_unreadable(self, raw: RawUpdate, error: Exception) -> None:
        log.error("an update could not be read", update=raw["update_id"], reason=type(error).__name__)
        await self._dead_letters.add("update", str(raw["update_id"]), raw, error)

    async def _acknowledge(self, offset: int) -> None:
        """Tell Telegram what was handled last; without that it would only be delivered once more."""
        if offset:
            try:
                await self._get_updates(offset, timeout=0, limit=1)
            except TelegramError as error:
                log.info("the last updates will come again", reason=type(error).__name__)


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
    except (NotNow, ChatGone, Refused) as error:
        log.info("the author of a dead letter could not be told", reason=type(error).__name__)
