"""Every key the bot keeps in Redis: its hash tag, its type and how long it lives, in one table.

`{u:USER}` holds everything of one person, `{q:QUIZ}` the content of a quiz, `{p:POOL}` a pool of questions on a topic,
`{r:ROUND}` a live round, `{send}` how fast to send. A script touches one tag only.
"""

from dataclasses import dataclass
from datetime import timedelta

UNFINISHED_ATTEMPT = timedelta(days=30)
FINISHED_ATTEMPT = timedelta(days=180)
QUIZ_VERSION = timedelta(days=210)
"""Longer than any attempt at it may live."""
DIALOG = timedelta(hours=1)
COLLECTION = timedelta(hours=1)
COLLECTOR = timedelta(days=1)
"""Longer than any collection is added to."""
SOURCE = timedelta(days=7)
FORGETTING = timedelta(days=1)
BUDGET_DAY = timedelta(days=40)
"""A day's use is kept for the month's accounts."""
TALLY = timedelta(days=90)
POOL = timedelta(days=60)
"""Since it was last used."""
LEAD = timedelta(seconds=10)
"""A writer that is killed is followed by another after so long; it says again and again that it lives."""
FAILURE = timedelta(minutes=1)
REPORT = timedelta(days=7)
UNSAID = timedelta(hours=1)
DUE = timedelta(days=1)
"""No task of the docket `soon` waits longer."""
FORM = timedelta(days=7)
"""A Bot API server that does not know a form may be a newer one by then."""
SENDING = timedelta(hours=1)
"""Longer than any chat's burst, silence and recovery."""
TOLD = timedelta(minutes=1)
DEAD_LETTERS = timedelta(days=7)
PROBE_LIFE = timedelta(minutes=1)
ROUND = timedelta(days=180)
GROUP = timedelta(days=400)
"""Since it was last played in."""
ADMINISTRATOR = timedelta(minutes=1)
"""For so long it is remembered whether somebody is one."""
POLL = timedelta(days=1)
PARKED_FOR = timedelta(days=1)
"""As long as Telegram keeps an update."""


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
    KeyKind("{u:*}:collection:*", "hash", COLLECTION, "what a person is sending in a chat for a quiz to be made from"),
    KeyKind("{u:*}:source:*", "hash", SOURCE, "what quizzes are made from, as it was read, compressed; by messages"),
    KeyKind("{u:*}:settings", "string", None, "a person's settings"),
    KeyKind("owner:*", "string", FINISHED_ATTEMPT, "whose attempt it is, for tasks that know its id only"),
    KeyKind("collector:*", "string", COLLECTOR, "whose collection it is, and in which chat, for tasks"),
    KeyKind("forgetting:*", "string", FORGETTING, "who asks to be forgotten, until they are; then nothing"),
    KeyKind("{q:*}:version:*", "string", QUIZ_VERSION, "one version of a quiz, never changed"),
    KeyKind("{q:*}:written", "hash", QUIZ_VERSION, "the questions of a quiz that a model writes, by their positions"),
    KeyKind("{q:*}:use", "hash", QUIZ_VERSION, "what the models took for a quiz: tokens, money"),
    KeyKind("{u:*}:use:*", "hash", BUDGET_DAY, "what a person's quizzes took on a day, and what is reserved"),
    KeyKind("{u:*}:seen", "zset", FINISHED_ATTEMPT, "the questions of pools that a person was asked, by the time"),
    KeyKind("{u:*}:reported", "zset", FINISHED_ATTEMPT, "the questions that a person has reported, by the time"),
    KeyKind("{p:*}:about", "hash", POOL, "the topic, language and level of a pool"),
    KeyKind("{p:*}:order", "zset", POOL, "the questions of a pool that may be asked, by when they came"),
    KeyKind("{p:*}:questions", "hash", POOL, "the questions of a pool, the withdrawn ones too"),
    KeyKind("{p:*}:statistics", "hash", POOL, "how often each question was shown, answered, right, skipped, reported"),
    KeyKind("{p:*}:withdrawn", "hash", POOL, "the questions that are asked no more, and why"),
    KeyKind("{p:*}:reports", "set", POOL, "which questions were reported, each with a mark of who did"),
    KeyKind("{p:*}:counted:*", "set", FINISHED_ATTEMPT, "what of an attempt is counted in the statistics"),
    KeyKind("{p:*}:lead", "string", LEAD, "which attempt's task writes for a pool"),
    KeyKind("{p:*}:failed", "string", FAILURE, "why the last writer failed, for those who waited for it"),
    KeyKind("{u:*}:administrator:*", "string", ADMINISTRATOR, "whether a person is an administrator of a group"),
    KeyKind("{u:*}:rounds", "zset", ROUND, "the live rounds that a person played in, by the time they came in"),
    KeyKind("{r:*}:round", "hash", ROUND, "a live round: plan, settings, where it stands, what was sent"),
    KeyKind("{r:*}:players", "hash", ROUND, "the players of a round → their numbers in it"),
    KeyKind("{r:*}:names", "hash", ROUND, "the numbers of the players → their names"),
    KeyKind("{r:*}:answers:*", "hash", ROUND, "the answers to one question, by the players' numbers"),
    KeyKind("group-of:*", "string", GROUP, "which group a chat is: another one after it became a supergroup"),
    KeyKind("group:*", "hash", GROUP, "a group: its chat, the round that is played there, how the last was set"),
    KeyKind("poll:*", "string", POLL, "which question of which round a poll of Telegram asks"),
    KeyKind("use:chat:*", "hash", BUDGET_DAY, "the same of a group, by chat and day"),
    KeyKind("use:all:*", "hash", BUDGET_DAY, "the same of everyone, by day"),
    KeyKind(
        "tally:*", "hash", TALLY, "what became of the drafts of a model by a prompt: accepted, dropped by which check"
    ),
    KeyKind("form:*", "string", FORM, "whether this deployment's Telegram takes a newer form of message"),
    KeyKind("unsaid:*", "string", UNSAID, "a message that Telegram did not take at once"),
    KeyKind("{send}:chat:*", "hash", SENDING, "how fast calls to a chat may go, and until when none"),
    KeyKind("{send}:all", "hash", SENDING, "how fast calls to all chats may go"),
    KeyKind("{send}:told-to-wait", "zset", TOLD, "the chats in which Telegram asked for silence lately, by the time"),
    KeyKind("due:*", "string", DUE, "lives until a task is due, by the clock of Redis; the id is the task's key"),
    KeyKind("parked", "hash", PARKED_FOR, "updates that are slow to be handled, until they are"),
    KeyKind("dead-letters", "stream", DEAD_LETTERS, "updates and tasks that could not be handled"),
    KeyKind("reports", "zset", REPORT, "which questions were reported, each with a mark of who did, by the time"),
    KeyKind("secret", "string", None, "made once; without it nobody can tell whose mark a report has"),
    KeyKind("probe", "string", PROBE_LIFE, "written to see that something can be written"),
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


