"""Groups: made, joined, left, run, made into supergroups and divided into topics; bots hear of it all."""

from dataclasses import replace
from typing import Any

from simulator.chats import Bot, Chat, Topic, User
from simulator.hearing import deliver
from simulator.members import Member, Status, member_of
from simulator.messages import Message, Service
from simulator.world import Unknown, World

JsonObject = dict[str, Any]

# A ban that would end sooner, or later, is for ever.
SHORTEST_BAN, LONGEST_BAN = 30, 366 * 24 * 60 * 60


def make_group(
    world: World,
    kind: str,
    title: str,
    members: list[int],
    admins: list[int],
    bots: list[int] | None,
    *,
    owner: int | None = None,
    is_forum: bool = False,
) -> Chat:
    """A new group with these people and bots (the only bot if none is named); each bot hears that it was added."""
    if is_forum and kind != "supergroup":
        raise Unknown("Only a supergroup can be a forum.")
    owners = [] if owner is None else [owner]
    people = [world.user(user_id).id for user_id in dict.fromkeys([*members, *admins, *owners])]
    invited = [world.bot(bot_id) for bot_id in bots] if bots is not None else [world.bot(None)]
    chat = world.add_group(Chat(world.new_group_id(kind), kind, title, is_forum=is_forum))
    for user_id in people:
        status = "creator" if user_id == owner else "administrator" if user_id in admins else "member"
        chat.people[user_id] = member_of(status)
    added_by = world.users[people[0]] if people else None
    for bot in invited:
        chat.people[bot.id] = member_of("member", is_bot=True)
        if added_by is not None:
            _tell(bot, "my_chat_member", world, chat, added_by, bot.user, Member("left"), chat.people[bot.id])
    return chat


def tell_blocked(world: World, bot: Bot, chat: Chat, by: User, *, blocked: bool) -> None:
    """Tell the bot that a person blocked it or let it in again."""
    states = Member("member"), Member("kicked")
    old, new = states if blocked else states[::-1]
    _tell(bot, "my_chat_member", world, chat, by, bot.user, old, new)


def set_member(
    world: World,
    chat: Chat,
    user: User,
    status: Status,
    by: User,
    *,
    can: list[str] | None = None,
    until: int = 0,
) -> None:
    """Make somebody a member, an administrator, an outsider …: bots and the chat are told as Telegram tells them."""
    old = chat.member(user.id)
    lasts = until - world.clock.now()
    new = member_of(status, is_bot=user.is_bot, can=can, until=until if SHORTEST_BAN <= lasts <= LONGEST_BAN else 0)
    if status == "restricted":
        new = replace(new, stays=old.is_inside)
    if new == old:
        return
    ears = {bot_id for bot_id in chat.bots if chat.member(bot_id).is_administrator}
    chat.people[user.id] = new
    if user.id in world.bots:
        _tell(world.bots[user.id], "my_chat_member", world, chat, by, user, old, new)
    ears |= {bot_id for bot_id in chat.bots if chat.member(bot_id).is_administrator}
    for bot_id in sorted(ears - {user.id}):
        _tell(world.bots[bot_id], "chat_member", world, chat, by, user, old, new)
    if new.is_inside and not old.is_inside:
        post_service(world, chat, by, Service("new_chat_members", [user.as_json()]))
    elif old.is_inside and not new.is_inside:
        post_service(world, chat, by, Service("left_chat_member", user.as_json()), also=user.id)
    if new.until:
        world.clock.at(new.until, lambda: _let_in_again(world, chat, user, new))


def _let_in_again(world: World, chat: Chat, user: User, restricted: Member) -> None:
    """When its time is over a ban ends, and a restriction with it; nobody is told."""
    if chat.member(user.id) == restricted and world.groups.get(chat.id) is chat:
        chat.people[user.id] = replace(restricted, status="member" if restricted.is_inside else "left", until=0)


def _tell(bot: Bot, kind: str, world: World, chat: Chat, by: User, user: User, old: Member, new: Member) -> None:
    bot.queue.put(
        kind,
        {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": int(world.clock.now()),
            "old_chat_member": old.as_json(user.as_json()),
            "new_chat_member": new.as_json(user.as_json()),
        },
    )


def post_service(world: World, chat: Chat, by: User, service: Service, *, also: int | None = None) -> Message:
    """Let the chat say what happened; every bot in it hears that, and the bot `also`, which it has just lost."""
    return _post(world, world.add_message(chat, by, "", [], service), also)


def _post(world: World, message: Message, also: int | None = None) -> Message:
    world.log_message("message", message, message.sender.id if message.sender.is_bot else None)
    deliver(world, message)
    if also in world.bots:
        world.bots[also].queue.put("message", message.as_json(for_bot=also))
    return message


def migrate(world: World, chat: Chat, by: User) -> Chat:
    """Make a supergroup of a group: the same people under a new id, and no word of what was said before."""
    if chat.type != "group" or chat.migrated_to is not None:
        raise Unknown(f"Chat {chat.id} is no group that could become a supergroup.")
    new = world.add_group(Chat(world.new_group_id("supergroup"), "supergroup", chat.title, people=dict(chat.people)))
    new.allowed = chat.allowed
    post_service(world, chat, by, Service("migrate_to_chat_id", new.id))
    chat.migrated_to = new.id
    post_service(world, new, by, Service("migrate_from_chat_id", chat.id))
    return new


def make_topic(world: World, chat: Chat, by: User, name: str, icon: JsonObject) -> Topic:
    """A new topic of a forum; it has the number of the message that tells of it."""
    message = world.add_message(chat, by, "", [], Service("forum_topic_created", {"name": name, **icon}))
    message.thread = message.id
    custom = icon.get("icon_custom_emoji_id")
    topic = Topic(message.id, name, icon["icon_color"], by.id, icon_custom_emoji_id=custom)
    chat.topics[topic.thread] = topic
    _post(world, message)
    return topic


def change_topic(world: World, chat: Chat, by: User, topic: Topic, changes: JsonObject) -> None:
    """Another name or icon for a topic."""
    topic.name = changes.get("name", topic.name)
    topic.icon_custom_emoji_id = changes.get("icon_custom_emoji_id", topic.icon_custom_emoji_id) or None
    _post_in(world, chat, by, topic, Service("forum_topic_edited", changes))


def close_topic(world: World, chat: Chat, by: User, topic: Topic, *, closed: bool) -> None:
    """Let nobody write in a topic any more but those who run topics; or let everybody again."""
    topic.closed = closed
    _post_in(world, chat, by, topic, Service(f"forum_topic_{'closed' if closed else 'reopened'}", {}))


def _post_in(world: World, chat: Chat, by: User, topic: Topic, service: Service) -> None:
    message = world.add_message(chat, by, "", [], service)
    message.thread = None if topic is chat.general else topic.thread
    _post(world, message)
