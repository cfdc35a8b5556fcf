"""The limiter between python-telegram-bot and a Telegram that keeps its limits, over real HTTP."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from functools import partial
from itertools import product
from math import inf
from typing import Any, cast

import pytest
from telegram.error import RetryAfter, TelegramError
from telegram.ext import ExtBot

from delivery.failures import Held, NotNow
from delivery.limiter import Limiter
from delivery.priority import Priority
from delivery.screen import Screen
from delivery.sender import Sender
from simulator.client import Fault, Limit, Simulator
from storage.connection import Storage, connect
from storage.embedded import EmbeddedServer
from storage.errors import StorageUnavailable
from storage.sending import Pace, Paces, Sending
from tests.bot_process import TOKEN
from tests.delivery.screens import PLAIN_ONLY

SCREEN = Screen("hello")
PLENTY = Pace(1_000_000, 1)
CHAT = Pace(8, 2)
"""A burst of two, and then three calls a second."""
CLASSES = [priority for priority in Priority if priority is not Priority.REST]
MARK = "all calls were made"


@pytest.fixture
async def ann(simulator: Simulator) -> int:
    return await chat_with(simulator, "Ann")


@pytest.fixture
async def bob(simulator: Simulator) -> int:
    return await chat_with(simulator, "Bob")


async def chat_with(simulator: Simulator, name: str) -> int:
    """Somebody who has pressed start."""
    user = await simulator.add_user(name)
    await simulator.say(user, "/start")
    return user


@asynccontextmanager
async def replica(
    simulator: Simulator, storage: Storage, chat: Pace = PLENTY, group: Pace = PLENTY, everyone: Pace = PLENTY
) -> AsyncGenerator[Sender]:
    """A bot of its own, whose calls are counted in the Redis that all share."""
    limiter = Limiter(Sending(storage, Paces(chat, group, everyone)))
    async with ExtBot(TOKEN, base_url=simulator.bot_api_url, rate_limiter=limiter) as bot:
        yield Sender(bot, limiter, call_seconds=20, forms=PLAIN_ONLY)


async def in_the_end(call: Callable[[], Awaitable[Any]]) -> list[float]:
    """Make a call as a task would, which comes back when it was told to; the times that it was sent away for."""
    held: list[float] = []
    while True:
        try:
            await call()
        except Held as error:
            held.append(error.seconds)
            await asyncio.sleep(error.seconds)
        else:
            return held


async def statuses(simulator: Simulator, chat: int) -> Sequence[int]:
    calls = await simulator.calls(chat=chat)
    return [call["status"] for call in calls if call["method"] not in {"getMe", "getUpdates"}]


async def test_a_burst_goes_out_and_what_must_wait_is_told_how_long(
    simulator: Simulator, storage: Storage, ann: int
) -> None:
    async with replica(simulator, storage, chat=CHAT) as sender:
        sent = await sender.send(ann, SCREEN, Priority.QUESTION)
        await sender.edit(ann, sent, Screen("edits count too"), Priority.QUESTION)
        with pytest.raises(Held) as held:
            await sender.send(ann, SCREEN, Priority.QUESTION)
    assert 0 < held.value.seconds <= CHAT.pause / 1_000_000
    assert await statuses(simulator, ann) == [200, 200], "what must wait is not asked of Telegram"


async def test_two_replicas_keep_to_the_limits_of_a_telegram_that_enforces_them(
    simulator: Simulator, storage: Storage, ann: int, bob: int
) -> None:
    """Both send as fast as they are let to a chat and a group; nobody is ever answered 429."""
    group = await simulator.add_group("Class", [ann])
    # Calls bunch on their way, so that what Telegram counts is a little more than what went out.
    await simulator.set_limits(chat=Limit(9, 2), group=Limit(9, 2), everyone=Limit(36, 4))
    paces = {"chat": CHAT, "group": CHAT, "everyone": Pace(16, 2)}
    async with (
        replica(simulator, storage, **paces) as one,
        replica(simulator, storage, **paces) as two,
        asyncio.TaskGroup() as tasks,
    ):
        for sender, chat in 5 * list(product((one, two), (ann, bob, group))):
            tasks.create_task(in_the_end(partial(sender.send, chat, SCREEN)))
    for chat in (ann, bob, group):
        assert await statuses(simulator, chat) == [200] * 10


async def test_a_429_is_kept_for_all_replicas_and_for_its_chat_alone(
    simulator: Simulator, storage: Storage, ann: int, bob: int
) -> None:
    await simulator.add_faults(Fault("sendMessage", "429", chat_id=ann, retry_after=2, times=1))
    async with replica(simulator, storage) as one, replica(simulator, storage) as two:
        with pytest.raises(Held) as told:
            await one.send(ann, SCREEN, Priority.QUESTION)
        assert told.value.seconds == 2
        assert isinstance(told.value.__cause__, RetryAfter)
        with pytest.raises(Held) as held:
            await two.send(ann, SCREEN, Priority.QUESTION)
        assert 1 < held.value.seconds <= 2
        await two.send(bob, SCREEN)
        assert await statuses(simulator, ann) == [429]
        await in_the_end(partial(two.send, ann, SCREEN))
    tries = await simulator.calls("sendMessage", chat=ann)
    assert [one["status"] for one in tries] == [429, 200]
    assert tries[1]["received_at"] - tries[0]["answered_at"] >= 2


async def test_the_most_urgent_goes_out_when_only_little_can(simulator: Simulator, storage: Storage) -> None:
    """Of a burst each class leaves a part to those above it: one after the other is told to wait, questions last."""
    chats = [await chat_with(simulator, "Ann") for _ in range(30)]
    async with replica(simulator, storage, everyone=Pace(44, 1000)) as sender:  # a burst of eleven
        went: Counter[str] = Counter()
        for priority in reversed(CLASSES):
            for chat in chats:
                try:
                    await sender.send(chat, SCREEN, priority)
                except Held:
                    break
                went[priority.name] += 1
    assert went == {"PROGRESS": 3, "BROADCAST": 2, "REMINDER": 2, "RESULT": 2, "QUESTION": 2}


def test_every_class_may_use_less_of_a_burst_than_the_one_above_it() -> None:
    shares = [priority.share for priority in CLASSES]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == len(shares)
    assert (shares[0], min(shares) > 0) == (1.0, True)
    assert Priority.REST.share == inf
    assert all(Priority), "python-telegram-bot takes a class that is false for none"


async def test_a_message_in_several_parts_is_not_broken_off_by_the_limits(
    simulator: Simulator, storage: Storage, ann: int
) -> None:
    """Begun again, it would say its first part twice, and never come to the last; what follows waits for all of it."""
    async with replica(simulator, storage, chat=CHAT) as sender:
        await sender.send(ann, SCREEN)
        await in_the_end(partial(sender.send_all, ann, [Screen("first"), Screen("second"), Screen("third")]))
        with pytest.raises(Held) as held:
            await sender.send(ann, SCREEN)
        assert held.value.seconds > 2 * CHAT.pause / 1_000_000
    said = [message.text for message in await simulator.messages(ann) if message.from_bot]
    assert said == ["hello", "first", "second", "third"]


async def test_at_the_slowest_pace_a_message_in_several_parts_is_not_broken_off_either(
    simulator: Simulator, storage: Storage, ann: int
) -> None:
    """A burst of one call: begun again at its second, the message would never come to its end."""
    slowest = Pace(4, 1000)
    async with replica(simulator, storage, chat=slowest, everyone=slowest) as sender:
        await sender.send_all(ann, [Screen("first"), Screen("second"), Screen("third")])
    assert await statuses(simulator, ann) == [200, 200, 200]


async def test_a_silence_of_years_is_an_hour_to_whoever_waits(simulator: Simulator, storage: Storage, ann: int) -> None:
    await simulator.add_faults(Fault("sendMessage", "429", chat_id=ann, retry_after=10**11, times=1))
    async with replica(simulator, storage) as sender:
        with pytest.raises(Held) as told:
            await sender.send(ann, SCREEN)
    assert told.value.seconds == 3600


async def test_a_press_is_answered_whatever_the_limits_are(simulator: Simulator, storage: Storage, ann: int) -> None:
    async with replica(simulator, storage, chat=Pace(4, 1000), everyone=Pace(4, 1000)) as sender:
        message = await sender.send(ann, SCREEN)
        with pytest.raises(Held):
            await sender.send(ann, SCREEN)
        for _ in range(20):
            pressed = await simulator.press(ann, message, data="x")
            await sender.toast(pressed.callback_query_id, "right")


async def test_a_send_costs_one_round_trip_to_redis_and_a_toast_none(
    simulator: Simulator, storage: Storage, server: EmbeddedServer, ann: int
) -> None:
    async with replica(simulator, storage) as sender, connect(server.url) as watching:
        message = await sender.send(ann, SCREEN)  # the server has learnt the script
        pressed = await simulator.press(ann, message, data="x")
        async with cast("Any", watching.client).monitor() as monitor, aclosing(monitor.listen()) as commands:
            await sender.toast(pressed.callback_query_id, "right")
            await sender.bot.get_me()
            await sender.bot.get_chat(ann)
            await sender.send(ann, SCREEN)
            await sender.edit(ann, message, Screen("edited"))
            await sender.delete(ann, message)
            await cast("Any", storage.client).echo(MARK)
            seen: list[str] = []
            async for each in commands:
                if MARK in str(each["command"]):
                    break
                if each["client_type"] != "lua":
                    seen.append(str(each["command"]).split()[0])
    assert seen == ["EVALSHA"] * 3


async def test_without_redis_a_toast_goes_out_and_nothing_else(
    simulator: Simulator, storage: Storage, ann: int
) -> None:
    """What was sent could not be marked as sent; whoever is told that storage is away does not acknowledge."""
    async with replica(simulator, storage) as sender:
        message = await sender.send(ann, SCREEN)
        pressed = await simulator.press(ann, message, data="x")
    async with connect("redis://127.0.0.1:9/0") as away, replica(simulator, away) as sender:
        await sender.toast(pressed.callback_query_id, "right")
        with pytest.raises(StorageUnavailable):
            await sender.send(ann, SCREEN)
    assert await statuses(simulator, ann) == [200, 200]


async def test_what_fails_for_another_reason_is_handed_on(simulator: Simulator, storage: Storage, ann: int) -> None:
    await simulator.add_faults(Fault("sendMessage", "500", times=1))
    async with replica(simulator, storage) as sender:
        with pytest.raises(NotNow) as failed:
            await sender.send(ann, SCREEN)
        assert not isinstance(failed.value, Held)
        assert isinstance(failed.value.__cause__, TelegramError)
        await sender.send(ann, SCREEN)
