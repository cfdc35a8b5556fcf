"""Topics of a forum: made, renamed, closed, opened and taken away by a bot."""

from typing import Any

from simulator.chats import TOPIC_COLOUR, Bot, Chat, Topic
from simulator.groups import change_topic, close_topic, make_topic
from simulator.sending import Effect, Refused, check_right, find_chat
from simulator.world import World

JsonObject = dict[str, Any]

COLOURS = {TOPIC_COLOUR, 16766590, 13338331, 9367192, 16749490, 16478047}


def _forum(world: World, bot: Bot, values: JsonObject) -> Chat:
    chat = find_chat(world, bot, values["chat_id"], "write")
    if not chat.is_forum:
        raise Refused("The chat is not a forum")
    return chat


def _topic(world: World, bot: Bot, values: JsonObject, refusal: str) -> tuple[Chat, Topic]:
    """The topic that a call is about, if the bot made it or may run topics."""
    chat = _forum(world, bot, values)
    topic = chat.topics.get(values["message_thread_id"])
    if topic is None:
        raise Refused("TOPIC_ID_INVALID")
    if topic.creator != bot.id:
        check_right(chat, bot, "can_manage_topics", refusal)
    return chat, topic


def create_forum_topic(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """A new topic; its thread is the number to write there with."""
    chat = _forum(world, bot, values)
    check_right(chat, bot, "can_manage_topics", "Not enough rights to create a topic")
    colour = values.get("icon_color", TOPIC_COLOUR)
    if colour not in COLOURS:
        raise Refused("Invalid icon color specified")
    icon: JsonObject = {"icon_color": colour}
    if values.get("icon_custom_emoji_id"):
        icon["icon_custom_emoji_id"] = values["icon_custom_emoji_id"]
    topic = make_topic(world, chat, bot.user, values["name"], icon)
    return {"message_thread_id": topic.thread, "name": topic.name, **icon}


def edit_forum_topic(world: World, bot: Bot, values: JsonObject) -> bool:
    """Another name or icon for a topic."""
    chat, topic = _topic(world, bot, values, "Not enough rights to edit the topic")
    changes = {name: values[name] for name in ("name", "icon_custom_emoji_id") if name in values}
    if not changes.get("name", topic.name):
        del changes["name"]  # an empty name leaves the old one
    if all(getattr(topic, name) == value for name, value in changes.items()):
        raise Refused("TOPIC_NOT_MODIFIED")
    change_topic(world, chat, bot.user, topic, changes)
    return True


def _close(*, closed: bool) -> Effect:
    def effect(world: World, bot: Bot, values: JsonObject) -> bool:
        chat, topic = _topic(world, bot, values, "Not enough rights to close or open the topic")
        return _set_closed(world, bot, chat, topic, closed=closed)

    return effect


def _close_general(*, closed: bool) -> Effect:
    def effect(world: World, bot: Bot, values: JsonObject) -> bool:
        chat = _forum(world, bot, values)
        check_right(chat, bot, "can_manage_topics", "Not enough rights to close or open the topic")
        return _set_closed(world, bot, chat, chat.general, closed=closed)

    return effect


def _set_closed(world: World, bot: Bot, chat: Chat, topic: Topic, *, closed: bool) -> bool:
    if topic.closed == closed:
        raise Refused("TOPIC_NOT_MODIFIED")
    close_topic(world, chat, bot.user, topic, closed=closed)
    return True


def edit_general_forum_topic(world: World, bot: Bot, values: JsonObject) -> bool:
    """Another name for the General topic."""
    chat = _forum(world, bot, values)
    check_right(chat, bot, "can_manage_topics", "Not enough rights to edit the topic")
    if chat.general.name == values["name"]:
        raise Refused("TOPIC_NOT_MODIFIED")
    change_topic(world, chat, bot.user, chat.general, {"name": values["name"]})
    return True


def delete_forum_topic(world: World, bot: Bot, values: JsonObject) -> bool:
    """Take a topic away with all its messages."""
    chat, topic = _topic(world, bot, values, "Not enough rights to delete the topic")
    check_right(chat, bot, "can_delete_messages", "Not enough rights to delete the topic")
    del chat.topics[topic.thread]
    for message in chat.messages.values():
        if message.thread == topic.thread and not message.deleted:
            message.deleted = True
            world.log_message("message_deleted", message, bot.id)
    return True


EFFECTS: dict[str, Effect] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": _close(closed=True),
    "reopenForumTopic": _close(closed=False),
    "deleteForumTopic": delete_forum_topic,
    "editGeneralForumTopic": edit_general_forum_topic,
    "closeGeneralForumTopic": _close_general(closed=True),
    "reopenGeneralForumTopic": _close_general(closed=False),
}
