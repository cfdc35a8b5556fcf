"""What people do: write, press buttons, block a bot, delete a message."""

from typing import Any

from simulator.chats import Bot, Chat, Press, User
from simulator.commands import with_commands, with_mentions
from simulator.files import File, FileKind, mime_type_of, pixels
from simulator.groups import tell_blocked
from simulator.hearing import deliver, react
from simulator.messages import Message
from simulator.polls import Poll, VoteRefused
from simulator.rich import Rich, words
from simulator.world import Unknown, World

JsonObject = dict[str, Any]

PHOTOS = {"image/png", "image/jpeg", "image/gif"}
"""Files of these types are sent as photos, unless the sender says otherwise."""


def say(
    world: World,
    user_id: int,
    text: str,
    chat_id: int | None,
    reply_to: int | None,
    bot_id: int | None,
    thread: int | None = None,
) -> tuple[int | None, Message]:
    """A person writes; returns the id of the update, None where the bot does not get to see the message."""
    user = world.user(user_id)
    if not text.strip():
        raise Unknown("The text is empty, and Telegram has no empty messages.")
    chat, bot = _place(world, user, chat_id, bot_id)
    return _write(world, chat, bot, user, text, None, reply_to, thread)


def send_file(
    world: World,
    user_id: int,
    kind: FileKind,
    name: str,
    content: bytes,
    caption: str,
    chat_id: int | None,
    reply_to: int | None,
    bot_id: int | None,
    thread: int | None = None,
) -> tuple[int | None, Message]:
    """A person sends a file, as `say` does a text."""
    user = world.user(user_id)
    if kind == "photo" and pixels(content) is None:
        raise Unknown("A photo must be a PNG, JPEG or GIF picture: send it as a document.")
    chat, bot = _place(world, user, chat_id, bot_id)
    file = world.add_file(kind, name, mime_type_of(name), content)
    return _write(world, chat, bot, user, caption, file, reply_to, thread)


def _place(world: World, user: User, chat_id: int | None, bot_id: int | None) -> tuple[Chat, Bot]:
    """Where a person writes to, who must be able to."""
    if chat_id is not None and chat_id < 0:
        bot = _any_bot(world, bot_id)
        chat = world.chat(chat_id, bot)
        if chat.migrated_to is not None:
            raise Unknown(f"Chat {chat.id} has become the supergroup {chat.migrated_to}.")
        if user.id not in chat.members:
            raise Unknown(f"User {user.id} is not a member of chat {chat.id}.")
        if not chat.may(user.id, "can_send_messages"):
            raise Unknown(f"User {user.id} may not write in chat {chat.id}.")
        return chat, bot
    if chat_id not in {None, user.id}:
        raise Unknown(f"The private chat {chat_id} belongs to another person than {user.id}.")
    bot = world.bot(bot_id)
    if user.id in bot.blocked_by:
        raise Unknown(f"User {user.id} has blocked the bot: unblock it first.")
    return world.chat(user.id, bot), bot


def _any_bot(world: World, bot_id: int | None) -> Bot:
    return world.bot(bot_id if bot_id is not None else next(iter(world.bots), None))


def _write(
    world: World,
    chat: Chat,
    bot: Bot,
    user: User,
    text: str,
    content: File | None,
    reply_to: int | None,
    thread: int | None,
) -> tuple[int | None, Message]:
    replied = None
    if reply_to is not None:
        replied = chat.messages.get(reply_to)
        if replied is None:
            raise Unknown(f"There is no message {reply_to} in chat {chat.id}.")
    topic = chat.general if thread is None else chat.topics.get(thread)
    if topic is None:
        raise Unknown(f"There is no topic {thread} in chat {chat.id}.")
    if topic.closed and not chat.may(user.id, "can_manage_topics"):
        raise Unknown(f"The topic {topic.name!r} is closed.")
    message = world.add_message(chat, user, text, _entities(text), content)
    message.reply_to, message.thread = replied, thread
    world.log_message("message", message)
    if chat.person is not None:
        bot.met.add(user.id)
    return next(iter(deliver(world, message)), None), message


def _entities(text: str) -> list[JsonObject]:
    return with_mentions(text, with_commands(text, []))


def edit(world: World, user_id: int, chat_id: int | None, message_id: int, text: str, bot_id: int | None) -> int | None:
    """A person changes the words of what they wrote; returns the id of the update."""
    user = world.user(user_id)
    chat, _bot = _place(world, user, chat_id, bot_id)
    message = _message(chat, message_id)
    if message.sender.id != user_id or isinstance(message.content, Poll):
        raise Unknown(f"Message {message_id} is not one that user {user_id} can edit.")
    if not text.strip() and message.content is None:
        raise Unknown("The text is empty, and Telegram has no empty messages.")
    now = world.clock.now()
    message.history.append(message.as_version(until=now))
    message.text, message.entities, message.edit_date = text, _entities(text), now
    world.log_message("message_edited", message)
    return next(iter(deliver(world, message, "edited_message")), None)


