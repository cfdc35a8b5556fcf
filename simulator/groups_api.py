"""The control API as methods: groups, who is in them, and their topics."""

from collections.abc import Sequence
from typing import Any, Literal

from simulator.asking import Asking
from simulator.members import Status

JsonObject = dict[str, Any]


class GroupsApi(Asking):
    """The groups of a running simulator."""

    async def add_group(
        self,
        title: str,
        members: Sequence[int],
        *,
        kind: Literal["group", "supergroup"] = "supergroup",
        admins: Sequence[int] = (),
        bots: Sequence[int] | None = None,
        owner: int | None = None,
        is_forum: bool = False,
    ) -> int:
        """A new group of these people and bots (the only bot if none is named); returns its id."""
        body: JsonObject = {
            "type": kind,
            "title": title,
            "members": list(members),
            "admins": list(admins),
            "bots": None if bots is None else list(bots),
            "owner": owner,
            "is_forum": is_forum,
        }
        return (await self._ask("POST", "/chats", body))["id"]

    async def set_member(
        self,
        chat: int,
        user: int,
        status: Status,
        *,
        by: int | None = None,
        can: Sequence[str] | None = None,
        until: int = 0,
    ) -> JsonObject:
        """Make a person or a bot a member, an administrator, an outsider …; returns the chat as `state` shows it.

        `by` is who does it: by default they themselves where people join and leave, else who runs the group. `can`
        are the rights of an administrator (by default the usual ones) or of a restricted member (none)."""
        body: JsonObject = {
            "chat": chat,
            "user": user,
            "status": status,
            "by": by,
            "can": None if can is None else list(can),
            "until": until,
        }
        return await self._ask("POST", "/members", body)

    async def migrate(self, chat: int, *, by: int | None = None) -> int:
        """Make a supergroup of a group; returns its new id."""
        return (await self._ask("POST", "/migrate", {"chat": chat, "by": by}))["id"]

    async def add_topic(self, chat: int, user: int, name: str) -> int:
        """A person makes a topic in a forum; returns its thread."""
        return (await self._ask("POST", "/topics", {"chat": chat, "user": user, "name": name}))["thread"]

    async def change_topic(
        self, chat: int, user: int, thread: int, *, name: str | None = None, closed: bool | None = None
    ) -> None:
        """A person renames, closes or opens a topic; 1 is the General one."""
        body = {"chat": chat, "user": user, "thread": thread, "name": name, "closed": closed}
        await self._ask("POST", "/topics", body)
