"""What every test of a promise may report."""

import pytest

from tests.faults.outcome import Outcome, record


@pytest.fixture
def outcome(request: pytest.FixtureRequest) -> Outcome:
    """What is injected and what comes of it; the promise is the name of the test."""
    name = request.node.name.removeprefix("test_").replace("_", " ")
    return record(request.node.user_properties, name)
