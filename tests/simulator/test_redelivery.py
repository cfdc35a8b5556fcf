"""An update that a webhook does not take is posted again by Telegram's timetable, until it is too old."""

import asyncio
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from simulator.client import Event, Simulator
from tests.simulator.address import Address
from tests.simulator.conftest import Caller


class Refusing:
    """Answers with these statuses in turn, and with the last one from then on."""

    def __init__(self, *statuses: int, **headers: str) -> None:
        self._statuses = list(statuses)
        self._headers = {name.replace("_", "-"): value for name, value in headers.items()}

    async def __call__(self, update: dict[str, Any]) -> Response:
        del update
        status = self._statuses.pop(0) if len(self._statuses) > 1 else self._statuses[0]
        return Response(status_code=status, headers=self._headers if status != 200 else None)


async def refused(simulator: Simulator, after: int) -> Event:
    """The next time that an update was not taken."""
    return await simulator.wait_for_event(lambda event: event.kind == "update_refused", after=after)


async def test_the_pauses_grow_from_none_to_a_minute_or_two(
    simulator: Simulator, call: Caller, address: Address
) -> None:
    address.answers = Refusing(500)
    await call.result("setWebhook", url=address.url)
    await simulator.say(await simulator.add_user("Ann"), "hello")
    pauses: list[float] = []
    after = 0
    for _ in range(10):
        event = await refused(simulator, after)
        assert event.pause is not None
        pauses.append(event.pause)
        after = event.number
        if len(pauses) == 10:
            address.answers = Refusing(200)
        await simulator.advance_clock(event.pause)
    assert pauses[:6] == [0, 2, 4, 8, 16, 32]
    assert all(60 <= pause <= 120 for pause in pauses[6:])
    await simulator.wait_for_event(lambda event: event.kind == "update_confirmed", after=after)


async def test_what_the_bot_asks_for_is_obeyed_up_to_an_hour(
    simulator: Simulator, call: Caller, address: Address
) -> None:
    address.answers = Refusing(503, Retry_After="300")
    await call.result("setWebhook", url=address.url)
    await simulator.say(await simulator.add_user("Ann"), "hello")
    event = await refused(simulator, 0)
    assert event.pause == 300
    await simulator.advance_clock(299)
    assert len(address.updates) == 1
    address.answers = Refusing(503, Retry_After="86400")
    await simulator.advance_clock(2)
    assert (await refused(simulator, event.number)).pause == 3600
    assert (await call.result("getWebhookInfo"))["last_error_message"] == (
        "Wrong response from the webhook: 503 Service Unavailable"
    )


async def test_a_press_is_given_up_when_it_would_be_too_old(
    simulator: Simulator, call: Caller, address: Address, ann: int
) -> None:
    sent = await call.result("sendMessage", chat_id=ann, text="?")
    address.answers = Refusing(500, Retry_After="151")
    await call.result("setWebhook", url=address.url)
    pressed = await simulator.press(ann, sent["message_id"], data="x")
    await simulator.wait_for_event(
        lambda event: event.kind == "update_expired" and event.update_id == pressed.update_id
    )
    assert (await call.result("getWebhookInfo"))["pending_update_count"] == 0
    address.answers = Refusing(200)
    await simulator.press(ann, sent["message_id"], data="y")
    assert await address.until(2) == ["x", "y"]


async def test_a_message_is_given_up_after_a_day(simulator: Simulator, call: Caller, address: Address) -> None:
    address.answers = Refusing(500, Retry_After="3600")
    await call.result("setWebhook", url=address.url)
    said = await simulator.say(await simulator.add_user("Ann"), "hello")
    event = await refused(simulator, said.event)
    await simulator.advance_clock(24 * 60 * 60)
    assert (await call.result("getWebhookInfo"))["pending_update_count"] == 0
    expired = await simulator.wait_for_event(lambda event: event.kind == "update_expired", after=event.number)
    assert expired.update_id == said.update_id


async def test_a_bot_that_is_gone_for_23_hours_loses_its_webhook(
    simulator: Simulator, call: Caller, address: Address
) -> None:
    address.answers = Refusing(410, Retry_After="60")
    await call.result("setWebhook", url=address.url)
    await simulator.say(await simulator.add_user("Ann"), "hello")
    event = await refused(simulator, 0)
    await simulator.advance_clock(22 * 60 * 60)
    event = await refused(simulator, event.number)
    assert (await call.result("getWebhookInfo"))["url"] == address.url
    await simulator.advance_clock(60 * 60 + 10)
    await refused(simulator, event.number)
    assert (await call.result("getWebhookInfo"))["url"] == ""
    assert len(await call.result("getUpdates")) == 1


