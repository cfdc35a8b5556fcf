"""A round from its lobby to the final standing, in a group, by buttons."""

from delivery.round_buttons import Ready, RoundAnswer
from quiz.round import Control, RoundState
from tests.rounds.group import PlayingGroup, right_place, wrong_place


async def test_a_group_plays_a_round_to_the_end(group: PlayingGroup) -> None:
    lobby = await group.begin()
    one = await group.round()
    for number, student in enumerate(group.students, 1):
        assert (await group.press(student, lobby, Ready(one.id))).text == f"You are in! Ready: {number}"
    await group.leads(lobby, Control.START)

    first, second, _third = group.students
    for position in range(2):
        question = await group.question(position)
        right, wrong = right_place(one, position), wrong_place(one, position)
        for student, place in ((first, right), (second, wrong)):
            toast = await group.press(student, question, RoundAnswer(one.id, position, place))
            assert (toast.text or "").startswith("✍️ Taken: ")
    ended = await group.reads("🏁")

    assert "🥇 Pupil 1 — 2" in ended.text
    assert "2. Pupil 2 — 0" in ended.text
    assert "No answer: 1" in group.transcript()
    assert (await group.round()).state is RoundState.DONE
