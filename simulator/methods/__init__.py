"""What each method of the Bot API does to the world, by subject; getUpdates, which waits, is in `bot_api`."""

from typing import Any

from simulator.chats import Bot
from simulator.methods import (
    chats,
    copies,
    edits,
    files,
    members,
    messages,
    polls,
    presses,
    profile,
    receiving,
    rich,
    topics,
)
from simulator.sending import Effect, Refused
from simulator.world import World

JsonObject = dict[str, Any]

EFFECTS: dict[str, Effect] = {
    **profile.EFFECTS,
    **messages.EFFECTS,
    **rich.EFFECTS,
    **edits.EFFECTS,
    **polls.EFFECTS,
    **files.EFFECTS,
    **presses.EFFECTS,
    **copies.EFFECTS,
    **chats.EFFECTS,
    **members.EFFECTS,
    **topics.EFFECTS,
    **receiving.EFFECTS,
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
