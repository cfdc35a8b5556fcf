"""Faults on order: calls that are refused, garbled, cut off or left hanging before or after their effect."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any, Literal

JsonObject = dict[str, Any]
Refusing = Literal["400", "401", "403", "404", "429", "500", "502"]
Foreign = Literal["garbage", "foreign_json", "foreign_401", "foreign_403"]
"""Answers that are not Telegram's: what a proxy says in its place."""
Kind = Literal[Refusing, Foreign, "hang", "reset"]
When = Literal["before", "after"]


@dataclass
class Fault:
    """One rule: which calls it hits, what it does to them, and how often it has."""

    id: int
    method: str
    kind: Kind
    when: When = "before"
    chat_id: int | None = None
    retry_after: int = 1
    seconds: float | None = None
    times: int | None = None
    probability: float = 1.0
    description: str | None = None
    hits: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether it may hit this call. `*` leaves getUpdates alone: name it to hit it."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        return self.method.lower() == method.lower() or (self.method == "*" and method != "getUpdates")

    def as_json(self) -> JsonObject:
        """How the control API and the events show it."""
        return {
            "id": self.id,
            "method": self.method,
            "kind": self.kind,
            "when": self.when,
            "chat_id": self.chat_id,
            "retry_after": self.retry_after,
            "seconds": self.seconds,
            "times": self.times,
            "probability": self.probability,
            "description": self.description,
            "hits": self.hits,
        }


class Faults:
    """The rules in force, oldest first; the first that fits a call hits it."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._last_id = 0
        self._dice = random.Random(0)  # noqa: S311 - repeatable on purpose

    def seed(self, seed: int) -> None:
        """Make the dice for `probability` start again from here."""
        self._dice.seed(seed)

    def add(self, rule: JsonObject) -> Fault:
        """Put a rule in force, given as the fields of a Fault without its id."""
        self._last_id += 1
        fault = Fault(id=self._last_id, **rule)
        self._rules.append(fault)
        return fault

    def choose(self, method: str, chat_id: int | None) -> Fault | None:
        """The rule that hits this call, counted as a hit; None leaves the call alone."""
        for fault in self._rules:
            if fault.fits(method, chat_id) and self._dice.random() < fault.probability:
                fault.hits += 1
                return fault
        return None

    def rules(self) -> list[Fault]:
        """Those in force, used-up ones included."""
        return list(self._rules)

    def remove(self, fault_id: int | None = None) -> list[int]:
        """Lift one rule, or all; what hangs by them goes on. Returns the ids lifted."""
        lifted = [fault for fault in self._rules if fault_id in {None, fault.id}]
        self._rules = [fault for fault in self._rules if fault not in lifted]
        for fault in lifted:
            fault.released.set()
        return [fault.id for fault in lifted]
