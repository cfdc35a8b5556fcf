"""Updates are posted to a bot's webhook as Telegram posts them: until taken, in order, the secret with them."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from simulator.client import Event, Simulator
from tests.simulator.conftest import Caller

Answer = Callable[[dict[str, Any]], Awaitable[Response]]


class Address:
    """Where a bot is posted its updates; it answers as the test wants, and keeps what came."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.came = asyncio.Event()
        self.answers: Answer = self.takes

    async def takes(self, update: dict[str, Any]) -> Response:
        """Has every update at once."""
        del update
        return Response()

    async def post(self, request: Request) -> Response:
        update = await request.json()
        self.updates.append(update)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.came.set()
        return await self.answers(update)

    async def until(self, many: int) -> list[str]:
        """The texts of what came, or what was pressed, as soon as there are so many."""
        async with asyncio.timeout(30):
            while len(self.updates) < many:
                self.came.clear()
                await self.came.wait()
        return [
            update["message"]["text"] if "message" in update else update["callback_query"]["data"]
            for update in self.updates
        ]


@pytest.fixture
async def address() -> AsyncGenerator[Address]:
    listening = socket.create_server(("127.0.0.1", 0))
    address = Address(f"http://127.0.0.1:{listening.getsockname()[1]}/hook")
    app = Starlette(routes=[Route("/hook", address.post, methods=["POST"])])
    config = uvicorn.Config(app, lifespan="off", log_config=None)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    yield address
    server.force_exit = True
    await server.shutdown(sockets=[listening])


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
