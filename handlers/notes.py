"""One's own notes: texts, files and links are gathered until Done; what is read of them is shown in one message."""

import sys
from collections.abc import Sequence

from telegram import Message, Update

from delivery import messages, toasts
from delivery.buttons import BeginNotes, DropNotes, OnlyNotes
from delivery.failures import NotNow
from delivery.notes import dropped_screen
from generation.moderation import refused_topic
from generation.sources.conversion import MOST_BYTES
from generation.sources.refusal import Reason
from handlers import topic
from handlers.begin import close, leave
from handlers.context import Context, Person, Press, Services, person_of, presser_of, redraw, say, show, toast
from handlers.sent import file_part, said_in, text_part
from quiz.attempt import Attempt
from quiz.collection import Collection, Part, PartKind, Stage
from quiz.topics import InvalidTopic, clean_topic
from storage.collections import Outcome, Reply, Sent
from tasks.collecting import show_notes

NEARLY_FULL = 3500
"""A text this long may have been cut: Telegram's messages have 4096 characters at most, and it cuts between words."""


async def notes_command(update: Update, context: Context) -> None:
    """/notes: how to send one's own material; what is sent next belongs to it, however short.

    What is written behind the command is heard as it is elsewhere: an address, notes, or what to ask about.
    """
    services = context.services
    message, person = await topic.heard(update, services)
    if message is None or person is None:
        return
    if not person.private:
        await topic.invite(context, person)
        return
    said = said_in(message, _begin_of(message.text or ""))
    wish = await _wish(services, person, said.wish)
    await _collect(services, person, message, [Sent(part) for part in said.parts], wish)


def _begin_of(said: str) -> int:
    """Where the words begin behind the command of a message, if it has one."""
    if not said.startswith("/"):
        return 0
    command, *rest = said.split(None, 1)
    return len(said) - len(rest[0]) if rest else len(command)


async def text(update: Update, context: Context) -> None:
    """A text: notes, addresses, what is to be asked about in notes that are open, or else a topic."""
    services, message = context.services, update.message
    if message is None or message.text is None or not _is_private(message):
        await topic.topic_text(update, context)
        return
    person = await person_of(services, message)
    if person is None:
        return
    collection = await services.collections.load(person.user_id, person.chat_id)
    if _was_heard(collection, message):
        return
    if _ends(message.text) and not _is_forwarded(message) and collection is not None and collection.is_open:
        await dropped_by_command(services, person, message)
        return
    said = said_in(message)
    parts = said.parts
    if _continues(collection, message):
        parts = (text_part(message.text), *(part for part in parts if part.kind is PartKind.PAGE))
    elif not parts and (_is_empty(collection) or (_is_forwarded(message) and _is_about(collection))):
        parts = (text_part(message.text),)
    if parts:
        beside = said.wish if said.parts == parts and not _is_forwarded(message) else ""
        wish = await _wish(services, person, beside)
        await _collect(services, person, message, [Sent(part) for part in parts], wish)
    elif collection is not None and _is_about(collection):
        await _said_of_notes(update, context, person, collection, message.text)
    else:
        await topic.topic_text(update, context)


async def document(update: Update, context: Context) -> None:
    """A file; its caption is heard as a text is."""
    message, person = await topic.heard(update, context.services)
    if message is None or person is None or not person.private or message.document is None:
        return
    part, refused = file_part(message.document), ""
    if part.kind is PartKind.PICTURE:
        refused = _refused_picture(context.services)
    if not refused and (message.document.file_size or 0) > MOST_BYTES:
        refused = Reason.TOO_BIG
    await _collect_with_caption(context.services, person, message, Sent(part, refused))


async def photo(update: Update, context: Context) -> None:
    """A photo: what stands in it, where a model reads pictures; its caption is heard as a text is."""
    message, person = await topic.heard(update, context.services)
    if message is None or person is None or not person.private:
        return
    sent = Sent(_photo_part(message), _refused_picture(context.services))
    await _collect_with_caption(context.services, person, message, sent)


def _photo_part(message: Message) -> Part:
    return Part(PartKind.PICTURE, message.photo[-1].file_id)  # the largest


