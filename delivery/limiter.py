"""The limits of sending, between python-telegram-bot and Telegram: a call goes out at once, or is told when it may.

Nothing sleeps here: a handler makes a `soon` task of what must wait. Without Redis nothing goes out but toasts. What
was sent could not be marked as sent, and would be sent again; the update stays unacknowledged and comes again.
"""

from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

import structlog
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from delivery.failures import Held, wait_of
from delivery.priority import Priority
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
        """Make a call of python-telegram-bot's own; raises as `limited` does."""
        chat: int | str | None = data.get("chat_id")
        if chat is None or endpoint.startswith("get"):
            return await callback(*args, **kwargs)
        return await self.limited(chat, rate_limit_args or Priority.RESULT, partial(callback, *args, **kwargs))

    async def limited(self, chat: int | str, priority: Priority, call: Callable[[], Awaitable[Result]]) -> Result:
        """Make a call that changes a chat; raises Held when it must wait, and `StorageUnavailable` without Redis."""
        decision = await self._sending.let_through(chat, kind=priority.name.lower(), share=priority.share)
        if decision.wait:
            raise Held(decision.seconds)
        try:
            return await call()
        except RetryAfter as error:
            seconds = wait_of(error)
            # What somebody asked for comes when Telegram said; what nobody waits for comes later.
            slowness = await self._sending.told_to_wait(chat, seconds, share=Priority.RESULT.share)
            log.warning(
                "Telegram asks to wait", seconds=seconds, halvings=slowness.chat, halvings_of_all=slowness.everyone
            )
            raise
