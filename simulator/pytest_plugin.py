"""For pytest: the fixture `telegram`. Loaded wherever this is installed, so it imports nothing before it is used."""

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from simulator.blocking import Loop, Telegram


@pytest.fixture(scope="session")
def _simulated_telegram() -> "Generator[tuple[Loop, str, str]]":  # pyright: ignore[reportUnusedFunction] - by pytest
    from simulator.blocking import running

    with running() as simulator:
        yield simulator


@pytest.fixture
def telegram(_simulated_telegram: "tuple[Loop, str, str]") -> "Generator[Telegram]":
    """A Telegram of the test's own: bots run by their own process or in this one, people who write and read."""
    from simulator.blocking import telegram as fresh

    with fresh(*_simulated_telegram) as telegram:
        yield telegram
