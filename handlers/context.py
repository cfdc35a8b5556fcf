"""What a handler is given: the services, typed, and what it needs to know of the message or press."""

from dataclasses import dataclass
from typing import Any, cast

import structlog
from telegram import CallbackQuery, Message
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from decks.library import Library
from delivery.failures import ChatGone, MessageGone, NotNow
from delivery.priority import Priority
from delivery.screen import Screen
from delivery.sender import Sender
from delivery.words import choose_language
from handlers.promptness import answered
from storage.attempts import Attempts
from storage.collections import Collections
from storage.forgetting import Forgetting
from storage.groups import Groups
from storage.people import People, Settings
from storage.pool_statistics import PoolStatistics
from storage.pools import Pools
from storage.quizzes import Quizzes
from storage.reports import Reports
from storage.rounds import Rounds
from storage.sending import Pace
from storage.sources import Sources
from storage.unsaid import UnsaidMessages
from tasks.begin import Opening
from tasks.live import Live
from tasks.long import Long
from tasks.say import Voice
from tasks.soon import Soon
from tasks.stage import Stage

log = structlog.stdlib.get_logger(__name__)

Nothing = dict[Any, Any]
"""python-telegram-bot's user, chat and bot data, which are not used: all state is in Redis."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may use."""

    attempts: Attempts
    quizzes: Quizzes
    people: People
    sender: Sender
    soon: Soon
    unsaid: UnsaidMessages
    library: Library
    long: Long
    collections: Collections
    sources: Sources
    forgetting: Forgetting
    pools: Pools
    statistics: PoolStatistics
    reports: Reports
    rounds: Rounds
    groups: Groups
    group_pace: Pace
    """How fast messages may go out in a group."""
    can_write: bool
    """Whether a model is set up that writes quizzes on any topic."""
    reads_pictures: bool
    """Whether one is that reads photos and scans."""

    @property
    def stage(self) -> Stage:
        """What the steps of a quiz need."""
        return Stage(self.attempts, self.quizzes, self.sender, self.long, self.soon, self.pools)

    @property
    def voice(self) -> Voice:
        """What it takes to say something."""
        return Voice(self.sender, self.soon, self.unsaid)

    @property
    def live(self) -> Live:
        """What the steps of a live round need."""
        return Live(self.rounds, self.groups, self.quizzes, self.voice, self.soon, self.group_pace)

    @property
    def opening(self) -> Opening:
        """What it takes to begin a quiz that is written."""
        return Opening(self.stage, self.people, self.voice)


class QuizApplication(Application[ExtBot[Priority], "Context", Nothing, Nothing, Nothing, None]):
    """python-telegram-bot's application, whose errors reach whoever handed it the update.

    Its own `process_update` logs what a handler raises and goes on; here the receiver must know, since only it
    decides whether the update is acknowledged.
    """

    services: Services

    async def process_error(self, update: object, error: Exception, *_: object, **__: object) -> bool:
        """Raise it where the update was handed in."""
        del update
        raise error


class Context(CallbackContext[ExtBot[Priority], Nothing, Nothing, Nothing]):
    """python-telegram-bot's context, with the services."""

    @property
    def services(self) -> Services:
        """Everything a handler may use."""
        return cast("QuizApplication", self.application).services


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote or pressed, and where; `language` is what to speak, `settings` what they chose."""

    user_id: int
    chat_id: int
    private: bool
    language: str
    settings: Settings
    thread: int | None
    """The topic of a forum in which they wrote."""
    reads: str
    """The two-letter code of the language they read quizzes in, which may be one that the bot does not speak."""


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button: its id (the same when it is delivered again), who pressed, and on which message."""

    id: str
    user_id: int
    chat_id: int
    private: bool
    message_id: int
    telegram_language: str | None
    name: str
    """What the presser is called."""


async def person_of(services: Services, message: Message) -> Person | None:
    """Who wrote a message; None for a channel or an anonymous administrator, who have no quiz of their own."""
    user = message.from_user
    if user is None or user.is_bot:
        return None
    settings = await services.people.settings(user.id)
    private = message.chat.type == ChatType.PRIVATE
    return _person(user.id, message.chat_id, settings, user.language_code, private=private, thread=thread_of(message))


def thread_of(message: Message) -> int | None:
    """The topic of a forum that a message stands in; None: none, or the General one, which has no number.

    Elsewhere a thread is no more than a line of replies.
    """
    return message.message_thread_id if message.is_topic_message else None


async def presser_of(services: Services, press: Press) -> Person:
    """Who pressed, with their settings."""
    settings = await services.people.settings(press.user_id)
    return _person(press.user_id, press.chat_id, settings, press.telegram_language, private=press.private)


def _person(
    user: int,
    chat: int,
    settings: Settings,
    telegram_language: str | None,
    *,
    private: bool,
    thread: int | None = None,
) -> Person:
    language = choose_language(settings.language, telegram_language)
    reads = settings.language or (telegram_language or "").partition("-")[0].lower() or language
    return Person(user, chat, private, language, settings, thread, reads)


def press_of(query: CallbackQuery) -> Press | None:
    """The press of a button under a message of ours; None when Telegram does not say under which."""
    if query.message is None:
        return None
    chat = query.message.chat
    return Press(
        query.id,
        query.from_user.id,
        chat.id,
        chat.type == ChatType.PRIVATE,
        query.message.message_id,
        query.from_user.language_code,
        query.from_user.full_name,
    )


async def say(services: Services, chat: int, screen: Screen, thread: int | None = None) -> None:
    """Send a message that nothing depends on: what Telegram does not take now becomes a `soon` task."""
    await services.voice.say(chat, screen, thread)


async def toast(services: Services, press: Press, text: str, *, alert: bool = False) -> None:
    """Answer a press; one that cannot be answered in time changes nothing else."""
    try:
        await services.sender.toast(press.id, text, alert=alert)
    except (NotNow, ChatGone) as error:
        log.info("no toast", reason=str(error))
    else:
        answered()


async def show(services: Services, press: Press, screen: Screen) -> None:
    """Make the pressed message show this; where it cannot be changed now, it stays as it is."""
    await redraw(services, press.chat_id, press.message_id, screen)


async def redraw(services: Services, chat: int, message: int, screen: Screen) -> None:
    """Make a message of the bot show this; where it cannot be changed now, it stays as it is."""
    try:
        await services.sender.edit(chat, message, screen)
    except (NotNow, ChatGone, MessageGone) as error:
        log.info("not redrawn", reason=str(error))
