"""The ledger of a storm: what was pressed and what became of it at Telegram, held against what is kept."""

import asyncio
from typing import Any

from delivery.buttons import Choose, Skip, Submit, Switch
from quiz.attempt import Attempt
from simulator.client import Event, Simulator
from tests.classroom import Classroom
from tests.injected import inject
from tests.student import Student

STEPS = {"call_received": "in", "call_answered": "after"}


class Ledger(Classroom):
    """A classroom whose eyes also see what Telegram does with every press."""

    def __init__(self, simulator: Simulator) -> None:
        super().__init__(simulator)
        self.waiting: dict[int, tuple[int, str] | None] = {}
        """Updates that Telegram still has → who pressed, and the id of the press, if it is one."""
        self.taken = 0
        """How many presses the bot has acknowledged."""
        self.step = "before any call"
        """The newest call that the bot made, and whether it was answered."""
        self._changed = asyncio.Event()

    def sees(self, event: Event) -> None:
        """Something happened; it is written down."""
        super().sees(event)
        if event.kind in STEPS:
            self.step = f"{STEPS[event.kind]} {event.method}"
        if event.update_id is not None:
            self._sees_update(event, event.update_id)

    def _sees_update(self, event: Event, update_id: int) -> None:
        match event.kind:
            case "update_queued":
                self.waiting[update_id] = _press_of(event.update or {})
            case "update_delivered" if event.again:
                late = update_id not in self.waiting
                inject("update delivered again", "among newer ones" if late else "in its turn")
            case "update_confirmed":
                self.taken += self.waiting.pop(update_id, None) is not None
            case "update_expired":
                pressed = self.waiting.pop(update_id, None)
                if pressed is not None:
                    user, press = pressed
                    self.students[user].loses(press)
                    inject("press dropped by Telegram after 150 s")
            case _:
                return
        self._changed.set()

    async def until_taken(self, presses: int) -> None:
        """Wait until the bot has acknowledged so many presses."""
        while self.taken < presses:
            self._changed.clear()
            await self._changed.wait()

    async def until_nothing_waits(self) -> None:
        """Wait until Telegram has no update left for the bot."""
        while self.waiting:
            self._changed.clear()
            await self._changed.wait()


def _press_of(update: dict[str, Any]) -> tuple[int, str] | None:
    match update:
        case {"callback_query": {"id": str(press), "from": {"id": int(user)}}}:
            return user, press
        case _:
            return None


def check_fold(student: Student, attempt: Attempt) -> None:
    """The answers are what the presses come to, taken one after the other: of each question the first valid one counts.

    A press that was dropped may have come to the bot before Telegram gave it up, or not.
    """
    counted = {answer.press: position for position, answer in attempt.answers.items()}
    position, selected = 0, {frozenset[str]()}
    for press, button in student.presses.items():
        if not isinstance(button, Choose | Skip | Submit | Switch) or button.attempt != attempt.id:
            continue
        if button.position != position:
            assert press not in counted, "a press for another question counted"
            continue
        if isinstance(button, Switch):
            option = frozenset(attempt.plan[position].order[button.place])
            switched = {one | option if button.on else one - option for one in selected}
            selected = selected | switched if press in student.dropped else switched
            continue
        is_valid = frozenset(button.shown) in selected if isinstance(button, Submit) else True
        if press in counted:
            assert counted[press] == position
            assert is_valid, "a press that did not fit what was switched on counted"
            position, selected = position + 1, {frozenset[str]()}
        else:
            assert press in student.dropped or not is_valid or len(selected) > 1, "a valid press did not count"
    assert position == len(attempt.plan)
