"""Showing how somebody's notes stand, in one message that is kept up to date."""

from contextlib import suppress
from secrets import token_hex

from delivery.failures import ChatGone, Held, MessageGone, NotNow
from delivery.notes import notes_screen
from delivery.priority import Priority
from delivery.sender import Sender
from quiz.collection import Collection
from storage.collections import Collections, Outcome

LOOK_AGAIN = 0.5
"""Seconds after which somebody looks whether another one has shown it."""
NOWHERE = 0
"""In place of the id of a message that could not be sent."""


async def show_notes(collections: Collections, sender: Sender, user: int, collection: Collection) -> None:
    """Make the status message show the newest version; raises NotNow where it cannot just now, or another one does.

    One at a time shows: two of them would send two messages, and an older version might arrive last. Whoever does
    looks again after each version. What is all read is shown below what the student sent last.
    """
    who = token_hex(8)
    while True:
        reply = await collections.show(user, collection, who)
        if reply.outcome is Outcome.TAKEN:
            raise NotNow(LOOK_AGAIN)
        if reply.outcome is not Outcome.YOURS or reply.collection is None:
            return
        collection = reply.collection
        try:
            status = await _shown(sender, collection)
        except Held:
            # Of any other failure nobody knows whether it arrives yet: nobody else shows anything before it does.
            await collections.not_shown(user, collection, who)
            raise
        reply = await collections.was_shown(user, collection, who, status)
        shown = collection.status if reply.outcome is Outcome.CHANGED else None
        if reply.outcome is Outcome.TAKEN and reply.collection and reply.collection.status != status:
            shown, status = status, NOWHERE  # it took too long, and another one has shown it
        if shown and shown != status:
            with suppress(NotNow, ChatGone):
                await sender.delete(collection.chat_id, shown)
        latest = reply.collection
        if reply.outcome is not Outcome.CHANGED or latest is None or latest.shown == latest.version:
            return


async def _shown(sender: Sender, collection: Collection) -> int:
    screen, status = notes_screen(collection), collection.status
    try:
        if status is not None and (status > collection.last or collection.unread):
            with suppress(MessageGone):
                await sender.edit(collection.chat_id, status, screen, Priority.RESULT)
                return status
        return await sender.send(collection.chat_id, screen, Priority.RESULT)
    except ChatGone:
        return NOWHERE
