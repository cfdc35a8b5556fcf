"""People and bots come to a group and leave it, run it and are put out, and bots are told what Telegram tells them."""

from typing import Any

import pytest

from simulator.client import Refusal, Simulator
from simulator.members import Status
from tests.simulator.conftest import Caller
from tests.simulator.pictures import png

BOT = 123456
EVERYTHING = ["can_send_messages", "can_send_polls", "can_send_documents", "can_send_photos"]
ALL = ["message", "chat_member", "my_chat_member"]


@pytest.fixture
async def group(simulator: Simulator, call: Caller, ann: int) -> int:
    """A supergroup that Ann owns, with the bot in it."""
    group = await simulator.add_group("Class", [ann], owner=ann)
    await call.result("getUpdates", allowed_updates=ALL)
    await skip(call)
    return group


async def skip(call: Caller) -> None:
    """Have done with all updates so far."""
    updates = await call.result("getUpdates")
    if updates:
        await call.result("getUpdates", offset=updates[-1]["update_id"] + 1)


async def told(call: Caller, kind: str) -> list[tuple[int, str, str]]:
    """Who did it, and from what to what: as far as the bot was told since it last looked."""
    changes = [update[kind] for update in await call.result("getUpdates") if kind in update]
    await skip(call)
    return [
        (change["from"]["id"], change["old_chat_member"]["status"], change["new_chat_member"]["status"])
        for change in changes
    ]


async def services(call: Caller, name: str) -> list[Any]:
    """What service messages told of this."""
    messages = [update["message"] for update in await call.result("getUpdates") if "message" in update]
    return [message[name] for message in messages if name in message]


