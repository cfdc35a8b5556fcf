"""How soon a press is answered: the time that somebody looks at a button and nothing happens."""

from contextvars import ContextVar
from time import perf_counter

from prometheus_client import Histogram

PRESS_TO_TOAST = Histogram(
    "quizbot_press_to_toast_seconds",
    "From the receipt of a press to Telegram's word that its toast is shown. Presses that came again while Redis was "
    "away count from when they came first.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10, 30),
)

_received: ContextVar[float | None] = ContextVar("received", default=None)


def received(at: float) -> None:
    """The update that is handled from now on in this asyncio task came at this time of `perf_counter`."""
    _received.set(at)


def answered() -> None:
    """Telegram has said that the toast for that update is shown."""
    at = _received.get()
    if at is not None:
        PRESS_TO_TOAST.observe(perf_counter() - at)
