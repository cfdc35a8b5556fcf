"""Messages forwarded and copied from one chat to another, and reactions to them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simulator.chats import Bot
from simulator.hearing import react
from simulator.messages import Content, Message
from simulator.polls import Poll
from simulator.sending import Effect, Refused, Words, find_chat, find_message, send, shape_caption
from simulator.world import World

JsonObject = dict[str, Any]
Pass = Callable[[World, Bot, JsonObject, Message], JsonObject]
"""Sends what a message holds to the chat that the parameters name."""

MOST_AT_ONCE = 100


def _forward(world: World, bot: Bot, values: JsonObject, message: Message) -> JsonObject:
    if message.is_service:
        raise Refused("message can't be forwarded")
    origin = message.origin or {
        "type": "user",
        "sender_user": message.sender.as_json(),
        "date": int(message.date),
    }
    return send(world, bot, values, (message.text, message.entities), message.content, origin=origin)


def _copy(world: World, bot: Bot, values: JsonObject, message: Message) -> JsonObject:
    if message.is_service:
        raise Refused("message can't be copied")
    content: Content = message.content
    words: Words = message.text, message.entities
    if isinstance(content, Poll):
        if content.is_quiz and message.sender.id != bot.id and not content.is_closed:
            raise Refused("message can't be copied")  # its key is not the bot's to know
        content = replace(content, id=world.new_poll_id(), votes={}, is_closed=False, close_date=None, open_period=None)
    elif content is not None and "caption" in values:
        words = shape_caption(values)
    elif content is not None and values.get("remove_caption"):
        words = "", []
    return {"message_id": send(world, bot, values, words, content)["message_id"]}


def _one(act: Pass, name: str) -> Effect:
    def effect(world: World, bot: Bot, values: JsonObject) -> JsonObject:
        which = {"chat_id": values["from_chat_id"], "message_id": values["message_id"]}
        return act(world, bot, values, find_message(world, bot, which, f"message to {name} not found", "read"))

    return effect


def _many(act: Pass) -> Effect:
    def effect(world: World, bot: Bot, values: JsonObject) -> list[JsonObject]:
        message_ids: list[int] = values["message_ids"]
        if not message_ids:
            raise Refused("Message identifiers are not specified")
        if len(message_ids) > MOST_AT_ONCE:
            raise Refused("Too many message identifiers specified")
        chat = find_chat(world, bot, values["from_chat_id"])
        there = [message for each in message_ids if (message := chat.messages.get(each)) and not message.deleted]
        passed = [act(world, bot, values, message) for message in there if not message.is_service]
        return [{"message_id": each["message_id"]} for each in passed]

    return effect


def set_message_reaction(world: World, bot: Bot, values: JsonObject) -> bool:
    """What the bot feels about a message: at most one thing, or nothing any more."""
    message = find_message(world, bot, values, "message to react not found", "read")
    reactions: list[JsonObject] = values.get("reaction", [])
    if len(reactions) > 1:
        raise Refused("REACTIONS_TOO_MANY")
    react(world, message, bot.user, reactions)
    return True


EFFECTS: dict[str, Effect] = {
    "forwardMessage": _one(_forward, "forward"),
    "forwardMessages": _many(_forward),
    "copyMessage": _one(_copy, "copy"),
    "copyMessages": _many(_copy),
    "setMessageReaction": set_message_reaction,
}
