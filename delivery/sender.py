"""Sending to Telegram: one bounded call each, whose failures say what to do about them."""

import asyncio
import json
from collections.abc import Coroutine, Mapping, Sequence
from contextvars import ContextVar
from functools import partial
from math import inf
from types import MappingProxyType
from typing import Any, cast

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.request import RequestData

from delivery.failures import ChatGone, ChatMoved, Held, MessageGone, NotNow, Refused, wait_of
from delivery.forms import Form, Forms
from delivery.json_text import write_json
from delivery.limiter import Limiter, Result
from delivery.priority import Priority
from delivery.quiz_poll import QuizPoll
from delivery.screen import PLAIN, Screen

HANDLER_CALL_SECONDS = 1.0
TASK_CALL_SECONDS = 4.0
SOON = 1.0
"""Seconds after which a call that failed in passing is worth another try."""
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
"""Compared in lower case: python-telegram-bot turns the first letter of Telegram's words into a capital."""
CLOSED_CHATS = (
    *("chat not found", "not enough rights", "have no rights", "chat_write_forbidden"),
    *("topic_closed", "topic_deleted", "message thread not found"),
)
"""Likewise: the bot may not write there, and asking again is of no use."""
Parameter = str | int | dict[str, Any]
RUN_A_GROUP = {"creator", "administrator"}
NOT_MODIFIED = "message is not modified"
LACKING = {
    Form.ANSWERED: ("keyboard button", "button_type_invalid"),
    Form.RICH: ("no such method", "message text is empty"),
    Form.DRAFT: ("no such method",),
}
"""How a server sounds that does not know a form; other words are about the one message, and the form is tried again."""


_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


def call_no_longer_than(seconds: float) -> None:
    """Give all calls that this task makes from now on so many seconds together."""
    _deadline.set(asyncio.get_running_loop().time() + seconds)


def seconds_left() -> float:
    """How long the calls of this task may still take."""
    deadline = _deadline.get()
    return inf if deadline is None else deadline - asyncio.get_running_loop().time()


class NoSuchMethod(Refused):
    """The server does not know the method."""


class Parameters:
    """The parameters of a call without files, as requests read them of python-telegram-bot's `RequestData`."""

    contains_files = False
    multipart_data: Mapping[str, object] = MappingProxyType({})

    def __init__(self, parameters: dict[str, Parameter]) -> None:
        self.parameters = parameters

    @property
    def json_payload(self) -> bytes:
        """All of them as one JSON object."""
        return write_json(self.parameters)

    @property
    def json_parameters(self) -> dict[str, str]:
        """Each as JSON, but texts as they are."""
        return {name: one if isinstance(one, str) else json.dumps(one) for name, one in self.parameters.items()}


