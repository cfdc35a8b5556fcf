"""What everybody sees of an answer: a toast for who pressed, and nothing for the others until the question closes."""

from dataclasses import replace

from delivery.round_buttons import RoundAnswer
from quiz.question import Kind
from quiz.round import Control, RoundSettings
from tests.rounds.group import FAST, PlayingGroup, right_place, wrong_place


async def test_an_answer_can_be_changed_until_the_time_is_up_and_the_message_never_changes(
    group: PlayingGroup,
) -> None:
    lobby = await group.begin()
    await group.leads(lobby, Control.START)
    question, one = await group.question(0), await group.round()
    right, wrong = RoundAnswer(one.id, 0, right_place(one, 0)), RoundAnswer(one.id, 0, wrong_place(one, 0))
    first, second = group.students[:2]
    for student, answers in ((first, (wrong, right)), (second, (right, wrong))):
        toasts = [(await group.press(student, question, answer)).text or "" for answer in answers]
        assert all(toast.startswith("✍️ Taken: ") for toast in toasts)
        assert not any(sign in toast for toast in toasts for sign in "✅❌")
    calls = [call["method"] for call in await group.calls()]
    assert calls == ["sendMessage"] * 2, "the lobby, the question"

    result = await group.reads("⏰ 1/2")
    assert "🥇 Pupil 1 — 1" in result.text
    assert "2. Pupil 2 — 0" in result.text
    await group.leads(await group.question(1), Control.STOP)
    await group.ended()


async def test_where_the_first_answer_counts_the_second_is_refused(group: PlayingGroup) -> None:
    await group.set(replace(FAST, change=False))
    lobby = await group.begin()
    await group.leads(lobby, Control.START)
    question, one = await group.question(0), await group.round()
    student = group.students[0]
    taken = await group.press(student, question, RoundAnswer(one.id, 0, wrong_place(one, 0)))
    refused = await group.press(student, question, RoundAnswer(one.id, 0, right_place(one, 0)))

    assert (taken.text or "").startswith("✔️ Taken: ")
    assert refused.text == "Your first answer counts. It is taken."
    assert "1. Pupil 1 — 0" in (await group.reads("⏰ 1/2")).text
    await group.say("/stop")
    await group.ended()


async def test_of_several_right_options_each_is_pressed_and_all_must_be(group: PlayingGroup) -> None:
    await group.set(RoundSettings(seconds=60, pause=1, count=0))
    lobby = await group.begin()
    await group.leads(lobby, Control.START)
    one = await group.round()
    position = next(place for place, question in enumerate(one.plan) if question.planned.kind is Kind.MULTIPLE)
    for place in range(position):
        await group.leads(await group.question(place), Control.NEXT)
        await group.reads(f"⏰ {place + 1}/")
    question = await group.question(position)
    assert "More than one can be right" in question.text
    planned = one.plan[position].planned
    right = [place for place, option in enumerate(planned.order) if option in planned.key]
    first, second = group.students[:2]
    for place in right:
        await group.press(first, question, RoundAnswer(one.id, position, place))
    taken_back = [
        await group.press(second, question, RoundAnswer(one.id, position, right[0])),
        await group.press(second, question, RoundAnswer(one.id, position, right[0])),
    ]
    assert taken_back[1].text == "You have taken your answer back."
    await group.press(second, question, RoundAnswer(one.id, position, right[0]))
    await group.leads(question, Control.NEXT)

    result = await group.reads(f"⏰ {position + 1}/")
    assert "🥇 Pupil 1 — 1" in result.text
    assert "2. Pupil 2 — 0" in result.text
    await group.say("/stop")
    await group.ended()
