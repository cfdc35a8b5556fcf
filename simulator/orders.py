"""The bodies that the control API takes; anything else in them is an error."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulator.faults import Kind, When
from simulator.files import FileKind
from simulator.members import Status

TEN_YEARS = 10 * 365 * 24 * 3600


class Order(BaseModel):
    """A body of the control API: exactly these fields, in these types."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class NewBot(Order):
    """A bot that has not called yet, or another name or privacy mode for one that has."""

    token: str
    name: Annotated[str, Field(min_length=1)] | None = None
    username: Annotated[str, Field(min_length=1)] | None = None
    privacy: bool | None = None


class NewUser(Order):
    """A new person."""

    first_name: Annotated[str, Field(min_length=1)]
    id: Annotated[int, Field(gt=0)] | None = None
    language_code: str | None = None
    username: str | None = None


class NewChat(Order):
    """A new group; `bots` left out means the only one there is."""

    type: Literal["group", "supergroup"]
    title: Annotated[str, Field(min_length=1)]
    members: list[int]
    admins: list[int] = []
    bots: list[int] | None = None
    owner: int | None = None
    is_forum: bool = False


class SetMember(Order):
    """What somebody, a bot perhaps, is in a group from now on; `by` left out means the user, or who runs the group."""

    chat: int
    user: int
    status: Status
    by: int | None = None
    can: list[str] | None = None
    until: int = 0


class Migrate(Order):
    """A group becomes a supergroup."""

    chat: int
    by: int | None = None


class ChangeTopic(Order):
    """A person makes a topic with a name; or renames, closes or opens the one named by `thread`."""

    chat: int
    user: int
    name: Annotated[str, Field(min_length=1, max_length=128)] | None = None
    thread: int | None = None
    closed: bool | None = None

    @model_validator(mode="after")
    def does_something(self) -> "ChangeTopic":
        if self.name is None and (self.thread is None or self.closed is None):
            raise ValueError("give a name, or a thread to close or open")
        return self


class Edit(Order):
    """A person changes the words of a message."""

    user: int
    message_id: int
    text: str
    chat: int | None = None
    bot: int | None = None


class React(Order):
    """A person reacts to a message; without an emoji the reaction is taken back."""

    user: int
    message_id: int
    emoji: str | None = None
    chat: int | None = None
    bot: int | None = None


class Say(Order):
    """A person writes; `chat` left out means their private chat."""

    user: int
    text: str
    chat: int | None = None
    reply_to: int | None = None
    bot: int | None = None
    thread: int | None = None


class SendFile(Order):
    """A person sends a file: the fields beside it in the multipart body."""

    user: int
    kind: FileKind | None = None
    caption: str = ""
    chat: int | None = None
    reply_to: int | None = None
    bot: int | None = None
    thread: int | None = None


class Vote(Order):
    """A person votes in a poll; no options retract the vote."""

    user: int
    message_id: int
    option_ids: list[int]
    chat: int | None = None
    bot: int | None = None
    as_chat: bool = False


class PressButton(Order):
    """A person presses a button: the one with the text `button`, or none, with any `data`."""

    user: int
    message_id: int
    chat: int | None = None
    data: str | None = None
    button: str | None = None
    bot: int | None = None

    @model_validator(mode="after")
    def names_one(self) -> "PressButton":
        if (self.data is None) == (self.button is None):
            raise ValueError("give either data or button")
        return self


class Block(Order):
    """A person blocks the bot or lets it in again."""

    user: int
    blocked: bool
    bot: int | None = None


class Delete(Order):
    """A person deletes a message."""

    chat: int
    message_id: int
    bot: int | None = None


class Rule(Order):
    """One fault: see `faults`."""

    method: str
    kind: Kind
    when: When = "before"
    chat_id: int | None = None
    retry_after: Annotated[int, Field(ge=0)] = 1
    seconds: Annotated[float, Field(ge=0)] | None = None
    times: Annotated[int, Field(ge=1)] | None = None
    probability: Annotated[float, Field(ge=0, le=1)] = 1.0
    description: str | None = None


class NewFaults(Order):
    """Faults to put in force."""

    rules: Annotated[list[Rule], Field(min_length=1)]
    seed: int | None = None


class NewLimit(Order):
    """So many calls in any time of so many seconds."""

    calls: Annotated[int, Field(ge=1)]
    seconds: Annotated[float, Field(gt=0)]


class NewLimits(Order):
    """Limits of sending to keep from now on: see `limits`. `telegram` stands for all that are not given."""

    telegram: bool = False

    chat: NewLimit | None = None
    group: NewLimit | None = None
    everyone: NewLimit | None = None


class GiveUpdate(Order):
    """An update of a kind that Telegram has, to be given to the bot just as it is, of whatever form."""

    kind: str
    body: dict[str, Any]
    bot: int | None = None


class NewDelivery(Order):
    """How often updates come: see `updates.Delivery`."""

    copies: list[Annotated[int, Field(ge=1)]] = Field(default=[1, 1], min_length=2, max_length=2)
    late: bool | Annotated[float, Field(ge=0, le=1)] = 0.0
    seed: int = 0

    @model_validator(mode="after")
    def is_a_range(self) -> "NewDelivery":
        if self.copies[0] > self.copies[1]:
            raise ValueError("copies must be [min, max]")
        return self


class Advance(Order):
    """Move the clock forward by so many seconds; ten years at most, since no date is far beyond them."""

    advance: Annotated[float, Field(ge=0, le=TEN_YEARS)]


class Reset(Order):
    """Begin anew; `bots` forgets the bots as well."""

    bots: bool = False
