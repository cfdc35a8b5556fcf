"""Which bots hear of a message in a chat: all of it in private, in a group what privacy mode lets them."""

import re
from typing import Any

from simulator.chats import Bot, User
from simulator.entities import by_utf16
from simulator.messages import Message
from simulator.world import World

JsonObject = dict[str, Any]


def deliver(world: World, message: Message, kind: str = "message") -> list[int | None]:
    """Queue the message for every bot that hears it; the ids of the updates, None where a bot does not ask for them."""
    return [bot.queue.put(kind, message.as_json(for_bot=bot.id)) for bot in _hearers(world, message)]


def _hearers(world: World, message: Message) -> list[Bot]:
    return [world.bots[bot_id] for bot_id in message.chat.bots if hears(world.bots[bot_id], message)]


def hears(bot: Bot, message: Message) -> bool:
    """Whether a bot that is in the chat gets to see the message."""
    if message.chat.person is not None or message.is_service:
        return True
    if message.sender.is_bot:
        return False
    if not bot.is_private or message.chat.member(bot.id).is_administrator:
        return True
    if message.reply_to is not None and message.reply_to.sender.id == bot.id:
        return True
    return _is_command(bot, message) or _is_mentioned(bot, message)


def _is_command(bot: Bot, message: Message) -> bool:
    command = re.match(r"/[A-Za-z0-9_]+(?:@(\w+))?", message.text)
    if command is None:
        return False
    addressed_to: str | None = command.group(1)
    return addressed_to is None or _is_name(bot, addressed_to)


def _is_mentioned(bot: Bot, message: Message) -> bool:
    mentions = [entity for entity in message.entities if entity["type"] == "mention"]
    return any(_is_name(bot, by_utf16(message.text, each["offset"] + 1, each["length"] - 1)) for each in mentions)


def _is_name(bot: Bot, name: str) -> bool:
    return name.lower() == (bot.user.username or "").lower()


def react(world: World, message: Message, by: User, reactions: list[JsonObject]) -> None:
    """Somebody shows what they feel about a message; bots that run the group hear of it, and the bot in private."""
    chat, old = message.chat, message.reactions.get(by.id, [])
    if reactions:
        message.reactions[by.id] = reactions
    else:
        message.reactions.pop(by.id, None)
    world.log_message("reaction", message, by.id if by.is_bot else None)
    update: JsonObject = {
        "chat": chat.as_json(),
        "message_id": message.id,
        "user": by.as_json(),
        "date": int(world.clock.now()),
        "old_reaction": old,
        "new_reaction": reactions,
    }
    for bot_id in chat.bots:
        if not by.is_bot and (chat.person is not None or chat.member(bot_id).is_administrator):
            world.bots[bot_id].queue.put("message_reaction", update)
