"""A group becomes a supergroup, under another id."""

import pytest
from telegram import Bot
from telegram.error import ChatMigrated

from simulator.client import Refusal, Simulator
from tests.simulator.conftest import Caller


async def test_a_supergroup_has_the_same_people_under_a_new_id(simulator: Simulator, call: Caller, ann: int) -> None:
    old = await simulator.add_group("Class", [ann], kind="group")
    new = await simulator.migrate(old)
    assert (old < 0, new < -1_000_000_000_000) == (True, True)
    messages = [update["message"] for update in await call.result("getUpdates") if "message" in update]
    assert [(message["chat"]["id"], message["chat"]["type"]) for message in messages] == [
        (old, "group"),
        (new, "supergroup"),
    ]
    assert messages[0]["migrate_to_chat_id"] == new
    assert messages[1]["migrate_from_chat_id"] == old
    assert await call.result("getChatMemberCount", chat_id=new) == 2
    await call.result("sendMessage", chat_id=new, text="hello")
    with pytest.raises(Refusal, match=f"has become the supergroup {new}"):
        await simulator.say(ann, "/quiz", chat=old)
    await simulator.say(ann, "/quiz", chat=new)


async def test_every_call_for_the_old_id_is_told_the_new_one(simulator: Simulator, call: Caller, ann: int) -> None:
    old = await simulator.add_group("Class", [ann], kind="group")
    sent = await call.result("sendMessage", chat_id=old, text="before")
    new = await simulator.migrate(old)
    which = {"chat_id": old, "message_id": sent["message_id"]}
    for method in ("sendMessage", "editMessageText", "deleteMessage", "sendChatAction", "getChatAdministrators"):
        answer = await call(method, **which, text="after", action="typing")
        assert answer == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new},
        }
    assert (await call.result("getChat", chat_id=old))["type"] == "group"


async def test_python_telegram_bot_raises_the_new_id(simulator: Simulator, bot: Bot, ann: int) -> None:
    old = await simulator.add_group("Class", [ann], kind="group")
    new = await simulator.migrate(old)
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(old, "hello")
    assert migrated.value.new_chat_id == new


async def test_only_a_group_can_become_a_supergroup_and_only_once(simulator: Simulator, call: Caller, ann: int) -> None:
    await call.result("getMe")
    group = await simulator.add_group("Class", [ann], kind="group")
    new = await simulator.migrate(group)
    for chat in (group, new):
        with pytest.raises(Refusal, match="is no group that could become"):
            await simulator.migrate(chat)
