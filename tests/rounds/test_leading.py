"""Who leads a round, what they can ask for, and what everybody else is told."""

import pytest

from delivery.round_buttons import Lead, OpenLobby, Ready, RoundAnswer, SetRound
from quiz.round import Control, Ending, Points, RoundSettings, RoundState
from simulator.client import Simulator
from storage.connection import Storage
from tests.rounds.group import DECK, PlayingGroup, carried, lead_of, right_place, wrong_place

FOR_LEADERS = "Only who began the round, or an administrator, can do that."
FURTHER_ON = "The round is further on. Press under the newest message."


async def test_a_student_can_neither_begin_nor_lead_nor_end_a_round(group: PlayingGroup) -> None:
    student = group.students[0]
    await group.say(f"/quiz {DECK}", student)
    invited = await group.reads("Here an administrator begins a round for all")
    assert (invited.buttons[0].url or "").endswith("?start=d_solar-system")

    lobby = await group.begin()
    for control in (Control.START, Control.STOP):
        assert (await group.leads(lobby, control, student)).text == FOR_LEADERS
    one = await group.round()
    assert (await group.press(student, lobby, OpenLobby(one.id, settings=True))).text == FOR_LEADERS
    assert (await group.press(student, lobby, SetRound(one.id, "seconds", "60"))).text == FOR_LEADERS
    await group.say("/stop", student)
    await group.reads("Only who began the round, or an administrator, can end it.")
    assert (await group.round()).state is RoundState.LOBBY
    await group.leads(lobby, Control.STOP)
    assert (await group.ended()).ending is Ending.STOPPED


async def test_another_administrator_leads_as_well_and_for_a_minute_telegram_is_not_asked_again(
    group: PlayingGroup, simulator: Simulator
) -> None:
    deputy = group.students[0]
    await simulator.set_member(group.chat, deputy, "administrator", by=group.teacher)
    lobby = await group.begin()
    asked = len(await simulator.calls("getChatMember"))
    await group.leads(lobby, Control.START, deputy)
    question = await group.question(0)
    assert (await group.leads(question, Control.STOP, deputy)).text == "Done"

    assert (await group.ended()).ending is Ending.STOPPED
    assert len(await simulator.calls("getChatMember")) == asked + 1


async def test_a_round_is_paused_goes_on_with_what_was_answered_and_is_closed_by_hand(group: PlayingGroup) -> None:
    lobby = await group.begin()
    await group.leads(lobby, Control.START)
    question, one = await group.question(0), await group.round()
    first, second = group.students[:2]
    await group.press(first, question, RoundAnswer(one.id, 0, right_place(one, 0)))
    await group.leads(question, Control.PAUSE)
    paused = await group.reads("⏸ Paused after 0 of 2 questions")
    waits = await group.press(second, question, RoundAnswer(one.id, 0, right_place(one, 0)))
    assert waits.text == "We have paused. Wait for the round to go on."

    await group.leads(paused, Control.GO_ON)
    again = await group.sees(lambda message: message.message_id > paused.message_id, "the question again")
    assert (await group.press(group.teacher, paused, lead_of(paused, Control.GO_ON))).text == FURTHER_ON
    await group.press(second, again, RoundAnswer(one.id, 0, wrong_place(one, 0)))
    await group.leads(again, Control.NEXT)
    result = await group.reads("⏰ 1/2")
    assert "🥇 Pupil 1 — 1" in result.text
    assert "2. Pupil 2 — 0" in result.text
    late = await group.press(second, again, RoundAnswer(one.id, 0, right_place(one, 0)))
    assert late.text == "Time is up for this question."
    await group.question(1)
    assert (await group.press(group.teacher, again, lead_of(again, Control.NEXT))).text == FURTHER_ON
    await group.say("/stop")
    ended = await group.reads("⏹ The Solar System")
    assert "The round was stopped." in ended.text
    assert "🥇 Pupil 1 — 1" in ended.text
    assert (await group.press(second, again, RoundAnswer(one.id, 0, 0))).text == "This round is over."


