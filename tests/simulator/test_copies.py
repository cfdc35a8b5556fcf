"""Messages are forwarded, copied, pinned and reacted to."""

import pytest

from simulator.client import Simulator
from tests.simulator.conftest import Caller

BOT = 123456
QUIZ = {
    "question": "?",
    "options": [{"text": "a"}, {"text": "b"}],
    "type": "quiz",
    "correct_option_ids": [1],
    "is_anonymous": False,
}


@pytest.fixture
async def group(simulator: Simulator, ann: int) -> int:
    return await simulator.add_group("Class", [ann], owner=ann)


async def test_a_forwarded_message_says_where_it_is_from_and_a_copy_does_not(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    said = await simulator.say(ann, "hello @somebody")
    source = {"chat_id": group, "from_chat_id": ann, "message_id": said.message_id}
    forwarded = await call.result("forwardMessage", **source)
    assert (forwarded["text"], forwarded["forward_origin"]["sender_user"]["id"]) == ("hello @somebody", ann)
    copied = await call.result("copyMessage", **source)
    assert copied.keys() == {"message_id"}
    messages = await simulator.messages(group)
    assert [message.text for message in messages] == ["hello @somebody"] * 2
    assert await call.error("copyMessage", **source | {"message_id": 999}) == "Bad Request: message to copy not found"
    assert await call.error("forwardMessage", **source | {"message_id": 999}) == (
        "Bad Request: message to forward not found"
    )


async def test_a_forwarded_poll_is_the_same_poll_and_a_copied_one_is_new(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    sent = await call.result("sendPoll", chat_id=ann, **QUIZ)
    source = {"chat_id": group, "from_chat_id": ann, "message_id": sent["message_id"]}
    forwarded = await call.result("forwardMessage", **source)
    await call.result("copyMessage", **source)
    copied = (await simulator.messages(group))[-1]
    assert forwarded["poll"]["id"] == sent["poll"]["id"]
    assert copied.poll is not None
    assert copied.poll["id"] != sent["poll"]["id"]
    await simulator.vote(ann, forwarded["message_id"], 1, chat=group)
    polls = [message.poll for message in [(await simulator.messages(ann))[-1], *await simulator.messages(group)]]
    assert [poll and poll["total_voter_count"] for poll in polls] == [1, 1, 0]


async def test_captions_can_be_changed_or_left_out_of_copies(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    said = await simulator.upload(ann, "a.txt", b"a", caption="mine")
    source = {"chat_id": group, "from_chat_id": ann, "message_id": said.message_id}
    await call.result("copyMessage", **source)
    await call.result("copyMessage", **source, caption="<b>ours</b>", parse_mode="HTML")
    many = {"chat_id": group, "from_chat_id": ann, "message_ids": [said.message_id, 999]}
    assert len(await call.result("copyMessages", **many, remove_caption=True)) == 1
    assert [message.html for message in await simulator.messages(group)] == ["mine", "<b>ours</b>", ""]


async def test_what_happened_cannot_be_copied(simulator: Simulator, call: Caller, ann: int, group: int) -> None:
    await simulator.set_member(group, await simulator.add_user("Bob"), "member")
    (joined,) = await simulator.messages(group)
    source = {"chat_id": ann, "from_chat_id": group, "message_id": joined.message_id}
    assert await call.error("copyMessage", **source) == "Bad Request: message can't be copied"
    assert await call.error("forwardMessage", **source) == "Bad Request: message can't be forwarded"
    assert await call.error("editMessageText", chat_id=group, message_id=joined.message_id, text="a") == (
        "Bad Request: message can't be edited"
    )


async def test_pins_need_a_right_and_are_told(simulator: Simulator, call: Caller, group: int) -> None:
    first, second = [(await call.result("sendMessage", chat_id=group, text=text))["message_id"] for text in "ab"]
    assert await call.error("pinChatMessage", chat_id=group, message_id=first) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )
    await simulator.set_member(group, BOT, "administrator")
    for each in (first, second, second):
        assert await call.result("pinChatMessage", chat_id=group, message_id=each)
    told = [update["message"] for update in await call.result("getUpdates") if "message" in update]
    assert [message["pinned_message"]["message_id"] for message in told if "pinned_message" in message] == [
        first,
        second,
    ]
    assert (await call.result("getChat", chat_id=group))["pinned_message"]["message_id"] == second
    assert await call.result("unpinChatMessage", chat_id=group)
    assert (await call.result("getChat", chat_id=group))["pinned_message"]["message_id"] == first
    assert await call.result("unpinAllChatMessages", chat_id=group)
    assert "pinned_message" not in await call.result("getChat", chat_id=group)
    assert await call.error("unpinChatMessage", chat_id=group) == "Bad Request: message to unpin not found"


async def test_everybody_pins_in_private(simulator: Simulator, call: Caller, ann: int) -> None:
    sent = await call.result("sendMessage", chat_id=ann, text="a")
    assert await call.result("pinChatMessage", chat_id=ann, message_id=sent["message_id"])
    assert (await simulator.messages(ann))[-1].service is not None


async def test_reactions_are_shown_and_told_to_a_bot_that_asks(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    (added,) = await call.result("getUpdates", allowed_updates=["message_reaction"])
    await call.result("getUpdates", offset=added["update_id"] + 1)
    sent = await call.result("sendMessage", chat_id=group, text="a")
    await simulator.react(ann, sent["message_id"], "🎉", chat=group)
    assert await call.result("getUpdates") == []
    await simulator.set_member(group, BOT, "administrator")
    await simulator.react(ann, sent["message_id"], None, chat=group)
    (update,) = await call.result("getUpdates")
    reaction = update["message_reaction"]
    assert (reaction["old_reaction"], reaction["new_reaction"]) == ([{"type": "emoji", "emoji": "🎉"}], [])
    said = await simulator.say(ann, "/quiz", chat=group)
    thumb = [{"type": "emoji", "emoji": "👍"}]
    assert await call.result("setMessageReaction", chat_id=group, message_id=said.message_id, reaction=thumb)
    assert (await simulator.messages(group))[-1].reactions == ({"user_id": BOT, "reactions": thumb},)
    assert "REACTIONS_TOO_MANY" in await call.error(
        "setMessageReaction", chat_id=group, message_id=said.message_id, reaction=thumb * 2
    )


async def test_a_bot_deletes_what_others_wrote_by_right(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    said = await simulator.say(ann, "chatter", chat=group)
    which = {"chat_id": group, "message_id": said.message_id}
    assert await call.error("deleteMessage", **which) == "Bad Request: message can't be deleted"
    await simulator.set_member(group, BOT, "administrator", can=["can_delete_messages"])
    await simulator.advance_clock(3 * 24 * 3600)
    assert await call.result("deleteMessage", **which)


async def test_a_bot_renames_a_group_and_says_what_members_may_do(
    simulator: Simulator, call: Caller, ann: int, group: int
) -> None:
    assert "not enough rights to change chat title" in await call.error("setChatTitle", chat_id=group, title="7c")
    await simulator.set_member(group, BOT, "administrator")
    assert await call.result("setChatTitle", chat_id=group, title="7c")
    assert await call.result("setChatPermissions", chat_id=group, permissions={"can_send_messages": False})
    info = await call.result("getChat", chat_id=group)
    assert (info["title"], info["permissions"]["can_send_messages"]) == ("7c", False)
    bob = await simulator.add_user("Bob")
    await simulator.set_member(group, bob, "member")
    assert (await call.result("getChatMember", chat_id=group, user_id=ann))["status"] == "creator"
    await simulator.say(ann, "the owner may", chat=group)
