"""Who and what there is: bots, people, chats, messages and button presses, all in memory."""

import itertools
import time
from collections import deque
from typing import Any

from simulator.chats import Bot, Chat, Press, User
from simulator.clock import Clock
from simulator.events import KEPT_EVENTS, EventLog
from simulator.faults import Faults
from simulator.files import File, FileKind, pixels
from simulator.limits import Limits
from simulator.messages import Content, Message
from simulator.polls import Poll
from simulator.updates import Delivery, UpdateQueue

JsonObject = dict[str, Any]

FIRST_USER_ID = 1001


class Unknown(Exception):
    """Something named in a request does not exist or cannot be done; the text says what, in a sentence."""


class World:
    """The whole simulated Telegram; everything here is immediate, waiting is done by who serves HTTP."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.events = EventLog(self.clock)
        self.faults = Faults()
        self.limits = Limits(self.clock)
        self.delivery = Delivery()
        self.bots: dict[int, Bot] = {}
        self.users: dict[int, User] = {}
        self.groups: dict[int, Chat] = {}
        self.private_chats: dict[tuple[int, int], Chat] = {}
        self.presses: dict[str, Press] = {}
        self.files: dict[str, File] = {}
        self.violations: list[JsonObject] = []
        self.calls: deque[JsonObject] = deque(maxlen=KEPT_EVENTS)
        self._user_ids = itertools.count(FIRST_USER_ID)
        self._group_ids = itertools.count(1)
        self._message_ids = itertools.count(1)
        self._call_ids = itertools.count(1)
        self._press_ids = itertools.count(1)
        self._file_ids = itertools.count(1)
        self._poll_ids = itertools.count(1)
        self._album_ids = itertools.count(1)

    def reset(self, *, bots: bool = False) -> None:
        """Forget people, chats, files, queues, faults, limits and the log; ids and event numbers go on, and so do the
        bots unless they are to be forgotten too."""
        self.faults.remove()
        self.limits = Limits(self.clock)
        self.delivery = Delivery()
        self.clock.reset()
        for known in (self.users, self.groups, self.private_chats, self.presses, self.files):
            known.clear()
        self.violations.clear()
        self.calls.clear()
        for bot in self.bots.values():
            bot.queue.delivery = self.delivery
            bot.queue.clear()
            bot.webhook = None
            for kept in (bot.met, bot.blocked_by, bot.commands, bot.menu_buttons, bot.profile):
                kept.clear()
        if bots:
            self.bots.clear()
        self._user_ids = itertools.count(FIRST_USER_ID)
        self.events.clear()

    def set_delivery(self, delivery: Delivery) -> None:
        """Deliver what is queued from now on in another way."""
        self.delivery = delivery
        for bot in self.bots.values():
            bot.queue.delivery = delivery

    def bot_by_token(self, token: str) -> Bot | None:
        """The bot of a well-formed token, made when first seen; None for a token Telegram would refuse."""
        digits, colon, secret = token.partition(":")
        if not (colon and secret and digits.isascii() and digits.isdigit() and len(digits) <= 15):
            return None
        bot = self.bots.get(int(digits))
        if bot is None:
            user = User(int(digits), "Simulated bot", is_bot=True, username=f"simulated_{digits}_bot")
            queue = UpdateQueue(user.id, self.clock, self.events, self.delivery)
            bot = self.bots[user.id] = Bot(user, token, queue)
        return bot if bot.token == token else None

    def bot(self, bot_id: int | None) -> Bot:
        """The bot of this id, or the only one there is."""
        if bot_id is not None:
            if bot_id in self.bots:
                return self.bots[bot_id]
            raise Unknown(f"There is no bot {bot_id}.")
        if len(self.bots) == 1:
            return next(iter(self.bots.values()))
        if not self.bots:
            raise Unknown("No bot has called yet: start one, or name its token to POST /control/bots first.")
        raise Unknown(f"There are several bots, say which: {sorted(self.bots)}.")

    def user(self, user_id: int) -> User:
        """The person of this id."""
        if user_id not in self.users:
            raise Unknown(f"There is no user {user_id}: make one with POST /control/users.")
        return self.users[user_id]

    def add_user(
        self,
        first_name: str,
        user_id: int | None = None,
        language_code: str | None = None,
        username: str | None = None,
    ) -> User:
        """A new person, who has not written to any bot yet."""
        new_id = next(self._user_ids) if user_id is None else user_id
        while user_id is None and (new_id in self.users or new_id in self.bots):
            new_id = next(self._user_ids)
        if new_id in self.users or new_id in self.bots:
            raise Unknown(f"The id {new_id} is taken.")
        self.users[new_id] = User(new_id, first_name, username=username, language_code=language_code)
        return self.users[new_id]

    def add_group(self, chat: Chat) -> Chat:
        """Keep a new group."""
        self.groups[chat.id] = chat
        return chat

    def new_group_id(self, kind: str) -> int:
        """An id that no group has had."""
        number = next(self._group_ids)
        return -(1_000_000_000_000 + number) if kind == "supergroup" else -(4_000_000 + number)

    def anybody(self, user_id: int) -> User:
        """The person or the bot of this id."""
        return self.bots[user_id].user if user_id in self.bots else self.user(user_id)

    def chat(self, chat_id: int, bot: Bot) -> Chat:
        """The group, or the bot's private chat with the person, of this id."""
        if chat_id < 0:
            if chat_id not in self.groups:
                raise Unknown(f"There is no chat {chat_id}: make one with POST /control/chats.")
            return self.groups[chat_id]
        key = (bot.id, chat_id)
        if key not in self.private_chats:
            self.private_chats[key] = Chat(chat_id, "private", person=self.user(chat_id), bot=bot.id)
        return self.private_chats[key]

    def add_message(
        self,
        chat: Chat,
        sender: User,
        text: str,
        entities: list[JsonObject],
        content: Content = None,
    ) -> Message:
        """A new message at the end of the chat. As in Telegram, a supergroup counts for itself and all
        other chats share one count."""
        counts_alone = chat.type == "supergroup"
        message_id = max(chat.messages, default=0) + 1 if counts_alone else next(self._message_ids)
        message = Message(message_id, chat, sender, self.clock.now(), text, entities, content)
        chat.messages[message.id] = message
        if isinstance(content, Poll) and content.close_date is not None:
            self.clock.at(content.close_date, lambda: self.close_poll(message))
        return message

    def new_poll_id(self) -> str:
        """An id that no poll has had; long, as Telegram's are."""
        return str((6 << 60) + next(self._poll_ids))

    def new_album_id(self) -> str:
        """An id that no album has had."""
        return str((3 << 60) + next(self._album_ids))

    def add_file(self, kind: FileKind, name: str, mime_type: str, content: bytes) -> File:
        """Keep a file that somebody sends."""
        number = next(self._file_ids)
        size = pixels(content) if kind == "photo" else None
        width, height = size or (None, None)
        file = File(f"SIM{kind[0]}{number:010}", f"sim{number:08}", kind, name, mime_type, content, width, height)
        self.files[file.id] = file
        return file

    def add_press(self, bot: Bot, user: User, chat: Chat, message_id: int, data: str) -> Press:
        """A press not yet sent to anybody."""
        press = Press(
            # As Telegram's ids are: the upper half is the presser's own.
            id=str((user.id << 32) + next(self._press_ids)),
            bot_id=bot.id,
            user=user,
            chat=chat,
            message_id=message_id,
            data=data,
            pressed_at=time.time(),
            pressed_clock=self.clock.now(),
        )
        self.presses[press.id] = press
        return press

    def close_poll(self, message: Message) -> None:
        """Take no more votes on the poll in this message; its bot is told the counts."""
        poll = message.content
        if isinstance(poll, Poll) and not poll.is_closed:
            poll.is_closed = True
            self.log_message("poll", message)
            self.bots[message.sender.id].queue.put("poll", poll.as_json(with_key=True))

    def tell_of_vote(self, message: Message, poll: Poll, voter: User | Chat, chosen: list[int]) -> list[int | None]:
        """Show everybody that somebody voted; its bot hears who did unless the poll is anonymous.

        Returns the ids of the updates, None for those that the bot does not ask for."""
        self.log_message("poll", message)
        queue = self.bots[message.sender.id].queue
        told = [queue.put("poll", poll.as_json(with_key=True))]
        if not poll.is_anonymous:
            answer: JsonObject = {
                "poll_id": poll.id,
                "user" if isinstance(voter, User) else "voter_chat": voter.as_json(),
                "option_ids": chosen,
                "option_persistent_ids": [poll.options[place].persistent_id for place in chosen],
            }
            told.append(queue.put("poll_answer", answer))
        return told

    def log_message(self, kind: str, message: Message, bot_id: int | None = None) -> None:
        """Log that a message appeared, changed or went, as people in the chat see it."""
        self.events.add(kind, bot_id, chat=message.chat.id, message_id=message.id, message=message.as_transcript())

    def begin_call(self, bot: Bot, method: str, parameters: JsonObject) -> JsonObject:
        """Log that a call of the Bot API came in; its record is completed by `end_call`."""
        call: JsonObject = {
            "call": next(self._call_ids),
            "bot": bot.id,
            "method": method,
            "parameters": parameters,
            "chat_id": None,
            "received_at": time.time(),
            "answered_at": None,
            "status": None,
            "response": None,
        }
        self.calls.append(call)
        self.events.add("call_received", bot.id, call=call["call"], method=method, parameters=parameters)
        return call

    def end_call(self, call: JsonObject, status: int | None, response: JsonObject | str | None) -> None:
        """Log what was answered; None stands for a call that never got an answer."""
        call |= {"answered_at": time.time(), "status": status, "response": response}
        seen = {name: call[name] for name in ("call", "method", "parameters", "status", "response")}
        self.events.add("call_answered" if status else "call_abandoned", call["bot"], **seen)

    def violate(self, bot: Bot, method: str, rule: str, where: str, says: str) -> None:
        """Note that a bot broke a rule of the Bot API."""
        violation: JsonObject = {
            "method": method,
            "rule": rule,
            "where": where,
            "says": says,
            "at": time.time(),
            "bot": bot.id,
        }
        self.violations.append(violation)
        self.events.add("violation", bot.id, **{key: violation[key] for key in ("method", "rule", "where", "says")})
