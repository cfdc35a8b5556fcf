"""Polls and quizzes by Telegram's rules."""

from typing import Any

import pytest
from telegram import Bot, InputPollOption, Poll

from simulator.client import Message, Refusal, Simulator
from tests.simulator.conftest import Caller

QUIZ: dict[str, Any] = {
    "question": "Where do plants make sugar?",
    "options": [{"text": "In chloroplasts"}, {"text": "In roots"}],
    "type": "quiz",
    "correct_option_ids": [0],
    "explanation": "Chlorophyll is there.",
    "is_anonymous": False,
}
POLL: dict[str, Any] = {"question": "When?", "options": [{"text": "Now"}, {"text": "Later"}], "is_anonymous": False}


async def told(call: Caller, kind: str = "poll_answer") -> list[dict[str, Any]]:
    """What the bot was told of polls."""
    return [update[kind] for update in await call.result("getUpdates") if kind in update]


async def voters(simulator: Simulator, chat: int) -> list[dict[str, Any]]:
    """Who voted for what in the newest message."""
    poll = (await simulator.messages(chat))[-1].poll
    assert poll is not None
    return poll["voters"]


async def test_a_quiz_is_asked_answered_and_closed(simulator: Simulator, call: Caller, ann: int) -> None:
    sent = await call.result("sendPoll", chat_id=ann, **QUIZ)
    assert sent["poll"]["correct_option_ids"] == [0]
    message = await simulator.wait_for_message(ann)
    assert message.poll is not None
    assert (message.text, message.poll["question"], message.poll["voters"]) == ("", QUIZ["question"], [])

    voted = await simulator.vote(ann, message, 1)
    (answer,) = await told(call)
    assert (answer["poll_id"], answer["user"]["id"], answer["option_ids"]) == (sent["poll"]["id"], ann, [1])
    shown = await simulator.wait_for_event(lambda event: event.kind == "poll", after=voted.event)
    assert shown.message is not None
    assert shown.message.poll is not None
    assert shown.message.poll["voters"] == [{"user_id": ann, "option_ids": [1]}]

    closed = await call.result("stopPoll", chat_id=ann, message_id=sent["message_id"])
    assert (closed["is_closed"], closed["total_voter_count"]) == (True, 1)
    assert [option["voter_count"] for option in closed["options"]] == [0, 1]
    with pytest.raises(Refusal, match="closed"):
        await simulator.vote(ann, message, 0)
    assert "already been closed" in await call.error("stopPoll", chat_id=ann, message_id=sent["message_id"])


async def test_in_a_quiz_there_is_no_second_vote(simulator: Simulator, call: Caller, ann: int) -> None:
    sent = await call.result("sendPoll", chat_id=ann, **QUIZ)
    assert sent["poll"]["allows_revoting"] is False
    await simulator.vote(ann, sent["message_id"], 1)
    for options in ([0], []):
        with pytest.raises(Refusal, match="takes no second vote"):
            await simulator.vote(ann, sent["message_id"], *options)
    assert await voters(simulator, ann) == [{"user_id": ann, "option_ids": [1]}]


