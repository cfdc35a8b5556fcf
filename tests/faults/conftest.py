"""Every test here tells what was injected in it, and what came of it."""

from collections.abc import Generator
from itertools import chain
from types import ModuleType
from typing import cast

import pytest

from simulator.client import Simulator
from tests.faults.outcome import IS_THOROUGH, NAME, Outcome, promise_of
from tests.injected import inject, injected


@pytest.fixture(autouse=True)
def outcome(request: pytest.FixtureRequest) -> Generator[Outcome]:
    """What comes of the test, reported beside its result, with all that is injected until everything else is over."""
    outcome = Outcome(promise_of(cast("ModuleType", request.module).__doc__))
    request.node.user_properties.append((NAME, vars(outcome)))
    injected.clear()
    yield outcome
    outcome.injected |= {what: dict(whens) for what, whens in injected.items()}


@pytest.fixture
def simulator(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    """It counts how many calls each fault has hit when that is lifted, at the end of the test at the latest."""
    lift = simulator.lift_faults

    async def count_and_lift(fault_id: int | None = None) -> None:
        for rule in await simulator.faults():
            if fault_id in {None, rule["id"]}:
                effect = ", the call done" if rule["when"] == "after" else ""
                of = "any call" if rule["method"] == "*" else rule["method"]
                inject(f"{rule['kind']} by Telegram{effect}", f"for {of}", rule["hits"])
        await lift(fault_id)

    monkeypatch.setattr(simulator, "lift_faults", count_and_lift)
    return simulator


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes in `make faults`, one to each worker: begun last, they would be waited for."""
    if not IS_THOROUGH:
        return
    longest = [item for item in items if item.get_closest_marker("longest")]
    others = [item for item in items if not item.get_closest_marker("longest")]
    # xdist gives each worker two at a time to begin with.
    items[:] = [*chain.from_iterable(zip(longest, others, strict=False)), *others[len(longest) :]]
