"""What every test of a promise may report."""

from itertools import chain

import pytest

from tests.faults.outcome import IS_THOROUGH, Outcome, record


@pytest.fixture
def outcome(request: pytest.FixtureRequest) -> Outcome:
    """What is injected and what comes of it; the promise is the name of the test."""
    name = request.node.name.removeprefix("test_").replace("_", " ")
    return record(request.node.user_properties, name)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes in `make faults`, one to each worker: begun last, they would be waited for."""
    if not IS_THOROUGH:
        return
    longest = [item for item in items if item.get_closest_marker("longest")]
    others = [item for item in items if not item.get_closest_marker("longest")]
    # xdist gives each worker two at a time to begin with.
    items[:] = [*chain.from_iterable(zip(longest, others, strict=False)), *others[len(longest) :]]
