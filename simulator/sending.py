"""Putting a bot's message into shape: the chat it may write to, its text, its keyboard."""

from collections.abc import Callable
from typing import Any, Literal

from simulator.chats import Bot, Chat
from simulator.commands import with_commands
from simulator.entities import CannotParse, trim
from simulator.files import File
from simulator.messages import Content, Message
from simulator.parse_modes import PARSE_MODES
from simulator.polls import Poll
from simulator.rich import Rich, words
from simulator.world import World

JsonObject = dict[str, Any]
Words = tuple[str, list[JsonObject]]
"""A text and its entities."""
Effect = Callable[[World, Bot, JsonObject], object]
"""What a method does with the parameters of one call."""

Access = Literal["read", "members", "edit", "write"]
"""What a method needs of a chat: to know it, to know who is in it, to change what is there, to write."""

MOST_BUTTONS = 100
# Every action that makes a text into a button; exactly one is needed.
BUTTON_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
}
STYLES = {"danger", "primary", "success"}


class Refused(Exception):
    """A call that Telegram answers with an error: its code and text as Telegram words them."""

    def __init__(
        self, description: str, code: int = 400, retry_after: int | None = None, migrated_to: int | None = None
    ) -> None:
        if code == 400 and not description.startswith("Bad Request"):
            # Telegram's server writes its reasons in lower case, but not those that are names in capitals.
            is_name = len(description) > 1 and (description[1] == "_" or description[1].isupper())
            description = f"Bad Request: {description if is_name else description[:1].lower() + description[1:]}"
        super().__init__(description)
        self.description = description
        self.code = code
        self.retry_after = retry_after
        self.migrated_to = migrated_to

    def as_json(self) -> JsonObject:
        """The body of Telegram's answer."""
        answer: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        if self.migrated_to is not None:
            answer["parameters"] = {"migrate_to_chat_id": self.migrated_to}
        return answer


def find_chat(world: World, bot: Bot, chat_id: int | str, access: Access = "read") -> Chat:
    """The chat that the bot means, if it may do so much there."""
    chat = _chat_of(world, bot, chat_id)
    if chat.type == "private":
        if access == "write":
            _check_writable(bot, chat)
        return chat
    if chat.migrated_to is not None and access != "read":
        raise Refused("group chat was upgraded to a supergroup chat", migrated_to=chat.migrated_to)
    member = chat.member(bot.id)
    if not member.is_inside and (chat.type == "supergroup" or access in {"edit", "write"}):
        state = "was kicked from" if member.status == "kicked" else "is not a member of"
        raise Refused(f"Forbidden: bot {state} the {chat.type} chat", 403)
    return chat


def _chat_of(world: World, bot: Bot, chat_id: int | str) -> Chat:
    if isinstance(chat_id, str) and not chat_id.removeprefix("-").isdigit():
        named = (group for group in world.groups.values() if f"@{group.title}" == chat_id)
        chat = next(named, None)
        if chat is None:
            raise Refused("chat not found")
        return chat
    number = int(chat_id)
    known = number in world.groups or number in world.users
    if not known:
        raise Refused("chat not found")
    return world.chat(number, bot)


def _check_writable(bot: Bot, chat: Chat) -> None:
    if chat.id in bot.blocked_by:
        raise Refused("Forbidden: bot was blocked by the user", 403)
    if chat.id not in bot.met:
        raise Refused("Forbidden: bot can't initiate conversation with a user", 403)


def check_right(chat: Chat, bot: Bot, right: str, refusal: str) -> None:
    """Refuse what the bot has no right to do in this chat."""
    if not chat.may(bot.id, right):
        raise Refused(refusal)


def find_message(world: World, bot: Bot, values: JsonObject, missing: str, access: Access = "edit") -> Message:
    """The message that a call means; `missing` is what Telegram says when it is not there."""
    if "chat_id" not in values or "message_id" not in values:
        if "inline_message_id" in values:
            raise Refused("MESSAGE_ID_INVALID")
        raise Refused("chat_id is empty" if "chat_id" not in values else "message identifier is not specified")
    chat = find_chat(world, bot, values["chat_id"], access)
    message = chat.messages.get(values["message_id"])
    if message is None or message.deleted:
        raise Refused(missing)
    return message


