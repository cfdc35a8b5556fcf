"""Updates are posted to a bot's webhook as Telegram posts them: until taken, in order, the secret with them."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

from simulator.client import Event, Simulator
from tests.simulator.address import Address
from tests.simulator.conftest import Caller


async def test_an_update_comes_with_the_secret_and_is_done_once_it_was_taken(
    simulator: Simulator, call: Caller, address: Address
) -> None:
    await call.result("setWebhook", url=address.url, secret_token="s3cret")  # noqa: S106 - of nobody
    ann = await simulator.add_user("Ann")
    said = await simulator.say(ann, "hello")

    assert await address.until(1) == ["hello"]
    assert address.secrets == ["s3cret"]
    await simulator.wait_for_event(lambda one: one.kind == "update_confirmed" and one.update_id == said.update_id)
    assert (await call.result("getWebhookInfo"))["pending_update_count"] == 0


async def test_what_was_not_taken_comes_again_before_what_came_after_it(
    simulator: Simulator, call: Caller, address: Address
) -> None:
    refusals = iter([503, 500])

    async def answers(_update: dict[str, Any]) -> Response:
        return Response(status_code=next(refusals, 200), headers={"Retry-After": "0"})

    address.answers = answers
    await call.result("setWebhook", url=address.url)
    ann = await simulator.add_user("Ann")
    await simulator.say(ann, "one")
    await simulator.say(ann, "two")

    assert await address.until(4) == ["one", "one", "one", "two"]
    assert "500" in (await call.result("getWebhookInfo"))["last_error_message"]


async def test_a_chat_that_is_not_answered_keeps_no_other_waiting(
    simulator: Simulator, call: Caller, address: Address
) -> None:
    answered = asyncio.Event()

    async def answers(update: dict[str, Any]) -> Response:
        if update["message"]["text"] == "slow":
            await answered.wait()
        return Response()

    address.answers = answers
    await call.result("setWebhook", url=address.url)
    ann, bob = await simulator.add_user("Ann"), await simulator.add_user("Bob")
    await simulator.say(ann, "slow")
    await simulator.say(ann, "after it")
    await simulator.say(bob, "quick")

    assert await address.until(2) == ["slow", "quick"]
    answered.set()
    assert await address.until(3) == ["slow", "quick", "after it"]


def is_confirmed(update_id: int | None) -> Callable[[Event], bool]:
    """Fits the event that the bot has this update."""
    return lambda event: event.kind == "update_confirmed" and event.update_id == update_id


async def test_a_late_copy_of_a_press_comes_after_the_next_press_of_its_author(
    simulator: Simulator, call: Caller, address: Address
) -> None:
    await call.result("setWebhook", url=address.url)
    await simulator.set_delivery(copies=(2, 2), late=True)
    ann, bob = await simulator.add_user("Ann"), await simulator.add_user("Bob")
    for user, data in ((ann, "first"), (bob, "bob's"), (ann, "second")):
        pressed = await simulator.press(user, 1, data=data)
        await simulator.wait_for_event(is_confirmed(pressed.update_id))

    assert await address.until(4) == ["first", "bob's", "second", "first"]


async def test_the_answer_may_be_one_call(simulator: Simulator, call: Caller, address: Address) -> None:
    async def answers(update: dict[str, Any]) -> Response:
        return JSONResponse({"method": "sendMessage", "chat_id": update["message"]["chat"]["id"], "text": "back"})

    address.answers = answers
    await call.result("setWebhook", url=address.url)
    ann = await simulator.add_user("Ann")
    await simulator.say(ann, "hello")

    assert (await simulator.wait_for_message(ann)).text == "back"
    assert await simulator.violations() == []


async def test_polling_is_refused_while_a_webhook_is_set(call: Caller, address: Address) -> None:
    await call.result("setWebhook", url=address.url)

    assert "webhook is active" in await call.error("getUpdates")
    await call.result("deleteWebhook")
    assert await call.result("getUpdates") == []


@pytest.mark.parametrize(
    ("parameters", "says"),
    [({"url": "ftp://x"}, "invalid webhook URL"), ({"url": "http://x", "secret_token": "a b"}, "unallowed characters")],
)
async def test_what_telegram_would_not_take_is_refused(call: Caller, parameters: dict[str, str], says: str) -> None:
    assert says in await call.error("setWebhook", **parameters)
