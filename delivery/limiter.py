"""The limits of sending, between python-telegram-bot and Telegram: a call goes out at once, or is told when it may.

Nothing sleeps here: a handler makes a `soon` task of what must wait. Without Redis nothing goes out but toasts. What
was sent could not be marked as sent, and would be sent again; the update stays unacknowledged and comes again.
"""

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from delivery.priority import Priority
from delivery.sender import Held, wait_of
from storage.sending import Sending

log = structlog.stdlib.get_logger(__name__)

Result = bool | dict[str, Any] | list[dict[str, Any]]


class Limiter(BaseRateLimiter[Priority]):
    """Lets calls that change a chat through as fast as Telegram takes them; each costs one round trip to Redis.

    Calls without a chat (answers to a press, updates, commands, webhooks) and those that only read are free.
    """

    def __init__(self, sending: Sending) -> None:
        self._sending = sending

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,  # noqa: ANN401 - as python-telegram-bot's
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> Result:
        """Make the call; raises Held when it must wait, and `StorageUnavailable` without Redis."""
        chat: int | str | None = data.get("chat_id")
        if chat is None or endpoint.startswith("get"):
            return await callback(*args, **kwargs)
        priority = rate_limit_args or Priority.RESULT
        decision = await self._sending.let_through(chat, kind=priority.name.lower(), share=priority.share)
        if decision.wait:
            raise Held(decision.seconds)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            seconds = wait_of(error)
            slowness = await self._sending.told_to_wait(chat, seconds)
            log.warning(
                "Telegram asks to wait", seconds=seconds, halvings=slowness.chat, halvings_of_all=slowness.everyone
            )
            raise
