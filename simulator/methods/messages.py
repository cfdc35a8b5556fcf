"""Messages of text: sent, edited, deleted; drafts, and showing that the bot is busy."""

from typing import Any

from simulator.chats import Bot
from simulator.messages import Message
from simulator.sending import Effect, Refused, find_message, find_writable_chat, send, shape_keyboard, shape_text
from simulator.world import World

JsonObject = dict[str, Any]

DELETABLE_FOR = 48 * 60 * 60.0
CHAT_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
    "cancel",
}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """A new message."""
    return send(world, bot, values, shape_text(values))


def edit_message_text(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """New text, and a new keyboard or none: leaving reply_markup out takes the keyboard away."""
    if "rich_message" in values:
        raise Refused("the simulator does not do rich messages yet")
    text, entities = shape_text(values)
    message = _editable(world, bot, values)
    return _edit(world, bot, message, text, entities, shape_keyboard(values.get("reply_markup")))


def edit_message_reply_markup(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """A new keyboard under the same text, or none."""
    message = _editable(world, bot, values)
    keyboard = shape_keyboard(values.get("reply_markup"))
    return _edit(world, bot, message, message.text, message.entities, keyboard)


def _editable(world: World, bot: Bot, values: JsonObject) -> Message:
    message = find_message(world, bot, values, "message to edit not found")
    if message.sender.id != bot.id:
        raise Refused("message can't be edited")
    return message


def _edit(
    world: World,
    bot: Bot,
    message: Message,
    text: str,
    entities: list[JsonObject],
    keyboard: JsonObject | None,
) -> JsonObject:
    if (message.text, message.entities, message.reply_markup) == (text, entities, keyboard):
        raise Refused(NOT_MODIFIED)
    before = {"text": message.text, "entities": message.entities, "reply_markup": message.reply_markup}
    now = world.clock.now()
    message.history.append({**before, "until": now})
    message.text, message.entities, message.reply_markup = text, entities, keyboard
    message.edit_date = now
    world.log_message("message_edited", message, bot.id)
    return message.as_json(for_bot=bot.id)


def delete_message(world: World, bot: Bot, values: JsonObject) -> bool:
    """Take a message away: the bot's own, or anybody's in a private chat, within 48 hours."""
    message = find_message(world, bot, values, "message to delete not found")
    own = message.sender.id == bot.id or message.chat.type == "private"
    if not own or world.clock.now() - message.date > DELETABLE_FOR:
        raise Refused("message can't be deleted")
    message.deleted = True
    world.log_message("message_deleted", message, bot.id)
    return True


def send_message_draft(world: World, bot: Bot, values: JsonObject) -> bool:
    """Show a text in a private chat while the message is not ready yet; the events are the only trace of it."""
    chat = find_writable_chat(world, bot, values["chat_id"])
    if chat.type != "private":
        raise Refused("chat must be a private chat")
    if not values["draft_id"]:
        raise Refused("draft_id must be non-zero")
    text, entities = shape_text(values)
    world.events.add("draft", bot.id, chat=chat.id, draft=values["draft_id"], text=text, entities=entities)
    return True


def send_chat_action(world: World, bot: Bot, values: JsonObject) -> bool:
    """Show that the bot is busy; the events are the only trace of it."""
    if values["action"] not in CHAT_ACTIONS:
        raise Refused("wrong parameter action in request")
    chat = find_writable_chat(world, bot, values["chat_id"])
    shown = {"action": values["action"], "thread": values.get("message_thread_id")}
    world.events.add("chat_action", bot.id, chat=chat.id, user=bot.id, **shown)
    return True


EFFECTS: dict[str, Effect] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendMessageDraft": send_message_draft,
    "sendChatAction": send_chat_action,
}
