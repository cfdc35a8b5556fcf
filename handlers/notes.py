"""One's own notes: texts, files and links are gathered until Done; what is read of them is shown in one message."""

import re
from dataclasses import replace

from telegram import Message, Update

from delivery import messages, toasts
from delivery.buttons import BeginNotes, DropNotes, OnlyNotes
from delivery.failures import NotNow
from delivery.notes import dropped_screen
from generation.moderation import refused_topic
from generation.sources.conversion import MOST_BYTES
from generation.sources.passages import visible
from generation.sources.refusal import Reason
from handlers import topic
from handlers.context import Context, Person, Press, Services, person_of, presser_of, redraw, say, show, toast
from quiz.collection import LONGEST_TITLE, Collection, Part, PartKind, Stage, caption_of, cut
from quiz.topics import MAX_TOPIC, InvalidTopic, clean_topic
from storage.collections import Outcome, Reply
from tasks.collecting import show_notes

LINK = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-zа-я]{2,}/\S*", re.IGNORECASE)
"""An address alone; without a scheme it has a path, or else `node.js` were one."""

NEARLY_FULL = 3500
"""A text this long may have been cut: Telegram's messages have 4096 characters at most, and it cuts between words."""


async def notes_command(update: Update, context: Context) -> None:
    """/notes: how to send one's own material; what is sent next belongs to it, however short."""
    message, person = await topic.heard(update, context.services)
    if message is None or person is None:
        return
    if not person.private:
        await topic.invite(context, person)
        return
    await _collect(context.services, person, message, None)


async def text(update: Update, context: Context) -> None:
    """A text: notes, an address, what is to be asked about in notes that are open, or else a topic."""
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
    if _ends(message.text) and collection is not None and collection.is_open:
        await dropped_by_command(services, person, message)
        return
    part = _part_of(message.text)
    if part is None and collection is not None and collection.is_open and not collection.parts:
        part = _text(message.text)  # what follows /notes
    if part is None and message.forward_origin is not None and _is_about(collection):
        part = _text(message.text)
    if part is None and _continues(collection, message):
        part = _text(message.text)
    if part is not None:
        await _collect(services, person, message, part)
    elif collection is not None and _is_about(collection):
        await _said_of_notes(update, context, person, collection, message.text)
    else:
        await topic.topic_text(update, context)


async def document(update: Update, context: Context) -> None:
    """A file; its caption is heard as a text is."""
    message, person = await topic.heard(update, context.services)
    if message is None or person is None or not person.private or message.document is None:
        return
    file = message.document
    part = Part(PartKind.FILE, file.file_id, visible(file.file_name or ""))
    refused = ""
    if (file.mime_type or "").startswith("image/"):
        part, refused = replace(part, kind=PartKind.PICTURE), _refused_picture(context.services)
    if not refused and (file.file_size or 0) > MOST_BYTES:
        refused = Reason.TOO_BIG
    await _collect(context.services, person, message, part, refused)
    await _heed_caption(context.services, person, message)


async def photo(update: Update, context: Context) -> None:
    """A photo: its caption where that is notes, or else what stands in it, where a model reads pictures."""
    message, person = await topic.heard(update, context.services)
    if message is None or person is None or not person.private:
        return
    caption = message.caption or ""
    written = _part_of(caption)
    if not message.photo or (written is not None and written.kind is PartKind.TEXT):
        await _collect(context.services, person, message, _text(caption))
        return
    part = Part(PartKind.PICTURE, message.photo[-1].file_id)  # the largest
    await _collect(context.services, person, message, part, _refused_picture(context.services))
    await _heed_caption(context.services, person, message)


async def begin(press: Press, button: BeginNotes, services: Services) -> None:
    """That is all: the quiz begins, at once or when everything is read."""
    person = await presser_of(services, press)
    reply = await services.collections.stage(press.user_id, press.chat_id, button.collection, Stage.DONE)
    collection = reply.collection
    if reply.outcome is not Outcome.CHANGED or collection is None:
        await toast(services, press, _too_late(reply, button.collection, person.language))
        return
    words = toasts.still_reading if collection.unread else toasts.going_on
    await toast(services, press, words(person.language))
    await services.long.convert(collection.id, collection.round)
    if collection.unread:
        await _show(services, press.user_id, collection)


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


async def _focus(services: Services, person: Person, collection: Collection, said: str, message: int = 0) -> None:
    """Ask about this only, as a message says; without its id it was heard before, with its file."""
    try:
        wanted = clean_topic(said)
    except InvalidTopic:
        await say(services, person.chat_id, messages.invalid_topic(person.language))
        return
    if refused_topic(wanted):
        await say(services, person.chat_id, messages.refused_topic(person.language))
        return
    reply = await services.collections.focus(person.user_id, collection, wanted, message)
    if reply.outcome is not Outcome.CHANGED or reply.collection is None:
        return
    if message or not reply.collection.unread:
        await _show(services, person.user_id, reply.collection)


async def _heed_caption(services: Services, person: Person, message: Message) -> None:
    """What is written under a file or a picture is heard as a text alone is: it is notes, an address, or, in a line of
    one's own, what to ask about; the first such line counts, and what was typed before it."""
    caption = (message.caption or "").strip()
    collection = await services.collections.load(person.user_id, person.chat_id)
    if not caption or _ends(caption) or collection is None or not collection.is_open:
        return
    part = _part_of(caption)
    if part is None and message.forward_origin is not None and _is_about(collection):
        part = _text(caption)
    if part is not None:
        await _collect(services, person, message, part, key=caption_of(message.message_id))
    elif _is_about(collection) and not collection.focus and message.forward_origin is None:
        await _focus(services, person, collection, caption)


async def _collect(
    services: Services, person: Person, message: Message, part: Part | None, refused: str = "", key: int = 0
) -> None:
    reply = await services.collections.collect(
        person.user_id, person.chat_id, key or message.message_id, part, language=person.language, refused=refused
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
    """Why a button of notes changes nothing: their quiz has begun, or they are gone."""
    found = reply.collection
    has_begun = found is not None and found.id == collection and found.stage is Stage.BEGUN
    return toasts.notes_have_begun(language) if has_begun else toasts.notes_are_gone(language)


def _part_of(said: str) -> Part | None:
    """The notes, or the address, that a text is; None where it is short and may be a topic."""
    stripped = said.strip()
    if LINK.fullmatch(stripped):
        return Part(PartKind.PAGE, stripped, _name(re.sub(r"^https?://(?:www\.)?", "", stripped)))
    if len(stripped) > MAX_TOPIC or len(stripped.splitlines()) > 1:
        return _text(said)
    return None


def _text(said: str) -> Part:
    return Part(PartKind.TEXT, said, _name(said))


def _name(said: str) -> str:
    return cut(visible(said), LONGEST_TITLE)


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


def _is_private(message: Message) -> bool:
    return message.chat.type == "private"
