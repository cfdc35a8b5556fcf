"""A quiz from its first question to its score, and once more."""

import pytest

from delivery.buttons import Again, Report, Submit, Switch
from tests.handlers.person import Person, carried, labels, question_of, right_labels, texts, wrong_labels

WRONG, RIGHT = "❌ Wrong. See why below.", "✅ Right!"


async def play(person: Person, count: int, *, right: bool) -> None:
    """Answer so many questions that wait one after the other."""
    for _ in range(count):
        await person.answer(await person.last(), right=right)


async def test_a_right_answer_is_confirmed_with_why_and_the_source(ann: Person) -> None:
    question = await ann.begin()

    pressed = await ann.answer(question, right=True)

    told = await ann.now(question)
    asked = question_of(question)
    assert (pressed.text, pressed.show_alert) == (RIGHT, False)
    assert f"\n✅ Right!\n{asked.explanation.split()[0]}" in told.text
    assert asked.source is not None
    assert told.text.endswith(f"Source: {asked.source.title} · answer double-checked")
    assert [type(button) for button in carried(told)] == [Report], "the options are there to be looked at"
    assert (await ann.last()).text.startswith("2/10 · Photosynthesis\n\n")


async def test_a_wrong_answer_shows_what_was_right(ann: Person) -> None:
    question = await ann.begin()

    pressed = await ann.answer(question, right=False)

    told = await ann.now(question)
    assert pressed.text == WRONG
    assert "\n❌ Wrong\n" in told.text
    assert told.text.count(" — your answer") >= 1
    assert told.text.count("✅ ") == len(question_of(question).key)


async def test_a_skipped_question_shows_the_answer_and_goes_on(ann: Person) -> None:
    question = await ann.begin()

    assert (await ann.press(question, "⏭ Skip")).text == "⏭ Skipped"

    assert "\n⏭ Skipped\n" in (await ann.now(question)).text
    assert (await ann.last()).text.startswith("2/10")


async def test_several_right_answers_are_switched_on_and_submitted(ann: Person) -> None:
    question = await ann.begin("photosynthesis", 20)
    while not any(isinstance(button, Submit) for button in carried(question)):
        await ann.press(question, "⏭ Skip")
        question = await ann.last()
    first = right_labels(question)[0]

    assert "Choose every right answer, then press Submit." in question.text
    empty = await ann.press(question, "Submit")
    assert (empty.text, empty.show_alert) == ("Choose at least one answer first.", True)
    assert (await ann.press(question, f"☐ {first}")).text == "Chosen: 1"
    assert f"☑ {first}" in labels(await ann.now(question))
    assert (await ann.press(await ann.now(question), f"☑ {first}")).text == "Nothing chosen yet"
    assert labels(await ann.now(question)) == labels(question)

    assert (await ann.answer(await ann.now(question), right=True)).text == RIGHT


async def test_a_switch_pressed_twice_is_on(ann: Person) -> None:
    question = await ann.begin("photosynthesis", 20)
    while not any(isinstance(button, Switch) for button in carried(question)):
        await ann.press(question, "⏭ Skip")
        question = await ann.last()
    switch = next(button for button in carried(question) if isinstance(button, Switch))

    await ann.push(question, switch)
    await ann.push(question, switch)

    assert Switch(switch.attempt, switch.position, switch.place, on=False) in carried(await ann.now(question))


async def test_submit_of_an_older_look_of_the_message_counts_nothing(ann: Person) -> None:
    question = await ann.begin("photosynthesis", 20)
    while not any(isinstance(button, Submit) for button in carried(question)):
        await ann.press(question, "⏭ Skip")
        question = await ann.last()
    first, second = (f"☐ {label}" for label in right_labels(question))
    await ann.press(question, first)
    older = await ann.now(question)
    await ann.press(older, second)

    pressed = await ann.press(older, "Submit")

    assert pressed.text == "Your choice has changed since. Look again and press Submit."
    assert "Submit" in labels(await ann.now(question))


async def test_a_whole_quiz_ends_with_its_score_and_what_to_look_at_again(ann: Person) -> None:
    await ann.begin("the solar system", 4)
    await ann.answer(await ann.last(), right=True)
    missed = await ann.last()
    await ann.answer(missed, right=False)
    await ann.press(await ann.last(), "⏭ Skip")
    await ann.answer(await ann.last(), right=True)

    score = await ann.last()

    assert score.text.startswith("🏁 The Solar System\n2 of 4 right · ⏱ ")
    assert "\n❌ 1 wrong · ⏭ 1 skipped\n" in score.text
    assert "\nWorth another look:\n2. " in score.text
    assert "\n3. " in score.text
    assert question_of(missed).stem.replace("`", "")[:50] in score.text
    assert labels(score) == ["🔁 Again", "🎯 Mistakes and skipped (2)", "💡 Another topic"]


