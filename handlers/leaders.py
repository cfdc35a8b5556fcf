"""Who leads a round: whoever began it, and the administrators of the group."""

from dataclasses import dataclass

import structlog
from telegram import Message

from delivery.failures import ChatGone, NotNow, Refused
from delivery.words import choose_language
from handlers.context import Press, Services, thread_of
from quiz.round import Round

log = structlog.stdlib.get_logger(__name__)
ANONYMOUS = 0


@dataclass(frozen=True, slots=True)
class Caller:
    """Who wrote a command in a group, and where; `user_id` is 0 for an administrator who is anonymous there."""

    user_id: int
    chat_id: int
    thread: int | None
    title: str
    language: str


class TelegramIsSilent(Exception):
    """Telegram did not say in time whether somebody is an administrator."""


async def caller_of(services: Services, message: Message) -> Caller | None:
    """Who wrote in a group; None for a channel, or another bot."""
    chat, user = message.chat, message.from_user
    title, thread = chat.title or "", thread_of(message)
    if message.sender_chat is not None:
        if message.sender_chat.id != chat.id:
            return None
        return Caller(ANONYMOUS, chat.id, thread, title, choose_language(None, user.language_code if user else None))
    if user is None or user.is_bot:
        return None
    settings = await services.people.settings(user.id)
    language = choose_language(settings.language, user.language_code)
    return Caller(user.id, chat.id, thread, title, language)


async def runs_the_group(services: Services, user: int, chat: int) -> bool:
    """Whether somebody is an administrator, as Telegram said within the last minute; raises `TelegramIsSilent`."""
    if user == ANONYMOUS:
        return True
    known = await services.groups.is_administrator(user, chat)
    if known is not None:
        return known
    try:
        is_one = await services.sender.is_administrator(chat, user)
    except (ChatGone, Refused) as error:
        log.info("not an administrator", reason=str(error))
        is_one = False
    except NotNow as error:
        raise TelegramIsSilent from error
    await services.groups.was_administrator(user, chat, is_one=is_one)
    return is_one


async def leads(services: Services, one: Round, user: int) -> bool:
    """Whether somebody leads a round; raises `TelegramIsSilent`."""
    return (one.owner != ANONYMOUS and one.owner == user) or await runs_the_group(services, user, one.chat_id)


async def round_of(services: Services, round_id: str, press: Press) -> Round | None:
    """The round whose button was pressed; None unless it is played in the chat where it was pressed."""
    one = await services.rounds.load(round_id)
    if one is None or one.chat_id == press.chat_id:
        return one
    group = await services.groups.find(press.chat_id)
    if group is None or group.id != one.group:
        return None
    # The group has become a supergroup, and the round has not heard of it yet.
    return (await services.rounds.move(round_id, press.chat_id)).round
