"""Choosing a topic by buttons: one message turns from subjects to topics and back, and old buttons still work."""

import pytest

from delivery.buttons import AllTopics, PlayDeck, TopicsOf
from delivery.choice import SIGNS, subject_names
from quiz.subjects import Subject
from tests.handlers.person import DECKS, Person, carried, labels

SUBJECTS = [subject for subject in Subject if subject in {deck.subject for deck in DECKS}]
OUT_OF_DATE = "This button does not work any more. Press a newer one, or send a topic."


def called(subject: Subject, language: str = "en") -> str:
    """What stands on the button of a subject."""
    return f"{SIGNS[subject]} {subject_names(language)[subject]}"


@pytest.mark.parametrize("command", ["/start", "/quiz"])
async def test_every_subject_is_offered(ann: Person, anya: Person, command: str) -> None:
    english, russian = await ann.ask(command), await anya.ask(command)

    for screen, language in ((english, "en"), (russian, "ru")):
        assert labels(screen)[:-2] == [called(subject, language) for subject in SUBJECTS]
    assert labels(english)[-2:] == ["🎲 Surprise me", "⚙️ How many and how hard"]


async def test_a_subject_shows_its_topics_in_the_same_message_and_the_way_back(ann: Person) -> None:
    screen = await ann.ask("/quiz")

    await ann.press(screen, called(Subject.BIOLOGY))

    shown = await ann.now(screen)
    assert shown.text == "🌱 Biology\n\nChoose a topic:"
    biology = [deck for deck in DECKS if deck.subject is Subject.BIOLOGY]
    assert carried(shown) == [*(PlayDeck(deck.name, "en") for deck in biology), AllTopics()]
    await ann.press(shown, "⬅️ All subjects")
    back = await ann.now(screen)
    assert back.text == "What is the quiz about? Send a topic, or choose a subject:"
    assert labels(back) == labels(screen)
    assert len(await ann.messages()) == 1


async def test_a_topic_begins_its_quiz(anya: Person) -> None:
    screen = await anya.ask("/start")
    await anya.press(screen, called(Subject.ASTRONOMY, "ru"))

    await anya.press(await anya.now(screen), "Солнечная система")

    assert (await anya.last()).text.startswith("1/10 · Солнечная система")


async def test_a_surprise_is_a_quiz_and_pressed_twice_it_is_one(ann: Person) -> None:
    screen = await ann.ask("/start")

    await ann.press(screen, "🎲 Surprise me")
    await ann.press(screen, "🎲 Surprise me")

    asked = [message.text for message in await ann.messages() if message.text.startswith("1/10 · ")]
    assert len(asked) == 1


async def test_surprises_differ(ann: Person) -> None:
    screens = [await ann.ask("/start") for _ in range(12)]

    chosen = {one.name for screen in screens for one in carried(screen) if isinstance(one, PlayDeck)}

    assert len(chosen) > 1


async def test_buttons_of_a_list_of_all_decks_still_begin_them(ann: Person) -> None:
    """Before there were subjects, every deck was a button."""
    screen = await ann.ask("/start")

    await ann.send(screen, "d:photosynthesis:en")

    assert (await ann.last()).text.startswith("1/10 · Photosynthesis")


async def test_a_deck_is_begun_only_in_a_language_that_it_has(ann: Person) -> None:
    screen = await ann.ask("/start")

    assert (await ann.send(screen, "d:photosynthesis:de")).text == OUT_OF_DATE


@pytest.mark.parametrize("data", ["ts:alchemy:0", "ts:biology:-1", "ts:biology:x", "ts:biology", "ta:x"])
async def test_what_names_no_subject_does_nothing(ann: Person, data: str) -> None:
    screen = await ann.ask("/start")

    assert (await ann.send(screen, data)).text == OUT_OF_DATE
    assert await ann.now(screen) == screen


async def test_a_subject_without_topics_shows_the_subjects(ann: Person) -> None:
    """Whoever runs the bot took his decks away."""
    screen = await ann.ask("/quiz")

    await ann.push(screen, TopicsOf(Subject.OTHER, 3))

    shown = await ann.now(screen)
    assert labels(shown) == labels(screen)


async def test_a_subject_that_is_typed_shows_its_topics(ann: Person, anya: Person) -> None:
    english, russian = await ann.ask("Biology"), await anya.ask("квиз по истории")

    assert english.text.startswith("🌱 Biology")
    assert PlayDeck("photosynthesis", "en") in carried(english)
    assert russian.text.startswith("🏛 История")


async def test_what_comes_near_an_unknown_topic_is_offered(ann: Person) -> None:
    answer = await ann.ask("the dwarf planet Pluto")

    assert answer.text.startswith("I have no questions on “the dwarf planet Pluto” yet.")
    assert answer.text.endswith("Perhaps one of these:")
    assert carried(answer)[0] == PlayDeck("solar-system", "en")
    assert labels(answer)[-1] == "⬅️ All subjects"
    await ann.press(answer, "⬅️ All subjects")
    assert labels(await ann.now(answer))[0] == called(SUBJECTS[0])
