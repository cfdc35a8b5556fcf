"""Polling: each update is handled first and acknowledged after, so that none is lost with the process."""

import asyncio
import warnings
from functools import partial
from typing import cast

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError
from telegram.warnings import PTBUserWarning

from bot.backlog import Backlog, sleep_unless
from bot.intake import UPDATE_KINDS, Intake, RawUpdate, Work
from bot.settings import WrongSettings
from delivery.failures import wait_of
from storage.errors import StorageUnavailable
from storage.parked import ParkedUpdates

# It says to use the call that fails whole for one update which it cannot read.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'", category=PTBUserWarning)

log = structlog.stdlib.get_logger(__name__)

POLL_SECONDS = 25
LOOKS_AGAIN_SECONDS = 0.02
"""How long those whose updates come now wait at most for one that is not parked yet."""
PARKS_AFTER_SECONDS = 0.02
"""Once this long at work, where nothing new came meanwhile, an update is kept in Redis: Telegram may forget it then,
and gives those that come next without a pause."""
MOST_PARKED = 16
"""Where more updates are slow it is no matter of their chats: there is too much to do, and this would be more."""
LOOKS_FOR_STORAGE_SECONDS = 1.0
"""The longest pause where nobody's updates can be kept."""
PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
CONFLICT_PAUSE_SECONDS = 5.0


class Receiver:
    """Asks for updates, has each handled once at least, and tells Telegram only then that they are."""

    def __init__(self, bot: Bot, intake: Intake, parked: ParkedUpdates) -> None:
        self._bot = bot
        self._intake = intake
        self._parked = parked
        self._received: dict[int, RawUpdate] = {}
        """What is not handled yet."""
        self._is_parked: set[int] = set()
        self._wait = LOOKS_AGAIN_SECONDS

    async def run(self, stopping: asyncio.Event) -> None:
        """Receive until told to stop; then finish what is being handled, and acknowledge what was."""
        wrong: WrongSettings | None = None
        async with asyncio.TaskGroup() as group:
            backlog = Backlog(group)
            try:
                await self._take_up_parked(stopping, backlog)
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
            except Conflict as error:
                await self._settle(error, stopping)
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
        if not any(anything_new):
            await self._park(backlog)
        is_pointless = backlog.storage_is_away and not any(anything_new)
        self._wait = min(2 * self._wait, LOOKS_FOR_STORAGE_SECONDS) if is_pointless else LOOKS_AGAIN_SECONDS
        deadline = asyncio.get_running_loop().time() + self._wait
        while backlog.holds_any and (left := deadline - asyncio.get_running_loop().time()) > 0:
            await backlog.some_handled(left)

    def _take(self, raw: RawUpdate, backlog: Backlog, *, from_telegram: bool = True) -> bool:
        update = raw["update_id"]
        user, work = self._intake.work_of(raw)
        is_new = backlog.add(update, user, partial(self._handle, update, work), from_telegram=from_telegram)
        if is_new:
            self._received[update] = raw
        return is_new

    async def _handle(self, update: int, work: Work) -> None:
        await work()
        del self._received[update]
        if update in self._is_parked:
            self._is_parked.remove(update)
            await self._take_out(update)

    async def _park(self, backlog: Backlog) -> None:
        slow = backlog.slow(PARKS_AFTER_SECONDS)
        room = MOST_PARKED - len(self._is_parked.difference(slow))
        for update in slow[: max(room, 0)]:
            if (raw := self._received.get(update)) is None:
                continue
            # From now on: one that could not be kept for certain may be there all the same, and must not stay.
            self._is_parked.add(update)
            try:
                await self._parked.park(update, raw)
            except StorageUnavailable:
                return
            if not backlog.let_go(update):
                await self._take_out(update)

    async def _take_out(self, update: int) -> None:
        try:
            await self._parked.take_out(update)
        except StorageUnavailable:
            log.info("an update that is handled is looked at again after the next start", update=update)

    async def _take_up_parked(self, stopping: asyncio.Event, backlog: Backlog) -> None:
        """What a process that ended here had parked comes before anything new."""
        while not stopping.is_set():
            try:
                parked = await self._parked.all()
            except StorageUnavailable:
                await sleep_unless(stopping, PAUSE_SECONDS)
                continue
            for update, raw in parked.items():
                self._take(raw, backlog, from_telegram=False)
                self._is_parked.add(update)
            return

    async def _settle(self, conflict: Conflict, stopping: asyncio.Event) -> None:
        """Telegram posts this bot's updates somewhere, which is ended; or another program asks for them too."""
        if "webhook" in conflict.message.lower():
            log.warning("the webhook of this bot is taken away: updates are received by polling")
            await self._bot.delete_webhook()
            return
        log.error("another program receives the updates of this bot; one of the two must stop")
        await sleep_unless(stopping, CONFLICT_PAUSE_SECONDS)

    async def _get_updates(self, offset: int, **wanted: int) -> list[RawUpdate]:
        """The updates as Telegram gives them: python-telegram-bot's own call fails whole for one it cannot read."""
        asked = {"offset": offset, "allowed_updates": UPDATE_KINDS, **wanted}
        return cast("list[RawUpdate]", await self._bot.do_api_request("getUpdates", api_kwargs=asked))

    async def _acknowledge(self, offset: int) -> None:
        """Tell Telegram what was handled last; without that it would only be delivered once more."""
        if offset:
            try:
                await self._get_updates(offset, timeout=0, limit=1)
            except TelegramError as error:
                log.info("the last updates will come again", reason=type(error).__name__)
