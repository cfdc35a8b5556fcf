"""Messages of text, drafts of them, and showing that the bot is busy."""

from typing import Any

from simulator.chats import Bot
from simulator.methods.rich import show_draft
from simulator.sending import Effect, Refused, find_chat, find_thread, send, shape_text, shape_words
from simulator.world import World

JsonObject = dict[str, Any]

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


def send_message(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """A new message."""
    return send(world, bot, values, shape_text(values))


def send_message_draft(world: World, bot: Bot, values: JsonObject) -> bool:
    """Show a text in a private chat while the message is not ready yet; an empty one says that the bot thinks."""
    text, entities = shape_words(values, "text")
    show_draft(world, bot, values, {"text": text, "entities": entities})
    return True


def send_chat_action(world: World, bot: Bot, values: JsonObject) -> bool:
    """Show that the bot is busy; the events are the only trace of it."""
    if values["action"] not in CHAT_ACTIONS:
        raise Refused("wrong parameter action in request")
    chat = find_chat(world, bot, values["chat_id"], "write")
    shown = {"action": values["action"], "thread": find_thread(chat, bot, values.get("message_thread_id"))}
    world.events.add("chat_action", bot.id, chat=chat.id, user=bot.id, **shown)
    return True


EFFECTS: dict[str, Effect] = {
    "sendMessage": send_message,
    "sendMessageDraft": send_message_draft,
    "sendChatAction": send_chat_action,
}
