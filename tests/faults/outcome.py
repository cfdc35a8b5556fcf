"""What was done to the bot in a test of a promise, and what came of it: one line of the table of `make faults`."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

IS_THOROUGH = "QUIZBOT_TEST_KILLS" in os.environ
"""`make faults`: more of everything, in minutes."""
NAME = "outcome"
HEAD = f"{'promise':64}{'presses':>9}{'acknowledged':>14}{'kept':>8}{'lost':>6}{'doubled':>9}  seed"


@dataclass
class Outcome:
    """Counted while a test runs; kept is what stands in Redis in the end."""

    promise: str
    injected: dict[str, int] = field(default_factory=dict[str, int])
    """What was injected, and how often; `what: when` where it is known after which call it was."""
    seed: int = 0
    presses: int = 0
    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    doubled: int = 0
    result: str = ""
    """What came of it, where that is no count of presses."""

    def inject(self, what: str, times: int = 1) -> None:
        """Count what was injected."""
        self.injected[what] = self.injected.get(what, 0) + times


def table(reports: Iterable[pytest.TestReport]) -> Iterator[str]:
    """The lines of the table: each promise with its result, and below it what was injected."""
    found = [
        cast("dict[str, Any]", said) for report in reports for name, said in report.user_properties if name == NAME
    ]
    outcomes = [Outcome(**fields) for fields in found]
    if outcomes:
        yield HEAD
    for one in sorted(outcomes, key=lambda one: one.promise):
        counts = f"{one.presses:9}{one.acknowledged:14}{one.kept:8}{one.lost:6}{one.doubled:9}  {one.seed}"
        yield f"{one.promise:64}" + (counts if one.presses else f" {one.result}")
        yield from _injected(one.injected)


def _injected(injected: dict[str, int]) -> Iterator[str]:
    whens: dict[str, Counter[str]] = {}
    for name, times in injected.items():
        what, _, when = name.partition(": ")
        whens.setdefault(what, Counter())[when] += times
    for what, times in sorted(whens.items()):
        known = ", ".join(f"{count} {when}" for when, count in times.most_common() if when)
        yield f"{times.total():8} × {what}" + (f" ({known})" if known else "")


def record(recorded: list[tuple[str, Any]], promise: str) -> Outcome:
    """An outcome among what a test reports beside its result; what is counted later is reported too."""
    outcome = Outcome(promise)
    recorded.append((NAME, vars(outcome)))
    return outcome
