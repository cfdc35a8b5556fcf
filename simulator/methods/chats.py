"""What a bot can ask about chats and who is in them."""

from typing import Any

from simulator.chats import Bot, Chat
from simulator.schema import specification
from simulator.sending import Effect, Refused, find_chat
from simulator.world import World

JsonObject = dict[str, Any]


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


EFFECTS: dict[str, Effect] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
}
