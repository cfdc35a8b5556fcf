"""The students of one bot: each presses an answer when a question has come, through Telegram's queues."""

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from benchmarks.telegram import DATE
from benchmarks.wire import Poster, ok, post

LISTENS_WITHIN = 10.0
CONNECTIONS = 100
"""As many as Telegram opens to one webhook at most; a bot may be told to get fewer."""
UPDATES_AT_ONCE = 100
"""As many as `getUpdates` gives."""
AGAIN_SECONDS = 1.0
LOSES_PATIENCE, LOSES_PATIENCE_WITH_A_QUEUE = 6.0, 20.0
"""Seconds after which a student presses once more whose press was taken, but who was shown nothing; a bot that takes
updates before it handles them has them wait in a queue of its own."""


@dataclass(slots=True)
class Student:
    """A private chat: the last question in it, and what the student is waiting for."""

    id: int
    message: bytes = b""
    data: str = ""
    """What the button carries that is pressed next; empty while there is no question."""
    is_waiting: bool = False
    pressed_at: float = 0.0
    is_answer: bool = False
    posted: deque[bytes] = field(default_factory=deque[bytes])
    """Their updates that Telegram has not been told are handled, first to last: one at a time is on its way."""


class Timings:
    """What was seen between two moments: answers, and the seconds that they took."""

    def __init__(self) -> None:
        self.toasts: list[float] = []
        self.questions: list[float] = []
        self.refused = 0
        """Posts that the bot wanted again."""
        self.left_for_later = 0
        """Presses that were taken, but whose student was left without the next question."""


