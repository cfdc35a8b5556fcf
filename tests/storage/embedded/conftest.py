"""What supervises the embedded server is tested on both event loops that the program may have.

In a folder of their own: where the loop is a parameter, pytest-asyncio starts the servers of a file, and those of the
whole run, again for each test.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """asyncio's own, and uvloop's where there is one for the system."""
    loops: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {"asyncio": asyncio.new_event_loop}
    with suppress(ImportError):
        import uvloop

        loops["uvloop"] = uvloop.new_event_loop
    return loops
