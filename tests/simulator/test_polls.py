"""Polls and quizzes by Telegram's rules."""

from typing import Any

import pytest

from simulator.client import Refusal, Simulator
from tests.simulator.conftest import Caller

QUIZ: dict[str, Any] = {
    "question": "Where do plants make sugar?",
    "options": [{"text": "In chloroplasts"}, {"text": "In roots"}],
    "type": "quiz",
    "correct_option_ids": [0],
    "explanation": "Chlorophyll is there.",
    "is_anonymous": False,
}


async def polls(call: Caller) -> list[dict[str, Any]]:
    """What the bot was told of polls."""
    return [update for update in await call.result("getUpdates") if "poll" in update or "poll_answer" in update]


async def test_a_quiz_is_asked_answered_and_closed(simulator: Simulator, call: Caller, ann: int) -> None:
    sent = await call.result("sendPoll", chat_id=ann, **QUIZ)
    assert sent["poll"]["correct_option_ids"] == [0]
    (message,) = [each for each in await simulator.messages(ann) if each.from_bot]
    assert message.poll is not None
    assert (message.text, message.poll["question"], message.poll["voters"]) == ("", QUIZ["question"], [])

    voted = await simulator.vote(ann, message, 1)
    answered = [update["poll_answer"] for update in await polls(call) if "poll_answer" in update]
    assert [(each["poll_id"], each["user"]["id"], each["option_ids"]) for each in answered] == [
        (sent["poll"]["id"], ann, [1])
    ]
    shown = await simulator.wait_for_event(lambda event: event.kind == "poll", after=voted.event)
    assert shown.message is not None
    assert shown.message.poll is not None
    assert shown.message.poll["voters"] == [{"user_id": ann, "option_ids": [1]}]

    closed = await call.result("stopPoll", chat_id=ann, message_id=sent["message_id"])
    assert (closed["is_closed"], closed["total_voter_count"]) == (True, 1)
    with pytest.raises(Refusal, match="closed"):
        await simulator.vote(ann, message, 0)
