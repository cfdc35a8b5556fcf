"""What was received and is not handled yet: each user's updates in their order, users side by side."""

import asyncio
from collections import deque

from bot.intake import Work
from storage.errors import StorageUnavailable

SIDE_BY_SIDE = 16
"""Users whose updates are handled at the same time: more of them would only make each other late."""
PAUSE_SECONDS = 0.5


class Backlog:
    """Updates on their way through the bot; one whose chat is slow keeps only its own user's next ones waiting."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self._group = group
        self._queues: dict[int, deque[tuple[int, Work]]] = {}
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._open: dict[int, float] = {}
        """Since when, by the time of the event loop."""
        self._let_go: set[int] = set()
        """Those among them that Telegram need not keep: somebody else does."""
        self._handled: set[int] = set()
        self._next = 0
        self.storage_is_away = False
        """Whether what was tried last could not be kept, so that it waits for storage and not for a chat."""
        self._handled_one = asyncio.Event()
        self._stopping = asyncio.Event()

    @property
    def offset(self) -> int:
        """The first update that Telegram must keep; 0 before there was any."""
        return min(self._open.keys() - self._let_go, default=self._next)

    @property
    def holds_any(self) -> bool:
        """Whether Telegram must keep something, which it gives again at once to whoever asks for what is new."""
        return self.offset < self._next

    def slow(self, seconds: float) -> list[int]:
        """Those that Telegram has to keep for longer than this, oldest first."""
        before = asyncio.get_running_loop().time() - seconds
        return sorted(one for one, since in self._open.items() if since <= before and one not in self._let_go)

    def let_go(self, update: int) -> bool:
        """Somebody else keeps this update now, and Telegram need not; False when it is handled meanwhile."""
        if update in self._open:
            self._let_go.add(update)
        return update in self._open

    def confirm(self, offset: int) -> None:
        """Telegram is being told that all before this one are handled: it gives none of them again."""
        self._handled = {one for one in self._handled if one >= offset}

    def add(self, update: int, user: int, work: Work, *, from_telegram: bool = True) -> bool:
        """Have an update handled after those of the same user; False when it is on its way already."""
        if from_telegram:
            self._next = max(self._next, update + 1)
        if update in self._open or update in self._handled:
            return False
        self._open[update] = asyncio.get_running_loop().time()
        if not from_telegram:
            self._let_go.add(update)
        queue = self._queues.get(user)
        if queue is None:
            self._queues[user] = deque([(update, work)])
            self._group.create_task(self._in_order(user), name=f"updates of a user, from {update}")
        else:
            queue.append((update, work))
        return True

    async def some_handled(self, seconds: float) -> None:
        """Wait until one more update is handled, or for so long."""
        self._handled_one.clear()
        try:
            await asyncio.wait_for(self._handled_one.wait(), seconds)
        except TimeoutError:
            return

    def stop(self) -> None:
        """Begin no other update; those being handled are finished, and Telegram keeps the rest."""
        self._stopping.set()

    async def _in_order(self, user: int) -> None:
        queue = self._queues[user]
        while queue and not self._stopping.is_set():
            update, work = queue[0]
            try:
                async with self._places:
                    await work()
            except StorageUnavailable:
                self.storage_is_away = True
                await sleep_unless(self._stopping, PAUSE_SECONDS)
                continue
            self.storage_is_away = False
            queue.popleft()
            del self._open[update]
            self._let_go.discard(update)
            self._handled.add(update)
            self._handled_one.set()
        del self._queues[user]


async def sleep_unless(stopping: asyncio.Event, seconds: float) -> None:
    """Sleep, but no longer than until told to stop."""
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