async def test_votes_in_a_poll_come_in_order_and_polls_side_by_side(
    simulator: Simulator, call: Caller, address: Address, ann: int
) -> None:
    poll = {"question": "?", "options": [{"text": "a"}, {"text": "b"}], "is_anonymous": False}
    first, second = [await call.result("sendPoll", chat_id=ann, **poll) for _ in range(2)]
    slow = asyncio.Event()

    async def answers(update: dict[str, Any]) -> Response:
        if update.get("poll_answer", {}).get("poll_id") == first["poll"]["id"]:
            await slow.wait()
        return Response()

    address.answers = answers
    await call.result("setWebhook", url=address.url, allowed_updates=["poll_answer"])
    for message, option in ((first, 0), (first, 1), (second, 1)):
        await simulator.vote(ann, message["message_id"], option)

    def seen() -> list[tuple[str, list[int]]]:
        return [(one["poll_answer"]["poll_id"], one["poll_answer"]["option_ids"]) for one in address.updates]

    async with asyncio.timeout(20):
        while len(seen()) < 2:
            address.came.clear()
            await address.came.wait()
    assert seen() == [(first["poll"]["id"], [0]), (second["poll"]["id"], [1])]
    slow.set()
    async with asyncio.timeout(20):
        while len(seen()) < 3:
            address.came.clear()
            await address.came.wait()
    assert seen()[2] == (first["poll"]["id"], [1])


async def test_an_update_that_waits_for_its_next_try_holds_no_connection(
    simulator: Simulator, call: Caller, address: Address
) -> None:
    ann, bob = await simulator.add_user("Ann"), await simulator.add_user("Bob")

    async def answers(update: dict[str, Any]) -> Response:
        is_anns = update["message"]["from"]["id"] == ann
        return Response(status_code=500, headers={"Retry-After": "900"}) if is_anns else Response()

    address.answers = answers
    await call.result("setWebhook", url=address.url, max_connections=1)
    await simulator.say(ann, "stuck")
    await simulator.say(bob, "quick")
    assert await address.until(2) == ["stuck", "quick"]


async def test_a_chat_with_very_much_waiting_holds_up_the_others(
    simulator: Simulator, call: Caller, address: Address
) -> None:
    """Telegram looks at two updates a connection, and no further until one of them is done."""
    ann, bob = await simulator.add_user("Ann"), await simulator.add_user("Bob")
    answered = asyncio.Event()

    async def answers(update: dict[str, Any]) -> Response:
        if update["message"]["text"] == "first":
            await answered.wait()
        return Response()

    address.answers = answers
    first = await simulator.say(ann, "first")
    await simulator.say(ann, "second")
    beyond = await simulator.say(bob, "beyond")
    await call.result("setWebhook", url=address.url, max_connections=1)
    assert await address.until(1) == ["first"]
    answered.set()
    assert sorted(await address.until(3)) == ["beyond", "first", "second"]
    events = {(event.kind, event.update_id): event.number for event in await simulator.events()}
    assert events["update_confirmed", first.update_id] < events["update_delivered", beyond.update_id]


@pytest.mark.parametrize("method", ["getMe", "setWebhook", "close"])
async def test_some_methods_cannot_be_an_answer(
    simulator: Simulator, call: Caller, address: Address, method: str
) -> None:
    async def answers(update: dict[str, Any]) -> Response:
        del update
        return JSONResponse({"method": method, "url": ""})

    address.answers = answers
    await call.result("setWebhook", url=address.url)
    said = await simulator.say(await simulator.add_user("Ann"), "hello")
    await simulator.wait_for_event(lambda event: event.kind == "update_confirmed" and event.update_id == said.update_id)
    assert [each["method"] for each in await simulator.calls()] == ["setWebhook"]


async def test_an_answer_that_is_refused_is_only_logged(simulator: Simulator, call: Caller, address: Address) -> None:
    methods = iter(["sendTelepathy", "sendMessage"])

    async def answers(update: dict[str, Any]) -> Response:
        del update
        return JSONResponse({"method": next(methods), "chat_id": 987, "text": "a"})

    address.answers = answers
    await call.result("setWebhook", url=address.url)
    ann = await simulator.add_user("Ann")
    for text in ("one", "two"):
        await simulator.say(ann, text)
    await address.until(2)
    await simulator.wait_for_event(lambda event: event.kind == "call_answered" and event.method == "sendMessage")
    assert [each["status"] for each in await simulator.calls()] == [200, 404, 400]


async def test_who_polls_is_ended_by_a_webhook(simulator: Simulator, call: Caller, address: Address) -> None:
    polling = asyncio.create_task(call.error("getUpdates", timeout=20))
    await simulator.wait_for_event(lambda event: event.kind == "call_received" and event.method == "getUpdates")
    await call.result("setWebhook", url=address.url)
    assert await polling == "Conflict: terminated by setWebhook request"


async def test_an_address_where_nobody_listens_is_told(simulator: Simulator, call: Caller) -> None:
    await call.result("setWebhook", url="http://127.0.0.1:9/hook", max_connections=3, allowed_updates=["message"])
    said = await simulator.say(await simulator.add_user("Ann"), "hello")
    await refused(simulator, said.event)
    info = await call.result("getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"
    assert info["last_error_date"] <= await simulator.now()
    assert (info["pending_update_count"], info["max_connections"], info["allowed_updates"]) == (1, 3, ["message"])
    assert info["has_custom_certificate"] is False
