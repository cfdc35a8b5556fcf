"""Stopping a quiz, going on with it, and leaving it for another."""

import pytest

from delivery import messages
from delivery.buttons import Replace, Resume, Stop, data_of
from quiz.attempt import State
from quiz.identity import derived_id
from tests.delivery.screens import asked_for, text_of
from tests.handlers.person import Person, carried, labels, question_of, stop_of, texts
from tests.samples import a_question, an_attempt

OUT_OF_DATE = "This button does not work any more. Press a newer one, or send a topic."


async def test_stop_ends_a_quiz_with_what_was_answered(ann: Person) -> None:
    question = await ann.begin(count=3)
    await ann.answer(question, right=True)

    score = await ann.ask("/stop")

    assert score.text.startswith("⏹ Photosynthesis\nStopped after 1 of 3 questions.\n1 of 3 right · ⏱ ")
    assert labels(score) == ["▶️ Go on from here", "🔁 Again", "💡 Another topic"]


async def test_stop_in_russian(anya: Person) -> None:
    await anya.begin("фотосинтез", 3)

    score = await anya.ask("/stop")

    assert score.text.startswith("⏹ Фотосинтез\nОстановлено до первого ответа.")
    assert labels(score)[0] == "▶️ Продолжить"


async def test_the_button_under_a_question_stops_too(ann: Person) -> None:
    question = await ann.begin()

    assert (await ann.press(question, "⏹ Stop")).text == "Stopped"
    assert (await ann.last()).text.startswith("⏹ Photosynthesis\nStopped before the first answer.")


async def test_stop_without_a_quiz_says_so(ann: Person, anya: Person) -> None:
    assert (await ann.ask("/stop")).text == "No quiz is open here. Send a topic to begin one."
    assert (await anya.ask("/stop")).text == "Сейчас квиз не идёт. Пришлите тему, чтобы начать."


async def test_stop_after_the_end_says_so(ann: Person) -> None:
    await ann.answer(await ann.begin(count=1), right=True)

    assert (await ann.ask("/stop")).text == "No quiz is open here. Send a topic to begin one."


async def test_stopping_twice_gives_one_score(ann: Person) -> None:
    question = await ann.begin()
    await ann.press(question, "⏹ Stop")

    assert (await ann.push(question, stop_of(question))).text == "This quiz is stopped. To go on, press ▶️ further down."
    assert len([text for text in texts(await ann.messages()) if text.startswith("⏹ Photosynthesis")]) == 1


async def test_a_stopped_quiz_goes_on_with_the_question_that_was_open(ann: Person) -> None:
    await ann.answer(await ann.begin(count=3), right=True)
    second = await ann.last()
    score = await ann.ask("/stop")

    assert (await ann.press(score, "▶️ Go on from here")).text == "Here we go"

    again = await ann.last()
    assert again.text.startswith("2/3 · ")
    assert question_of(again) == question_of(second)
    await ann.answer(again, right=True)
    await ann.answer(await ann.last(), right=True)
    assert (await ann.last()).text.startswith("🏁 Photosynthesis\n3 of 3 right")


async def test_going_on_twice_asks_once(ann: Person) -> None:
    await ann.begin()
    score = await ann.ask("/stop")
    await ann.press(score, "▶️ Go on from here")
    asked = len(await ann.messages())

    await ann.press(score, "▶️ Go on from here")

    shown = texts(await ann.messages())
    assert len(shown) <= asked + 1, "another press may show the question again, and no more"
    assert shown[-1].startswith("1/10 · ")


async def test_the_first_message_of_a_question_shown_again_counts_as_well(ann: Person) -> None:
    question = await ann.begin(count=1)
    score = await ann.ask("/stop")
    await ann.press(score, "▶️ Go on from here")

    assert (await ann.press(question, "⏭ Skip")).text == "⏭ Skipped"
    assert "0 of 1 right" in (await ann.last()).text


