"""From the first word to the first question."""

import pytest

from delivery.buttons import Choose, PlayDeck, Skip, Stop, Submit, TopicsOf
from quiz.subjects import Subject
from tests.handlers.person import DECKS, Person, carried, labels, newcomer, question_of, texts

NO_TOPIC = "Please send the topic in one line: a word or a few, 200 characters at most. For example: photosynthesis"


async def test_start_welcomes(ann: Person) -> None:
    welcome = await ann.ask("/start")

    assert welcome.text.startswith("Hi! Name a topic and a quiz begins at once")
    assert labels(welcome)[-1] == "⚙️ How many and how hard"


async def test_start_welcomes_in_the_language_of_telegram(anya: Person) -> None:
    welcome = await anya.ask("/start")

    assert welcome.text.startswith("Привет! Назовите тему, и квиз начнётся сразу")
    assert "🏛 История" in labels(welcome)


@pytest.mark.parametrize("command", ["/help", "/nonsense"])
async def test_help_names_every_command(ann: Person, anya: Person, command: str) -> None:
    english, russian = await ann.ask(command), await anya.ask(command)

    for each in (english, russian):
        assert all(name in each.text for name in ("/quiz", "/stop", "/settings", "/help"))
    assert english.text.startswith("Send me a topic")
    assert russian.text.startswith("Пришлите тему")


@pytest.mark.parametrize("command", ["/quiz", "/quiz   ", "/quiz@simulated_123456_bot"])
async def test_quiz_alone_asks_on_what(ann: Person, command: str) -> None:
    asked = await ann.ask(command)

    assert asked.text == "What is the quiz about? Send a topic, or choose a subject:"
    assert TopicsOf(Subject.BIOLOGY, 0) in carried(asked)


@pytest.mark.parametrize("text", ["/quiz photosynthesis", "/quiz\nphotosynthesis", "photosynthesis", "Photosyntesis?"])
async def test_a_topic_begins_its_quiz_at_once(ann: Person, text: str) -> None:
    question = await ann.ask(text)

    assert question.text.startswith("1/10 · Photosynthesis\n\n")
    (deck,) = [deck for deck in DECKS if deck.name == "photosynthesis"]
    assert question_of(question).id in {one.id for one in deck.questions["en"]}
    kinds = {type(button) for button in carried(question)}
    assert {Skip, Stop} < kinds
    assert kinds & {Choose, Submit}


async def test_a_topic_in_russian_begins_a_russian_quiz(anya: Person) -> None:
    question = await anya.ask("Французская революция")

    assert question.text.startswith("1/10 · Великая французская революция\n\n")
    assert labels(question)[-2:] == ["⏭ Пропустить", "⏹ Стоп"]


async def test_an_unknown_topic_gets_an_honest_answer_and_what_there_is(ann: Person, anya: Person) -> None:
    english, russian = await ann.ask("<b>knots</b> & hitches"), await anya.ask("/quiz морские узлы")

    assert english.text.startswith("I have no questions on “<b>knots</b> & hitches” yet.")
    assert russian.text.startswith("По теме «морские узлы» вопросов пока нет.")
    assert "🎲 Случайная тема" in labels(russian)
    assert not any("QUIZBOT" in each.text for each in (english, russian))


@pytest.mark.parametrize("text", ["🤔", "?!", "/quiz two\nlines", "/quiz " + "x" * 201])
async def test_what_cannot_be_a_topic_is_said_so(ann: Person, text: str) -> None:
    assert (await ann.ask(text)).text == NO_TOPIC


async def test_what_cannot_be_a_topic_is_said_so_in_russian(anya: Person) -> None:
    assert (await anya.ask("?")).text.startswith("Пришлите, пожалуйста, тему одной строкой")


async def test_a_topic_of_200_characters_is_looked_for(ann: Person) -> None:
    assert "x" * 200 in (await ann.ask("x" * 200)).text


async def test_a_button_begins_its_deck(ann: Person) -> None:
    welcome = await ann.ask("/start")

    pressed = await ann.push(welcome, PlayDeck("solar-system", "en"))

    assert pressed.text == "Here we go"
    assert (await ann.last()).text.startswith("1/10 · The Solar System\n\n")


async def test_a_button_pressed_twice_begins_one_quiz(ann: Person) -> None:
    welcome = await ann.ask("/start")
    await ann.push(welcome, PlayDeck("photosynthesis", "en"))

    await ann.push(welcome, PlayDeck("photosynthesis", "en"))

    asked = [text for text in texts(await ann.messages()) if text.startswith("1/10")]
    assert len(asked) == 1


async def test_a_deep_link_begins_its_deck(ann: Person, anya: Person) -> None:
    assert (await ann.ask("/start d_photosynthesis")).text.startswith("1/10 · Photosynthesis")
    assert (await anya.ask("/start d_photosynthesis")).text.startswith("1/10 · Фотосинтез")


@pytest.mark.parametrize("parameter", ["d_", "d_nothing", "d_../../etc"])
async def test_a_deep_link_to_a_deck_that_there_is_not_welcomes_and_says_so(ann: Person, parameter: str) -> None:
    welcome = await ann.ask(f"/start {parameter}")

    assert welcome.text.startswith("Hi! The link that brought you here leads to no quiz any more.")
    assert labels(welcome)[-1] == "⚙️ How many and how hard"


async def test_a_deep_link_of_another_kind_welcomes(ann: Person) -> None:
    assert (await ann.ask("/start x")).text.startswith("Hi! Name a topic")


async def test_another_topic_asks_for_one(ann: Person) -> None:
    question = await ann.begin(count=1)
    await ann.answer(question, right=True)

    pressed = await ann.press(await ann.last(), "💡 Another topic")

    assert pressed.text
    assert (await ann.last()).text.startswith("What is the quiz about?")


async def test_a_person_whose_telegram_says_no_language_is_spoken_to_in_english(ann: Person) -> None:
    quiet = await newcomer(ann.simulator, ann.parked, None)

    assert (await quiet.ask("/start")).text.startswith("Hi!")
