"""Presses of buttons: how long they live, who gets them, and that anybody can forge one."""

import asyncio

import pytest

from simulator.client import NotSeen, Refusal, Simulator
from tests.simulator.conftest import Caller

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}, {"text": "Web", "url": "https://a.example"}]]}
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
async def question(call: Caller, ann: int) -> int:
    return (await call.result("sendMessage", chat_id=ann, text="?", reply_markup=YES))["message_id"]


async def test_who_waits_for_an_answer_gets_it_when_it_comes(
    simulator: Simulator, call: Caller, ann: int, question: int
) -> None:
    pressed = await simulator.press(ann, question, button="Yes")
    waiting = asyncio.create_task(simulator.wait_for_answer(pressed))
    (update,) = await call.result("getUpdates")
    assert update["callback_query"]["data"] == "yes"
    assert update["callback_query"]["message"]["message_id"] == question
    await call.result("answerCallbackQuery", callback_query_id=pressed.callback_query_id, text="!", show_alert=True)
    callback = await waiting
    assert (callback.text, callback.show_alert, callback.answers) == ("!", True, 1)
    toast = await simulator.wait_for_event(lambda event: event.kind == "toast", after=pressed.event)
    assert (toast.text, toast.user, toast.chat) == ("!", ann, ann)


async def test_an_answer_that_never_comes_is_an_error_that_shows_the_chat(
    simulator: Simulator, ann: int, question: int
) -> None:
    pressed = await simulator.press(ann, question, button="Yes")
    with pytest.raises(NotSeen, match=r"(?s)not seen within 0.05 s.*Ann: /start.*\[Yes\]"):
        await simulator.wait_for_answer(pressed, within=0.05)


async def test_a_press_can_be_answered_for_30_seconds_after_its_delivery(
    simulator: Simulator, call: Caller, ann: int, question: int
) -> None:
    in_time = await simulator.press(ann, question, button="Yes")
    await simulator.advance_clock(100)
    await call.result("getUpdates")
    # Seconds of the real clock count as well: a slow machine must not be late.
    await simulator.advance_clock(24)
    await call.result("answerCallbackQuery", callback_query_id=in_time.callback_query_id)
    await simulator.advance_clock(7)
    assert await call.error("answerCallbackQuery", callback_query_id=in_time.callback_query_id) == TOO_OLD
    assert await call.error("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_data_can_be_forged_for_any_message_of_any_chat(
    simulator: Simulator, call: Caller, ann: int, question: int
) -> None:
    mallory = await simulator.add_user("Mallory")
    await simulator.press(mallory, question, chat=ann, data="on no button")
    await simulator.press(mallory, 987, data="\x00 of a message that never was")
    first, second = await call.result("getUpdates")
    assert first["callback_query"]["from"]["id"] == mallory
    assert first["callback_query"]["message"]["chat"]["id"] == ann
    assert first["callback_query"]["data"] == "on no button"
    assert second["callback_query"]["message"] == {
        "chat": {"id": mallory, "type": "private", "first_name": "Mallory"},
        "message_id": 987,
        "date": 0,
    }


async def test_a_press_after_an_edit_shows_the_message_as_it_is_now(
    simulator: Simulator, call: Caller, ann: int, question: int
) -> None:
    await call.result("editMessageText", chat_id=ann, message_id=question, text="over")
    await simulator.press(ann, question, data="yes")
    (update,) = await call.result("getUpdates")
    assert update["callback_query"]["message"]["text"] == "over"


async def test_a_button_that_is_not_there_cannot_be_pressed_by_its_text(
    simulator: Simulator, ann: int, question: int
) -> None:
    with pytest.raises(Refusal, match=r"has no button 'No', only \['Yes', 'Web'\]"):
        await simulator.press(ann, question, button="No")
    with pytest.raises(Refusal, match="has no callback data"):
        await simulator.press(ann, question, button="Web")


async def test_an_answer_too_long_is_refused_and_noted(
    simulator: Simulator, call: Caller, ann: int, question: int
) -> None:
    pressed = await simulator.press(ann, question, button="Yes")
    answer = {"callback_query_id": pressed.callback_query_id}
    assert not (await call("answerCallbackQuery", **answer, text="a" * 201))["ok"]
    assert (await call("answerCallbackQuery", **answer, text="a" * 200))["ok"]
    (violation,) = await simulator.violations()
    assert (violation["method"], violation["rule"], violation["where"]) == ("answerCallbackQuery", "characters", "text")
