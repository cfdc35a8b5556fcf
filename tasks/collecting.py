"""Showing how somebody's notes stand, in one message that is kept up to date."""

from contextlib import suppress

from delivery.failures import ChatGone, MessageGone, NotNow
from delivery.notes import notes_screen
from delivery.priority import Priority
from delivery.sender import Sender
from quiz.collection import Collection
from storage.collections import Collections, Outcome

NOWHERE = 0
"""In place of the id of a message that could not be sent."""


async def show_notes(collections: Collections, sender: Sender, user: int, collection: Collection) -> None:
    """Make the status message show the collection; raises NotNow where it cannot just now.

    Whoever changes a collection shows it, side by side: each looks again after it has shown a version, so that the
    newest one stands there in the end. What is all read is shown below what the student sent last.
    """
    while collection.shown < collection.version:
        status = await _shown(sender, collection)
        reply = await collections.was_shown(user, collection, status)
        if reply.outcome is not Outcome.CHANGED or reply.collection is None:
            return
        old, collection = collection.status, reply.collection
        if old is not None and old != status:
            with suppress(NotNow, ChatGone):
                await sender.delete(collection.chat_id, old)


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
