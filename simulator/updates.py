"""The queue of updates of one bot: order, confirmation, expiry, and repeated or late delivery on order."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

from simulator.clock import Clock
from simulator.events import Bell, EventLog

JsonObject = dict[str, Any]

MESSAGE_LIVES = 24 * 60 * 60.0
# Those that somebody waits for, or that nobody asks about later.
LIVES = {
    "callback_query": 150.0,
    "shipping_query": 150.0,
    "pre_checkout_query": 150.0,
    "inline_query": 30.0,
    "chosen_inline_result": 600.0,
}
# Telegram sends these only to a bot that asks for them by name.
ON_REQUEST_ONLY = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Delivery:
    """How often each update comes: `copies` times at least and at most; a press's extra copy is `late`
    with that probability, which means among updates that came after it."""

    copies: tuple[int, int] = (1, 1)
    late: float = 0.0
    # Repeatable on purpose.
    dice: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311


@dataclass
class Update:
    """One update in the queue."""

    id: int
    kind: str
    body: JsonObject
    expires_at: float
    more_copies: int = 0
    late: bool = False
    newest_when_confirmed: int = 0

    def as_json(self) -> JsonObject:
        """What getUpdates returns."""
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    """Updates of one bot in the order in which they happened."""

    def __init__(self, bot_id: int, clock: Clock, events: EventLog, delivery: Delivery) -> None:
        self._bot_id = bot_id
        self._clock = clock
        self._events = events
        self.delivery = delivery
        self._pending: list[Update] = []
        self._again: list[Update] = []
        # Telegram's ids start anywhere as well; a bot must not count on 1.
        self._next_id = 100_000_000 + bot_id % 1_000_000
        self._asked_for: list[str] = []
        self._waiting: asyncio.Event | None = None
        self.bell = Bell()

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def allowed(self) -> list[str]:
        """The kinds that the bot asked for; empty means Telegram's default."""
        return self._asked_for

    def allow(self, kinds: list[str]) -> None:
        """Remember which kinds the bot wants from now on, as getUpdates without the list goes on with."""
        self._asked_for = kinds

    def end_polling(self) -> None:
        """Whoever waits for updates waits no longer, since they are posted from now on."""
        if self._waiting is not None:
            self._waiting.set()

    def begin_waiting(self) -> asyncio.Event:
        """Take the only place of one who waits for updates; whoever had it finds their event set."""
        if self._waiting is not None:
            self._waiting.set()
        self._waiting = asyncio.Event()
        return self._waiting

    def end_waiting(self, place: asyncio.Event) -> None:
        """Give the place back, unless somebody else has taken it."""
        if self._waiting is place:
            self._waiting = None

    def put(self, kind: str, body: JsonObject) -> int | None:
        """Queue an update; None when the bot does not want this kind."""
        wanted = kind in self._asked_for if self._asked_for else kind not in ON_REQUEST_ONLY
        if not wanted:
            return None
        dice = self.delivery.dice
        update = Update(
            id=self._next_id,
            kind=kind,
            body=body,
            expires_at=self._clock.now() + LIVES.get(kind, MESSAGE_LIVES),
            more_copies=dice.randint(*self.delivery.copies) - 1,
            late=kind == "callback_query" and dice.random() < self.delivery.late,
        )
        self._next_id += 1
        self._pending.append(update)
        self._events.add("update_queued", self._bot_id, update_id=update.id, update=update.as_json())
        self.bell.ring()
        return update.id

    def confirm(self, offset: int) -> None:
        """Delete what is older than `offset`; a negative one keeps only so many of the newest.

        An offset beyond the end is no confirmation: Telegram then answers from the beginning."""
        if offset < 0:
            offset = self._pending[offset].id if len(self._pending) > -offset else 0
        if offset <= 0 or offset > self._next_id:
            return
        done = [update for update in self._pending if update.id < offset]
        self._pending = self._pending[len(done) :]
        for update in done:
            self._events.add("update_confirmed", self._bot_id, update_id=update.id)
            if update.more_copies > 0:
                update.newest_when_confirmed = self._next_id - 1
                self._again.append(update)

    def take(self, offset: int, limit: int) -> list[Update]:
        """The next updates, without deleting them: fresh ones in order, ordered copies of old ones mixed in.

        A fresh update is always the last of a batch that has one, so that who counts from the last goes on."""
        self._drop_expired()
        first = offset if 0 < offset <= self._next_id else 0
        fresh = [update for update in self._pending if update.id >= first][:limit]
        batch = self._mix_in_copies(fresh, limit - len(fresh))
        for update in batch:
            self._events.add("update_delivered", self._bot_id, update_id=update.id, again=update not in fresh)
        return batch

    def all_pending(self) -> list[Update]:
        """What was not confirmed and is not too old, in order."""
        self._drop_expired()
        return list(self._pending)

    def is_alive(self, update: Update) -> bool:
        """Whether the update is still to be delivered."""
        self._drop_expired()
        return update in self._pending

    def delivering(self, update: Update, *, again: bool) -> None:
        """Log that it is being posted."""
        self._events.add("update_delivered", self._bot_id, update_id=update.id, again=again)

    def refused(self, update: Update, says: str, pause: float) -> bool:
        """The bot does not take the update; False when it will be too old before it is posted again."""
        self._events.add("update_refused", self._bot_id, update_id=update.id, says=says, pause=pause)
        if self._clock.now() + pause <= update.expires_at:
            return True
        if update in self._pending:
            self._pending.remove(update)
            self._events.add("update_expired", self._bot_id, update_id=update.id)
        return False

    def taken(self, update: Update) -> bool:
        """The bot says that it has the update; False when one more copy of it was ordered that is not to come late."""
        if update.more_copies > 0 and not update.late:
            update.more_copies -= 1
            return False
        if update in self._pending:
            self._pending.remove(update)
            self._events.add("update_confirmed", self._bot_id, update_id=update.id)
        return True

    def _mix_in_copies(self, fresh: list[Update], room: int) -> list[Update]:
        newest = fresh[-1].id if fresh else 0
        due = [copy for copy in self._again if not copy.late or newest > copy.newest_when_confirmed][:room]
        batch = [copy for copy in due if not copy.late] + fresh
        for copy in due:
            copy.more_copies -= 1
            if copy.late:
                batch.insert(self.delivery.dice.randrange(len(batch)), copy)
        self._again = [copy for copy in self._again if copy.more_copies > 0]
        return batch

    def _drop_expired(self) -> None:
        now = self._clock.now()
        for update in [update for update in self._pending if update.expires_at <= now]:
            self._pending.remove(update)
            self._events.add("update_expired", self._bot_id, update_id=update.id)

    def drop_pending(self) -> None:
        """Forget everything queued, copies included; ids go on, so that a running bot is not led astray."""
        self._pending.clear()
        self._again.clear()

    def clear(self) -> None:
        """As new, but for the ids."""
        self.drop_pending()
        self._asked_for = []