async def test_the_question_at_which_a_quiz_was_stopped_loses_its_buttons(ann: Person) -> None:
    question = await ann.begin()
    await ann.ask("/stop")

    assert ((await ann.now(question)).text, (await ann.now(question)).buttons) == (question.text, ())


async def test_buttons_of_a_stopped_quiz_say_how_to_go_on(ann: Person) -> None:
    question = await ann.begin()
    await ann.ask("/stop")

    assert (await ann.press(question, "⏭ Skip")).text == "This quiz is stopped. To go on, press ▶️ further down."


async def test_another_topic_during_a_quiz_is_asked_about(ann: Person) -> None:
    await ann.answer(await ann.begin(), right=True)

    offer = await ann.ask("the solar system")

    assert offer.text == ("You are at question 2 of 10 in “Photosynthesis”.\n\nStop it and start “The Solar System”?")
    assert labels(offer) == ["▶️ Go on with this one", "⏹ Stop it and start the new one"]


async def test_another_topic_during_a_quiz_is_asked_about_in_russian(anya: Person) -> None:
    await anya.begin("фотосинтез")

    offer = await anya.ask("солнечная система")

    assert offer.text == (
        "Сейчас идёт квиз «Фотосинтез», вопрос 1 из 10.\n\nОстановить его и начать «Солнечная система»?"
    )
    assert labels(offer) == ["▶️ Продолжить этот квиз", "⏹ Остановить и начать новый"]


async def test_the_same_topic_in_the_middle_of_its_quiz_is_asked_about_too(ann: Person) -> None:
    await ann.answer(await ann.begin(), right=True)

    offer = await ann.ask("photosynthesis")

    assert offer.text == "You are at question 2 of 10 in “Photosynthesis”.\n\nStop it and start “Photosynthesis”?"


async def test_going_on_shows_the_open_question_again(ann: Person) -> None:
    question = await ann.begin()
    offer = await ann.ask("the solar system")

    assert (await ann.press(offer, "▶️ Go on with this one")).text == "Here we go"

    assert question_of(await ann.last()) == question_of(question)
    assert labels(await ann.last()) == labels(question)


async def test_replacing_stops_the_one_and_begins_the_other(ann: Person) -> None:
    await ann.answer(await ann.begin(), right=True)
    offer = await ann.ask("the solar system")

    assert (await ann.press(offer, "⏹ Stop it and start the new one")).text == "Here we go"

    assert (await ann.last()).text.startswith("1/10 · The Solar System")
    left = await ann.now(offer)
    assert left.text == "Stopped “Photosynthesis” after 1 of 10 questions."
    assert labels(left) == ["▶️ Go back to it"]


async def test_replacing_twice_begins_one_quiz(ann: Person) -> None:
    await ann.begin()
    offer = await ann.ask("the solar system")

    await ann.press(offer, "⏹ Stop it and start the new one")
    await ann.press(offer, "⏹ Stop it and start the new one")

    assert len([text for text in texts(await ann.messages()) if text.startswith("1/10 · The Solar")]) == 1
    assert "is open" not in (await ann.last()).text


async def test_a_quiz_that_was_replaced_can_be_gone_back_to_once_the_other_is_over(ann: Person) -> None:
    await ann.begin(count=1)
    offer = await ann.ask("the solar system")
    await ann.press(offer, "⏹ Stop it and start the new one")

    busy = await ann.press(await ann.now(offer), "▶️ Go back to it")
    assert busy.text == "Another quiz is open here."
    assert (await ann.last()).text == "“The Solar System” is open. Finish it first, or /stop it."
    await ann.press(await ann.last(), "▶️ Go on with this one")
    await ann.answer(await ann.last(), right=True)

    await ann.press(await ann.now(offer), "▶️ Go back to it")
    assert (await ann.last()).text.startswith("1/1 · Photosynthesis")


async def test_an_offer_is_good_until_another_is_made(ann: Person) -> None:
    await ann.begin()
    old = await ann.ask("the solar system")
    await ann.ask("python")

    assert (await ann.press(old, "⏹ Stop it and start the new one")).text == OUT_OF_DATE
    assert "Stop it and start" in (await ann.last()).text


