"""The limits of sending, kept only where a test asks for them."""

import pytest

from simulator.client import Limit, Simulator
from tests.simulator.conftest import TOKEN, Caller


async def statuses(simulator: Simulator) -> list[int]:
    return [call["status"] for call in await simulator.calls("sendMessage")]


async def test_without_an_order_there_are_no_limits(simulator: Simulator, call: Caller, ann: int) -> None:
    for _ in range(50):
        await call.result("sendMessage", chat_id=ann, text="a")
    assert await statuses(simulator) == [200] * 50


async def test_sends_and_edits_beyond_the_limit_of_a_chat_are_told_when_to_come_back(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    await simulator.set_limits(chat=Limit(2, 60))
    sent = await call.result("sendMessage", chat_id=ann, text="a")
    await call.result("editMessageText", chat_id=ann, message_id=sent["message_id"], text="b")
    answer = await call("sendMessage", chat_id=ann, text="c")
    assert answer["error_code"] == 429
    assert answer["parameters"]["retry_after"] == 60
    bob = await simulator.add_user("Bob")
    await simulator.say(bob, "/start")
    await call.result("sendMessage", chat_id=bob, text="another chat")

    await simulator.advance_clock(60)
    await call.result("sendMessage", chat_id=ann, text="c")


async def test_all_chats_together_have_a_limit_of_their_own(simulator: Simulator, call: Caller, ann: int) -> None:
    group = await simulator.add_group("Class", [ann])
    await simulator.set_limits(everyone=Limit(2, 10), group=Limit(1, 60))
    await call.result("sendMessage", chat_id=group, text="a")
    assert (await call("sendMessage", chat_id=group, text="b"))["parameters"]["retry_after"] == 60
    await call.result("sendMessage", chat_id=ann, text="c")
    assert (await call("sendMessage", chat_id=ann, text="d"))["parameters"]["retry_after"] == 10


@pytest.mark.parametrize("method", ["answerCallbackQuery", "deleteMessage", "getChat"])
async def test_what_shows_nothing_new_is_free(simulator: Simulator, call: Caller, ann: int, method: str) -> None:
    sent = await call.result("sendMessage", chat_id=ann, text="a")
    await simulator.set_limits(chat=Limit(1, 60))
    pressed = await simulator.press(ann, sent["message_id"], data="x")
    await call.result("sendMessage", chat_id=ann, text="a")
    values = {
        "answerCallbackQuery": {"callback_query_id": pressed.callback_query_id},
        "deleteMessage": {"chat_id": ann, "message_id": sent["message_id"]},
        "getChat": {"chat_id": ann},
    }
    await call.result(method, **values[method])


async def test_a_reset_lifts_the_limits(simulator: Simulator, call: Caller) -> None:
    await simulator.set_limits(chat=Limit(1, 60))
    await simulator.reset()
    ann = await simulator.add_user("Ann")
    await simulator.say(ann, "/start")
    for _ in range(3):
        await call.result("sendMessage", chat_id=ann, text="a")


async def test_telegrams_own_limits_are_one_switch(simulator: Simulator, call: Caller, ann: int) -> None:
    group = await simulator.add_group("Class", [ann])
    await simulator.set_limits(telegram=True)

    async def until_refused(chat: int) -> tuple[int, int]:
        for sent in range(40):
            answer = await call("sendMessage", chat_id=chat, text="a")
            if not answer["ok"]:
                return sent, answer["parameters"]["retry_after"]
        raise AssertionError("there is no limit")

    private = await until_refused(ann)
    assert private[0] == 5
    assert 1 <= private[1] <= 5
    await simulator.advance_clock(5)
    grouped = await until_refused(group)
    assert grouped[0] == 20
    assert 50 <= grouped[1] <= 60
    await call.result("sendChatAction", chat_id=group, action="typing")
    await simulator.set_limits()
    await call.result("sendMessage", chat_id=group, text="a")


async def test_all_chats_together_are_limited_too(simulator: Simulator, call: Caller, ann: int) -> None:
    people = [await simulator.add_user("Bob") for _ in range(8)]
    for each in people:
        await simulator.say(each, "/start")
    await simulator.set_limits(telegram=True, everyone=Limit(30, 60))
    for each in [*people, *people, *people, *people][:30]:
        await call.result("sendMessage", chat_id=each, text="a")
    assert (await call("sendMessage", chat_id=ann, text="a"))["error_code"] == 429


async def test_an_album_counts_for_as_many_as_it_has(simulator: Simulator, call: Caller, ann: int) -> None:
    said = [await simulator.say(ann, "a") for _ in range(3)]
    group = await simulator.add_group("Class", [ann])
    await simulator.set_limits(group=Limit(4, 60))
    many = {"chat_id": group, "from_chat_id": ann, "message_ids": [one.message_id for one in said]}
    await call.result("copyMessages", **many)
    assert (await call("copyMessages", **many))["error_code"] == 429
    await call.result("sendMessage", chat_id=group, text="the fourth")


async def test_a_refusal_says_so_in_its_header_too(simulator: Simulator, call: Caller, ann: int) -> None:
    await simulator.set_limits(chat=Limit(1, 60))
    await call.result("sendMessage", chat_id=ann, text="a")
    answer = await call.http.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": ann, "text": "b"})
    assert answer.headers["Retry-After"] == str(answer.json()["parameters"]["retry_after"])