async def test_the_lobby_is_set_by_its_buttons_and_the_next_round_is_set_alike(group: PlayingGroup) -> None:
    await group.set(RoundSettings())
    lobby = await group.begin()
    one = await group.round()
    await group.press(group.teacher, lobby, OpenLobby(one.id, settings=True))
    panel = await group.reads("⚙️ The Solar System")
    chosen = {"seconds": "30", "count": "5", "points": "falling", "change": "0", "quorum": "2"}
    for name, value in chosen.items():
        assert SetRound(one.id, name, value) in carried(panel)
        assert (await group.press(group.teacher, panel, SetRound(one.id, name, value))).text == "Done"
    await group.press(group.teacher, panel, OpenLobby(one.id, settings=False))
    shown = await group.reads("Begins as soon as 2 are ready.")
    assert "Questions: 5 · 30 s for each" in shown.text
    assert "Your first answer counts." in shown.text
    for student in group.students[:2]:
        await group.press(student, shown, Ready(one.id))
    question = await group.question(0)
    assert "1/5 · The Solar System · ⏱ 30 s" in question.text
    refused = await group.press(group.teacher, panel, SetRound(one.id, "seconds", "60"))
    assert refused.text == FURTHER_ON
    await group.say("/stop")
    await group.ended()

    second = await group.begin("photosynthesis")
    assert "30 s for each" in second.text
    assert (await group.round()).settings.points is Points.FALLING
    await group.leads(second, Control.STOP)
    await group.ended()


async def test_one_round_at_a_time_is_played_in_a_group(group: PlayingGroup) -> None:
    lobby = await group.begin()
    await group.say("/quiz photosynthesis")
    await group.reads("The round “The Solar System” is open here. /stop ends it.")
    await group.leads(lobby, Control.STOP)
    await group.ended()

    assert "Photosynthesis" in (await group.begin("photosynthesis")).text


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("/quiz", "On which topic?"),
        ("/quiz ?!", "On which topic?"),
        ("/quiz solar sistem of planets", "I have no quiz ready on"),
        ("/stop", "No round is open here."),
        ("/score", "No round is open here."),
    ],
)
async def test_an_administrator_is_told_what_to_write(group: PlayingGroup, said: str, answered: str) -> None:
    await group.say(said)

    await group.reads(answered)


async def test_the_score_can_be_asked_for_in_a_round_and_after_it(group: PlayingGroup) -> None:
    lobby = await group.begin()
    await group.leads(lobby, Control.START)
    await group.answers_rightly(group.students[0], 0)
    await group.say("/score", group.students[1])
    before = await group.reads("After 0 of 2 questions")
    assert "🥇" not in before.text, "nobody learns before the close who was right"
    await group.leads(await group.question(0), Control.NEXT)
    await group.reads("⏰ 1/2")
    await group.say("/stop")
    await group.ended()
    await group.say("/score")

    after = await group.reads("After 1 of 2 questions")
    assert "🥇 Pupil 1 — 1" in after.text


async def test_a_button_of_a_round_does_nothing_in_another_group_or_in_private(
    group: PlayingGroup, simulator: Simulator, storage: Storage
) -> None:
    lobby = await group.begin()
    one = await group.round()
    async with PlayingGroup.open(simulator, storage, students=1) as other:
        elsewhere = await other.begin()
        for button in (Ready(one.id), RoundAnswer(one.id, 0, 0), Lead(one.id, Control.START, 0)):
            refused = await other.press(other.teacher, elsewhere, button)
            assert refused.text == "This round is not kept any more."
        await other.leads(elsewhere, Control.STOP)
        await other.ended()
    assert (await group.round()).players == 0
    await group.leads(lobby, Control.STOP)
    await group.ended()
