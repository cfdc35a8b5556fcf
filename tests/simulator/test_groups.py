"""Groups: who sees what, and who may write."""

from simulator.client import Simulator
from tests.simulator.conftest import Caller


async def test_the_bot_is_told_that_it_was_added(simulator: Simulator, call: Caller, ann: int) -> None:
    group = await simulator.add_group("Class 7b", [ann])
    (update,) = await call.result("getUpdates")
    assert update["my_chat_member"]["chat"] == {"id": group, "type": "supergroup", "title": "Class 7b"}
    assert update["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert update["my_chat_member"]["from"]["id"] == ann


async def test_in_a_group_the_bot_reads_commands_and_replies_to_itself_only(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    group = await simulator.add_group("Class 7b", [ann])
    sent = await call.result("sendMessage", chat_id=group, text="hello")
    unseen = await simulator.say(ann, "chatter", chat=group)
    seen = [
        await simulator.say(ann, "/quiz cells", chat=group),
        await simulator.say(ann, "/quiz@simulated_123456_bot", chat=group),
        await simulator.say(ann, "an answer", chat=group, reply_to=sent["message_id"]),
    ]
    others = await simulator.say(ann, "/quiz@another_bot", chat=group)
    assert (unseen.update_id, others.update_id) == (None, None)
    updates = [update for update in await call.result("getUpdates") if "message" in update]
    assert [update["update_id"] for update in updates] == [said.update_id for said in seen]
    assert updates[-1]["message"]["reply_to_message"]["text"] == "hello"
    assert len(await simulator.messages(group)) == 6


async def test_a_reply_to_a_person_is_read_only_when_it_is_a_command(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    """Whoever replies, and whatever they reply to, a command to the bot included."""
    bob = await simulator.add_user("Bob")
    group = await simulator.add_group("Class 7b", [ann, bob])
    chatter = await simulator.say(bob, "chatter", chat=group)
    command = await simulator.say(bob, "/quiz cells", chat=group)
    for writer, replied in ((ann, chatter), (bob, chatter), (ann, command)):
        said = await simulator.say(writer, "indeed", chat=group, reply_to=replied.message_id)
        assert said.update_id is None
    await simulator.say(ann, "/stop", chat=group, reply_to=chatter.message_id)
    assert await read_by(call) == ["/quiz cells", "/stop"]


async def test_a_reply_to_a_bot_is_read_by_that_bot_only(simulator: Simulator, call: Caller, ann: int) -> None:
    bots = Caller(call.http, "1:a"), Caller(call.http, "2:b")
    known = [await simulator.add_bot(bot.token) for bot in bots]
    group = await simulator.add_group("Class 7b", [ann], bots=known)
    for bot in bots:
        sent = await bot.result("sendMessage", chat_id=group, text="hello")
        await simulator.say(ann, f"to {bot.token}", chat=group, reply_to=sent["message_id"])
    await simulator.say(ann, "/quiz cells", chat=group)
    assert [await read_by(bot) for bot in bots] == [["to 1:a", "/quiz cells"], ["to 2:b", "/quiz cells"]]


async def read_by(bot: Caller) -> list[str]:
    """What this bot gets to read of what people write."""
    return [update["message"]["text"] for update in await bot.result("getUpdates") if "message" in update]


async def test_a_supergroup_counts_its_own_messages(simulator: Simulator, call: Caller, ann: int) -> None:
    groups = [await simulator.add_group(title, [ann]) for title in ("a", "b")]
    sent = [await call.result("sendMessage", chat_id=group, text="x") for group in groups]
    assert [message["message_id"] for message in sent] == [1, 1]


async def test_administrators_are_known(simulator: Simulator, call: Caller, ann: int) -> None:
    bob, eve = await simulator.add_user("Bob"), await simulator.add_user("Eve")
    group = await simulator.add_group("Class 7b", [ann, bob], admins=[ann])
    statuses = [(await call.result("getChatMember", chat_id=group, user_id=user))["status"] for user in (ann, bob, eve)]
    assert statuses == ["administrator", "member", "left"]
    (administrator,) = await call.result("getChatAdministrators", chat_id=group)
    assert administrator["user"]["id"] == ann
    assert await call.result("getChatMemberCount", chat_id=group) == 3


async def test_a_bot_that_is_not_a_member_cannot_write(simulator: Simulator, call: Caller, ann: int) -> None:
    group = await simulator.add_group("Without it", [ann], bots=[])
    assert await call.error("sendMessage", chat_id=group, text="x") == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    assert await call.error("sendMessage", chat_id=group - 1, text="x") == "Bad Request: chat not found"


async def test_every_member_can_press(simulator: Simulator, call: Caller, ann: int) -> None:
    bob = await simulator.add_user("Bob")
    group = await simulator.add_group("Class 7b", [ann, bob])
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    sent = await call.result("sendMessage", chat_id=group, text="?", reply_markup=keyboard)
    for user in (ann, bob):
        await simulator.press(user, sent["message_id"], chat=group, button="A")
    presses = [update["callback_query"] for update in await call.result("getUpdates") if "callback_query" in update]
    assert [press["from"]["id"] for press in presses] == [ann, bob]
    assert len({press["chat_instance"] for press in presses}) == 1