def show_feeling(
    world: World, user_id: int, chat_id: int | None, message_id: int, emoji: str | None, bot_id: int | None
) -> None:
    """A person reacts to a message with an emoji, or takes that back."""
    user = world.user(user_id)
    chat, _bot = _place(world, user, chat_id, bot_id)
    react(world, _message(chat, message_id), user, [{"type": "emoji", "emoji": emoji}] if emoji else [])


def _message(chat: Chat, message_id: int) -> Message:
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise Unknown(f"There is no message {message_id} in chat {chat.id}.")
    return message


def press(
    world: World,
    user_id: int,
    chat_id: int | None,
    message_id: int,
    data: str | None,
    button: str | None,
    bot_id: int | None,
) -> tuple[int | None, Press]:
    """A person presses a button, or a forger sends `data` that is on no button at all."""
    user = world.user(user_id)
    place = user_id if chat_id is None else chat_id
    chat = world.chat(place, world.bot(bot_id) if place > 0 else _any_bot(world, bot_id))
    message = chat.messages.get(message_id)
    if data is None:
        if message is None:
            raise Unknown(f"There is no message {message_id} in chat {chat.id}.")
        data = data_of(message, button or "")
    bot = world.bots[message.sender.id] if message and message.sender.is_bot else _owner(world, chat, bot_id)
    pressed = world.add_press(bot, user, chat, message_id, data)
    seen = {"chat": chat.as_json(), "message_id": message_id, "date": 0}
    if message is not None and not message.deleted:
        seen = message.as_json(for_bot=bot.id)
    update_id = bot.queue.put(
        "callback_query",
        {
            "id": pressed.id,
            "from": user.as_json(),
            "message": seen,
            "chat_instance": str(chat.id * 7919),
            "data": data,
        },
    )
    return update_id, pressed


def _owner(world: World, chat: Chat, bot_id: int | None) -> Bot:
    if bot_id is None and chat.id < 0 and len(chat.bots) == 1:
        bot_id = chat.bots[0]
    return world.bot(bot_id)


def data_of(message: Message, text: str) -> str:
    """The callback data of the button with this text, under the message or in it."""
    rows = (message.reply_markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if isinstance(message.content, Rich):
        buttons += message.content.buttons()
    for button in buttons:
        if words(button["text"]) == text:
            if "callback_data" in button:
                return str(button["callback_data"])
            state = "is disabled" if "disabled" in button else "has no callback data"
            raise Unknown(f"The button {text!r} {state}.")
    raise Unknown(f"Message {message.id} has no button {text!r}, only {[words(each['text']) for each in buttons]}.")


def block(world: World, user_id: int, blocked: bool, bot_id: int | None) -> None:
    """A person blocks the bot or lets it in again, and the bot is told."""
    user, bot = world.user(user_id), world.bot(bot_id)
    if blocked == (user_id in bot.blocked_by):
        return
    chat = world.chat(user_id, bot)
    if blocked:
        bot.blocked_by.add(user_id)
        tell_blocked(world, bot, chat, user, blocked=True)
    else:
        bot.blocked_by.discard(user_id)
        tell_blocked(world, bot, chat, user, blocked=False)


def delete(world: World, chat_id: int, message_id: int, bot_id: int | None) -> Message:
    """A person deletes a message; bots are not told, as in Telegram."""
    chat = world.chat(chat_id, world.bot(bot_id) if chat_id > 0 else _any_bot(world, bot_id))
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise Unknown(f"There is no message {message_id} in chat {chat_id}.")
    message.deleted = True
    world.log_message("message_deleted", message)
    return message


def vote(
    world: World,
    user_id: int,
    chat_id: int | None,
    message_id: int,
    option_ids: list[int],
    bot_id: int | None,
    *,
    as_chat: bool = False,
) -> list[int | None]:
    """A person votes in a poll, or retracts the vote by choosing nothing; returns the ids of the bot's updates.

    `as_chat` is how an administrator votes who is anonymous in the group."""
    user = world.user(user_id)
    place = user_id if chat_id is None else chat_id
    chat = world.chat(place, world.bot(bot_id) if place > 0 else _any_bot(world, bot_id))
    message = chat.messages.get(message_id)
    poll = None if message is None or message.deleted else message.content
    if message is None or not isinstance(poll, Poll):
        raise Unknown(f"There is no poll {message_id} in chat {chat.id}.")
    if chat.id < 0 and user_id not in chat.members:
        raise Unknown(f"User {user_id} is not a member of chat {chat.id}.")
    if as_chat and user_id not in chat.admins:
        raise Unknown(f"User {user_id} is no administrator of chat {chat.id}.")
    voter = chat if as_chat else user
    try:
        chosen = poll.vote(voter.id, option_ids)
    except VoteRefused as refused:
        raise Unknown(str(refused)) from None
    return world.tell_of_vote(message, poll, voter, chosen)
