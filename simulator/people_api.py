"""The control API as methods: who there is, and what people do."""

from typing import Any, Literal

from simulator.asking import Asking, read_answer
from simulator.conversation import Message, Pressed, Said, Voted

JsonObject = dict[str, Any]


class PeopleApi(Asking):
    """What people do in a running simulator."""

    async def add_bot(
        self, token: str, *, name: str | None = None, username: str | None = None, privacy: bool | None = None
    ) -> int:
        """Make the bot of this token known before it calls, or call it otherwise; returns its id.

        Without privacy it hears all that is said in its groups."""
        body = {"token": token, "name": name, "username": username, "privacy": privacy}
        return (await self._ask("POST", "/bots", body))["id"]

    async def add_user(
        self,
        first_name: str = "Ann",
        *,
        language_code: str | None = "en",
        user_id: int | None = None,
        username: str | None = None,
    ) -> int:
        """A new person; returns the id, which is that of the private chat as well."""
        body = {
            "first_name": first_name,
            "language_code": language_code,
            "id": user_id,
            "username": username,
        }
        return (await self._ask("POST", "/users", body))["id"]

    async def say(
        self,
        user: int,
        text: str,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        bot: int | None = None,
        thread: int | None = None,
    ) -> Said:
        """The person writes, in their private chat unless another is named; `thread` is a topic of a forum."""
        body = {"user": user, "text": text, "chat": chat, "reply_to": reply_to, "bot": bot, "thread": thread}
        return Said(**await self._ask("POST", "/say", body))

    async def upload(
        self,
        user: int,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        kind: Literal["photo", "document"] | None = None,
        chat: int | None = None,
        reply_to: int | None = None,
        bot: int | None = None,
        thread: int | None = None,
    ) -> Said:
        """The person sends a file; a picture goes as a photo unless `kind` says otherwise."""
        given = {
            "user": user,
            "kind": kind,
            "caption": caption,
            "chat": chat,
            "reply_to": reply_to,
            "bot": bot,
            "thread": thread,
        }
        fields = {field: str(value) for field, value in given.items() if value is not None}
        answer = await self._http.post("/control/upload", data=fields, files={"file": (name, content)})
        return Said(**read_answer(answer))

    async def file(self, file: str | JsonObject) -> bytes:
        """The content of a file, named by its id or as it stands in a message."""
        file_id = file if isinstance(file, str) else file["file_id"]
        answer = await self._http.get(f"/control/files/{file_id}")
        if answer.is_error:
            read_answer(answer)
        return answer.content

    async def vote(
        self,
        user: int,
        message: int | Message,
        *options: int,
        chat: int | None = None,
        bot: int | None = None,
        as_chat: bool = False,
    ) -> Voted:
        """The person votes in the poll of this message for these options; for none to retract the vote.

        `as_chat` is how an administrator votes who is anonymous in the group."""
        chat, message = _where(chat, message)
        body = {
            "user": user,
            "message_id": message,
            "option_ids": list(options),
            "chat": chat,
            "bot": bot,
            "as_chat": as_chat,
        }
        return Voted(**await self._ask("POST", "/vote", body))

    async def press(
        self,
        user: int,
        message: int | Message,
        *,
        button: str | None = None,
        data: str | None = None,
        chat: int | None = None,
        bot: int | None = None,
    ) -> Pressed:
        """The person presses the button with this text, or sends this data, which may be forged."""
        chat, message = _where(chat, message)
        body = {
            "user": user,
            "message_id": message,
            "button": button,
            "data": data,
            "chat": chat,
            "bot": bot,
        }
        return Pressed(**await self._ask("POST", "/press", body))

    async def edit(
        self, user: int, message: int | Message, text: str, *, chat: int | None = None, bot: int | None = None
    ) -> Said:
        """The person changes the words of a message of theirs."""
        chat, message = _where(chat, message)
        body = {"user": user, "message_id": message, "text": text, "chat": chat, "bot": bot}
        return Said(**await self._ask("POST", "/edit", body))

    async def react(
        self,
        user: int,
        message: int | Message,
        emoji: str | None,
        *,
        chat: int | None = None,
        bot: int | None = None,
    ) -> None:
        """The person reacts to a message with an emoji; with None takes that back."""
        chat, message = _where(chat, message)
        body = {"user": user, "message_id": message, "emoji": emoji, "chat": chat, "bot": bot}
        await self._ask("POST", "/react", body)

    async def give_update(self, kind: str, body: JsonObject, *, bot: int | None = None) -> int | None:
        """Give the bot an update of whatever form; its id (None: the bot does not ask for this kind)."""
        return (await self._ask("POST", "/updates", {"kind": kind, "body": body, "bot": bot}))["update_id"]

    async def block(self, user: int, blocked: bool = True, *, bot: int | None = None) -> None:
        """The person blocks the bot, or lets it in again."""
        await self._ask("POST", "/block", {"user": user, "blocked": blocked, "bot": bot})

    async def delete(self, chat: int, message_id: int, *, bot: int | None = None) -> None:
        """A person deletes a message."""
        await self._ask("POST", "/delete", {"chat": chat, "message_id": message_id, "bot": bot})


def _where(chat: int | None, message: int | Message) -> tuple[int | None, int]:
    """The chat and the number of a message that may be given whole."""
    if isinstance(message, int):
        return chat, message
    return message.chat_id if chat is None else chat, message.message_id
