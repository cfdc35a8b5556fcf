"""Every key the bot keeps in Redis: its hash tag, its type and how long it lives, in one table.

`{u:USER}` holds everything of one person, `{q:QUIZ}` the content of a quiz. A script touches one tag only.
"""

from dataclasses import dataclass
from datetime import timedelta

UNFINISHED_ATTEMPT = timedelta(days=30)
FINISHED_ATTEMPT = timedelta(days=180)
QUIZ_VERSION = timedelta(days=210)
"""Longer than any attempt at it may live."""
DIALOG = timedelta(hours=1)
DEAD_LETTERS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class KeyKind:
    """A row of the table: how a key looks (`*` stands for an id), its Redis type, its longest life or None."""

    pattern: str
    type: str
    life: timedelta | None
    holds: str


TABLE = (
    KeyKind("{u:*}:attempt:*", "hash", FINISHED_ATTEMPT, "one attempt: plan, answers, what was sent"),
    KeyKind("{u:*}:attempts", "zset", FINISHED_ATTEMPT, "a person's attempts, by the time they began"),
    KeyKind("{u:*}:active:*", "string", UNFINISHED_ATTEMPT, "the open attempt in a chat"),
    KeyKind("{u:*}:dialog:*", "string", DIALOG, "what the bot waits for from a person in a chat"),
    KeyKind("{u:*}:settings", "string", None, "a person's settings"),
    KeyKind("owner:*", "string", FINISHED_ATTEMPT, "whose attempt it is, for tasks that know its id only"),
    KeyKind("{q:*}:version:*", "string", QUIZ_VERSION, "one version of a quiz, never changed"),
    KeyKind("dead-letters", "stream", DEAD_LETTERS, "updates and tasks that could not be handled"),
    KeyKind("schema", "string", None, "the version of the records that every replica can read"),
)


def attempt(user: int, attempt_id: str) -> str:
    """One attempt of a person."""
    return f"{{u:{user}}}:attempt:{attempt_id}"


def attempts(user: int) -> str:
    """The index of a person's attempts."""
    return f"{{u:{user}}}:attempts"


def active(user: int, chat: int) -> str:
    """The id of the attempt that is open in a chat."""
    return f"{{u:{user}}}:active:{chat}"


def dialog(user: int, chat: int) -> str:
    """What the bot waits for from a person in a chat."""
    return f"{{u:{user}}}:dialog:{chat}"


def settings(user: int) -> str:
    """A person's settings."""
    return f"{{u:{user}}}:settings"


def owner(attempt_id: str) -> str:
    """The person an attempt belongs to."""
    return f"owner:{attempt_id}"


def quiz_version(quiz: str, version: str) -> str:
    """One version of a quiz."""
    return f"{{q:{quiz}}}:version:{version}"


DEAD_LETTER_STREAM = "dead-letters"
SCHEMA = "schema"
