"""Sending, editing and deleting, with Telegram's own words for what cannot be done."""

import pytest

from simulator.client import Simulator
from tests.simulator.conftest import Caller

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}


async def test_an_edit_that_changes_nothing_is_refused(call: Caller, ann: int) -> None:
    sent = await call.result("sendMessage", chat_id=ann, text="<b>a</b>", parse_mode="HTML", reply_markup=YES)
    same = {"chat_id": ann, "message_id": sent["message_id"]}
    assert await call.error("editMessageText", **same, text="<b>a</b>", parse_mode="HTML", reply_markup=YES) == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
        " as a current content and reply markup of the message"
    )
    assert "not modified" in await call.error("editMessageReplyMarkup", **same, reply_markup=YES)
    await call.result("editMessageText", **same, text="a", reply_markup=YES)


async def test_an_edit_without_a_keyboard_takes_it_away(simulator: Simulator, call: Caller, ann: int) -> None:
    sent = await call.result("sendMessage", chat_id=ann, text="a", reply_markup=YES)
    edited = await call.result("editMessageText", chat_id=ann, message_id=sent["message_id"], text="b")
    assert "reply_markup" not in edited
    assert edited["edit_date"] >= sent["date"]
    (message,) = [each for each in await simulator.messages(ann) if each.from_bot]
    assert message.history[0].rows[0][0].text == "Yes"


async def test_what_is_not_there_or_not_the_bots_cannot_be_changed(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    said = await simulator.say(ann, "mine")
    sent = await call.result("sendMessage", chat_id=ann, text="a")
    where = {"chat_id": ann, "text": "b"}
    assert await call.error("editMessageText", **where, message_id=999) == "Bad Request: message to edit not found"
    assert await call.error("editMessageText", **where, message_id=said.message_id) == (
        "Bad Request: message can't be edited"
    )
    await simulator.delete(ann, sent["message_id"])
    gone = {"chat_id": ann, "message_id": sent["message_id"]}
    assert await call.error("editMessageText", **gone, text="b") == "Bad Request: message to edit not found"
    assert await call.error("deleteMessage", **gone) == "Bad Request: message to delete not found"
    assert (await simulator.messages(ann))[-1].deleted


async def test_an_old_message_cannot_be_deleted(simulator: Simulator, call: Caller, ann: int) -> None:
    sent = [await call.result("sendMessage", chat_id=ann, text="a") for _ in range(2)]
    assert await call.result("deleteMessage", chat_id=ann, message_id=sent[0]["message_id"])
    await simulator.advance_clock(48 * 60 * 60 + 1)
    assert await call.error("deleteMessage", chat_id=ann, message_id=sent[1]["message_id"]) == (
        "Bad Request: message can't be deleted"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<b>a", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("ä<quiz>", 'can\'t parse entities: Unsupported start tag "quiz" at byte offset 2'),
        ("<b>a</i>", 'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
        ("<b></b> \n", "message text is empty"),
        ("", "message text is empty"),
        ("a" * 4097, "message is too long"),
        (f"<i>{'a' * 4097}</i>", "message is too long"),
    ],
)
async def test_bad_text_is_refused_in_telegrams_words(call: Caller, ann: int, text: str, says: str) -> None:
    assert await call.error("sendMessage", chat_id=ann, text=text, parse_mode="HTML") == f"Bad Request: {says}"


async def test_length_is_measured_after_the_markup_is_read(call: Caller, ann: int) -> None:
    sent = await call.result("sendMessage", chat_id=ann, text="<b>&lt;</b>" * 4096, parse_mode="HTML")
    assert sent["text"] == "<" * 4096


@pytest.mark.parametrize(
    ("button", "says"),
    [
        ({"text": "a", "callback_data": "ж" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "a"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"callback_data": "a"}, 'can\'t find field "text"'),
        ({"text": 1, "callback_data": "a"}, 'field "text" must be of type String'),
    ],
)
async def test_bad_buttons_are_refused(call: Caller, ann: int, button: dict[str, object], says: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert await call.error("sendMessage", chat_id=ann, text="a", reply_markup=markup) == f"Bad Request: {says}"


async def test_a_reply_needs_its_message_unless_it_says_otherwise(call: Caller, ann: int) -> None:
    missing = {"message_id": 999}
    assert await call.error("sendMessage", chat_id=ann, text="a", reply_parameters=missing) == (
        "Bad Request: message to be replied not found"
    )
    sent = await call.result(
        "sendMessage", chat_id=ann, text="a", reply_parameters=missing | {"allow_sending_without_reply": True}
    )
    assert "reply_to_message" not in sent
    reply = await call.result("sendMessage", chat_id=ann, text="b", reply_parameters={"message_id": sent["message_id"]})
    assert reply["reply_to_message"]["text"] == "a"


async def test_unblocking_lets_the_bot_write_again_and_the_bot_is_told(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    await simulator.block(ann)
    assert await call.error("sendMessage", chat_id=ann, text="a") == "Forbidden: bot was blocked by the user"
    await simulator.block(ann, blocked=False)
    await call.result("sendMessage", chat_id=ann, text="a")
    told = [update["my_chat_member"]["new_chat_member"]["status"] for update in await call.result("getUpdates")]
    assert told == ["kicked", "member"]


async def test_message_numbers_are_shared_by_private_chats(simulator: Simulator, call: Caller, ann: int) -> None:
    bob = await simulator.add_user("Bob")
    first = await simulator.say(ann, "a")
    second = await simulator.say(bob, "b")
    assert second.message_id == first.message_id + 1
    assert await call.error("editMessageText", chat_id=ann, message_id=second.message_id, text="c") == (
        "Bad Request: message to edit not found"
    )


async def test_wrong_commands_are_refused(call: Caller) -> None:
    def command(name: str, description: str = "d") -> list[dict[str, str]]:
        return [{"command": name, "description": description}]

    assert await call.error("setMyCommands", commands=command("Quiz!")) == "Bad Request: BOT_COMMAND_INVALID"
    assert await call.error("setMyCommands", commands=command("q" * 33)) == "Bad Request: BOT_COMMAND_INVALID"
    assert "DESCRIPTION" in await call.error("setMyCommands", commands=command("quiz", "d" * 257))
    assert "chat_id" in await call.error("setMyCommands", commands=command("quiz"), scope={"type": "chat"})
    assert "Unsupported type" in await call.error("setMyCommands", commands=command("a"), scope={"type": "moon"})
