"""Messages: one content each, as Telegram shows them to bots and the control API to people."""

from dataclasses import dataclass, field
from typing import Any

from simulator.chats import Chat, User, given
from simulator.files import File
from simulator.polls import Poll
from simulator.rich import Rich

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Service:
    """A message that tells what happened in a chat: Telegram's field for it, and what stands in that field."""

    type: str
    value: Any

    def as_json(self) -> JsonObject:
        """The field of Telegram's Message."""
        return {self.type: self.value}

    def as_transcript(self) -> JsonObject:
        """How the control API shows it."""
        return {"type": self.type, self.type: self.value}


Content = Poll | File | Rich | Service | None
"""What a message holds beside words; None in a message of text."""


@dataclass
class Message:
    """One message as it is now, and what it said before each edit.

    `text` is its text, or the caption of a file; `content` is what else there is, None in a message of text.
    """

    id: int
    chat: Chat
    sender: User
    date: float
    text: str
    entities: list[JsonObject]
    content: Content = None
    thread: int | None = None
    album: str | None = None
    # Where it was first, as Telegram's MessageOrigin, if it was forwarded.
    origin: JsonObject | None = None
    reactions: dict[int, list[JsonObject]] = field(default_factory=dict[int, list[JsonObject]])
    reply_markup: JsonObject | None = None
    reply_to: "Message | None" = None
    edit_date: float | None = None
    history: list[JsonObject] = field(default_factory=list[JsonObject])
    deleted: bool = False

    @property
    def is_service(self) -> bool:
        """Whether it tells what happened in the chat; nobody can edit such a message."""
        return isinstance(self.content, Service)

    def as_version(self, until: float) -> JsonObject:
        """How the control API shows what it said until an edit."""
        file = self.content.as_transcript() if isinstance(self.content, File) else None
        rich = self.content.as_json() if isinstance(self.content, Rich) else None
        said = {"text": self.text, "entities": self.entities, "file": file, "rich": rich}
        return {**said, "reply_markup": self.reply_markup, "until": until}

    def as_json(self, *, with_reply: bool = True, for_bot: int | None = None) -> JsonObject:
        """Telegram's Message. Only an inline keyboard is part of it there, and a quiz shows its key to its sender."""
        message: JsonObject = {
            "message_id": self.id,
            "from": self.sender.as_json(),
            "chat": self.chat.as_json(),
            "date": int(self.date),
        }
        if self.thread is not None:
            message |= {"message_thread_id": self.thread, "is_topic_message": True}
        message |= self._content(for_bot)
        message |= given(
            edit_date=self.edit_date and int(self.edit_date), media_group_id=self.album, forward_origin=self.origin
        )
        if self.reply_markup and "inline_keyboard" in self.reply_markup:
            message["reply_markup"] = self.reply_markup
        if with_reply and self.reply_to and not self.reply_to.deleted:
            message["reply_to_message"] = self.reply_to.as_json(with_reply=False, for_bot=for_bot)
        return message

    def _content(self, for_bot: int | None) -> JsonObject:
        match self.content:
            case Poll() as poll:
                return {"poll": poll.in_message(with_key=for_bot in {None, self.sender.id})}
            case File() as file:
                return file.as_json() | given(caption=self.text or None, caption_entities=self.entities or None)
            case Rich() as rich:
                return {"rich_message": rich.as_json()}
            case Service() as service:
                return service.as_json()
            case None:
                return {"text": self.text} | given(entities=self.entities or None)

    def as_transcript(self) -> JsonObject:
        """How the control API shows it: with its past, and any kind of keyboard; later edits leave it as it is."""
        content = self.content
        return {
            "message_id": self.id,
            "chat_id": self.chat.id,
            "from": self.sender.as_json(),
            "date": self.date,
            "text": self.text,
            "entities": self.entities,
            "poll": content.as_transcript() if isinstance(content, Poll) else None,
            "file": content.as_transcript() if isinstance(content, File) else None,
            "rich": content.as_json() if isinstance(content, Rich) else None,
            "service": content.as_transcript() if isinstance(content, Service) else None,
            "thread": self.thread,
            "forwarded": self.origin,
            "reactions": [{"user_id": user_id, "reactions": shown} for user_id, shown in self.reactions.items()],
            "reply_markup": self.reply_markup,
            "reply_to": self.reply_to.id if self.reply_to else None,
            "edits": len(self.history),
            "history": list(self.history),
            "deleted": self.deleted,
        }