async def test_an_offer_that_was_never_made_is_refused(ann: Person) -> None:
    question = await ann.begin()

    pressed = await ann.push(question, Replace(stop_of(question).attempt, derived_id("no offer")))

    assert pressed.text == OUT_OF_DATE
    assert (await ann.last()).message_id == question.message_id


async def test_again_waits_for_the_open_quiz(ann: Person) -> None:
    await ann.answer(await ann.begin(count=1), right=True)
    score = await ann.last()
    await ann.begin("the solar system")

    await ann.press(score, "🔁 Again")

    assert (await ann.last()).text == "“The Solar System” is open. Finish it first, or /stop it."
    assert [type(button) for button in carried(await ann.last())] == [Resume]


@pytest.mark.parametrize("label", ["⏹ Stop", "⏭ Skip"])
async def test_buttons_of_a_finished_quiz_change_nothing(ann: Person, label: str) -> None:
    question = await ann.begin(count=1)
    data = question.button(label).data or ""
    await ann.answer(question, right=True)
    before = texts(await ann.messages())

    pressed = await ann.send(question, data)

    assert pressed.text in {
        "This quiz is finished. Send a topic to begin another.",
        "This question is done already. Nothing has changed.",
    }
    assert texts(await ann.messages()) == before


@pytest.mark.parametrize(
    "typed", ["B", "2", " b ", "b)", "Я", "12", "3.", "B) in the stroma", "Б) в строме", "stop", "Хватит"]
)
async def test_what_the_buttons_are_for_is_said_to_whoever_types_it(ann: Person, typed: str) -> None:
    question = await ann.begin()

    answer = await ann.ask(typed)

    assert answer.button("▶️ Show the question again").data == data_of(Resume(stop_of(question).attempt))
    assert answer.button("⏹ Stop").data == data_of(stop_of(question))


@pytest.mark.parametrize("typed", ["AI", "历史", "光", "C#", "Pi", "100", "B. Xylophone"])
async def test_a_short_topic_is_a_topic_while_a_quiz_is_open_too(ann: Person, typed: str) -> None:
    await ann.begin()

    assert f"I have no questions on “{typed}”" in (await ann.ask(typed)).text


async def test_start_offers_to_go_on_with_the_quiz_that_is_open(ann: Person) -> None:
    question = await ann.begin()
    attempt = stop_of(question).attempt

    offer = await ann.ask("/start")

    assert offer.text == "You are at question 1 of 10 in “Photosynthesis”.\n\nGo on, or send another topic."
    assert [button.data for button in offer.buttons] == [data_of(Resume(attempt)), data_of(Stop(attempt))]


def test_while_the_next_question_is_on_its_way_there_is_none_to_show() -> None:
    attempt = an_attempt([a_question()], {0: "a"}, state=State.OPEN)

    screen = messages.press_a_button(attempt, "en")

    assert text_of(screen) == "There is nothing to answer yet: the next question is on its way."
    assert asked_for(screen) == [Stop(attempt.id)]


async def test_typed_without_a_quiz_it_is_a_topic(ann: Person) -> None:
    assert "I have no questions on “B”" in (await ann.ask("B")).text


async def test_the_question_of_a_quiz_that_was_replaced_loses_its_buttons(ann: Person) -> None:
    question = await ann.begin()
    offer = await ann.ask("solar system")

    await ann.press(offer, "⏹ Stop it and start the new one")

    (left,) = [message for message in await ann.messages() if message.message_id == question.message_id]
    assert left.buttons == ()


async def test_a_question_shown_again_stands_there_once(ann: Person) -> None:
    question = await ann.begin()
    offer = await ann.ask("solar system")

    await ann.press(offer, "▶️ Go on with this one")

    shown = [message for message in await ann.messages() if message.text == question.text]
    assert [message.message_id > question.message_id for message in shown] == [True]
