"""Where everything was killed, shown below the results."""

from collections import Counter
from typing import cast

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One table for each test that reports how often it killed at which step."""
    for report in terminalreporter.getreports("passed"):
        for title, counts in report.user_properties:
            if isinstance(counts, dict):
                killed = Counter(cast("dict[str, int]", counts))
                terminalreporter.section(f"{title}: {killed.total()} times, nothing lost, nothing twice")
                for step, times in killed.most_common():
                    terminalreporter.line(f"{times:5} {step}")
