"""People, bots, their chats, messages and presses of buttons, and how Telegram and the control API show them."""

import time
from dataclasses import dataclass, field
from typing import Any

from simulator.updates import UpdateQueue

JsonObject = dict[str, Any]

# Telegram promises no number; clients give up after about half a minute.
ANSWER_WINDOW = 30.0


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
        return user | _given(username=self.username, language_code=self.language_code)


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


@dataclass
class Message:
    """One message as it is now, and what it said before each edit."""

    id: int
    chat: "Chat"
    sender: User
    date: float
    text: str
    entities: list[JsonObject]
    reply_markup: JsonObject | None = None
    reply_to: "Message | None" = None
    edit_date: float | None = None
    history: list[JsonObject] = field(default_factory=list[JsonObject])
    deleted: bool = False

    def as_json(self, *, with_reply: bool = True) -> JsonObject:
        """Telegram's Message. Only an inline keyboard is part of a message there."""
        message: JsonObject = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.date),
            "text": self.text,
        }
        message |= _given(entities=self.entities or None, edit_date=self.edit_date and int(self.edit_date))
        if self.reply_markup and "inline_keyboard" in self.reply_markup:
            message["reply_markup"] = self.reply_markup
        if with_reply and self.reply_to and not self.reply_to.deleted:
            message["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        return message

    def as_transcript(self) -> JsonObject:
        """How the control API shows it: with its past, and any kind of keyboard; later edits leave it as it is."""
        return {
            "message_id": self.id,
            "chat_id": self.chat.id,
            "from": self.sender.as_json(),
            "date": self.date,
            "text": self.text,
            "entities": self.entities,
            "reply_markup": self.reply_markup,
            "reply_to": self.reply_to.id if self.reply_to else None,
            "edits": len(self.history),
            "history": list(self.history),
            "deleted": self.deleted,
        }


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
    messages: dict[int, Message] = field(default_factory=dict[int, Message])

    def as_json(self) -> JsonObject:
        """Telegram's Chat."""
        chat: JsonObject = {"id": self.id, "type": self.type}
        if self.person is not None:
            return chat | _given(first_name=self.person.first_name, username=self.person.username)
        return chat | _given(title=self.title)


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


def _given(**fields: object) -> JsonObject:
    return {name: value for name, value in fields.items() if value is not None}
