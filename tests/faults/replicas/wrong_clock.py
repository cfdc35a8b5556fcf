"""A process whose clock is wrong by as many seconds as its file `clock` says; none: it is right.

What docket and the bot read in Python is shifted, and nothing else: no other program is needed for that.
"""

import sys
import time
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Self

from bot import clock
from tests.injected import inject

HOUR = 3600
FILE = "clock"

_true_time = time.time


def seconds_off() -> float:
    """By how much the clock of this process, whose folder it is in, is ahead."""
    try:
        return float(Path(FILE).read_text("utf-8"))
    except FileNotFoundError:
        return 0


def set_ahead(folder: Path, seconds: float) -> None:
    """Set the clock of the process of this folder."""
    inject("a clock an hour off", times=bool(seconds))
    new = folder / f"{FILE}.new"
    new.write_text(str(seconds), "utf-8")
    new.replace(folder / FILE)


class ShiftedDatetime(datetime):
    """Python's, by the wrong clock."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """Now, as this process takes it."""
        return cls.fromtimestamp(_true_time() + seconds_off(), tz)


def goes_wrong() -> None:
    """What is changed in the bot before it runs."""
    time.time = lambda: _true_time() + seconds_off()
    shifted = 0
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"docket", "tasks"} and vars(module).get("datetime") is datetime:
            vars(module)["datetime"] = ShiftedDatetime
            shifted += 1
    assert shifted, "docket no longer reads the clock as it did"


def goes_wrong_unnoticed() -> None:
    """The same, in a bot that looks at its clock when it starts, and then no more."""
    goes_wrong()
    clock.LOOKS_EVERY = float(HOUR)
