"""Saying what nothing depends on, now or a moment later."""

from dataclasses import dataclass

import structlog

from delivery.failures import ChatGone, NotNow
from delivery.screen import Screen
from delivery.sender import Sender
from quiz.identity import derived_id
from storage.unsaid import Unsaid, UnsaidMessages
from tasks.soon import Soon

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Voice:
    """What it takes to say something: a sender, and somebody to say it later."""

    sender: Sender
    soon: Soon
    unsaid: UnsaidMessages

    async def say(self, chat: int, screen: Screen, thread: int | None = None) -> None:
        """Send a message, into this topic of a forum; what Telegram does not take now becomes a `soon` task."""
        try:
            await self.sender.send(chat, screen, thread=thread)
        except NotNow as error:
            written = screen.written_down()
            message = derived_id("unsaid", chat, thread or "", written)  # the same words to the same chat wait once
            await self.unsaid.keep(message, Unsaid(chat, written, thread))
            await self.soon.say(message, error.seconds)
        except ChatGone as error:
            log.info("left unsaid", reason=str(error))