async def test_who_joins_and_leaves_is_told_in_service_messages(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    bob = await simulator.add_user("Bob")
    await simulator.set_member(group, bob, "member")
    await simulator.set_member(group, bob, "left")
    assert [[one["id"] for one in joined] for joined in await services(call, "new_chat_members")] == [[bob]]
    assert [left["id"] for left in await services(call, "left_chat_member")] == [bob]
    messages = await simulator.messages(group)
    assert [message.service and message.service["type"] for message in messages] == [
        "new_chat_members",
        "left_chat_member",
    ]
    assert [message.sender_id for message in messages] == [bob, bob]
    with pytest.raises(Refusal, match="not a member"):
        await simulator.say(bob, "hello", chat=group)
    # A bot that does not run the group hears no more of it than that.
    assert await told(call, "chat_member") == []
    assert await call.result("getChatMemberCount", chat_id=group) == 2
    assert (await call.result("getChatMember", chat_id=group, user_id=ann))["status"] == "creator"


async def test_a_bot_that_runs_the_group_is_told_of_every_change_if_it_asks(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    await simulator.set_member(group, BOT, "administrator")
    assert await told(call, "my_chat_member") == [(ann, "member", "administrator")]
    bob = await simulator.add_user("Bob")
    await simulator.set_member(group, bob, "member")
    await simulator.set_member(group, bob, "administrator", can=["can_pin_messages"])
    await simulator.set_member(group, bob, "kicked", by=ann)
    assert await told(call, "chat_member") == [
        (bob, "left", "member"),
        (ann, "member", "administrator"),
        (ann, "administrator", "kicked"),
    ]
    await call.result("getUpdates", allowed_updates=[])
    await simulator.set_member(group, bob, "member")
    assert await told(call, "chat_member") == []


async def test_a_bot_that_is_put_out_hears_that_and_no_more(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    await simulator.set_member(group, BOT, "kicked")
    await simulator.say(ann, "/quiz", chat=group)
    updates = await call.result("getUpdates")
    assert [next(key for key in update if key != "update_id") for update in updates] == ["my_chat_member", "message"]
    assert updates[1]["message"]["left_chat_member"]["id"] == BOT
    for method in ("sendMessage", "getChat", "getChatMemberCount"):
        answer = await call(method, chat_id=group, text="a")
        assert (answer["error_code"], answer["description"]) == (
            403,
            "Forbidden: bot was kicked from the supergroup chat",
        )
    await simulator.set_member(group, BOT, "member", by=ann)
    assert await told(call, "my_chat_member") == [(ann, "member", "kicked"), (ann, "kicked", "member")]
    await call.result("sendMessage", chat_id=group, text="back")


async def test_a_bot_leaves_by_itself(simulator: Simulator, call: Caller, group: int) -> None:
    assert await call.result("leaveChat", chat_id=group)
    assert await told(call, "my_chat_member") == [(BOT, "member", "left")]
    assert "is not a member of the supergroup chat" in await call.error("sendMessage", chat_id=group, text="a")
    (message,) = await simulator.messages(group)
    assert message.service is not None
    assert message.service["left_chat_member"]["id"] == BOT


async def test_every_status_is_shown_with_what_belongs_to_it(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    bob = await simulator.add_user("Bob")
    until = int(await simulator.now()) + 3600
    shown: list[tuple[Status, dict[str, object]]] = [
        ("member", {}),
        ("administrator", {"can_delete_messages": True, "can_promote_members": False}),
        ("restricted", {"is_member": True, "can_send_messages": False, "until_date": until}),
        ("kicked", {"until_date": until}),
        ("left", {}),
    ]
    for status, shows in shown:
        await simulator.set_member(group, bob, status, by=ann, until=until if status in {"restricted", "kicked"} else 0)
        member = await call.result("getChatMember", chat_id=group, user_id=bob)
        assert {"status": status, **shows}.items() <= member.items()
    assert await call.error("getChatMember", chat_id=group, user_id=987) == "Bad Request: PARTICIPANT_ID_INVALID"


async def test_a_ban_ends_at_its_date(simulator: Simulator, call: Caller, ann: int, group: int) -> None:
    bob = await simulator.add_user("Bob")
    for seconds, after in ((3600, "left"), (10, "kicked"), (400 * 24 * 3600, "kicked")):
        await simulator.set_member(group, bob, "member")
        await simulator.set_member(group, bob, "kicked", by=ann, until=int(await simulator.now()) + seconds)
        await simulator.advance_clock(3601)
        assert (await call.result("getChatMember", chat_id=group, user_id=bob))["status"] == after


async def test_a_bot_bans_restricts_and_promotes_only_by_right(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    bob = await simulator.add_user("Bob")
    await simulator.set_member(group, bob, "member")
    which = {"chat_id": group, "user_id": bob}
    muted = {"can_send_messages": False}
    refused = "Bad Request: not enough rights to restrict/unrestrict chat member"
    assert await call.error("banChatMember", **which) == refused
    assert await call.error("restrictChatMember", **which, permissions=muted) == refused
    await simulator.set_member(group, BOT, "administrator", can=["can_restrict_members", "can_promote_members"])

    assert await call.result("restrictChatMember", **which, permissions=muted)
    with pytest.raises(Refusal, match="may not write"):
        await simulator.say(bob, "hello", chat=group)
    assert await call.result("promoteChatMember", **which, can_pin_messages=True)
    member = await call.result("getChatMember", **which)
    assert (member["status"], member["can_pin_messages"], member["can_change_info"]) == ("administrator", True, False)
    assert "user is an administrator" in await call.error("banChatMember", **which)
    assert await call.result("promoteChatMember", **which, can_pin_messages=False)
    assert await call.result("banChatMember", **which)
    assert await call.result("unbanChatMember", **which, only_if_banned=True)
    assert (await call.result("getChatMember", **which))["status"] == "left"
    owner = {"chat_id": group, "user_id": ann}
    assert await call.error("banChatMember", **owner) == "Bad Request: can't remove chat owner"
    assert await call.error("promoteChatMember", chat_id=group, user_id=BOT, can_pin_messages=True) == (
        "Bad Request: can't promote self"
    )


@pytest.mark.parametrize(
    ("missing", "method", "content", "words"),
    [
        ("can_send_messages", "sendMessage", {"text": "a"}, "text messages"),
        ("can_send_polls", "sendPoll", {"question": "?", "options": [{"text": "a"}]}, "polls"),
        ("can_send_documents", "sendDocument", {"document": "FILE"}, "documents"),
        ("can_send_photos", "sendPhoto", {"photo": "FILE"}, "photos"),
    ],
)
async def test_what_members_may_not_send_the_bot_may_not_either(
    simulator: Simulator,
    call: Caller,
    ann: int,
    group: int,
    missing: str,
    method: str,
    content: dict[str, object],
    words: str,
) -> None:
    await simulator.upload(ann, "a.png", png(1, 1), kind="photo" if method == "sendPhoto" else "document", chat=ann)
    (update,) = await call.result("getUpdates")
    file = (update["message"].get("photo") or [update["message"].get("document")])[0]["file_id"]
    content = {name: file if value == "FILE" else value for name, value in content.items()}
    await simulator.set_member(group, BOT, "restricted", can=[each for each in EVERYTHING if each != missing])
    assert await call.error(method, chat_id=group, **content) == (
        f"Bad Request: not enough rights to send {words} to the chat"
    )
    await simulator.set_member(group, BOT, "restricted", can=EVERYTHING)
    await call.result(method, chat_id=group, **content)


async def test_a_bot_that_hears_all_is_one_without_privacy_or_one_that_runs_the_group(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    async def hears() -> bool:
        return (await simulator.say(ann, "chatter", chat=group)).update_id is not None

    assert not await hears()
    await simulator.set_member(group, BOT, "administrator")
    assert await hears()
    await simulator.set_member(group, BOT, "member")
    assert not await hears()
    await simulator.add_bot(call.token, privacy=False)
    assert await hears()
    assert (await call.result("getMe"))["can_read_all_group_messages"]


async def test_a_bot_hears_its_name(simulator: Simulator, call: Caller, ann: int, group: int) -> None:
    await simulator.add_bot(call.token, username="quiz_bot", name="Quiz")
    said = await simulator.say(ann, "what does @Quiz_Bot think?", chat=group)
    other = await simulator.say(ann, "what does @quiz_bot2 or mail@quiz_bot think?", chat=group)
    assert (said.update_id is not None, other.update_id) == (True, None)
    (update,) = await call.result("getUpdates")
    assert {"type": "mention", "offset": 10, "length": 9} in update["message"]["entities"]
    assert (await call.result("getMe"))["first_name"] == "Quiz"


async def test_what_is_said_again_in_other_words_reaches_who_heard_it(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    await call.result("getUpdates", allowed_updates=[])
    heard = await simulator.say(ann, "/quiz cels", chat=group)
    unheard = await simulator.say(ann, "chatter", chat=group)
    await simulator.edit(ann, heard.message_id, "/quiz cells", chat=group)
    await simulator.edit(ann, unheard.message_id, "chatter!", chat=group)
    updates = await call.result("getUpdates")
    edited = [update["edited_message"] for update in updates if "edited_message" in update]
    assert [(one["text"], "edit_date" in one) for one in edited] == [("/quiz cells", True)]
    sent = await call.result("sendMessage", chat_id=group, text="mine")
    with pytest.raises(Refusal, match="can edit"):
        await simulator.edit(ann, sent["message_id"], "yours", chat=group)