def send(
    world: World,
    bot: Bot,
    values: JsonObject,
    words: Words,
    content: Content = None,
    *,
    album: str | None = None,
    origin: JsonObject | None = None,
) -> JsonObject:
    """Put a bot's new message into the chat it names; returns Telegram's Message."""
    keyboard = shape_keyboard(values.get("reply_markup"))
    chat = find_chat(world, bot, values["chat_id"], "write")
    _check_may_send(chat, bot, content)
    thread = find_thread(chat, bot, values.get("message_thread_id"))
    replied = find_replied(chat, values.get("reply_parameters"))
    message = world.add_message(chat, bot.user, *words, content)
    message.reply_markup, message.reply_to, message.thread = keyboard, replied, thread
    message.album, message.origin = album, origin
    world.log_message("message", message, bot.id)
    return message.as_json(for_bot=bot.id)


def _check_may_send(chat: Chat, bot: Bot, content: Content) -> None:
    match content:
        case Poll():
            right, words = "can_send_polls", "polls"
        case File(kind="photo"):
            right, words = "can_send_photos", "photos"
        case File():
            right, words = "can_send_documents", "documents"
        case Rich():
            right, words = "can_send_messages", "the rich message"
        case _:
            right, words = "can_send_messages", "text messages"
    check_right(chat, bot, right, f"Not enough rights to send {words} to the chat")


def find_thread(chat: Chat, bot: Bot, thread: int | None) -> int | None:
    """The topic that a message goes to, None for the General one; a group that is no forum takes no notice of it."""
    if chat.type != "private" and not chat.is_forum:
        return None
    topic = chat.general if thread is None else chat.topics.get(thread)
    if topic is None:
        raise Refused("message thread not found")
    if topic.closed and not chat.may(bot.id, "can_manage_topics"):
        raise Refused("TOPIC_CLOSED")
    return thread


def shape_text(values: JsonObject) -> Words:
    """The text of a message and its entities."""
    text, entities = shape_words(values, "text")
    if not text:
        raise Refused("message text is empty")
    return text, entities


def shape_caption(values: JsonObject) -> Words:
    """The caption of a file and its entities; it may be empty."""
    return shape_words(values, "caption", entities="caption_entities")


def shape_words(values: JsonObject, name: str, mode: str = "parse_mode", entities: str = "entities") -> Words:
    """The text in the field `name`, perhaps empty, and its entities, after the parse mode is applied."""
    text: str = values.get(name, "")
    how: str = values.get(mode, "")
    found: list[JsonObject] = values.get(entities, [])
    if how.lower() in PARSE_MODES:
        try:
            text, found = PARSE_MODES[how.lower()](text)
        except CannotParse as wrong:
            raise Refused(f"can't parse entities: {wrong}") from None
    elif how:
        raise Refused("unsupported parse_mode")
    text, found = trim(text, found)
    return text, with_commands(text, found)


def shape_keyboard(markup: JsonObject | None) -> JsonObject | None:
    """The keyboard of a message, after the checks that the specification as data does not express."""
    if not markup:
        return None
    for row in markup.get("keyboard", []):
        for button in row:
            # A plain text is a button too.
            _check_style({} if isinstance(button, str) else button, STYLES)
    if "inline_keyboard" not in markup:
        return markup
    rows = [row for row in markup["inline_keyboard"] if row]
    for row in rows:
        for button in row:
            check_button(button)
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise Refused("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def check_button(button: JsonObject, *, in_text: bool = False) -> None:
    """Refuse a button under a message, or in the text of a rich one, that Telegram would not take."""
    actions = BUTTON_ACTIONS & button.keys()
    if not words(button["text"]).strip():
        raise Refused("BUTTON_TEXT_INVALID")
    if not actions:
        raise Refused("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise Refused("can't parse inline keyboard button: exactly one action must be given")
    url = button.get("url")
    if url is not None and (("." not in url and ":" not in url) or " " in url):
        raise Refused(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    _check_style(button, {*STYLES, "link"} if in_text else STYLES)


def _check_style(button: JsonObject, styles: set[str]) -> None:
    if button.get("style", "primary") not in styles:
        raise Refused(f"the style of a button is one of {', '.join(sorted(styles))}, not {button['style']}")


def find_replied(chat: Chat, parameters: JsonObject | None) -> Message | None:
    """The message that a new one replies to."""
    if not parameters or "message_id" not in parameters:
        return None
    message = chat.messages.get(parameters["message_id"])
    if message is None or message.deleted:
        if parameters.get("allow_sending_without_reply"):
            return None
        raise Refused("message to be replied not found")
    return message