async def edited(update: Update, context: Context) -> None:
    """A message is changed: what it brought to open notes, or said of them, it does as it now stands; else nothing."""
    services, message = context.services, update.edited_message
    person = await person_of(services, message) if message is not None else None
    if message is None or person is None:
        return
    collection = await services.collections.load(person.user_id, person.chat_id)
    first = collection.parts.get(message.message_id) if collection is not None and collection.is_open else None
    if collection is None or not collection.is_open:
        return
    begin = _begin_of(message.text or "")
    said = said_in(message, begin)
    words = (message.text or "")[begin:]
    wish = said.wish if first is not None else words
    if collection.focus_by == message.message_id and wish:
        await _focus(services, person, collection, wish, message.message_id, edited=True)
    if first is None:
        return
    parts = said.parts
    if message.document is not None:
        parts = (file_part(message.document), *parts)
    elif message.photo:
        parts = (_photo_part(message), *parts)
    elif not parts and words:
        parts = (text_part(words),)
    if not parts:
        return
    reply = await services.collections.edit(person.user_id, collection, message.message_id, parts)
    if reply.collection is None or reply.outcome is Outcome.GONE:
        return
    await _show(services, person.user_id, reply.collection)
    await services.long.convert(reply.collection.id, reply.collection.round)


async def begin(press: Press, button: BeginNotes, services: Services) -> None:
    """That is all: the quiz begins, at once or when everything is read; one that is open is left for it."""
    person = await presser_of(services, press)
    left = await _leave_open_quiz(services, press, button.collection)
    reply = await services.collections.stage(press.user_id, press.chat_id, button.collection, Stage.DONE)
    collection = reply.collection
    if reply.outcome is not Outcome.CHANGED or collection is None:
        await toast(services, press, _too_late(reply, button.collection, person.language))
        return
    words = toasts.still_reading if collection.unread else toasts.going_on
    await toast(services, press, words(person.language))
    if left is not None:
        await say(services, press.chat_id, messages.replaced(left, person.language))
        await close(services, left)
    await services.long.convert(collection.id, collection.round)
    if collection.unread:
        await _show(services, press.user_id, collection)


async def _leave_open_quiz(services: Services, press: Press, collection_id: str) -> Attempt | None:
    """Stop the quiz that is open in the chat for that on these notes; as it was left."""
    collection = await services.collections.load(press.user_id, press.chat_id)
    if collection is None or collection.id != collection_id or not collection.is_open:
        return None
    active = await services.attempts.active(press.user_id, press.chat_id)
    attempt = await services.attempts.load(press.user_id, active) if active else None
    if attempt is None or (attempt.notes is not None and attempt.notes.source == collection_id):
        return None  # there is none, or an earlier press has begun this very one
    # The message of the notes may be older than the quiz: that is meant all the same.
    return await leave(services, press, attempt.id, press.id, sys.maxsize)


async def only(press: Press, button: OnlyNotes, services: Services) -> None:
    """Whether what can be answered without the notes is left out."""
    person = await presser_of(services, press)
    reply = await services.collections.only(press.user_id, press.chat_id, button.collection, on=button.on)
    if reply.outcome is not Outcome.CHANGED or reply.collection is None:
        await toast(services, press, _too_late(reply, button.collection, person.language))
        return
    await toast(services, press, toasts.saved(person.language))
    await _show(services, press.user_id, reply.collection)


async def drop(press: Press, button: DropNotes, services: Services) -> None:
    """The notes are given up."""
    person = await presser_of(services, press)
    collection = await services.collections.load(press.user_id, press.chat_id)
    if collection is None or collection.id != button.collection:
        await toast(services, press, toasts.notes_are_gone(person.language))
        return
    reply = await services.collections.close(
        press.user_id, collection, Stage.DROPPED, update=press.id, message=press.message_id
    )
    if reply.outcome is Outcome.GONE:
        await toast(services, press, _too_late(reply, collection.id, person.language))
        return
    await services.sources.delete(press.user_id, collection.id)
    await toast(services, press, toasts.dropped(person.language))
    await show(services, press, dropped_screen(person.language))


async def dropped_by_command(services: Services, person: Person, message: Message) -> bool:
    """Give up the notes that are open, as /stop asks; whether there were any."""
    collection = await services.collections.load(person.user_id, person.chat_id)
    if collection is None:
        return False
    reply = await services.collections.close(
        person.user_id,
        collection,
        Stage.DROPPED,
        update=topic.cause_of(message).id,
        message=message.message_id,
    )
    if reply.outcome is Outcome.GONE:
        return False
    await services.sources.delete(person.user_id, collection.id)
    if collection.status:
        await redraw(services, person.chat_id, collection.status, dropped_screen(person.language))
    await say(services, person.chat_id, dropped_screen(person.language))
    return True


async def _said_of_notes(update: Update, context: Context, person: Person, collection: Collection, said: str) -> None:
    """A short text while notes are open: what to ask about, unless it is meant for a button."""
    services, message = context.services, update.message
    if message is not None and not await topic.meant_for_a_button(services, person, said):
        await _focus(services, person, collection, said, message.message_id)


