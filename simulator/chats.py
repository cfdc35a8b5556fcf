"""People, bots, their chats and presses of buttons, and how Telegram and the control API show them."""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simulator.updates import UpdateQueue

if TYPE_CHECKING:
    from simulator.messages import Message

JsonObject = dict[str, Any]

# Telegram promises no number; clients give up after about half a minute.
ANSWER_WINDOW = 30.0
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
    """Where a bot wants its updates posted, and what went wrong there last."""

    url: str
    secret_token: str
    max_connections: int
    last_error: tuple[float, str] | None = None

    def fail(self, why: str) -> None:
        """Keep what went wrong, for getWebhookInfo."""
        self.last_error = time.time(), why


@dataclass
class Bot:
    """A bot: everyone who calls with its token is this bot."""

    user: User
    token: str
    queue: UpdateQueue
    webhook: Webhook | None = None
    # Who wrote to it in private, so that it may write to them.
    met: set[int] = field(default_factory=set[int])
    blocked_by: set[int] = field(default_factory=set[int])
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict[tuple[str, str], list[JsonObject]])
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
    closed: bool = False

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
    members: list[int] = field(default_factory=list[int])
    admins: list[int] = field(default_factory=list[int])
    bots: list[int] = field(default_factory=list[int])
    topics: dict[int, Topic] = field(default_factory=dict[int, Topic])
    messages: "dict[int, Message]" = field(default_factory=dict[int, Any])

    def as_json(self) -> JsonObject:
        """Telegram's Chat."""
        chat: JsonObject = {"id": self.id, "type": self.type}
        if self.person is not None:
            return chat | given(first_name=self.person.first_name, username=self.person.username)
        return chat | given(title=self.title)

    def as_state(self) -> JsonObject:
        """How a page begins with it."""
        inside = [self.person.id] if self.person is not None else self.members
        return {
            "id": self.id,
            "type": self.type,
            "title": self.person.first_name if self.person is not None else self.title,
            "members": inside,
            "admins": self.admins,
            "bots": self.bots,
            "topics": [topic.as_json() for topic in self.topics.values()],
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
