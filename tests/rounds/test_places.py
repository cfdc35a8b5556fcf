"""Where rounds are played: topics of a forum, groups that move, and groups in which the bot can say no more."""

from collections.abc import AsyncGenerator

import pytest

from delivery.round_buttons import Ready, RoundAnswer
from quiz.round import Control, Ending, RoundState
from simulator.client import Fault, Simulator
from storage.connection import Storage
from tests.rounds.group import PlayingGroup, right_place

WITHOUT_WRITING = ["can_invite_users"]


@pytest.fixture
async def forum(simulator: Simulator, storage: Storage) -> AsyncGenerator[PlayingGroup]:
    async with PlayingGroup.open(simulator, storage, students=1, is_forum=True) as group:
        await group.say("Welcome!")  # the number of a topic is that of its first message, and 1 is the General one
        yield group


async def test_a_round_stays_in_the_topic_in_which_it_was_begun(forum: PlayingGroup, simulator: Simulator) -> None:
    forum.thread = await simulator.add_topic(forum.chat, forum.teacher, "Physics")
    lobby = await forum.begin()
    await forum.leads(lobby, Control.START)
    await forum.leads(await forum.question(0), Control.NEXT)
    await forum.leads(await forum.question(1), Control.NEXT)
    await forum.ended()

    assert {message.thread for message in forum.shown()} == {forum.thread}


async def test_the_general_topic_has_no_number(forum: PlayingGroup) -> None:
    lobby = await forum.begin()
    await forum.leads(lobby, Control.STOP)
    await forum.ended()

    assert {message.thread for message in forum.shown()} == {None}
    assert not any("message_thread_id" in call["parameters"] for call in await forum.calls())


async def told(simulator: Simulator, teacher: int, words: str) -> None:
    """The teacher reads this in private."""
    await simulator.wait_for_message(teacher, lambda message: words in message.text)


async def test_in_a_topic_that_is_closed_the_round_ends_and_who_began_it_is_told(
    forum: PlayingGroup, simulator: Simulator
) -> None:
    await simulator.say(forum.teacher, "/help")
    forum.thread = await simulator.add_topic(forum.chat, forum.teacher, "Physics")
    lobby = await forum.begin()
    await forum.leads(lobby, Control.START)
    await forum.question(0)
    await simulator.change_topic(forum.chat, forum.teacher, forum.thread, closed=True)

    await told(simulator, forum.teacher, "The round “The Solar System” in “Class 7b” has ended. That topic is closed")
    assert (await forum.ended()).ending is Ending.TOPIC


@pytest.mark.parametrize("ending", [Ending.REMOVED, Ending.SILENCED])
async def test_where_the_bot_may_say_no_more_the_round_ends_and_who_began_it_is_told(
    group: PlayingGroup, simulator: Simulator, ending: Ending
) -> None:
    await simulator.say(group.teacher, "/help")
    lobby = await group.begin()
    await group.leads(lobby, Control.START)
    await group.answers_rightly(group.students[0], 0)
    bot = (await simulator.state())["bots"][0]["id"]
    if ending is Ending.REMOVED:
        await simulator.set_member(group.chat, bot, "kicked", by=group.teacher)
    else:
        await simulator.set_member(group.chat, bot, "restricted", by=group.teacher, can=WITHOUT_WRITING)

    words = "I am not in that group any more" if ending is Ending.REMOVED else "I may not write there"
    await told(simulator, group.teacher, words)
    one = await group.ended()
    assert (one.ending, len(await group.rounds.answers(one.id, 0))) == (ending, 1)


@pytest.mark.parametrize("by", ["the update", "an error"])
async def test_a_group_that_becomes_a_supergroup_in_mid_quiz_plays_on(
    simulator: Simulator, storage: Storage, by: str
) -> None:
    async with PlayingGroup.open(simulator, storage, students=1, kind="group") as group:
        lobby = await group.begin()
        await group.leads(lobby, Control.START)
        await group.answers_rightly(group.students[0], 0)
        if by == "an error":
            await simulator.add_faults(Fault("getUpdates", "hang"))
        new = await simulator.migrate(group.chat, by=group.teacher)
        group.moved_to(new)
        await group.reads("⏰ 1/2")
        await simulator.lift_faults()
        question, one = await group.question(1), await group.round()
        toast = await group.press(group.students[0], question, RoundAnswer(one.id, 1, right_place(one, 1)))

        assert "Taken" in (toast.text or "")
        assert (await group.ended()).state is RoundState.DONE
        assert "Pupil 1" in group.shown()[-1].text
        assert (await group.round()).id == one.id, "the group is the same under its new id"


async def test_an_administrator_who_is_anonymous_begins_and_ends_a_round(
    group: PlayingGroup, simulator: Simulator
) -> None:
    chat = {"id": group.chat, "type": "supergroup", "title": "Class 7b"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}

    def message(number: int, text: str) -> dict[str, object]:
        command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
        return {
            "message_id": number, "date": 1, "chat": chat, "from": anonymous, "sender_chat": chat, "text": text,
            "entities": [command],
        }  # fmt: skip

    await simulator.give_update("message", message(901, "/quiz solar system"))
    lobby = await group.sees(lambda one: "I am ready" in one.text, "the lobby")
    one = await group.round()
    assert one.owner == 0
    await group.press(group.students[0], lobby, Ready(one.id))
    refused = await group.leads(lobby, Control.START, group.students[0])
    assert refused.text == "Only who began the round, or an administrator, can do that."
    await simulator.give_update("message", message(902, "/stop"))

    assert (await group.ended()).ending is Ending.STOPPED


async def test_the_deep_link_that_brings_the_bot_into_a_group_begins_the_round(group: PlayingGroup) -> None:
    await group.say("/start@simulated_123456_bot d_solar-system")

    lobby = await group.reads("I am ready")
    await group.leads(lobby, Control.STOP)
    await group.ended()
