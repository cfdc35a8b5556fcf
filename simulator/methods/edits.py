"""Messages changed and taken away: their text, caption, file and keyboard."""

from typing import Any

from simulator.chats import Bot
from simulator.files import File
from simulator.messages import Content, Message
from simulator.methods.files import take_media
from simulator.methods.rich import take_rich
from simulator.rich import Rich
from simulator.sending import (
    Effect,
    Refused,
    Words,
    find_chat,
    find_message,
    shape_caption,
    shape_keyboard,
    shape_text,
)
from simulator.world import World

JsonObject = dict[str, Any]

DELETABLE_FOR = 48 * 60 * 60.0
MOST_AT_ONCE = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """New text or blocks, and a new keyboard or none: leaving reply_markup out takes the keyboard away."""
    rich = take_rich(world, values["rich_message"]) if "rich_message" in values else None
    words: Words = shape_text(values) if rich is None else (rich.plain(), [])
    message = _editable(world, bot, values)
    if not isinstance(message.content, Rich | None):
        raise Refused("There is no text in the message to edit")
    return _edit(world, bot, message, words, rich, values)


def edit_message_caption(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """A new caption under the same file, and a new keyboard or none."""
    words = shape_caption(values)
    message = _editable(world, bot, values)
    if not isinstance(message.content, File):
        raise Refused("There is no caption in the message to edit")
    return _edit(world, bot, message, words, message.content, values)


def edit_message_media(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """Another file with its caption, or a file for what was a text."""
    message = _editable(world, bot, values)
    if not isinstance(message.content, File | Rich | None):
        raise Refused("Message media can't be edited")
    words, file = take_media(world, values["media"])
    return _edit(world, bot, message, words, file, values)


def edit_message_reply_markup(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """A new keyboard under the same content, or none."""
    message = _editable(world, bot, values)
    return _edit(world, bot, message, (message.text, message.entities), message.content, values)


def _editable(world: World, bot: Bot, values: JsonObject) -> Message:
    message = find_message(world, bot, values, "message to edit not found")
    if message.sender.id != bot.id or message.is_service:
        raise Refused("message can't be edited")
    return message


def _edit(world: World, bot: Bot, message: Message, words: Words, content: Content, values: JsonObject) -> JsonObject:
    keyboard = shape_keyboard(values.get("reply_markup"))
    text, entities = words
    before = (message.text, message.entities, message.content, message.reply_markup)
    if before == (text, entities, content, keyboard):
        raise Refused(NOT_MODIFIED)
    now = world.clock.now()
    message.history.append(message.as_version(until=now))
    message.text, message.entities, message.content, message.reply_markup = text, entities, content, keyboard
    message.edit_date = now
    world.log_message("message_edited", message, bot.id)
    return message.as_json(for_bot=bot.id)


def delete_message(world: World, bot: Bot, values: JsonObject) -> bool:
    """Take a message away: its own or one in a private chat within 48 hours, in a group any by right."""
    message = find_message(world, bot, values, "message to delete not found", "write")
    _check_deletable(world, bot, message)
    _delete(world, bot, message)
    return True


def delete_messages(world: World, bot: Bot, values: JsonObject) -> bool:
    """Take several messages away, as many of them as are there; none if one of them must stay."""
    message_ids: list[int] = values["message_ids"]
    if not message_ids:
        raise Refused("Message identifiers are not specified")
    if len(message_ids) > MOST_AT_ONCE:
        raise Refused("Too many message identifiers specified")
    chat = find_chat(world, bot, values["chat_id"], "write")
    there = [message for each in message_ids if (message := chat.messages.get(each)) and not message.deleted]
    for message in there:
        _check_deletable(world, bot, message)
    for message in there:
        _delete(world, bot, message)
    return True


def _check_deletable(world: World, bot: Bot, message: Message) -> None:
    if message.chat.may(bot.id, "can_delete_messages") and message.chat.type != "private":
        return
    own = message.sender.id == bot.id or message.chat.type == "private"
    if not own or world.clock.now() - message.date > DELETABLE_FOR:
        raise Refused("message can't be deleted")


def _delete(world: World, bot: Bot, message: Message) -> None:
    if not message.deleted:
        message.deleted = True
        world.log_message("message_deleted", message, bot.id)


EFFECTS: dict[str, Effect] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
