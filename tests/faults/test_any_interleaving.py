"""Promise 1, as a property: whatever order presses come in, and whenever the server is killed, an attempt is what
its first valid answers make it.

The bot keeps nothing in its own memory: killed, it is given again what it did not acknowledge, which is a Repeat here.
"""

import asyncio
import os
import signal
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.attempt import State
from quiz.identity import derived_id
from storage import embedded, folder_lock
from storage.attempts import Attempts, NewAttempt, Reply
from storage.connection import connect
from storage.embedded import SHORT_FOLDER, own_server
from storage.errors import StorageUnavailable
from tests.injected import inject
from tests.samples import a_question, planned

T = TypeVar("T")

USER = 7
PLAN = (
    planned(a_question(key="a", id="one"), "bac"),
    planned(a_question(key="ac", id="several"), "cab"),
    planned(a_question(key="b", id="last"), "abc"),
)
SEVERAL = 1
OPTIONS = 3


@dataclass(frozen=True)
class Choose:
    position: int
    place: int


@dataclass(frozen=True)
class Skip:
    position: int


@dataclass(frozen=True)
class Switch:
    place: int
    on: bool


@dataclass(frozen=True)
class Submit:
    shown: str


@dataclass(frozen=True)
class Stop:
    pass


@dataclass(frozen=True)
class Resume:
    pass


@dataclass(frozen=True)
class Repeat:
    """An earlier update is delivered again; `back` counts from the newest."""

    back: int


Update = Choose | Skip | Switch | Submit | Stop | Resume
Step = tuple[Update | Repeat, bool]
"""What comes, and whether the server is killed while it is being handled."""

POSITIONS, PLACES = st.integers(0, len(PLAN)), st.integers(0, 3)
UPDATES = st.one_of(
    st.builds(Choose, POSITIONS, PLACES),
    st.builds(Skip, POSITIONS),
    st.builds(Switch, PLACES, st.booleans()),
    st.builds(Submit, st.sampled_from(["", "a", "ac", "b", "abc"])),
    st.builds(Stop),
    st.builds(Resume),
    st.builds(Repeat, st.integers(1, 6)),
)
KILLS = st.integers(0, 59).map(lambda number: number == 37)  # not 0, which hypothesis likes best


@dataclass
class Fold:
    """What an attempt ought to be: the pure fold of the updates, each counted the first time it comes."""

    position: int = 0
    state: State = State.OPEN
    selected: frozenset[str] = frozenset()
    answers: dict[int, tuple[str, frozenset[str] | None]] = field(
        default_factory=dict[int, tuple[str, frozenset[str] | None]]
    )

    def take(self, press: str, update: Update) -> None:
        """One update that has not come before."""
        match update:
            case Stop() if self.state is State.OPEN:
                self.state = State.STOPPED
            case Resume() if self.state is State.STOPPED:
                self.state = State.OPEN
            case Choose(position, place) if (
                self._waits(position) and position != SEVERAL and place < len(PLAN[0].order)
            ):
                self._answer(press, frozenset(PLAN[position].order[place]))
            case Skip(position) if self._waits(position):
                self._answer(press, None)
            case Switch(place, on) if self._waits(SEVERAL) and place < OPTIONS:
                option = frozenset(PLAN[SEVERAL].order[place])
                self.selected = self.selected | option if on else self.selected - option
            case Submit(shown) if self._waits(SEVERAL) and shown and frozenset(shown) == self.selected:
                self._answer(press, self.selected)
            case _:
                pass

    def _waits(self, position: int) -> bool:
        return self.state is State.OPEN and self.position == position

    def _answer(self, press: str, chosen: frozenset[str] | None) -> None:
        self.answers[self.position] = (press, chosen)
        self.position += 1
        if self.position == len(PLAN):
            self.state = State.DONE


def request(attempts: Attempts, chat: int, press: str, update: Update) -> Callable[[], Awaitable[Reply]]:
    """The call that the bot makes for an update."""
    attempt = derived_id("attempt", chat)

    def answer(position: int, what: str, shown: str = "") -> Awaitable[Reply]:
        return attempts.answer(
            USER, chat, attempt, press=press, position=position, what=what, shown=shown, message_id=20 + position
        )

    match update:
        case Choose(position, place):
            return lambda: answer(position, str(place))
        case Skip(position):
            return lambda: answer(position, "skip")
        case Submit(shown):
            return lambda: answer(SEVERAL, "submit", shown)
        case Switch(place, on):
            return lambda: attempts.select(USER, attempt, press=press, position=SEVERAL, place=place, on=on)
        case Stop():
            return lambda: attempts.stop(USER, chat, attempt, update=press, message_id=50)
        case Resume():
            return lambda: attempts.resume(USER, chat, attempt, update=press)


async def until_handled(call: Callable[[], Awaitable[T]]) -> T:
    """What Telegram does with an update that is not acknowledged: it gives it again."""
    async with asyncio.timeout(40):
        while True:
            with suppress(StorageUnavailable):
                return await call()
            await asyncio.sleep(0.01)  # as the receiver waits before it asks again


async def play(attempts: Attempts, folder: Path, chat: int, steps: list[Step]) -> None:
    attempt = derived_id("attempt", chat)
    beginning = NewAttempt(attempt, USER, chat, "en", "deck.x.en", "v", "X", "any", "origin", 10, PLAN)
    await until_handled(lambda: attempts.start(beginning, "beginning"))
    fold = Fold()
    seen: list[tuple[str, Update]] = []
    for number, (coming, killed) in enumerate(steps):
        if isinstance(coming, Repeat):
            if coming.back > len(seen):
                continue
            inject("update delivered again")
            press, update = seen[-coming.back]
        else:
            press, update = f"press{number}", coming
            seen.append((press, update))
            fold.take(press, update)
        handling = asyncio.ensure_future(until_handled(request(attempts, chat, press, update)))
        if killed:
            await asyncio.sleep(0)  # the command is on its way
            pid = folder_lock.server_pid(folder)
            assert pid is not None
            with suppress(ProcessLookupError):  # killed a moment ago, and not yet started again
                os.kill(pid, signal.SIGKILL)
                inject("SIGKILL to the embedded server")
        await handling

    # The last kill may be noticed only now.
    found = await until_handled(lambda: attempts.load(USER, attempt))
    assert found is not None
    assert (found.position, found.state) == (fold.position, fold.state)
    assert {place: (one.press, one.chosen) for place, one in found.answers.items()} == fold.answers
    assert found.selections.get(SEVERAL, frozenset()) == fold.selected


@pytest.mark.timeout(240)
def test_any_interleaving_is_the_fold_of_the_first_valid_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "LONGEST_PAUSE_S", 0.05)  # a server killed over and over is waited for ever longer
    with tempfile.TemporaryDirectory(prefix="quizbot-test-", dir=SHORT_FOLDER) as name, asyncio.Runner() as runner:
        folder = Path(name) / "data"
        server = own_server(folder)
        storage = connect(runner.run(server.__aenter__()).url)
        attempts = Attempts(runner.run(storage.__aenter__()))
        chats = count(1)  # each example in a chat of its own

        @settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
        @given(st.lists(st.tuples(UPDATES, KILLS), max_size=25))
        def interleaving(steps: list[Step]) -> None:
            runner.run(play(attempts, folder, next(chats), steps))

        try:
            interleaving()
        finally:
            runner.run(storage.__aexit__(None, None, None))
            runner.run(server.__aexit__(None, None, None))
