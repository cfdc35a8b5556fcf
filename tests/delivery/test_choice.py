"""The choice of a topic: what each screen offers, and that Telegram takes it in every language."""

from collections.abc import Callable

import pytest

from decks import load_decks
from delivery import choice
from delivery.buttons import AllTopics, OpenSettings, PlayDeck, TopicsOf
from delivery.choice import SIGNS, TOPICS_ON_A_SCREEN, Offer
from delivery.screen import Screen
from delivery.words import LANGUAGES
from quiz.subjects import Subject
from tests.delivery.screens import asked_for, labels_of, rows_of, text_of
from tests.samples import a_deck

DECKS = load_decks()
TITLE = "<b>R&D</b>"
OFFER = Offer([Subject.PHYSICS, Subject.BIOLOGY, Subject.EVERYDAY_LIFE], DECKS[0])
MANY = [a_deck(f"deck-{number}") for number in range(2 * TOPICS_ON_A_SCREEN + 1)]
SCREENS: dict[str, Callable[[str], Screen]] = {
    "welcome": lambda language: choice.welcome(OFFER, language),
    "ask_topic": lambda language: choice.ask_topic(Offer(list(Subject), DECKS[0]), language),
    "topics": lambda language: choice.topics(Subject.EVERYDAY_LIFE, MANY, 1, language),
    "dead_link": lambda language: choice.dead_link(OFFER, language),
    "no_deck": lambda language: choice.no_deck(TITLE, [], OFFER, language),
    "no_deck, but near ones": lambda language: choice.no_deck("&" * 200, DECKS[:4], OFFER, language),
}
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
@pytest.mark.parametrize("name", SCREENS)
def test_telegram_takes_every_screen(name: str, language: str) -> None:
    screen = SCREENS[name](language)

    assert "{" not in text_of(screen), "every placeholder is filled in"
    rows_of(screen)
    asked_for(screen)


@each_language
def test_html_in_a_topic_is_shown_not_obeyed(language: str) -> None:
    assert TITLE in text_of(SCREENS["no_deck"](language))


@each_language
@pytest.mark.parametrize("screen", [choice.welcome, choice.ask_topic])
def test_subjects_stand_two_in_a_row_then_chance_then_the_settings(
    screen: Callable[[Offer, str], Screen], language: str
) -> None:
    shown = screen(OFFER, language)

    assert [len(row) for row in rows_of(shown)] == [2, 1, 1, 1]
    assert asked_for(shown) == [
        *(TopicsOf(subject, 0) for subject in OFFER.subjects),
        PlayDeck(OFFER.surprise.name, language),
        OpenSettings(),
    ]


def test_a_subject_is_called_by_its_sign_and_name() -> None:
    assert labels_of(choice.ask_topic(OFFER, "en")) == [
        "🧲 Physics",
        "🌱 Biology",
        "🏠 Everyday life",
        "🎲 Surprise me",
        "⚙️ How many and how hard",
    ]
    assert labels_of(choice.ask_topic(OFFER, "ru"))[:3] == ["🧲 Физика", "🌱 Биология", "🏠 Жизнь и быт"]


def test_every_subject_has_a_sign_and_a_name_of_its_own() -> None:
    assert SIGNS.keys() == set(Subject)
    assert len(set(SIGNS.values())) == len(Subject)
    for language in LANGUAGES:
        assert choice.subject_names(language).keys() == set(Subject)
        assert len(set(choice.subject_names(language).values())) == len(Subject)


@each_language
def test_a_subject_shows_its_topics_and_the_way_back(language: str) -> None:
    screen = choice.topics(Subject.ASTRONOMY, DECKS[:2], 0, language)

    assert asked_for(screen) == [*(PlayDeck(deck.name, language) for deck in DECKS[:2]), AllTopics()]
    assert labels_of(screen)[:-1] == [deck.titles[language] for deck in DECKS[:2]]
    assert [len(row) for row in rows_of(screen)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("page", "first", "turning"), [(0, 0, [1]), (1, TOPICS_ON_A_SCREEN, [0, 2]), (2, 2 * TOPICS_ON_A_SCREEN, [1])]
)
def test_many_topics_come_in_pages(page: int, first: int, turning: list[int]) -> None:
    offered = asked_for(choice.topics(Subject.OTHER, MANY, page, "en"))

    assert [one.name for one in offered if isinstance(one, PlayDeck)] == [
        deck.name for deck in MANY[first : first + TOPICS_ON_A_SCREEN]
    ]
    assert [one.page for one in offered if isinstance(one, TopicsOf)] == turning
    assert offered[-1] == AllTopics()


def test_a_page_that_there_is_not_any_more_is_the_last_one() -> None:
    assert choice.topics(Subject.OTHER, MANY[:3], 7, "en") == choice.topics(Subject.OTHER, MANY[:3], 0, "en")


def test_a_deck_in_one_language_is_offered_in_it() -> None:
    deck = a_deck("zvezdy", languages=["ru"])

    assert asked_for(choice.topics(Subject.OTHER, [deck], 0, "en"))[0] == PlayDeck("zvezdy", "ru")
    assert PlayDeck("zvezdy", "ru") in asked_for(choice.welcome(Offer([], deck), "en"))


@each_language
def test_without_a_deck_what_is_near_is_offered_and_the_way_to_the_rest(language: str) -> None:
    screen = choice.no_deck("knots", DECKS[:2], OFFER, language)

    assert asked_for(screen) == [*(PlayDeck(deck.name, language) for deck in DECKS[:2]), AllTopics()]


def test_without_a_deck_and_anything_near_all_is_offered() -> None:
    screen = choice.no_deck("knots", [], OFFER, "en")

    assert text_of(screen).endswith("Ready to play:")
    assert asked_for(screen) == asked_for(choice.ask_topic(OFFER, "en"))


@pytest.mark.parametrize(
    ("topic", "subject"),
    [
        ("biology", Subject.BIOLOGY),
        ("a quiz on Biology!", Subject.BIOLOGY),
        ("Информатика", Subject.COMPUTING),
        ("тест по биологии", Subject.BIOLOGY),
        ("mathematcs", Subject.MATHEMATICS),
        ("everyday life", Subject.EVERYDAY_LIFE),
        ("other topics", None),
        ("knots", None),
    ],
)
def test_a_topic_may_be_the_name_of_a_subject(topic: str, subject: Subject | None) -> None:
    assert choice.subject_called(topic) is subject
