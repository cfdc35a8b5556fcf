"""What a bot can ask about chats and who is in them, and what it can change there."""

from typing import Any

from simulator.chats import Bot, Chat
from simulator.groups import post_service, set_member
from simulator.members import permissions
from simulator.messages import Service
from simulator.schema import specification
from simulator.sending import Effect, Refused, check_right, find_chat, find_message
from simulator.world import World

JsonObject = dict[str, Any]

NO_PINNING = "Not enough rights to manage pinned messages in the chat"


def get_chat(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """ChatFullInfo, as far as the simulator knows the chat."""
    chat = find_chat(world, bot, values["chat_id"])
    gifts = dict.fromkeys(specification()["types"]["AcceptedGiftTypes"]["fields"], False)
    info = chat.as_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if chat.person is None:
        info["permissions"] = {name: name in chat.allowed for name in permissions()}
    if chat.pinned:
        info["pinned_message"] = chat.messages[chat.pinned[-1]].as_json(for_bot=bot.id)
    return info


def _member(world: World, chat: Chat, user_id: int) -> JsonObject:
    user = world.anybody(user_id).as_json()
    if chat.person is not None:
        return {"user": user, "status": "member" if user_id in {chat.id, chat.bot} else "left"}
    return chat.member(user_id).as_json(user)


def get_chat_member(world: World, bot: Bot, values: JsonObject) -> JsonObject:
    """ChatMember, whatever they are or were."""
    chat = find_chat(world, bot, values["chat_id"], "read" if values["user_id"] == bot.id else "members")
    if values["user_id"] not in world.users and values["user_id"] not in world.bots:
        raise Refused("PARTICIPANT_ID_INVALID")
    return _member(world, chat, values["user_id"])


def get_chat_administrators(world: World, bot: Bot, values: JsonObject) -> list[JsonObject]:
    """The administrators of a group; of bots only this one, unless it asks for all."""
    chat = find_chat(world, bot, values["chat_id"], "members")
    if chat.type == "private":
        raise Refused("there are no administrators in the private chat")
    others = values.get("return_bots", False)
    told = [user_id for user_id in chat.admins if others or user_id == bot.id or user_id not in world.bots]
    return [_member(world, chat, user_id) for user_id in told]


def get_chat_member_count(world: World, bot: Bot, values: JsonObject) -> int:
    """How many are in the chat, bots included."""
    chat = find_chat(world, bot, values["chat_id"], "members")
    return 2 if chat.type == "private" else len(chat.members) + len(chat.bots)


def leave_chat(world: World, bot: Bot, values: JsonObject) -> bool:
    """Go out of a group."""
    chat = find_chat(world, bot, values["chat_id"])
    if chat.type == "private":
        raise Refused("Can't leave private chats")
    if chat.member(bot.id).is_inside:
        set_member(world, chat, bot.user, "left", bot.user)
    return True


def set_chat_title(world: World, bot: Bot, values: JsonObject) -> bool:
    """Another name for a group."""
    chat = find_chat(world, bot, values["chat_id"], "write")
    if chat.type == "private":
        raise Refused("Can't change private chat title")
    check_right(chat, bot, "can_change_info", "Not enough rights to change chat title")
    chat.title = values["title"]
    post_service(world, chat, bot.user, Service("new_chat_title", chat.title))
    return True


def set_chat_permissions(world: World, bot: Bot, values: JsonObject) -> bool:
    """What ordinary members of a group may do from now on."""
    chat = find_chat(world, bot, values["chat_id"], "write")
    if chat.type == "private":
        raise Refused("Can't change private chat permissions")
    check_right(chat, bot, "can_restrict_members", "Not enough rights to change chat permissions")
    chat.allowed = frozenset(name for name, permitted in values["permissions"].items() if permitted)
    return True


def pin_chat_message(world: World, bot: Bot, values: JsonObject) -> bool:
    """Put a message above the chat; the chat says so."""
    message = find_message(world, bot, values, "message to pin not found", "write")
    chat = message.chat
    check_right(chat, bot, "can_pin_messages", NO_PINNING)
    if message.is_service:
        raise Refused("Message can't be pinned")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        pinned = message.as_json(with_reply=False, for_bot=bot.id)
        post_service(world, chat, bot.user, Service("pinned_message", pinned))
    return True


def unpin_chat_message(world: World, bot: Bot, values: JsonObject) -> bool:
    """Take a pinned message down: the newest one unless another is named."""
    chat = find_chat(world, bot, values["chat_id"], "write")
    check_right(chat, bot, "can_pin_messages", NO_PINNING)
    if "message_id" not in values:
        if not chat.pinned:
            raise Refused("message to unpin not found")
        chat.pinned.pop()
    elif find_message(world, bot, values, "message to unpin not found").id in chat.pinned:
        chat.pinned.remove(values["message_id"])
    return True


def unpin_all_chat_messages(world: World, bot: Bot, values: JsonObject) -> bool:
    """Take all pinned messages down."""
    chat = find_chat(world, bot, values["chat_id"], "write")
    check_right(chat, bot, "can_pin_messages", NO_PINNING)
    chat.pinned.clear()
    return True


EFFECTS: dict[str, Effect] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "setChatTitle": set_chat_title,
    "setChatPermissions": set_chat_permissions,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