async def test_a_vote_can_be_changed_and_retracted_and_the_bot_is_told_in_order(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    sent = await call.result("sendPoll", chat_id=ann, **POLL)
    for options in ([0], [1], []):
        await simulator.vote(ann, sent["message_id"], *options)
    answers = await told(call)
    assert [answer["option_ids"] for answer in answers] == [[0], [1], []]
    names = [option["persistent_id"] for option in sent["poll"]["options"]]
    assert [answer["option_persistent_ids"] for answer in answers] == [names[:1], names[1:], []]
    counts = [[option["voter_count"] for option in poll["options"]] for poll in await told(call, "poll")]
    assert counts == [[1, 0], [0, 1], [0, 0]]
    assert await voters(simulator, ann) == []
    with pytest.raises(Refusal, match="has not voted"):
        await simulator.vote(ann, sent["message_id"])


async def test_nobody_is_named_of_an_anonymous_poll_which_polls_are_unless_they_say_otherwise(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    sent = await call.result("sendPoll", chat_id=ann, question="When?", options=POLL["options"])
    assert sent["poll"]["is_anonymous"]
    await simulator.vote(ann, sent["message_id"], 1)
    assert await told(call) == []
    (poll,) = await told(call, "poll")
    assert poll["total_voter_count"] == 1


async def test_several_options_are_for_polls_that_allow_them(simulator: Simulator, call: Caller, ann: int) -> None:
    one = await call.result("sendPoll", chat_id=ann, **POLL)
    with pytest.raises(Refusal, match="one answer only"):
        await simulator.vote(ann, one["message_id"], 0, 1)
    many = await call.result("sendPoll", chat_id=ann, **POLL, allows_multiple_answers=True)
    with pytest.raises(Refusal, match="options 0 to 1"):
        await simulator.vote(ann, many["message_id"], 2)
    await simulator.vote(ann, many["message_id"], 1, 0)
    assert [answer["option_ids"] for answer in await told(call)] == [[0, 1]]


async def test_a_poll_closes_when_its_time_is_over(simulator: Simulator, call: Caller, ann: int) -> None:
    now = int(await simulator.now())
    period = await call.result("sendPoll", chat_id=ann, **QUIZ, open_period=600)
    date = await call.result("sendPoll", chat_id=ann, **POLL, close_date=now + 700)
    assert period["poll"]["close_date"] - period["date"] == period["poll"]["open_period"] == 600
    assert date["poll"]["close_date"] == now + 700
    await simulator.advance_clock(590)
    await simulator.vote(ann, period["message_id"], 0)
    await simulator.advance_clock(11)
    with pytest.raises(Refusal, match="closed"):
        await simulator.vote(ann, period["message_id"], 0)
    await simulator.vote(ann, date["message_id"], 0)
    await simulator.advance_clock(100)
    closed = [poll["id"] for poll in await told(call, "poll") if poll["is_closed"]]
    assert closed == [period["poll"]["id"], date["poll"]["id"]]


async def test_a_poll_closes_by_itself_too(simulator: Simulator, call: Caller, ann: int) -> None:
    await call.result("sendPoll", chat_id=ann, **POLL, open_period=5)
    await simulator.advance_clock(4)
    event = await simulator.wait_for_event(lambda event: event.kind == "poll", within=10)
    assert event.message is not None
    assert event.message.poll is not None
    assert event.message.poll["is_closed"]


async def test_a_forgotten_poll_does_not_close_afterwards(simulator: Simulator, call: Caller, ann: int) -> None:
    await call.result("sendPoll", chat_id=ann, **POLL, open_period=600)
    await simulator.reset()
    await simulator.advance_clock(700)
    assert await simulator.events() == []


async def test_the_key_of_a_quiz_is_shown_to_its_own_bot_until_it_is_closed(
    simulator: Simulator, call: Caller, ann: int
) -> None:
    """A command in reply to the quiz brings it to every bot of the group."""
    other = Caller(call.http, "777:other")
    group = await simulator.add_group("Class", [ann], bots=[123456, await simulator.add_bot(other.token)])
    sent = await call.result("sendPoll", chat_id=group, **QUIZ)

    async def see_the_key() -> list[bool]:
        await simulator.say(ann, "/who", chat=group, reply_to=sent["message_id"])
        seen = [(await bot.result("getUpdates"))[-1]["message"]["reply_to_message"] for bot in (call, other)]
        return ["correct_option_ids" in message["poll"] for message in seen]

    assert await see_the_key() == [True, False]
    await call.result("stopPoll", chat_id=group, message_id=sent["message_id"])
    assert await see_the_key() == [True, True]


async def test_an_anonymous_administrator_votes_as_the_group(simulator: Simulator, call: Caller, ann: int) -> None:
    bob = await simulator.add_user("Bob")
    group = await simulator.add_group("Class", [ann, bob], admins=[bob])
    sent = await call.result("sendPoll", chat_id=group, **POLL)
    with pytest.raises(Refusal, match="no administrator"):
        await simulator.vote(ann, sent["message_id"], 0, chat=group, as_chat=True)
    await simulator.vote(bob, sent["message_id"], 0, chat=group, as_chat=True)
    (answer,) = await told(call)
    assert "user" not in answer
    assert answer["voter_chat"]["id"] == group


async def test_votes_need_a_poll_and_a_member(simulator: Simulator, call: Caller, ann: int) -> None:
    group = await simulator.add_group("Class", [await simulator.add_user("Bob")])
    sent = await call.result("sendPoll", chat_id=group, **POLL)
    with pytest.raises(Refusal, match="not a member"):
        await simulator.vote(ann, sent["message_id"], 0, chat=group)
    text = await call.result("sendMessage", chat_id=ann, text="a")
    with pytest.raises(Refusal, match="There is no poll"):
        await simulator.vote(ann, text["message_id"], 0)
    assert await call.error("stopPoll", chat_id=ann, message_id=text["message_id"]) == (
        "Bad Request: message is not a poll"
    )
    assert await call.error("stopPoll", chat_id=ann, message_id=999) == (
        "Bad Request: message with poll to stop not found"
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"question": ""}, "text must be non-empty"),
        ({"question": "q" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": [{"text": "a"}]}, "a quiz must have at least 2 options"),
        ({"options": [{"text": "a"}] * 13}, "poll can't have more than 12 options"),
        ({"options": [{"text": "a"}, {"text": " "}]}, "text must be non-empty"),
        ({"options": [{"text": "a"}, {"text": "b" * 101}]}, "poll options length must not exceed 100"),
        ({"type": "riddle"}, "unsupported poll type specified"),
        ({"correct_option_ids": []}, "correct quiz option list must be non-empty"),
        ({"correct_option_ids": [1, 0]}, "correct quiz option list must be increasing"),
        ({"correct_option_ids": [0, 0]}, "correct quiz option list must be increasing"),
        ({"correct_option_ids": [2]}, "wrong quiz correct_option_id"),
        ({"explanation": "e" * 201}, "explanation is too long"),
        ({"explanation": "a\nb\nc\nd"}, "an explanation has at most 2 line feeds"),
        ({"open_period": 4}, "a poll is open for 5 to 2628000 seconds, not for 4"),
        ({"open_period": 2_628_001}, "a poll is open for 5 to 2628000 seconds, not for 2628001"),
        ({"close_date": 1}, "a poll is open for 5 to 2628000 seconds"),
        ({"members_only": True}, "poll voters can be restricted only in channel chats"),
    ],
)
async def test_what_telegram_does_not_take_is_refused(
    call: Caller, ann: int, change: dict[str, object], says: str
) -> None:
    assert (await call.error("sendPoll", chat_id=ann, **{**QUIZ, **change})).startswith(f"Bad Request: {says}")


async def test_an_end_said_twice_is_taken_and_noted(simulator: Simulator, call: Caller, ann: int) -> None:
    date = int(await simulator.now()) + 900
    sent = await call.result("sendPoll", chat_id=ann, **POLL, open_period=600, close_date=date)
    assert sent["poll"]["open_period"] == 600
    assert [(one["rule"], one["where"]) for one in await simulator.violations()] == [("together", "close_date")]


async def test_old_names_are_taken_and_noted(simulator: Simulator, call: Caller, ann: int) -> None:
    """As Telegram's server does: plain strings for options, one right option, a reply without parameters."""
    asked = await call.result("sendMessage", chat_id=ann, text="a")
    old = {"question": "?", "options": ["a", "b"], "type": "quiz", "correct_option_id": 1}
    sent = await call.result("sendPoll", chat_id=ann, **old, reply_to_message_id=asked["message_id"])
    assert sent["poll"]["correct_option_ids"] == [1]
    assert sent["reply_to_message"]["message_id"] == asked["message_id"]
    noted = [(one["where"], one["says"]) for one in await simulator.violations()]
    assert noted == [
        ("correct_option_id", "an old name, now in correct_option_ids"),
        ("reply_to_message_id", "an old name, now in reply_parameters"),
    ]


async def test_python_telegram_bot_asks_and_reads_answers(simulator: Simulator, bot: Bot, ann: int) -> None:
    sent = await bot.send_poll(
        ann,
        "<b>Which?</b>",
        [InputPollOption("one"), "two"],
        question_parse_mode="HTML",
        type=Poll.QUIZ,
        correct_option_ids=[1],
        explanation="<i>Two</i>",
        explanation_parse_mode="HTML",
        is_anonymous=False,
        open_period=600,
    )
    assert sent.poll is not None
    assert (sent.poll.question, sent.poll.explanation, sent.poll.type) == ("Which?", "Two", "quiz")
    message: Message = await simulator.wait_for_message(ann)
    await simulator.vote(ann, message, 1)
    updates = await bot.get_updates()
    (answer,) = [update.poll_answer for update in updates if update.poll_answer]
    assert answer.user is not None
    assert (answer.user.id, answer.option_ids) == (ann, (1,))
    stopped = await bot.stop_poll(ann, sent.message_id)
    assert (stopped.is_closed, stopped.total_voter_count) == (True, 1)
    assert await simulator.violations() == []