class Sender:
    """A bot whose every call ends within so many seconds.

    Each method raises NotNow when Telegram does not answer in time or fails, and Held, which is one, when the call must
    wait; ChatGone and MessageGone when asking again is of no use. What must wait for what is said by its priority.

    The calls go to python-telegram-bot's request as they are: a bot's own methods look at each parameter, and make
    objects of an answer in which only the id is read, which takes as long as all else that is done for a call.
    """

    def __init__(self, bot: ExtBot[Priority], limiter: Limiter, call_seconds: float, forms: Forms) -> None:
        self.bot = bot
        self._limiter = limiter
        self._call_seconds = call_seconds
        self._forms = forms

    async def send(
        self, chat: int, screen: Screen, priority: Priority = Priority.RESULT, thread: int | None = None
    ) -> int:
        """Send a message, into this topic of a forum; its id."""
        answer = await self._show(chat, screen, priority, thread=thread)
        match answer:
            case {"message_id": int() as message}:
                return message
            case _:
                raise NotNow(SOON)  # whoever said that is not Telegram

    async def send_all(
        self,
        chat: int,
        screens: Sequence[Screen],
        priority: Priority = Priority.RESULT,
        thread: int | None = None,
    ) -> int:
        """Send one message after the other, none of them held once the first went out; the id of the last."""
        last = await self.send(chat, screens[0], priority, thread)
        for screen in screens[1:]:
            last = await self.send(chat, screen, Priority.REST, thread)
        return last

    async def send_poll(
        self, chat: int, poll: QuizPoll, priority: Priority, thread: int | None = None
    ) -> tuple[int, str]:
        """Ask by one of Telegram's own quiz polls; the ids of the message and of the poll."""
        answer = await self._change(chat, "sendPoll", priority, **poll.parameters(), **_in_topic(thread))
        match answer:
            case {"message_id": int() as message, "poll": {"id": str() as poll_id}}:
                return message, poll_id
            case _:
                raise NotNow(SOON)  # whoever said that is not Telegram

    async def stop_poll(self, chat: int, message: int) -> None:
        """Close a poll before its time; nothing to do when it is closed or gone."""
        try:
            await self._change(chat, "stopPoll", Priority.REST, message_id=message)
        except Refused as error:
            if not any(over in str(error).lower() for over in ("already been closed", "poll to stop not found")):
                raise

    async def is_administrator(self, chat: int, user: int) -> bool:
        """Whether Telegram says that somebody runs a group."""
        answer = await self._bounded(self._post("getChatMember", chat_id=chat, user_id=user))
        match answer:
            case {"status": str() as status}:
                return status in RUN_A_GROUP
            case _:
                raise NotNow(SOON)

    async def draft(self, chat: int, draft: int, screen: Screen) -> bool:
        """Show in a private chat what is still being made, under the id of the draft; it goes with the next message.

        False where the server takes no drafts: then nothing is shown.
        """
        if not self._forms.may_be_used(Form.DRAFT):
            return False
        shown = screen.parameters(PLAIN)
        draft_of = {"draft_id": draft, "text": shown["text"], "parse_mode": shown["parse_mode"]}
        try:
            await self._newer(self._change(chat, "sendMessageDraft", Priority.PROGRESS, **draft_of))
        except NoSuchMethod:
            await self._forms.was(Form.DRAFT, taken=False)
            return False
        except Refused:
            return False
        await self._forms.was(Form.DRAFT, taken=True)
        return True

    async def delete(self, chat: int, message: int) -> None:
        """Take a message away; nothing to do when it is gone already, or too old to be taken."""
        try:
            await self._change(chat, "deleteMessage", message_id=message)
        except Refused as error:
            if not any(gone in str(error).lower() for gone in ("message to delete not found", "can't be deleted")):
                raise

    async def edit(self, chat: int, message: int, screen: Screen, priority: Priority = Priority.RESULT) -> None:
        """Make a message show this; nothing to do when it does already."""
        try:
            await self._show(chat, screen, priority, message)
        except Refused as error:
            reason = str(error).lower()
            if NOT_MODIFIED in reason:
                return
            if any(gone in reason for gone in GONE):
                raise MessageGone(str(error)) from error
            raise

    async def toast(self, callback: str, text: str, *, alert: bool = False) -> None:
        """Answer a press, shortly at the top or (alert) in a window; a press too old to be answered is no fault."""
        try:
            await self._bounded(
                self._post("answerCallbackQuery", callback_query_id=callback, text=text, show_alert=alert)
            )
        except Refused as error:
            if "query is too old" not in str(error).lower():
                raise

    async def _show(
        self,
        chat: int,
        screen: Screen,
        priority: Priority,
        message: int | None = None,
        thread: int | None = None,
    ) -> Result:
        """Send a screen, or make a message show it, in the newest forms that are taken.

        What Telegram refuses in a newer form is shown in a plainer one at once; Refused is raised for the plain one.
        """
        ladder = tuple(screen.forms(self._forms))
        lacking: set[Form] = set()
        for forms in ladder:
            try:
                result = await self._show_in(chat, screen, forms, priority, message, thread)
            except Refused as error:
                reason = str(error).lower()
                lacking |= {form for form in forms if any(one in reason for one in LACKING[form])}
                if forms is ladder[-1] or any(one in reason for one in (NOT_MODIFIED, *GONE)):
                    raise
                priority = Priority.REST
            else:
                for form in lacking | forms:
                    await self._forms.was(form, taken=form in forms)
                return result
        raise AssertionError("a ladder ends with the plain form")

    async def _show_in(
        self,
        chat: int,
        screen: Screen,
        forms: frozenset[Form],
        priority: Priority,
        message: int | None,
        thread: int | None,
    ) -> Result:
        shown = {**screen.parameters(forms), **_in_topic(thread)}
        if message is not None:
            return await self._change(chat, "editMessageText", priority, message_id=message, **shown)
        if Form.RICH in forms:
            return await self._newer(self._change(chat, "sendRichMessage", priority, **shown))
        return await self._change(chat, "sendMessage", priority, **shown)

    async def _newer(self, call: Coroutine[Any, Any, Result]) -> Result:
        """A call of a method that the server may not know: then it is Refused."""
        try:
            return await call
        except NotNow as error:
            if isinstance(error.__cause__, InvalidToken):  # python-telegram-bot's name for every 404
                raise NoSuchMethod("no such method") from error
            raise

    async def _change(
        self, chat: int, method: str, priority: Priority = Priority.RESULT, **parameters: Parameter
    ) -> Result:
        call = partial(self._post, method, chat_id=chat, **parameters)
        return await self._bounded(self._limiter.limited(chat, priority, call))

    async def _post(self, method: str, **parameters: Parameter) -> Result:
        data = cast("RequestData", Parameters(parameters))
        # Without limits on its parts: `_bounded` holds the whole.
        return await self.bot.request.post(f"{self.bot.base_url}/{method}", data, None, None, None, None)

    async def _bounded(self, call: Coroutine[Any, Any, Result]) -> Result:
        limit = min(self._call_seconds, seconds_left())
        if limit <= 0:
            call.close()
            raise NotNow(SOON)
        try:
            async with asyncio.timeout(limit):
                return await call
        except TimeoutError as error:
            raise NotNow(SOON) from error
        except RetryAfter as error:
            raise Held(wait_of(error)) from error
        except ChatMigrated as error:
            raise ChatMoved(error.new_chat_id) from error
        except Forbidden as error:
            raise ChatGone(error.message) from error
        except BadRequest as error:
            if any(closed in error.message.lower() for closed in CLOSED_CHATS):
                raise ChatGone(error.message) from error
            raise Refused(error.message) from error
        except TelegramError as error:
            raise NotNow(SOON) from error  # a failing network, server or proxy


def _in_topic(thread: int | None) -> dict[str, int]:
    """The topic of a forum; that which is called General has no number."""
    return {} if thread is None else {"message_thread_id": thread}
