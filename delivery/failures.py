"""What a call to Telegram may come to instead of its result, by what can be done about it."""

import os
from datetime import timedelta

from telegram.error import RetryAfter

# python-telegram-bot 22 gives times as timedelta only when asked to, and warns in the middle of a 429 when it is not.
os.environ.setdefault("PTB_TIMEDELTA", "true")

LONGEST_WAIT = timedelta(hours=1)
"""However long Telegram asks to wait, it is asked again after that: what is not sent is not kept much longer."""


class NotNow(Exception):
    """Telegram did not do it, or did not say so; it may be asked again after some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not now, in {seconds:g} s")
        self.seconds = seconds


class Held(NotNow):
    """Telegram, or the limits of sending, said when it may be asked again: to wait for that is no failure."""


class ChatGone(Exception):
    """Nothing can be sent to this chat any more: the bot was blocked or removed, or the chat is no more."""


class ChatMoved(ChatGone):
    """The group became a supergroup: it is the same under another id."""

    def __init__(self, chat: int) -> None:
        super().__init__(f"the chat is {chat} now")
        self.chat = chat


class MessageGone(Exception):
    """The message cannot be changed any more: it was deleted or is too old."""


class Refused(Exception):
    """Telegram will never do it as it was asked: a fault of ours."""


def wait_of(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait, or an hour."""
    wait = error.retry_after
    return min(float(wait) if isinstance(wait, int) else wait.total_seconds(), LONGEST_WAIT.total_seconds())
