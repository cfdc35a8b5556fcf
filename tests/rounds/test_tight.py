"""A round in a group to which few messages may be sent: results go out with the next question, and no 429 comes."""

import pytest

from delivery.round_buttons import SetRound
from quiz.round import Control, RoundSettings
from simulator.client import Limit, Simulator
from tests.conftest import start_bot
from tests.rounds.group import PlayingGroup

pytestmark = pytest.mark.timeout(180)


async def test_where_two_messages_a_question_are_too_many_the_result_stands_above_the_next_question(
    simulator: Simulator,
) -> None:
    """Twelve a minute, of which nine in the long run: one each 6.7 s."""
    await simulator.set_limits(group=Limit(12, 60.0))
    async with (
        start_bot(simulator, {"QUIZBOT_GROUP_MESSAGES": "12"}) as bot,
        bot.storage() as storage,
        PlayingGroup.open(
            simulator, storage, students=1, settings=RoundSettings(seconds=10, pause=1, count=3)
        ) as group,
    ):
        lobby = await group.begin()
        await group.leads(lobby, Control.START)
        for position in range(3):
            await group.answers_rightly(group.students[0], position)
            message = await group.question(position)
            assert ("⏰ " in message.text) == bool(position)
        await group.ended()

        calls = await group.calls()
        assert {call["status"] for call in calls} == {200}
        assert len(calls) == 5, "the lobby, three questions, the end with the last result"
        assert "🥇 Pupil 1 — 3" in group.shown()[-1].text


async def test_a_pace_that_cannot_be_carried_is_refused_with_the_pace_that_it_can(simulator: Simulator) -> None:
    """Four a minute, of which three in the long run."""
    async with (
        start_bot(simulator, {"QUIZBOT_GROUP_MESSAGES": "4"}) as bot,
        bot.storage() as storage,
        PlayingGroup.open(simulator, storage, students=1) as group,
    ):
        lobby = await group.begin()
        assert "20 s for each" in lobby.text, "what was set is too fast for this bot"
        one = await group.round()
        refused = await group.press(group.teacher, lobby, SetRound(one.id, "seconds", "15"))

        assert refused.text == "Telegram would not let me send that fast. Choose 20 s or more."
        assert (await group.round()).settings.seconds == 20
