"""How Telegram answers: every call counted by its method and outcome."""

from functools import cache
from http import HTTPStatus
from time import perf_counter
from typing import Any

from prometheus_client import Counter, Histogram
from telegram.error import TelegramError, TimedOut

from bot.request import NotTelegrams, TelegramRequest

CALLS = Counter(
    "quizbot_telegram_calls",
    "Calls of the Bot API by method and outcome: ok; 429, when Telegram asks to wait; refused, “not modified” too; "
    "timeout; failed, by network, server or proxy; cut off, when the caller's own time was over.",
    ["method", "outcome"],
)
SECONDS = Histogram(
    "quizbot_telegram_call_seconds",
    "How long a call of the Bot API took, whatever its outcome; getUpdates, which waits for updates, is left out.",
    ["method"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 4, 10),
)
WAITS = "getUpdates"
SUCCESS = b'{"ok":true,"result":'
"""How Telegram's own server begins: what begins so need not be parsed once more to be counted."""
OK, TOO_MANY, REFUSED, TIMEOUT, FAILED, CUT_OFF = "ok", "429", "refused", "timeout", "failed", "cut off"


class CountedRequest(TelegramRequest):
    """Requests that are counted."""

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401 - handed on
        """Make the call; its status and its body."""
        method = url.rpartition("/")[2]
        began = perf_counter()
        outcome = CUT_OFF
        try:
            status, payload = await super().do_request(url, *args, **kwargs)
            outcome = _outcome(status, payload)
        except TimedOut:
            outcome = TIMEOUT
            raise
        except TelegramError:
            outcome = FAILED
            raise
        finally:
            _count(method, outcome).inc()
            if method != WAITS:
                _times(method).observe(perf_counter() - began)
        return status, payload


def _outcome(status: int, payload: bytes) -> str:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return TOO_MANY
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return FAILED
    if status >= HTTPStatus.BAD_REQUEST:
        return REFUSED
    return OK if payload.startswith(SUCCESS) or _is_success(payload) else FAILED


def _is_success(payload: bytes) -> bool:
    """Whether Telegram said it: a proxy's page comes with status 200 too."""
    try:
        return bool(TelegramRequest.parse_json_payload(payload)["ok"])
    except NotTelegrams:
        return False


# Looking a child up by its labels takes three times as long as counting. Methods are named by our own code only.
@cache
def _count(method: str, outcome: str) -> Counter:
    return CALLS.labels(method, outcome)


@cache
def _times(method: str) -> Histogram:
    return SECONDS.labels(method)
