"""What each method of the Bot API does to the world; getUpdates, which waits, is in `bot_api`."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

from simulator.chats import Bot, Chat, Message, Webhook
from simulator.schema import specification
from simulator.sending import (
    Refused,
    find_chat,
    find_message,
    find_replied,
    find_writable_chat,
    shape_keyboard,
    shape_text,
)
from simulator.world import World

JsonObject = dict[str, Any]
Effect = Callable[[World, Bot, JsonObject], object]

DELETABLE_FOR = 48 * 60 * 60.0
MOST_COMMANDS = 100
WEBHOOK_CONNECTIONS, MOST_WEBHOOK_CONNECTIONS = 40, 100
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
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def get_me(_world: World, bot: Bot, _values: JsonObject) -> JsonObject:
    """The bot itself."""
    rights = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return bot.user.as_json() | rights


def send_message(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """A new message."""
    text, entities = shape_text(values)
    keyboard = shape_keyboard(values.get("reply_markup"))
    chat = find_writable_chat(world, bot, values["chat_id"])
    replied = find_replied(chat, values.get("reply_parameters"))
    message = world.add_message(chat, bot.user, text, entities)
    message.reply_markup, message.reply_to = keyboard, replied
    world.log_message("message", message, bot.id)
    return message.as_json()


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
    return message.as_json()


def delete_message(world: World, bot: Bot, values: JsonObject) -> bool:
    """Take a message away: the bot's own, or anybody's in a private chat, within 48 hours."""
    message = find_message(world, bot, values, "message to delete not found")
    own = message.sender.id == bot.id or message.chat.type == "private"
    if not own or world.clock.now() - message.date > DELETABLE_FOR:
        raise Refused("message can't be deleted")
    message.deleted = True
    world.log_message("message_deleted", message, bot.id)
    return True


def answer_callback_query(world: World, bot: Bot, values: JsonObject) -> bool:
    """Show the presser a toast or an alert, or just stop the button's waiting."""
    press = world.presses.get(values["callback_query_id"])
    if press is None or press.bot_id != bot.id or not press.is_open(world.clock.now()):
        raise Refused(TOO_OLD)
    answer = {
        "text": values.get("text") or None,
        "show_alert": values.get("show_alert", False),
        "url": values.get("url"),
    }
    press.answers.append({**answer, "at": time.time()})
    world.events.add("toast", bot.id, callback_query_id=press.id, chat=press.chat.id, user=press.user.id, **answer)
    return True


def send_message_draft(world: World, bot: Bot, values: JsonObject) -> bool:
    """Show a text in a private chat while the message is not ready yet; the events are the only trace of it."""
    chat = find_writable_chat(world, bot, values["chat_id"])
    if chat.type != "private":
        raise Refused("chat must be a private chat")
    if not values["draft_id"]:
        raise Refused("draft_id must be non-zero")
    text, _entities = shape_text(values)
    world.events.add("draft", bot.id, chat=chat.id, text=text)
    return True


def send_chat_action(world: World, bot: Bot, values: JsonObject) -> bool:
    """Show that the bot is busy; the log of calls is the only trace of it."""
    if values["action"] not in CHAT_ACTIONS:
        raise Refused("wrong parameter action in request")
    find_writable_chat(world, bot, values["chat_id"])
    return True


def _scope(world: World, bot: Bot, values: JsonObject) -> tuple[str, str]:
    scope: JsonObject = values.get("scope") or {"type": "default"}
    kinds: JsonObject = specification()["types"]
    name = "BotCommandScope" + "".join(part.title() for part in str(scope.get("type")).split("_"))
    if name not in kinds or not scope.get("type"):
        raise Refused("can't parse BotCommandScope: Unsupported type specified")
    for wanted in kinds[name]["fields"]:
        if wanted not in scope:
            raise Refused(f"can't parse BotCommandScope: Can't find field \"{wanted}\"")
    if "chat_id" in scope:
        find_chat(world, bot, scope["chat_id"])
    return json.dumps(scope, sort_keys=True), values.get("language_code", "")


def set_my_commands(world: World, bot: Bot, values: JsonObject) -> bool:
    """The commands for a scope and a language."""
    commands: list[JsonObject] = values["commands"]
    if len(commands) > MOST_COMMANDS:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    if any(not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]) for command in commands):
        raise Refused("BOT_COMMAND_INVALID")
    key = _scope(world, bot, values)
    bot.commands[key] = [
        {"command": command["command"].removeprefix("/"), "description": command["description"]} for command in commands
    ]
    return True


def get_my_commands(world: World, bot: Bot, values: JsonObject) -> list[JsonObject]:
    """The commands of exactly this scope and language."""
    return bot.commands.get(_scope(world, bot, values), [])


def delete_my_commands(world: World, bot: Bot, values: JsonObject) -> bool:
    """Forget the commands of exactly this scope and language."""
    bot.commands.pop(_scope(world, bot, values), None)
    return True