@pytest.mark.parametrize(
    "topic", ["времена английского глагола", "французская революция", "основы python", "квадратные уравнения"]
)
async def test_a_whole_quiz_in_russian_speaks_russian(anya: Person, topic: str) -> None:
    await anya.set("12")
    await anya.begin(topic)
    toasts = [(await anya.answer(await anya.last(), right=number % 2 == 0)).text for number in range(12)]

    score = await anya.last()

    assert toasts == ["✅ Правильно!", "❌ Неправильно. Почему — ниже."] * 6
    assert "\nВерно 6 из 12 · ⏱ " in score.text
    assert "\n❌ неверно 6\n" in score.text
    assert labels(score) == ["🔁 Ещё раз", "🎯 Только ошибки (6)", "💡 Другая тема"]
    answered = [text for text in texts(await anya.messages()) if "/12 · " in text]
    assert len(answered) == 12
    assert all("ответ перепроверен" in text and "Источник: " in text for text in answered)


async def test_after_a_perfect_quiz_there_are_no_mistakes_to_repeat(ann: Person) -> None:
    await ann.begin(count=1)
    await play(ann, 1, right=True)

    assert "Worth another look" not in (await ann.last()).text
    assert labels(await ann.last()) == ["🔁 Again", "💡 Another topic"]


async def test_again_asks_the_same_questions(ann: Person) -> None:
    await ann.begin(count=3)
    await play(ann, 3, right=True)
    asked = {question_of(message).id for message in (await ann.messages())[1:-1]}

    score = await ann.last()
    assert (await ann.press(score, "🔁 Again")).text == "Here we go"
    await play(ann, 3, right=True)

    shown = [message for message in await ann.messages() if message.message_id > score.message_id]
    assert {question_of(message).id for message in shown[:-1]} == asked
    assert len(shown) == 4


async def test_again_pressed_twice_begins_once(ann: Person) -> None:
    await ann.begin(count=1)
    await play(ann, 1, right=True)
    score = await ann.last()

    await ann.press(score, "🔁 Again")
    await ann.press(score, "🔁 Again")

    assert len([text for text in texts(await ann.messages()) if text.startswith("1/1")]) == 2


async def test_mistakes_only_asks_what_was_missed(ann: Person) -> None:
    await ann.begin(count=3)
    await ann.answer(await ann.last(), right=True)
    missed = await ann.last()
    await ann.answer(missed, right=False)
    await ann.answer(await ann.last(), right=True)

    await ann.press(await ann.last(), "🎯 Mistakes only (1)")

    question = await ann.last()
    assert question.text.startswith("1/1 · ")
    assert question_of(question) == question_of(missed)


async def test_mistakes_of_a_perfect_quiz_cannot_be_forged(ann: Person) -> None:
    await ann.begin(count=1)
    await play(ann, 1, right=True)
    score = await ann.last()
    again = next(button for button in carried(score) if isinstance(button, Again))

    pressed = await ann.push(score, Again(again.attempt, mistakes=True))

    assert pressed.text == "This button does not work any more. Press a newer one, or send a topic."
    assert (await ann.last()).message_id == score.message_id


async def test_a_second_tap_changes_nothing_and_says_so(ann: Person) -> None:
    question = await ann.begin()
    await ann.answer(question, right=True)
    told = await ann.now(question)

    for button in carried(question):
        pressed = await ann.push(question, button)
        if pressed.text != "Stopped":
            assert pressed.text == "This question is done already. Nothing has changed."
            assert (await ann.now(question)).text == told.text


async def test_a_deck_of_fewer_questions_than_asked_for_says_so(ann: Person, anya: Person) -> None:
    await ann.set("20")
    await anya.set("20")

    english, russian = await ann.say("photosynthesis"), await anya.say("фотосинтез")

    assert english[0].text == "This topic has only 12 questions for your settings, not 20."
    assert english[1].text.startswith("1/12 · ")
    assert russian[0].text == "Для ваших настроек в этой теме только 12 вопросов, а не 20."


async def test_two_people_play_side_by_side(ann: Person, bob: Person) -> None:
    first, second = await ann.begin(count=2), await bob.begin(count=2)

    await ann.press(first, wrong_labels(first)[0] if "Submit" not in labels(first) else "⏭ Skip")
    await bob.answer(second, right=True)
    await play(ann, 1, right=True)
    await play(bob, 1, right=True)

    assert "1 of 2 right" in (await ann.last()).text
    assert "2 of 2 right" in (await bob.last()).text