class Students:
    """Everybody who plays with one bot; by webhook where it set one, else by `getUpdates`."""

    def __init__(self, bot: int, number: int) -> None:
        self.bot = bot
        self.all = [Student(bot * 1_000_000 + place) for place in range(number)]
        self.timings = Timings()
        self.ready: list[Student] = []
        """Those with a question before them, where presses come by the clock."""
        self.is_set = asyncio.Event()
        self.hanging: set[int] = set()
        self._by_id = {student.id: student for student in self.all}
        self._presses_on = False
        self._by_clock = False
        self._pressed: dict[str, Student] = {}
        self._updates = random.Random(bot).randrange(1 << 20)
        self._queue: deque[Student] = deque()
        self._free: list[Poster] = []
        self._busy: dict[Poster, Student] = {}
        self._request: Callable[[bytes], bytes] = bytes
        self._address = ("", 0)
        self._give: Callable[[bytes], None] | None = None
        self._given: list[tuple[int, Student]] = []

    # What students do.

    def begin(self, students: list[Student], *, by_clock: bool = False, hung: Student | None = None) -> None:
        """Have these press from now on: at once when a question comes, or (by the clock) when `press_one` says so.

        In the chat of the one who is `hung` no call is answered; they press again whenever a press has been taken.
        """
        self.timings = Timings()
        self._presses_on, self._by_clock = True, by_clock
        self.ready = []
        for student in students:
            if student.data and not student.is_waiting:
                self._next(student)
        if hung is not None:
            self.hanging.add(hung.id)
            self._press(hung, perf_counter())

    async def end(self, seconds: float = 30.0) -> None:
        """Have nobody press any more, and wait until every answer has been answered."""
        self._presses_on = False
        async with asyncio.timeout(seconds):
            # Once a run: an event would cost each of its thousands of answers a look.
            while any(one.is_waiting for one in self.all if one.id not in self.hanging) or self._busy:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    def state(self) -> str:
        """How things stand, in words."""
        waiting = sum(one.is_waiting for one in self.all)
        return (
            f"{len(self.timings.questions)} answers; {waiting} wait, {len(self._busy)} updates are posted, "
            f"{len(self._queue)} in the queue, {len(self._given)} given, {self.timings.refused} refused"
        )

    def press_one(self, at: float) -> bool:
        """Have somebody press who has a question before them, as of a moment; False when nobody has."""
        if not self.ready:
            return False
        place = random.randrange(len(self.ready))
        self.ready[place], self.ready[-1] = self.ready[-1], self.ready[place]
        self._press(self.ready.pop(), at)
        return True

    def say(self, student: Student, text: str) -> None:
        """Write a message to the bot."""
        who = _who(student.id)
        self._updates += 1
        update = (
            f'{{"update_id":{self._updates},"message":{{"message_id":{self._updates},"from":{who},'
            f'"chat":{{"id":{student.id},"first_name":"Student","type":"private"}},"date":{DATE},"text":{json.dumps(text)}'
            + (f',"entities":[{{"type":"bot_command","offset":0,"length":{len(text)}}}]' if text[0] == "/" else "")
            + "}}"
        )
        student.is_waiting, student.is_answer, student.pressed_at = True, False, perf_counter()
        self._put(student, update.encode())

    def _next(self, student: Student) -> None:
        if not self._presses_on:
            return
        if self._by_clock and student.data.startswith("c:"):
            self.ready.append(student)
        else:
            self._press(student, perf_counter())

    def _press(self, student: Student, at: float) -> None:
        self._updates += 1
        press = f"{student.id}-{self._updates}"
        head = (
            f'{{"update_id":{self._updates},"callback_query":{{"id":"{press}","from":{_who(student.id)},'
            f'"chat_instance":"-42","data":"{student.data}","message":'
        )
        student.is_waiting, student.is_answer, student.pressed_at = True, student.data.startswith("c:"), at
        self._pressed[press] = student
        self._put(student, head.encode() + student.message + b"}}")

    # What the bot does.

    def toast(self, press: str) -> None:
        """A press was answered."""
        student = self._pressed.pop(press, None)
        if student is not None and student.is_answer:
            self.timings.toasts.append(perf_counter() - student.pressed_at)

    def shown(self, chat: int, message: bytes, keyboard: Any) -> None:  # noqa: ANN401 - as it was sent
        """A new message: the next question, or the score with a button to play again."""
        student = self._by_id[chat]
        data = next((one["callback_data"] for row in keyboard or () for one in row if _can_press(one)), "")
        if not data:
            return
        if student.is_waiting and student.is_answer:
            self.timings.questions.append(perf_counter() - student.pressed_at)
        student.message, student.data, student.is_waiting = message, data, False
        self._next(student)

    def hangs(self, chat: int) -> bool:
        """Whether calls about this chat get no answer."""
        return chat in self.hanging

    # How Telegram brings it about: by posts, each student's in order.

    def told_webhook(self, url: str, secret: str) -> None:
        """Updates are posted there from now on."""
        host, _, path = url.removeprefix("http://").partition("/")
        name, _, port = host.partition(":")
        self._address = (name, int(port))
        self._request = lambda body: post(f"/{path}", host, secret, body)
        self.is_set.set()

    @property
    def has_webhook(self) -> bool:
        """Whether updates are posted, not asked for."""
        return self._address[1] != 0

    async def connect(self) -> None:
        """Open all connections to the webhook that are not open: an idle one is closed by the bot after a while."""
        for _ in range(CONNECTIONS - len(self._free) - len(self._busy)):
            self._free.append(await self._connected())

    async def _connected(self) -> Poster:
        """A connection, as soon as the bot listens: it may tell its address a moment before."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(LISTENS_WITHIN):
            while True:
                with suppress(ConnectionRefusedError):
                    made = await loop.create_connection(lambda: Poster(self._freed, self._lost), *self._address)
                    return made[1]
                await asyncio.sleep(0.02)

    def _put(self, student: Student, update: bytes) -> None:
        student.posted.append(update)
        if len(student.posted) == 1:
            self._queue.append(student)
            self._deliver()

    def _deliver(self) -> None:
        if self._give is not None and self._queue:
            self._give_updates(self._give)
        while self._free and self._queue:
            student, poster = self._queue.popleft(), self._free.pop()
            self._busy[poster] = student
            poster.write(self._request(student.posted[0]))

    def _freed(self, poster: Poster, status: int) -> None:
        student = self._busy.pop(poster)
        self._free.append(poster)
        if status == 200:
            self._handled(student)
        else:
            self.timings.refused += 1
            asyncio.get_running_loop().call_later(AGAIN_SECONDS, self._bring_again, student)
        self._deliver()

    def _handled(self, student: Student) -> None:
        student.posted.popleft()
        if student.posted:
            self._queue.append(student)
        elif student.id in self.hanging and self._presses_on:
            self._press(student, perf_counter())  # nothing comes in this chat: they press once more
        elif student.is_waiting and student.id not in self.hanging:
            self.timings.left_for_later += self.has_webhook
            patience = LOSES_PATIENCE if self.has_webhook else LOSES_PATIENCE_WITH_A_QUEUE
            asyncio.get_running_loop().call_later(patience, self._press_again, student, student.pressed_at)

    def _press_again(self, student: Student, pressed_at: float) -> None:
        if student.is_waiting and student.pressed_at == pressed_at:
            self._press(student, perf_counter())

    def _bring_again(self, student: Student) -> None:
        self._queue.append(student)
        self._deliver()

    def _lost(self, poster: Poster) -> None:
        if poster in self._free:
            self._free.remove(poster)
        if poster in self._busy:
            raise ConnectionError("the bot closed a connection before it answered what was posted")

    # By `getUpdates`: what was given is handled once a later offset is asked for.

    def asked_updates(self, offset: int, seconds: float, give: Callable[[bytes], None]) -> None:
        """Give what there is, or as soon as there is something, or nothing after some seconds."""
        given, self._given = self._given, []
        self._queue.extendleft(student for id_, student in reversed(given) if id_ >= offset)  # they did not arrive
        for id_, student in given:
            if id_ < offset:
                self._handled(student)
        self.is_set.set()
        self._give = give
        if self._queue:
            self._give_updates(give)
        else:
            asyncio.get_running_loop().call_later(seconds, self._give_none, give)

    def _give_none(self, give: Callable[[bytes], None]) -> None:
        if self._give is give:
            self._give_updates(give)

    def _give_updates(self, give: Callable[[bytes], None]) -> None:
        self._give = None
        updates: list[bytes] = []
        while self._queue and len(updates) < UPDATES_AT_ONCE:
            student = self._queue.popleft()
            updates.append(student.posted[0])
            self._given.append((int(student.posted[0][13:].partition(b",")[0]), student))
        give(ok(b'{"ok":true,"result":[%b]}' % b",".join(updates)))


def _who(user: int) -> str:
    return f'{{"id":{user},"is_bot":false,"first_name":"Student","language_code":"en"}}'


def _can_press(button: dict[str, str]) -> bool:
    """Whether it answers a question, or plays the whole quiz again."""
    data = button.get("callback_data", "")
    return data.startswith("c:") or (data.startswith("g:") and data.endswith(":0"))