def collection(user: int, chat: int) -> str:
    """What a person is sending in a chat."""
    return f"{{u:{user}}}:collection:{chat}"


def collector(collection_id: str) -> str:
    """The person and the chat that a collection belongs to."""
    return f"collector:{collection_id}"


def source(user: int, source_id: str) -> str:
    """What quizzes of a person are made from."""
    return f"{{u:{user}}}:source:{source_id}"


def forgetting(request: str) -> str:
    """Who asks to be forgotten."""
    return f"forgetting:{request}"


def everything(user: int) -> str:
    """A pattern that fits every key of a person."""
    return f"{{u:{user}}}:*"


def settings(user: int) -> str:
    """A person's settings."""
    return f"{{u:{user}}}:settings"


def owner(attempt_id: str) -> str:
    """The person an attempt belongs to."""
    return f"owner:{attempt_id}"


def quiz_version(quiz: str, version: str) -> str:
    """One version of a quiz."""
    return f"{{q:{quiz}}}:version:{version}"


def unsaid(message: str) -> str:
    """A message that is still to be sent."""
    return f"unsaid:{message}"


def sending(chat: int | str) -> str:
    """How fast calls to a chat may go."""
    return f"{{send}}:chat:{chat}"


def due(task: str) -> str:
    """Lives until a task is due."""
    return f"due:{task}"


def form(name: str) -> str:
    """What this deployment's Telegram said to a newer form of message."""
    return f"form:{name}"


def written(quiz: str) -> str:
    """The questions of a quiz that a model writes."""
    return f"{{q:{quiz}}}:written"


def quiz_use(quiz: str) -> str:
    """What the models took for a quiz."""
    return f"{{q:{quiz}}}:use"


def user_use(user: int, day: str) -> str:
    """What a person's quizzes took on a day (YYYY-MM-DD, UTC)."""
    return f"{{u:{user}}}:use:{day}"


def chat_use(chat: int, day: str) -> str:
    """What the quizzes of a group took on a day."""
    return f"use:chat:{chat}:{day}"


def all_use(day: str) -> str:
    """What all quizzes took on a day."""
    return f"use:all:{day}"


def tally(prompt: str, version: int, model: str) -> str:
    """What became of the drafts that a model wrote by a version of a prompt."""
    return f"tally:{prompt}:{version}:{model}"


def seen(user: int) -> str:
    """What a person was asked of pools."""
    return f"{{u:{user}}}:seen"


def reported(user: int) -> str:
    """What a person has reported."""
    return f"{{u:{user}}}:reported"


def of_pool(pool: str, what: str) -> str:
    """A part of a pool: about, order, questions, statistics, withdrawn, reports, lead or failed."""
    return f"{{p:{pool}}}:{what}"


def counted(pool: str, attempt_id: str) -> str:
    """What of an attempt is counted in a pool."""
    return of_pool(pool, f"counted:{attempt_id}")


def administrator(user: int, chat: int) -> str:
    """Whether a person is an administrator of a group."""
    return f"{{u:{user}}}:administrator:{chat}"


def rounds(user: int) -> str:
    """The live rounds that a person played in."""
    return f"{{u:{user}}}:rounds"


def of_round(round_id: str, what: str) -> str:
    """A part of a live round: round, players or names."""
    return f"{{r:{round_id}}}:{what}"


def round_answers(round_id: str, position: int | str) -> str:
    """The answers to one question of a round."""
    return of_round(round_id, f"answers:{position}")


def group(group_id: str) -> str:
    """A group, by our own id."""
    return f"group:{group_id}"


def group_of(chat: int) -> str:
    """Which group a chat of Telegram is."""
    return f"group-of:{chat}"


def poll(poll_id: str) -> str:
    """Which question a poll asks."""
    return f"poll:{poll_id}"


TALLIES = "tally:*"
SENDING_TO_ALL = "{send}:all"
TOLD_TO_WAIT = "{send}:told-to-wait"
PARKED = "parked"
DEAD_LETTER_STREAM = "dead-letters"
REPORTS = "reports"
SECRET = "secret"  # noqa: S105 - the name of the key
PROBE = "probe"
SCHEMA = "schema"
