"""What a test does to the bot, counted where it is done; `make faults` shows it in a table.

It imports nothing of pytest: the processes of the bot import it too.
"""

from collections import Counter, defaultdict

injected: defaultdict[str, Counter[str]] = defaultdict(Counter)
"""What, and when ("" where that is not known) → how often, in the test that runs."""


def inject(what: str, when: str = "", times: int = 1) -> None:
    """Count what was done."""
    if times:
        injected[what][when] += times


def known(what: str, when: str) -> None:
    """Say when that was which was counted last without it."""
    injected[what][""] -= 1
    injected[what][when] += 1
