"""The control API as methods, one for each request: what people do, and what can be seen of the bot."""

import sys
from typing import Any

from simulator.asking import Refusal
from simulator.conversation import Callback, Event, Fault, Message, Pressed, read_event, read_message
from simulator.groups_api import GroupsApi
from simulator.limits import Limit
from simulator.people_api import PeopleApi

__all__ = ["ControlApi", "Refusal"]

JsonObject = dict[str, Any]


class ControlApi(PeopleApi, GroupsApi):
    """Requests to a running simulator. Every method may raise Refusal with the simulator's own sentence."""

    async def state(self) -> JsonObject:
        """Who and what there is now: bots, users, chats with members and topics, the last event, the clock."""
        return await self._ask("GET", "/state")

    async def callback(self, pressed: str | Pressed, *, within: float = 0.0) -> Callback:
        """What became of the press so far; waits up to `within` seconds for an answer."""
        query_id = pressed.callback_query_id if isinstance(pressed, Pressed) else pressed
        return Callback(**await self._ask("GET", f"/callbacks/{query_id}", within=within))

    async def messages(self, chat: int, *, bot: int | None = None) -> list[Message]:
        """All messages of the chat in order, deleted ones included and marked."""
        given = await self._ask("GET", f"/chats/{chat}", query={"bot": bot})
        return [read_message(each) for each in given["messages"]]

    async def last_event(self) -> int:
        """The number of the newest event, 0 before the first."""
        return (await self._ask("GET", "/events", query={"after": sys.maxsize}))["last"]

    async def events(self, *, after: int = 0, within: float = 0.0) -> list[Event]:
        """All events after this number; waits up to `within` seconds for the first of them."""
        given = await self._ask("GET", "/events", within=within, query={"after": after})
        return [read_event(each) for each in given["events"]]

    async def calls(self, method: str | None = None, *, chat: int | None = None) -> list[JsonObject]:
        """Calls of the Bot API so far: call, method, parameters, status, response, received_at, answered_at."""
        return (await self._ask("GET", "/calls", query={"method": method, "chat": chat}))["calls"]

    async def violations(self) -> list[JsonObject]:
        """Every broken rule of the Bot API so far: method, rule, where, says, at."""
        return (await self._ask("GET", "/violations"))["violations"]

    async def add_faults(self, *faults: Fault, seed: int | None = None) -> list[int]:
        """Let things go wrong from now on; returns the ids of the rules."""
        rules = [vars(fault) for fault in faults]
        return (await self._ask("POST", "/faults", {"rules": rules, "seed": seed}))["ids"]

    async def faults(self) -> list[JsonObject]:
        """The rules in force, used-up ones included: the fields of a fault, its id, and how many calls it has hit."""
        return (await self._ask("GET", "/faults"))["rules"]

    async def lift_faults(self, fault_id: int | None = None) -> None:
        """End one fault, or all; calls that hang by them go on."""
        await self._ask("DELETE", "/faults" if fault_id is None else f"/faults/{fault_id}")

    async def set_limits(
        self,
        *,
        telegram: bool = False,
        chat: Limit | None = None,
        group: Limit | None = None,
        everyone: Limit | None = None,
    ) -> None:
        """Answer 429 to sends and edits beyond these limits from now on: in a private chat, in a group, in all.

        `telegram` sets those that are not given to about what Telegram allows; else they are lifted."""
        limits = {"chat": chat, "group": group, "everyone": everyone}
        asked: JsonObject = {name: vars(limit) for name, limit in limits.items() if limit is not None}
        await self._ask("POST", "/limits", asked | {"telegram": telegram})

    async def set_delivery(self, *, copies: tuple[int, int] = (1, 1), late: float | bool = 0.0, seed: int = 0) -> None:
        """Deliver each update between so many times; extra copies of presses late with this probability."""
        await self._ask("POST", "/delivery", {"copies": list(copies), "late": late, "seed": seed})

    async def advance_clock(self, seconds: float) -> float:
        """Move the simulated time forward; returns what it is now."""
        return (await self._ask("POST", "/clock", {"advance": seconds}))["now"]

    async def now(self) -> float:
        """The simulated time, as Unix time."""
        return (await self._ask("GET", "/clock"))["now"]

    async def reset(self, *, bots: bool = False) -> None:
        """Forget people, chats, queues, faults, limits, calls and events, and the bots if asked; numbering goes on."""
        await self._ask("POST", "/reset", {"bots": bots})
