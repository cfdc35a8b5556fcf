"""The other mode: Telegram's own quiz polls."""

from dataclasses import replace

from delivery.round_buttons import RoundAnswer
from quiz.round import Control, Mode, RoundState
from simulator.client import Message
from tests.rounds.group import FAST, PlayingGroup, answers_of

POLLS = replace(FAST, mode=Mode.POLLS, count=0)


async def asked(group: PlayingGroup, position: int) -> Message:
    """The poll or the message that asks a question."""

    def asks(message: Message) -> bool:
        by_poll = message.poll is not None and message.poll["question"].startswith(f"{position + 1}/")
        return by_poll or position in {one.position for one in answers_of(message)}

    return await group.sees(asks, f"question {position}")


async def test_a_round_by_polls_counts_votes_and_asks_by_buttons_what_fits_no_poll(group: PlayingGroup) -> None:
    await group.set(POLLS)
    lobby = await group.begin()
    assert "Asked by polls" in lobby.text
    await group.leads(lobby, Control.START)
    one = await group.round()
    first, second = group.students[:2]
    by_poll = by_buttons = 0
    for position in range(one.total):
        message = await asked(group, position)
        planned = one.plan[position].planned
        right = [place for place, option in enumerate(planned.order) if option in planned.key]
        wrong = next(place for place, option in enumerate(planned.order) if option not in planned.key)
        if message.poll is not None:
            by_poll += 1
            assert message.poll["correct_option_ids"] == right
            assert message.poll["is_anonymous"] is False
            await group.simulator.vote(first, message, *right)
            await group.simulator.vote(second, message, wrong)
        else:
            by_buttons += 1
            for place in right:
                await group.press(first, message, RoundAnswer(one.id, position, place))
        if by_poll and by_buttons:
            break
        closed = await group.reads(f"⏰ {position + 1}/")
        assert f"Pupil 1 — {by_poll + by_buttons}" in closed.text
    assert by_poll
    await group.say("/stop")
    await group.ended()


async def test_a_poll_that_is_closed_by_hand_or_by_the_end_is_stopped(group: PlayingGroup) -> None:
    await group.set(replace(POLLS, seconds=60))
    lobby = await group.begin()
    await group.leads(lobby, Control.START)
    first = await asked(group, 0)
    assert first.poll is not None
    await group.simulator.vote(group.students[0], first, 0)
    await group.say("/stop")
    one = await group.ended()

    polls = [message.poll for message in await group.simulator.messages(group.chat) if message.poll]
    assert [poll["is_closed"] for poll in polls] == [True]
    assert one.state is RoundState.STOPPED
