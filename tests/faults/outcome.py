"""What was done to the bot in the tests of a promise, and what came of it: the table of `make faults`."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

IS_THOROUGH = "QUIZBOT_TEST_KILLS" in os.environ
"""`make faults`: more of everything, in minutes."""
NAME = "outcome"
COUNTED = ("presses", "acknowledged", "kept", "lost", "doubled")


@dataclass
class Outcome:
    """One test: counted while it runs; kept is what stands in Redis in the end."""

    promise: str
    """What the file of the test says first."""
    injected: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    """What was injected, and when ("" where that is not known) → how often."""
    presses: int = 0
    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    doubled: int = 0
    measured: str = ""
    """What was measured, where that is no count of presses."""


def promise_of(docstring: str | None) -> str:
    """The first paragraph, on one line."""
    return " ".join((docstring or "").partition("\n\n")[0].split())


def table(reports: Iterable[pytest.TestReport]) -> Iterator[str]:
    """The lines of the table: each promise, how its cases ended, what was measured, and what was injected in them."""
    passed, failed = set[str](), set[str]()
    promises: defaultdict[str, dict[str, Outcome]] = defaultdict(dict)
    for report in reports:
        if report.failed:
            failed.add(report.nodeid)
        elif report.passed and report.when == "call":
            passed.add(report.nodeid)
        for name, said in report.user_properties:
            if name == NAME and report.when == "teardown":  # by then everything is counted
                outcome = Outcome(**cast("dict[str, Any]", said))
                promises[outcome.promise][report.nodeid] = outcome
    for promise, outcomes in sorted(promises.items()):
        yield promise
        yield f"    {_ended(outcomes.keys(), passed - failed)}{_counted(outcomes.values())}"
        yield from (f"    {one}" for one in sorted(each.measured for each in outcomes.values() if each.measured))
        yield from _injected(outcomes.values())


def _ended(cases: Iterable[str], passed: set[str]) -> str:
    ended = [case in passed for case in cases]
    of = "" if all(ended) else f" of {len(ended)}"
    return f"{sum(ended)}{of} case{'s' * (len(ended) != 1)} passed"


def _counted(outcomes: Iterable[Outcome]) -> str:
    counts = Counter[str]()
    for outcome in outcomes:
        counts.update({name: vars(outcome)[name] for name in COUNTED})
    return ": " + ", ".join(f"{counts[name]} {name}" for name in COUNTED) if counts["presses"] else ""


def _injected(outcomes: Iterable[Outcome]) -> Iterator[str]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        for what, whens in outcome.injected.items():
            found[what].update(whens)
    for what, whens in sorted(found.items()):
        when = ", ".join(f"{times} {when}" for when, times in whens.most_common() if when and times)
        yield f"{whens.total():8} × {what}" + (f" ({when})" if when else "")
