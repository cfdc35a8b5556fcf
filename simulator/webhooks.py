"""Webhooks: updates posted to a bot's address as Telegram posts them, until the bot says that it has them."""

import asyncio
import contextlib
import json
import random
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from simulator.bodies import Unreadable, parse_body
from simulator.chats import Bot, Webhook
from simulator.updates import Update
from simulator.world import World

JsonObject = dict[str, Any]
Perform = Callable[[Bot, str, JsonObject], object]
"""Does what a call that came as the answer to an update asks for."""
Post = Callable[[Update], Awaitable[None]]
"""Posts an update once; NotTaken when the bot does not say that it has it."""

ANSWERS_WITHIN = 60.0
LONGEST_PAUSE = 60, 120
"""Seconds: Telegram's longest pause is a random one between these."""
LONGEST_RETRY_AFTER = 3600
GONE = 410
GONE_FOR = 23 * 60 * 60.0
"""Seconds of nothing but 410 after which the webhook is removed."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name
# Answers to an update that Telegram takes no notice of.
NOT_AS_ANSWER = {"setwebhook", "deletewebhook", "close", "logout"}
LOADED_PER_CONNECTION = 2


class NotTaken(Exception):
    """The bot did not take an update; the text says how, `retry_after` when it wants it again (0: it does not say)."""

    def __init__(self, says: str, retry_after: int = 0) -> None:
        super().__init__(says)
        self.retry_after = retry_after


def lane_of(update: Update) -> tuple[str, object]:
    """Whose updates come one after the other: messages of a chat, presses of a person, all about a poll …"""
    body = update.body
    match update.kind:
        case "callback_query" | "inline_query" | "chosen_inline_result" | "shipping_query" | "pre_checkout_query":
            return update.kind, body["from"]["id"]
        case "poll":
            return "poll", body["id"]
        case "poll_answer":
            return "poll", body["poll_id"]
        case "chat_member":
            return update.kind, body["new_chat_member"]["user"]["id"]
        case "my_chat_member" | "message_reaction" | "message_reaction_count":
            return update.kind, body["chat"]["id"]
        case _:
            return "message", body["chat"]["id"] if "chat" in body else update.id


class Couriers:
    """One courier for each bot that has set a webhook; they end with the simulator's event loop."""

    def __init__(self, world: World, perform: Perform) -> None:
        self._world = world
        self._perform = perform
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._dice = random.Random()  # noqa: S311 - of a pause

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
            connections = asyncio.Semaphore(webhook.max_connections)
            late: dict[tuple[str, object], Update] = {}
            freed = asyncio.Event()

            async def post(update: Update) -> None:
                async with connections:
                    await self._post(client, bot, webhook, update)

            async def carry(update: Update) -> None:
                lane = lane_of(update)
                try:
                    is_taken = await self._until_taken(post, bot, webhook, update)
                    if lane in late:  # out of its turn, beside what comes next
                        group.create_task(self._once_more(post, bot, late.pop(lane)))
                    if is_taken and update.late and update.more_copies:
                        late[lane] = update
                finally:
                    lanes.discard(lane)
                    freed.set()

            while bot.webhook is webhook:  # a reset forgets it
                freed.clear()
                rung = bot.queue.bell.next()
                # Telegram looks at so many at a time: a chat with more than that waiting holds up all others.
                loaded = bot.queue.all_pending()[: LOADED_PER_CONNECTION * webhook.max_connections]
                for update in loaded:
                    lane = lane_of(update)
                    if lane not in lanes:
                        lanes.add(lane)
                        group.create_task(carry(update))
                waits = [asyncio.ensure_future(rung.wait()), asyncio.ensure_future(freed.wait())]
                try:
                    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for wait in waits:
                        wait.cancel()

    async def _until_taken(self, post: Post, bot: Bot, webhook: Webhook, update: Update) -> bool:
        """Post it at once, once more, then after 2, 4, 8 … s, or when the bot says; False: it got too old."""
        clock, fails, delay = self._world.clock, 0, 1
        while bot.queue.is_alive(update) and bot.webhook is webhook:
            bot.queue.delivering(update, again=fails > 0)
            try:
                await post(update)
            except NotTaken as refused:
                webhook.last_error = clock.now(), str(refused)
                pause = refused.retry_after
                if pause == 0 and fails > 0:
                    delay = pause = min(2 * delay, self._dice.randint(*LONGEST_PAUSE))
                fails += 1
                if not bot.queue.refused(update, str(refused), pause):
                    return False
                if pause:
                    await clock.sleep(pause)
            else:
                if bot.queue.taken(update):
                    return True
        return False

    async def _once_more(self, post: Post, bot: Bot, update: Update) -> None:
        """Post a late copy, whatever becomes of it."""
        bot.queue.delivering(update, again=True)
        with contextlib.suppress(NotTaken):
            await post(update)

    async def _post(self, client: httpx.AsyncClient, bot: Bot, webhook: Webhook, update: Update) -> None:
        """Post it once; NotTaken when the bot does not say that it has it."""
        press = self._world.presses.get(str(update.body.get("id")))
        if update.kind == "callback_query" and press is not None and press.delivered_clock is None:
            press.delivered_clock = self._world.clock.now()
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers[SECRET_HEADER] = webhook.secret_token
        try:
            answer = await client.post(webhook.url, content=json.dumps(update.as_json()), headers=headers)
        except httpx.HTTPError as error:
            raise NotTaken(_in_telegrams_words(error)) from None
        self._note_whether_gone(bot, webhook, is_gone=answer.status_code == GONE)
        if not answer.is_success:
            wanted = answer.headers.get("Retry-After", "")
            says = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
            raise NotTaken(says, min(int(wanted), LONGEST_RETRY_AFTER) if wanted.isdecimal() else 0)
        self._do_what_the_answer_says(bot, answer)

    def _note_whether_gone(self, bot: Bot, webhook: Webhook, *, is_gone: bool) -> None:
        now = self._world.clock.now()
        if not is_gone:
            webhook.gone_since = None
        elif webhook.gone_since is None:
            webhook.gone_since = now
        elif now > webhook.gone_since + GONE_FOR and bot.webhook is webhook:
            bot.webhook = None

    def _do_what_the_answer_says(self, bot: Bot, answer: httpx.Response) -> None:
        try:
            parameters = parse_body(answer.headers.get("Content-Type", ""), answer.content)
        except Unreadable:
            return
        method = parameters.pop("method", None)
        if isinstance(method, str) and not method.lower().startswith("get") and method.lower() not in NOT_AS_ANSWER:
            self._perform(bot, method, parameters)


def _in_telegrams_words(error: httpx.HTTPError) -> str:
    match error:
        case httpx.ConnectTimeout():
            return "Connection timed out"
        case httpx.TimeoutException():
            return "Read timeout expired"
        case httpx.ConnectError():
            return "Connection refused"
        case _:
            return "Webhook connection closed"
