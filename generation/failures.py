"""What a failed call of a model means, whichever client it came from."""

import math
from collections.abc import Iterator
from typing import Any

import structlog

from generation.request import ModelTrouble, Trouble, Usage

BY_STATUS = {
    **dict.fromkeys((401, 403, 404), Trouble.KEY),
    **dict.fromkeys((402, 429, 529), Trouble.BUSY),
    **dict.fromkeys((408, 504), Trouble.SILENT),
}
"""What a status says; any other one is the provider's own error."""
FIRST_ERROR = 400
FILTERED = {"content_filter", "refusal", "content_policy_violation", "safety"}
"""Why a provider ended a text that the model, or its own filter, would not write."""


log = structlog.stdlib.get_logger(__name__)


def not_installed(missing: ModuleNotFoundError) -> ModelTrouble:
    """The trouble that a package of the extra [notes] is not there; logged, as only whoever runs the bot can help."""
    log.error("a package of the extra [notes] is not here", package=missing.name)
    return ModelTrouble(Trouble.NOT_INSTALLED, f"{missing.name} is not installed")


class CallFailed(ModelTrouble):
    """A call that failed.

    `status` is HTTP's where there was one, `retry_after` the seconds that the provider asks to wait, `usage` what the
    call took all the same, where its provider said so and nobody else was told.
    """

    def __init__(
        self, trouble: Trouble, detail: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(trouble, detail)
        self.status = status
        self.retry_after = retry_after
        self.usage: Usage | None = None


def call_failed(error: Exception, model: str, *, begun: bool) -> CallFailed:
    """What a failure of a call means, whichever client it came from; `begun`: some text had come before it."""
    if isinstance(error, CallFailed):
        return error
    chain = list(_causes(error))
    status = next((one.status_code for one in chain if isinstance(getattr(one, "status_code", None), int)), None)
    names = {kind.__name__ for one in chain for kind in type(one).__mro__}
    trouble = _by_status(status, chain) if status and status >= FIRST_ERROR else _by_name(names, begun=begun)
    answered = f" answered {status}" if status else ""
    detail = f"{model}{answered} ({type(error).__name__})"
    return CallFailed(trouble, detail, status=status, retry_after=_retry_after(chain))


def _causes(error: BaseException | None) -> Iterator[Any]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _by_status(status: int, chain: list[Any]) -> Trouble:
    if any(getattr(one, "code", None) in FILTERED for one in chain):
        return Trouble.REFUSED
    return BY_STATUS.get(status, Trouble.BROKEN)


def _by_name(names: set[str], *, begun: bool) -> Trouble:
    if names & {"ConnectError", "ConnectTimeout"}:
        return Trouble.UNREACHABLE
    if any("ContentFilter" in name or "Refusal" in name for name in names):
        return Trouble.REFUSED
    if any("Timeout" in name for name in names):
        return Trouble.SILENT
    if names & {"APIConnectionError", "TransportError", "OSError"}:
        return Trouble.GARBAGE if begun else Trouble.UNREACHABLE
    if names & {"APIResponseValidationError", "LengthFinishReasonError"}:
        return Trouble.GARBAGE
    # What a client raises that reads an answer of another form than its provider's.
    if names & {"ValueError", "LookupError", "TypeError", "AttributeError"}:
        return Trouble.GARBAGE
    return Trouble.BROKEN


def _retry_after(chain: list[Any]) -> float | None:
    for one in chain:
        headers = getattr(getattr(one, "response", None), "headers", {})
        try:
            seconds = float(headers["retry-after"])
        except (KeyError, ValueError):
            continue
        if math.isfinite(seconds):
            return seconds
    return None
