"""People, bots, their chats and presses of buttons, and how Telegram and the control API show them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.members import Member, usual_permissions
from simulator.updates import UpdateQueue

if TYPE_CHECKING:
    from simulator.messages import Message

JsonObject = dict[str, Any]

# Telegram promises no number; clients give up after about half a minute.
ANSWER_WINDOW = 30.0
OUTSIDER = Member("left")
TOPIC_COLOUR = 7322096
DEFAULT_SCOPE = '{"type": "default"}'


@dataclass
class User:
    """A person, or a bot as others see it."""

    id: int
    first_name: str
    is_bot: bool = False
    username: str | None = None
    language_code: str | None = None

    def as_json(self) -> JsonObject:
        """Telegram's User."""
        user: JsonObject = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return user | given(username=self.username, language_code=self.language_code)


@dataclass
class Webhook:
    """Where a bot wants its updates posted, and what went wrong there last: when, and what."""

    url: str
    secret_token: str
    max_connections: int
    has_certificate: bool = False
    last_error: tuple[float, str] | None = None
    # Since when it has answered nothing but 410.
    gone_since: float | None = None


@dataclass
class Bot:
    """A bot: everyone who calls with its token is this bot."""

    user: User
    token: str
    queue: UpdateQueue
    webhook: Webhook | None = None
    # In a group it hears only what is meant for it, unless it runs the group.
    is_private: bool = True
    # Who wrote to it in private, so that it may write to them.
    met: set[int] = field(default_factory=set[int])
    blocked_by: set[int] = field(default_factory=set[int])
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict[tuple[str, str], list[JsonObject]])
    menu_buttons: dict[int | None, JsonObject] = field(default_factory=dict[int | None, JsonObject])
    # ("description", language) and the like.
    profile: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    @property
    def id(self) -> int:
        """The digits before the colon of its token."""
        return self.user.id

    def as_state(self) -> JsonObject:
        """How a page begins with it; the commands are those for everybody in no language of their own."""
        commands = self.commands.get((DEFAULT_SCOPE, ""), [])
        return {**self.user.as_json(), "name": self.user.first_name, "commands": commands}


@dataclass
class Topic:
    """A thread of its own in a forum."""

    thread: int
    name: str
    icon_color: int
    creator: int = 0
    closed: bool = False
    icon_custom_emoji_id: str | None = None

    def as_json(self) -> JsonObject:
        """How the control API shows it."""
        return {"thread": self.thread, "name": self.name, "icon_color": self.icon_color, "closed": self.closed}


@dataclass
class Chat:
    """A private chat of one person and one bot, or a group."""

    id: int
    type: str
    title: str | None = None
    person: User | None = None
    # Whose private chat with the person it is.
    bot: int | None = None
    is_forum: bool = False
    people: dict[int, Member] = field(default_factory=dict[int, Member])
    allowed: frozenset[str] = field(default_factory=usual_permissions)
    topics: dict[int, Topic] = field(default_factory=dict[int, Topic])
    # The topic without a number, in which all is that belongs to no other.
    general: Topic = field(default_factory=lambda: Topic(1, "General", TOPIC_COLOUR))
    pinned: list[int] = field(default_factory=list[int])
    migrated_to: int | None = None
    messages: "dict[int, Message]" = field(default_factory=dict[int, Any])

    def member(self, user_id: int) -> Member:
        """What somebody is in this group."""
        return self.people.get(user_id, OUTSIDER)

    @property
    def members(self) -> list[int]:
        """The people in the group, bots left out."""
        return [user_id for user_id, member in self.people.items() if member.is_inside and not member.is_bot]

    @property
    def admins(self) -> list[int]:
        """Who runs the group: its owner first, bots too."""
        running = [user_id for user_id, member in self.people.items() if member.is_administrator]
        return sorted(running, key=lambda user_id: self.people[user_id].status != "creator")

    @property
    def bots(self) -> list[int]:
        """The bots in the chat."""
        if self.bot is not None:
            return [self.bot]
        return [user_id for user_id, member in self.people.items() if member.is_inside and member.is_bot]

    def may(self, user_id: int, right: str) -> bool:
        """Whether somebody may do this here; in a private chat everybody may do everything."""
        return self.person is not None or self.member(user_id).may(right, self.allowed)

    def as_json(self) -> JsonObject:
        """Telegram's Chat."""
        chat: JsonObject = {"id": self.id, "type": self.type}
        if self.person is not None:
            return chat | given(first_name=self.person.first_name, username=self.person.username)
        return chat | given(title=self.title, is_forum=self.is_forum or None)

    def as_state(self) -> JsonObject:
        """How a page begins with it."""
        return {
            "id": self.id,
            "type": self.type,
            "title": self.person.first_name if self.person is not None else self.title,
            "members": [self.person.id] if self.person is not None else self.members,
            "admins": self.admins,
            "bots": self.bots,
            "bot": self.bot,
            "is_forum": self.is_forum,
            "topics": [topic.as_json() for topic in self.topics.values()],
            "general_closed": self.general.closed,
            "pinned": self.pinned,
            "migrated_to": self.migrated_to,
        }


@dataclass
class Press:
    """A press of a button, its callback query, and what the bot answered."""

    id: str
    bot_id: int
    user: User
    chat: Chat
    message_id: int
    data: str
    pressed_at: float
    pressed_clock: float
    delivered_clock: float | None = None
    answers: list[JsonObject] = field(default_factory=list[JsonObject])

    def is_open(self, now: float) -> bool:
        """Whether Telegram still takes an answer at this time of the simulated world."""
        if self.delivered_clock is None:
            return True
        return now - self.delivered_clock <= ANSWER_WINDOW

    def as_json(self) -> JsonObject:
        """How the control API shows it; times are of the real clock, so that a delay can be measured."""
        first = self.answers[0] if self.answers else {}
        return {
            "callback_query_id": self.id,
            "answered": bool(self.answers),
            "text": first.get("text"),
            "show_alert": first.get("show_alert", False),
            "url": first.get("url"),
            "pressed_at": self.pressed_at,
            "answered_at": first.get("at"),
            "answers": len(self.answers),
        }


def given(**fields: object) -> JsonObject:
    """Those of the fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}