async def _focus(
    services: Services, person: Person, collection: Collection, said: str, message: int, *, edited: bool = False
) -> None:
    """Ask about this only, as a message says."""
    try:
        clean_topic(said)
    except InvalidTopic:
        await say(services, person.chat_id, messages.invalid_topic(person.language))
        return
    wanted = await _wish(services, person, said)
    if not wanted:
        return
    reply = await services.collections.focus(person.user_id, collection, wanted, message, edited=edited)
    if reply.outcome is Outcome.CHANGED and reply.collection is not None:
        await _show(services, person.user_id, reply.collection)


async def _wish(services: Services, person: Person, said: str) -> str:
    """What is to be asked about, as it was said; empty where that is nothing, or refused, which they are told."""
    try:
        wanted = clean_topic(said)
    except InvalidTopic:
        return ""
    if not refused_topic(wanted):
        return wanted
    await say(services, person.chat_id, messages.refused_topic(person.language))
    return ""


async def _collect_with_caption(services: Services, person: Person, message: Message, sent: Sent) -> None:
    """What is written under a file or a picture is heard as a text alone is: it is notes, addresses, or, in a line of
    one's own, what to ask about; the first such line counts, and what was typed before it."""
    caption = message.caption or ""
    collection = await services.collections.load(person.user_id, person.chat_id)
    said = said_in(message)
    parts, wish = said.parts, said.wish
    can_be_asked = not sent.refused or _is_about(collection)
    if _ends(caption):
        wish = ""
    elif _is_forwarded(message):
        if not parts and caption.strip() and can_be_asked:
            parts = (text_part(caption),)
        wish = ""
    if not (can_be_asked or parts) or (collection is not None and collection.is_open and collection.focus):
        wish = ""
    wish = await _wish(services, person, wish)
    await _collect(services, person, message, [sent, *(Sent(part) for part in parts)], wish)


async def _collect(services: Services, person: Person, message: Message, sent: Sequence[Sent], wish: str = "") -> None:
    reply = await services.collections.collect(
        person.user_id,
        person.chat_id,
        message.message_id,
        sent,
        language=person.language,
        focus=wish,
        tells_known=services.can_write,
    )
    collection = reply.collection
    if collection is None or not collection.is_open:
        return  # it was heard before, and what it belonged to has ended
    if collection.status is None or not collection.unread:
        await _show(services, person.user_id, collection)
    if collection.unread or reply.outcome is Outcome.REPEATED:
        await services.long.convert(collection.id, collection.round)


async def _show(services: Services, user: int, collection: Collection) -> None:
    try:
        await show_notes(services.collections, services.sender, user, collection)
    except NotNow:
        await services.long.convert(collection.id, collection.round)


def _too_late(reply: Reply, collection: str, language: str) -> str:
    """Why a button of notes changes nothing: their quiz begins or has begun, or they are gone."""
    found = reply.collection
    has_begun = found is not None and found.id == collection and found.stage in {Stage.DONE, Stage.BEGUN}
    return toasts.notes_have_begun(language) if has_begun else toasts.notes_are_gone(language)


def _refused_picture(services: Services) -> str:
    return "" if services.reads_pictures else Reason.PICTURE


def _ends(said: str) -> bool:
    return said.strip().casefold() in topic.STOP_WORDS


def _is_about(collection: Collection | None) -> bool:
    """Whether there are open notes that something can be asked about."""
    return collection is not None and collection.is_open and bool(collection.usable or collection.unread)


def _continues(collection: Collection | None, message: Message) -> bool:
    """Whether a text is the tail of a long paste, which Telegram has cut into several messages."""
    if collection is None or not collection.is_open:
        return False
    before = collection.parts.get(message.message_id - 1)
    return before is not None and before.kind is PartKind.TEXT and len(before.content) >= NEARLY_FULL


def _was_heard(collection: Collection | None, message: Message) -> bool:
    """Whether a message belonged to notes whose quiz has begun, or that were given up: it is delivered again."""
    return collection is not None and not collection.is_open and message.message_id <= collection.last


def _is_empty(collection: Collection | None) -> bool:
    """Whether notes are open for which nothing was sent yet: what follows /notes."""
    return collection is not None and collection.is_open and not collection.parts


def _is_forwarded(message: Message) -> bool:
    return message.forward_origin is not None


def _is_private(message: Message) -> bool:
    return message.chat.type == "private"
