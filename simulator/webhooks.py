"""Webhooks: updates posted to a bot's address as Telegram posts them, until the bot says that it has them."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast

import httpx

from simulator.chats import Bot, Webhook
from simulator.updates import Update
from simulator.world import World

JsonObject = dict[str, Any]
Perform = Callable[[Bot, str, JsonObject], object]
"""Does what a call that came as the answer to an update asks for."""

ANSWERS_WITHIN = 60.0
LONGEST_PAUSE = 60.0
"""Telegram's own longest pause lies between 60 and 120 s."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name


def lane_of(update: Update) -> tuple[str, object]:
    """Whose updates come one after the other: messages of a chat, presses of a person, answers to a poll."""
    body = update.body
    match update.kind:
        case "callback_query":
            return update.kind, body["from"]["id"]
        case "poll_answer":
            return update.kind, body["poll_id"]
        case _:
            return "message", body["chat"]["id"] if "chat" in body else update.id


class Couriers:
    """One courier for each bot that has set a webhook; they end with the simulator's event loop."""

    def __init__(self, world: World, perform: Perform) -> None:
        self._world = world
        self._perform = perform
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def attend(self, bot: Bot) -> None:
        """Begin to deliver to the bot's webhook, or stop when it has none any more."""
        task = self._tasks.pop(bot.id, None)
        if task is not None:
            task.cancel()
        if bot.webhook is not None:
            self._tasks[bot.id] = asyncio.create_task(self._deliver(bot, bot.webhook), name=f"webhook of {bot.id}")

    async def _deliver(self, bot: Bot, webhook: Webhook) -> None:
        limits = httpx.Limits(max_connections=webhook.max_connections, max_keepalive_connections=None)
        async with (
            httpx.AsyncClient(timeout=ANSWERS_WITHIN, limits=limits, trust_env=False) as client,
            asyncio.TaskGroup() as group,
        ):
            lanes: set[tuple[str, object]] = set()
            late: dict[tuple[str, object], Update] = {}
            freed = asyncio.Event()

            async def carry(update: Update) -> None:
                lane = lane_of(update)
                try:
                    is_taken = await self._until_taken(client, bot, webhook, update)
                    if lane in late:  # out of its turn, beside what comes next
                        group.create_task(self._once_more(client, bot, webhook, late.pop(lane)))
                    if is_taken and update.late and update.more_copies:
                        late[lane] = update
                finally:
                    lanes.discard(lane)
                    freed.set()

            while bot.webhook is webhook:  # a reset forgets it
                freed.clear()
                rung = bot.queue.bell.next()
                for update in bot.queue.all_pending():
                    lane = lane_of(update)
                    if lane not in lanes and len(lanes) < webhook.max_connections:
                        lanes.add(lane)
                        group.create_task(carry(update))
                waits = [asyncio.ensure_future(rung.wait()), asyncio.ensure_future(freed.wait())]
                try:
                    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for wait in waits:
                        wait.cancel()

    async def _until_taken(self, client: httpx.AsyncClient, bot: Bot, webhook: Webhook, update: Update) -> bool:
        """Post it at once, once more, then after 2, 4, 8 … s, or when the bot says; False: it got too old."""
        tries = 0
        while bot.queue.is_alive(update):
            bot.queue.delivering(update, again=tries > 0)
            pause = await self._post(client, bot, webhook, update)
            tries += 1
            if pause is None:
                if bot.queue.taken(update):
                    return True
                continue  # a copy on order
            await asyncio.sleep(pause if pause > 0 else min(2 ** (tries - 1), LONGEST_PAUSE) if tries > 1 else 0)
        return False

    async def _once_more(self, client: httpx.AsyncClient, bot: Bot, webhook: Webhook, update: Update) -> None:
        """Post a late copy, whatever becomes of it."""
        bot.queue.delivering(update, again=True)
        await self._post(client, bot, webhook, update)

    async def _post(self, client: httpx.AsyncClient, bot: Bot, webhook: Webhook, update: Update) -> float | None:
        """None when the bot has it; else after how many seconds it wants it again (0: it does not say)."""
        press = self._world.presses.get(str(update.body.get("id")))
        if update.kind == "callback_query" and press is not None and press.delivered_clock is None:
            press.delivered_clock = self._world.clock.now()
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers[SECRET_HEADER] = webhook.secret_token
        try:
            answer = await client.post(webhook.url, content=json.dumps(update.as_json()), headers=headers)
        except httpx.HTTPError as error:
            webhook.fail(f"{type(error).__name__}")
            return 0.0
        if not answer.is_success:
            webhook.fail(f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}")
            wanted = answer.headers.get("Retry-After", "")
            return float(wanted) if wanted.isdigit() else 0.0
        self._do_what_the_answer_says(bot, answer)
        return None

    def _do_what_the_answer_says(self, bot: Bot, answer: httpx.Response) -> None:
        try:
            call = answer.json()
        except ValueError:
            return
        match call:
            case {"method": str(method), **parameters}:
                self._perform(bot, method, cast("JsonObject", parameters))
            case _:
                return
