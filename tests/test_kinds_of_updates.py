"""Telegram is asked for the kinds of updates that a handler takes, for no others, and to drop none that wait."""

import json
from collections.abc import Callable, Mapping

import pytest
from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.ext import ApplicationBuilder, ContextTypes

from handlers import registry
from handlers.context import Context, QuizApplication
from simulator.client import Event, Simulator
from tests.bot_process import TOKEN
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.faults.replicas.replica import free_port

ANN = User(7, "Ann", is_bot=False)
MESSAGE = Message(1, None, Chat(7, Chat.PRIVATE), from_user=ANN, text="photosynthesis")  # pyright: ignore[reportArgumentType]
PRESS = CallbackQuery("p", ANN, "-4", MESSAGE, data="c:1")


def kinds_handled() -> set[str]:
    """The kinds of updates that some handler of the bot takes."""
    built = ApplicationBuilder().application_class(QuizApplication).context_types(ContextTypes(context=Context))
    application = built.token(TOKEN).updater(None).build()
    registry.register(application)  # pyright: ignore[reportArgumentType] - its types do not follow the class
    handlers = [handler for group in application.handlers.values() for handler in group]

    def is_handled(update: Update) -> bool:
        return any(handler.check_update(update) not in {None, False} for handler in handlers)

    return {kind for kind in Update.ALL_TYPES if is_handled(an_update(kind))}


def an_update(kind: str) -> Update:
    """One of this kind, as far as a handler looks at which it is."""
    return Update(5, **{kind: PRESS if kind == Update.CALLBACK_QUERY else MESSAGE})  # pyright: ignore[reportArgumentType]


def calls(method: str) -> Callable[[Event], bool]:
    return lambda event: event.kind == "call_received" and event.method == method


@pytest.mark.parametrize("method", ["getUpdates", "setWebhook"])
async def test_updates_are_asked_for_of_the_kinds_that_are_handled_and_none_that_waits_is_dropped(
    simulator: Simulator, classroom: Classroom, method: str
) -> None:
    ann = await classroom.join()
    await ann.say("photosynthesis")  # before there is a bot
    port = free_port()
    at_a_webhook = {"QUIZBOT_WEBHOOK_URL": f"http://127.0.0.1:{port}", "QUIZBOT_PORT": str(port)}
    settings: Mapping[str, str] = at_a_webhook if method == "setWebhook" else {}
    async with start_bot(simulator, settings, ready=False):
        asked = await simulator.wait_for_event(calls(method), within=60)
        assert (await ann.question()).position == 0
        await ann.acknowledged()

    assert (
        sorted(json.loads(asked.parameters["allowed_updates"]))
        == sorted(kinds_handled())
        == ["callback_query", "edited_message", "message", "poll_answer"]
    )
    told = [event for event in await simulator.events() if event.kind == "call_received"]
    assert not [event.method for event in told if event.parameters.get("drop_pending_updates")]
