"""What clients of the control API handle: messages, buttons, presses, faults and events as values."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from simulator.faults import Kind, When
from simulator.markup import Entity, read_entities, to_html

JsonObject = dict[str, Any]
EventKind = Literal[
    "update_queued",
    "update_delivered",
    "update_refused",
    "update_confirmed",
    "update_expired",
    "call_received",
    "call_answered",
    "call_abandoned",
    "message",
    "message_edited",
    "message_deleted",
    "poll",
    "reaction",
    "draft",
    "chat_action",
    "toast",
    "violation",
    "fault_fired",
    "fault_holding",
    "fault_released",
]


@dataclass(frozen=True)
class Button:
    """A button under a message."""

    text: str
    data: str | None = None
    url: str | None = None

    @property
    def can_be_pressed(self) -> bool:
        """Whether it does something: one that is disabled is there to be looked at."""
        return self.data is not None or self.url is not None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Version:
    """What a message said until it was edited."""

    text: str
    entities: tuple[Entity, ...]
    rows: Rows
    until: float


@dataclass(frozen=True)
class Message:
    """A message as it was when it was looked at."""

    message_id: int
    chat_id: int
    sender_id: int
    sender_name: str
    from_bot: bool
    date: float
    text: str
    entities: tuple[Entity, ...]
    rows: Rows
    reply_to: int | None
    history: tuple[Version, ...]
    deleted: bool
    # The poll, file or service message as the control API shows it.
    poll: JsonObject | None = field(default=None, compare=False)
    file: JsonObject | None = field(default=None, compare=False)
    service: JsonObject | None = field(default=None, compare=False)
    # The blocks of a rich message, whose words are in `text`.
    rich: JsonObject | None = field(default=None, compare=False)
    thread: int | None = None
    reactions: tuple[JsonObject, ...] = field(default=(), compare=False)
    # Whatever reply_markup the bot gave, keyboards that are not inline included.
    reply_markup: JsonObject | None = field(default=None, compare=False)

    @property
    def edits(self) -> int:
        """How often it was edited."""
        return len(self.history)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row by row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def can_be_pressed(self) -> bool:
        """Whether one of the buttons does something."""
        return any(button.can_be_pressed for button in self.buttons)

    @property
    def html(self) -> str:
        """The text as HTML that Telegram would parse to the same text and entities."""
        return to_html(self.text, self.entities)

    def button(self, text: str) -> Button:
        """The button with this text; KeyError when there is none."""
        for button in self.buttons:
            if button.text == text:
                return button
        raise KeyError(f"no button {text!r}, only {[button.text for button in self.buttons]}")


@dataclass(frozen=True)
class Callback:
    """What became of a press; times are seconds of the real clock."""

    callback_query_id: str
    answered: bool
    text: str | None
    show_alert: bool
    url: str | None
    pressed_at: float
    answered_at: float | None
    answers: int


@dataclass(frozen=True)
class Event:
    """One entry of the log; what its kind does not have is None or empty."""

    number: int
    kind: EventKind
    at: float
    clock: float
    bot: int | None
    call: int | None = None
    method: str | None = None
    parameters: JsonObject = field(default_factory=dict[str, Any])
    status: int | None = None
    # As text when it was garbage.
    response: JsonObject | str | None = None
    update_id: int | None = None
    update: JsonObject | None = None
    again: bool = False
    chat: int | None = None
    user: int | None = None
    message_id: int | None = None
    message: Message | None = None
    callback_query_id: str | None = None
    text: str | None = None
    show_alert: bool = False
    url: str | None = None
    draft: int | None = None
    can_stop: bool = False
    rich: JsonObject | None = None
    entities: list[JsonObject] = field(default_factory=list[JsonObject])
    action: str | None = None
    thread: int | None = None
    fault: JsonObject | None = None
    gone: bool = False
    pause: float | None = None
    rule: str | None = None
    where: str | None = None
    says: str | None = None


@dataclass(frozen=True)
class Said:
    """A message that a person wrote. `event` is the number of the last event before it."""

    update_id: int | None
    message_id: int
    event: int


@dataclass(frozen=True)
class Pressed:
    """A press of a button. `event` is the number of the last event before it."""

    update_id: int | None
    callback_query_id: str
    event: int


@dataclass(frozen=True)
class Voted:
    """A vote in a poll, and the updates that the bot gets. `event` is the number of the last event before it."""

    update_ids: list[int | None]
    event: int


@dataclass(frozen=True)
class Fault:
    """What shall go wrong with calls of `method` (`*`: of every method but getUpdates)."""

    method: str
    kind: Kind
    when: When = "before"
    chat_id: int | None = None
    retry_after: int = 1
    seconds: float | None = None
    times: int | None = None
    probability: float = 1.0
    description: str | None = None


def read_rows(markup: JsonObject | None) -> Rows:
    """The buttons of an inline keyboard; none for another kind of keyboard."""
    rows: list[list[JsonObject]] = (markup or {}).get("inline_keyboard", [])
    return tuple(
        tuple(Button(each["text"], each.get("callback_data"), each.get("url")) for each in row) for row in rows
    )


def read_message(given: JsonObject) -> Message:
    """A message from the control API's transcript."""
    history = tuple(
        Version(past["text"], read_entities(past["entities"]), read_rows(past["reply_markup"]), past["until"])
        for past in given["history"]
    )
    return Message(
        message_id=given["message_id"],
        chat_id=given["chat_id"],
        sender_id=given["from"]["id"],
        sender_name=given["from"]["first_name"],
        from_bot=given["from"]["is_bot"],
        date=given["date"],
        text=given["text"],
        entities=read_entities(given["entities"]),
        rows=read_rows(given["reply_markup"]),
        reply_to=given["reply_to"],
        history=history,
        deleted=given["deleted"],
        poll=given["poll"],
        file=given["file"],
        service=given["service"],
        rich=given["rich"],
        thread=given["thread"],
        reactions=tuple(given["reactions"]),
        reply_markup=given["reply_markup"],
    )


def read_event(given: JsonObject) -> Event:
    """An event from the control API's log."""
    message = given.get("message")
    event = Event(**{name: value for name, value in given.items() if name != "message"})
    return replace(event, message=read_message(message)) if message else event
