"""Forums: topics are made, closed and opened, and what is sent goes to the right one."""

import pytest

from simulator.client import Message, Refusal, Simulator
from tests.simulator.conftest import Caller

BOT = 123456


@pytest.fixture
async def forum(simulator: Simulator, ann: int) -> int:
    """A forum that Ann owns, with the bot in it as an ordinary member."""
    return await simulator.add_group("Class", [ann], owner=ann, is_forum=True)


def topics(messages: list[Message]) -> list[int | None]:
    """Where the messages stand."""
    return [message.thread for message in messages]


async def test_messages_stay_in_their_topic(simulator: Simulator, call: Caller, ann: int, forum: int) -> None:
    thread = await simulator.add_topic(forum, ann, "Biology")
    await simulator.say(ann, "/quiz cells", chat=forum, thread=thread)
    await simulator.say(ann, "/quiz", chat=forum)
    created, asked, general = [update["message"] for update in await call.result("getUpdates") if "message" in update][
        -3:
    ]
    assert created["forum_topic_created"]["name"] == "Biology"
    assert (created["message_id"], created["message_thread_id"]) == (thread, thread)
    assert (asked["message_thread_id"], asked["is_topic_message"]) == (thread, True)
    assert "message_thread_id" not in general
    assert asked["chat"]["is_forum"]

    sent = await call.result("sendMessage", chat_id=forum, message_thread_id=thread, text="?")
    assert sent["message_thread_id"] == thread
    await call.result("sendChatAction", chat_id=forum, message_thread_id=thread, action="typing")
    await call.result("sendMessage", chat_id=forum, text="for all")
    assert topics(await simulator.messages(forum)) == [thread, thread, None, thread, None]
    state = await simulator.state()
    (shown,) = [chat for chat in state["chats"] if chat["id"] == forum]
    assert [(topic["thread"], topic["name"], topic["closed"]) for topic in shown["topics"]] == [
        (thread, "Biology", False)
    ]


@pytest.mark.parametrize("thread", [1, 999])
async def test_the_general_topic_has_no_number_and_others_must_be_there(call: Caller, forum: int, thread: int) -> None:
    for method in ("sendMessage", "sendChatAction"):
        assert await call.error(method, chat_id=forum, message_thread_id=thread, text="a", action="typing") == (
            "Bad Request: message thread not found"
        )


async def test_a_group_that_is_no_forum_takes_no_notice_of_topics(simulator: Simulator, call: Caller, ann: int) -> None:
    group = await simulator.add_group("Class", [ann])
    sent = await call.result("sendMessage", chat_id=group, message_thread_id=7, text="a")
    assert "message_thread_id" not in sent
    assert await call.error("createForumTopic", chat_id=group, name="a") == "Bad Request: the chat is not a forum"
    with pytest.raises(Refusal, match="no forum"):
        await simulator.add_topic(group, ann, "a")


async def test_in_a_closed_topic_only_who_runs_topics_writes(
    simulator: Simulator, call: Caller, ann: int, forum: int
) -> None:
    bob = await simulator.add_user("Bob")
    await simulator.set_member(forum, bob, "member")
    thread = await simulator.add_topic(forum, ann, "Biology")
    await simulator.change_topic(forum, ann, thread, closed=True)
    assert await call.error("sendMessage", chat_id=forum, message_thread_id=thread, text="a") == (
        "Bad Request: TOPIC_CLOSED"
    )
    with pytest.raises(Refusal, match="'Biology' is closed"):
        await simulator.say(bob, "hello", chat=forum, thread=thread)
    await simulator.say(ann, "I may", chat=forum, thread=thread)
    await simulator.set_member(forum, BOT, "administrator", can=["can_manage_topics"])
    await call.result("sendMessage", chat_id=forum, message_thread_id=thread, text="a")
    await simulator.set_member(forum, BOT, "member")
    await simulator.change_topic(forum, ann, thread, closed=False)
    await call.result("sendMessage", chat_id=forum, message_thread_id=thread, text="a")
    told = [update["message"] for update in await call.result("getUpdates") if "message" in update]
    assert [key for message in told for key in message if key.startswith("forum_topic")] == [
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
    ]


async def test_the_general_topic_can_be_closed_too(simulator: Simulator, call: Caller, ann: int, forum: int) -> None:
    await simulator.change_topic(forum, ann, 1, closed=True)
    assert await call.error("sendMessage", chat_id=forum, text="a") == "Bad Request: TOPIC_CLOSED"
    await simulator.set_member(forum, BOT, "administrator")
    assert await call.result("reopenGeneralForumTopic", chat_id=forum)
    assert await call.error("reopenGeneralForumTopic", chat_id=forum) == "Bad Request: TOPIC_NOT_MODIFIED"
    await simulator.set_member(forum, BOT, "member")
    await call.result("sendMessage", chat_id=forum, text="a")


async def test_a_bot_makes_and_runs_topics_by_right(simulator: Simulator, call: Caller, ann: int, forum: int) -> None:
    assert await call.error("createForumTopic", chat_id=forum, name="Quiz") == (
        "Bad Request: not enough rights to create a topic"
    )
    await simulator.set_member(forum, BOT, "administrator")
    topic = await call.result("createForumTopic", chat_id=forum, name="Quiz", icon_color=9367192)
    assert topic == {"message_thread_id": topic["message_thread_id"], "name": "Quiz", "icon_color": 9367192}
    which = {"chat_id": forum, "message_thread_id": topic["message_thread_id"]}
    assert await call.result("editForumTopic", **which, name="Quiz of the day")
    assert await call.error("editForumTopic", **which, name="Quiz of the day") == "Bad Request: TOPIC_NOT_MODIFIED"
    assert await call.result("closeForumTopic", **which)
    # Its own topic stays its own.
    await simulator.set_member(forum, BOT, "member")
    assert await call.result("reopenForumTopic", **which)
    other = {"chat_id": forum, "message_thread_id": await simulator.add_topic(forum, ann, "Ann's")}
    assert await call.error("closeForumTopic", **other) == ("Bad Request: not enough rights to close or open the topic")
    await simulator.set_member(forum, BOT, "administrator")
    assert await call.result("deleteForumTopic", **other)
    assert "thread not found" in await call.error("sendMessage", **other, text="a")
    for name, says in (("", "name is empty"), ("n" * 129, "name is too long")):
        assert says in await call.error("createForumTopic", chat_id=forum, name=name)
    assert await call.error("createForumTopic", chat_id=forum, name="a", icon_color=1) == (
        "Bad Request: invalid icon color specified"
    )