def _set_profile(name: str) -> Effect:
    def effect(_world: World, bot: Bot, values: JsonObject) -> bool:
        bot.profile[(name, values.get("language_code", ""))] = values.get(name, "")
        return True

    return effect


def _get_profile(name: str) -> Effect:
    def effect(_world: World, bot: Bot, values: JsonObject) -> JsonObject:
        default = bot.profile.get((name, ""), bot.user.first_name if name == "name" else "")
        return {name: bot.profile.get((name, values.get("language_code", ""))) or default}

    return effect


def get_chat(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """ChatFullInfo, as far as the simulator knows the chat."""
    chat = find_chat(world, bot, values["chat_id"])
    gifts = dict.fromkeys(specification()["types"]["AcceptedGiftTypes"]["fields"], False)
    return chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def _member(world: World, chat: Chat, user_id: int) -> JsonObject:
    user = world.bots[user_id].user if user_id in world.bots else world.users[user_id]
    member: JsonObject = {"user": user.as_json()}
    if user_id in chat.admins:
        fields: JsonObject = specification()["types"]["ChatMemberAdministrator"]["fields"]
        rights = [name for name, rule in fields.items() if rule["required"] and rule["types"] == ["Boolean"]]
        return member | {"status": "administrator"} | dict.fromkeys(rights, False)
    inside = user_id in chat.members or user_id in chat.bots or chat.id == user_id
    return member | {"status": "member" if inside else "left"}


def get_chat_member(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """ChatMemberAdministrator, ChatMemberMember or ChatMemberLeft."""
    chat = find_chat(world, bot, values["chat_id"])
    if values["user_id"] not in world.users and values["user_id"] not in world.bots:
        raise Refused("PARTICIPANT_ID_INVALID")
    return _member(world, chat, values["user_id"])


def get_chat_administrators(world: World, bot: Bot, values: JsonObject) -> list[JsonObject]:
    """The administrators of a group."""
    chat = find_chat(world, bot, values["chat_id"])
    if chat.type == "private":
        raise Refused("there are no administrators in the private chat")
    return [_member(world, chat, user_id) for user_id in chat.admins]


def get_chat_member_count(world: World, bot: Bot, values: JsonObject) -> int:
    """How many are in the chat, bots included."""
    chat = find_chat(world, bot, values["chat_id"])
    return 2 if chat.type == "private" else len(chat.members) + len(chat.bots)


def set_webhook(_world: World, bot: Bot, values: JsonObject) -> bool:
    """Have updates posted to an address from now on; an empty one is none. Plain HTTP is taken, unlike there."""
    url: str = values["url"]
    if url and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise Refused("bad webhook: invalid webhook URL specified")
    secret = values.get("secret_token", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise Refused("bad webhook: secret token contains unallowed characters")
    if values.get("drop_pending_updates"):
        bot.queue.drop_pending()
    if "allowed_updates" in values:
        bot.queue.allow(values["allowed_updates"])
    most = min(max(values.get("max_connections", WEBHOOK_CONNECTIONS), 1), MOST_WEBHOOK_CONNECTIONS)
    bot.webhook = Webhook(url, secret, most) if url else None
    return True


def delete_webhook(_world: World, bot: Bot, values: JsonObject) -> bool:
    """No webhook any more; what is pending may be dropped."""
    bot.webhook = None
    if values.get("drop_pending_updates"):
        bot.queue.drop_pending()
    return True


def get_webhook_info(_world: World, bot: Bot, _values: JsonObject) -> JsonObject:
    """Where updates are posted, how many are pending, and what went wrong last."""
    info: JsonObject = {"url": "", "has_custom_certificate": False, "pending_update_count": len(bot.queue)}
    if bot.webhook is not None:
        info |= {"url": bot.webhook.url, "max_connections": bot.webhook.max_connections}
        if bot.webhook.last_error is not None:
            at, why = bot.webhook.last_error
            info |= {"last_error_date": int(at), "last_error_message": why}
    return info | ({"allowed_updates": bot.queue.allowed} if bot.queue.allowed else {})


EFFECTS: dict[str, Effect] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "sendMessageDraft": send_message_draft,
    "sendChatAction": send_chat_action,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _set_profile("name"),
    "getMyName": _get_profile("name"),
    "setMyDescription": _set_profile("description"),
    "getMyDescription": _get_profile("description"),
    "setMyShortDescription": _set_profile("short_description"),
    "getMyShortDescription": _get_profile("short_description"),
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}


def chat_of(world: World, values: JsonObject) -> int | None:
    """The chat that a call is about, which a fault may be bound to; an answer to a press has its chat too."""
    chat_id = values.get("chat_id")
    if isinstance(chat_id, int):
        return chat_id
    press = world.presses.get(str(values.get("callback_query_id")))
    return press.chat.id if press is not None else None


def perform(world: World, bot: Bot, method: str, values: JsonObject) -> object:
    """Do what the method does and return its result; Refused where Telegram answers with an error."""
    if method not in EFFECTS:
        raise Refused(f"Not Found: the simulator does not do {method} yet", 404)
    return EFFECTS[method](world, bot, values)
