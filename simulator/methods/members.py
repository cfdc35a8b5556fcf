"""What a bot does to members of a group: promotes, restricts, bans and lets in again."""

from typing import Any

from simulator.chats import Bot, Chat, User
from simulator.groups import set_member
from simulator.members import Status, administrator_rights
from simulator.sending import Effect, Refused, check_right, find_chat
from simulator.world import World

JsonObject = dict[str, Any]

NO_RESTRICTING = "Not enough rights to restrict/unrestrict chat member"


def _find(world: World, bot: Bot, values: JsonObject, right: str, refusal: str) -> tuple[Chat, User]:
    """The group and the member that a call is about, if the bot may change what they are."""
    chat = find_chat(world, bot, values["chat_id"], "write")
    user_id: int = values["user_id"]
    if user_id not in world.users and user_id not in world.bots:
        raise Refused("PARTICIPANT_ID_INVALID")
    if chat.type == "private":
        raise Refused("Can't ban members in private chats")
    if chat.member(user_id).status == "creator":
        raise Refused("Can't remove chat owner")
    check_right(chat, bot, right, refusal)
    return chat, world.anybody(user_id)


def _set(world: World, bot: Bot, chat: Chat, user: User, status: Status, values: JsonObject, can: list[str]) -> bool:
    set_member(world, chat, user, status, bot.user, can=can, until=values.get("until_date", 0))
    return True


def ban_chat_member(world: World, bot: Bot, values: JsonObject) -> bool:
    """Put somebody out, for ever or until a date."""
    chat, user = _find(world, bot, values, "can_restrict_members", NO_RESTRICTING)
    if user.id == bot.id:
        raise Refused("Can't restrict self")
    if chat.member(user.id).is_administrator:
        raise Refused("user is an administrator of the chat")
    return _set(world, bot, chat, user, "kicked", values, [])


def unban_chat_member(world: World, bot: Bot, values: JsonObject) -> bool:
    """Let somebody come back; who is inside is put out by it, unless it is for the banned only."""
    chat, user = _find(world, bot, values, "can_restrict_members", NO_RESTRICTING)
    if chat.type != "supergroup":
        raise Refused("method is available for supergroup and channel chats only")
    if values.get("only_if_banned") and chat.member(user.id).status != "kicked":
        return True
    return _set(world, bot, chat, user, "left", {}, [])


def restrict_chat_member(world: World, bot: Bot, values: JsonObject) -> bool:
    """Leave somebody only these permissions; all of them make an ordinary member again."""
    chat, user = _find(world, bot, values, "can_restrict_members", NO_RESTRICTING)
    if chat.type != "supergroup":
        raise Refused("method is available only for supergroups")
    if user.id == bot.id:
        raise Refused("Can't restrict self")
    if chat.member(user.id).is_administrator:
        raise Refused("user is an administrator of the chat")
    left = [name for name, permitted in values["permissions"].items() if permitted]
    inside = chat.member(user.id).is_inside
    status: Status = "member" if inside and chat.allowed <= set(left) else "restricted"
    return _set(world, bot, chat, user, status, values, left if status == "restricted" else [])


def promote_chat_member(world: World, bot: Bot, values: JsonObject) -> bool:
    """Make somebody an administrator with these rights; none of them make an ordinary member again."""
    chat, user = _find(world, bot, values, "can_promote_members", "Not enough rights")
    if chat.type != "supergroup":
        raise Refused("method is available for supergroup and channel chats only")
    rights = [name for name in administrator_rights() if values.get(name)]
    if user.id == bot.id and rights:
        raise Refused("Can't promote self")
    if not chat.member(user.id).is_inside:
        raise Refused("USER_NOT_PARTICIPANT")
    return _set(world, bot, chat, user, "administrator" if rights else "member", {}, rights)


EFFECTS: dict[str, Effect] = {
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "restrictChatMember": restrict_chat_member,
    "promoteChatMember": promote_chat_member,
}
