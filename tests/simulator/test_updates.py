"""The queue of updates: order, confirmation, expiry, and clients that come and go."""

import asyncio
import socket
from urllib.parse import urlsplit

from simulator.client import Event, Simulator
from tests.simulator.conftest import TOKEN, Caller


def poll_began(event: Event) -> bool:
    return event.kind == "call_received" and event.method == "getUpdates"


async def test_updates_stay_until_a_later_offset_is_asked_for(simulator: Simulator, call: Caller, ann: int) -> None:
    ids = [(await simulator.say(ann, text)).update_id for text in ("one", "two", "three")]
    for _ in range(2):
        assert [update["update_id"] for update in await call.result("getUpdates")] == ids
    assert [update["update_id"] for update in await call.result("getUpdates", offset=ids[1])] == ids[1:]
    assert [update["update_id"] for update in await call.result("getUpdates")] == ids[1:]
    assert (await call.result("getWebhookInfo"))["pending_update_count"] == 2


async def test_limit_and_negative_offset(simulator: Simulator, call: Caller, ann: int) -> None:
    ids = [(await simulator.say(ann, text)).update_id for text in ("one", "two", "three")]
    assert [update["update_id"] for update in await call.result("getUpdates", limit=2)] == ids[:2]
    assert [update["update_id"] for update in await call.result("getUpdates", offset=-1)] == ids[2:]
    assert [update["update_id"] for update in await call.result("getUpdates")] == ids[2:]


async def test_an_offset_from_the_future_confirms_nothing(simulator: Simulator, call: Caller, ann: int) -> None:
    said = await simulator.say(ann, "one")
    updates = await call.result("getUpdates", offset=2_000_000_000)
    assert [update["update_id"] for update in updates] == [said.update_id]


async def test_a_waiting_poll_returns_as_soon_as_something_comes(simulator: Simulator, call: Caller, ann: int) -> None:
    before = await simulator.last_event()
    poll = asyncio.create_task(call.result("getUpdates", timeout=20))
    await simulator.wait_for_event(poll_began, after=before)
    said = await simulator.say(ann, "hello")
    assert [update["update_id"] for update in await poll] == [said.update_id]


async def test_a_dead_client_swallows_nothing(simulator: Simulator, call: Caller, ann: int) -> None:
    before = await simulator.last_event()
    where = urlsplit(simulator.url)
    with socket.create_connection((where.hostname, where.port)) as dying:
        dying.sendall(f"GET /bot{TOKEN}/getUpdates?timeout=50 HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        began = await simulator.wait_for_event(poll_began, after=before)
    await simulator.wait_for_event(lambda event: event.kind == "call_abandoned" and event.call == began.call)
    said = await simulator.say(ann, "hello")
    assert [update["update_id"] for update in await call.result("getUpdates")] == [said.update_id]
    delivered = [event for event in await simulator.events(after=said.event) if event.kind == "update_delivered"]
    assert len(delivered) == 1


async def test_the_bot_gets_only_the_kinds_it_asked_for_and_the_choice_is_kept(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    await call.result("getUpdates", allowed_updates=["callback_query"])
    assert (await simulator.say(ann, "unheard")).update_id is None
    assert await call.result("getUpdates") == []
    await call.result("getUpdates", allowed_updates=[])
    assert (await simulator.say(ann, "heard")).update_id is not None


async def test_an_undelivered_press_is_dropped_after_150_seconds_and_a_message_after_a_day(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    message = await call.result("sendMessage", chat_id=ann, text="?")
    said = await simulator.say(ann, "one")
    await simulator.press(ann, message["message_id"], data="late")
    await simulator.advance_clock(149)
    assert len(await call.result("getUpdates")) == 2
    await simulator.advance_clock(2)
    assert [update["update_id"] for update in await call.result("getUpdates")] == [said.update_id]
    await simulator.advance_clock(24 * 60 * 60)
    assert await call.result("getUpdates") == []


async def test_the_log_tells_the_life_of_an_update(simulator: Simulator, call: Caller, ann: int) -> None:
    said = await simulator.say(ann, "one")
    await call.result("getUpdates")
    assert said.update_id is not None
    await call.result("getUpdates", offset=said.update_id + 1)
    lives = [event.kind for event in await simulator.events(after=said.event) if event.update_id == said.update_id]
    assert lives == ["update_queued", "update_delivered", "update_confirmed"]


async def test_ordered_copies_come_again_after_they_were_confirmed(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    await simulator.set_delivery(copies=(3, 3))
    said = await simulator.say(ann, "thrice")
    seen: list[int] = []
    offset = 0
    while updates := await call.result("getUpdates", offset=offset):
        seen += [update["update_id"] for update in updates]
        offset = updates[-1]["update_id"] + 1
    assert seen == [said.update_id] * 3


async def test_late_copies_of_a_press_come_among_later_updates(simulator: Simulator, call: Caller, ann: int) -> None:
    await simulator.set_delivery(copies=(2, 2), late=True, seed=4)
    message = await call.result("sendMessage", chat_id=ann, text="?")
    pressed = await simulator.press(ann, message["message_id"], data="x")
    assert pressed.update_id is not None
    assert len(await call.result("getUpdates")) == 1
    # Confirmed, and nothing newer has come: the copy is held back.
    assert await call.result("getUpdates", offset=pressed.update_id + 1) == []
    await simulator.set_delivery()
    later = await simulator.say(ann, "later")
    updates = await call.result("getUpdates", offset=pressed.update_id + 1)
    assert [update["update_id"] for update in updates] == [pressed.update_id, later.update_id]
    again = [event.again for event in await simulator.events(after=pressed.event) if event.kind == "update_delivered"]
    assert again == [False, True, False]


async def test_a_bot_that_is_not_there_yet_finds_what_was_said_before(simulator: Simulator, call: Caller) -> None:
    user = await simulator.add_user("Early")
    await simulator.say(user, "/start")
    (update,) = await call.result("getUpdates")
    assert update["message"]["from"]["first_name"] == "Early"


async def test_dropping_pending_updates(simulator: Simulator, call: Caller, ann: int) -> None:
    await simulator.say(ann, "old")
    await call.result("deleteWebhook", drop_pending_updates=True)
    assert await call.result("getUpdates") == []
