"""The decks that ship with the bot: sound, balanced, and without a pattern that gives the answer away."""

import re
from collections import Counter

import pytest

from decks import load_decks
from delivery.question import question_screen, verdict_screen
from quiz.deck import LANGUAGES, Deck
from quiz.finding import find_deck
from quiz.question import Kind, Level, Question
from quiz.topics import normal_form
from tests.delivery.screens import rows_of, text_of
from tests.samples import an_attempt

DECKS = load_decks()
LONGEST_NAME = 59
"""`d:NAME:ru` is a button's data, 64 bytes at most."""
CRITICAL_3 = 11.34
"""Chi-square of 3 degrees of freedom: 1 in 100 evenly spread keys exceed it."""

each_deck = pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.name)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def single_choice() -> list[Question]:
    """The English questions with one right answer of several; the Russian ones have the same keys."""
    return [one for deck in DECKS for one in deck.questions["en"] if one.kind is Kind.SINGLE]


def test_all_six_decks_are_there() -> None:
    assert [deck.name for deck in DECKS] == [
        "english-tenses",
        "french-revolution",
        "photosynthesis",
        "python-basics",
        "quadratic-equations",
        "solar-system",
    ]


@each_deck
def test_both_languages_ask_the_same_questions(deck: Deck) -> None:
    english, russian = deck.questions["en"], deck.questions["ru"]

    assert [(one.id, one.revision, one.kind, one.key, one.level) for one in english] == [
        (one.id, one.revision, one.kind, one.key, one.level) for one in russian
    ]
    assert all(
        one.source and two.source and one.source.url == two.source.url
        for one, two in zip(english, russian, strict=True)
    )


@each_deck
def test_ids_are_unique_and_levels_balanced(deck: Deck) -> None:
    questions = deck.questions["en"]

    assert len({one.id for one in questions}) == len(questions) == 12
    assert Counter(one.level for one in questions) == dict.fromkeys(Level, 4)


@each_deck
@each_language
def test_every_question_is_explained_sourced_and_in_its_language(deck: Deck, language: str) -> None:
    for question in deck.questions[language]:
        assert question.explanation
        assert question.source is not None
        assert question.source.url is None or question.source.url.startswith("https://")
        told = f"{question.stem} {question.explanation}"
        assert (re.search("[а-яё]", told) is not None) == (language == "ru"), question.id


def test_no_place_of_the_key_is_a_good_guess() -> None:
    of_four = [one for one in single_choice() if len(one.options) == 4]
    places = Counter(min(one.key) for one in of_four)
    expected = len(of_four) / 4

    assert len(of_four) >= 40
    assert sum((places[place] - expected) ** 2 / expected for place in "abcd") < CRITICAL_3


@each_language
def test_the_longest_option_is_no_good_guess(language: str) -> None:
    questions = [one for deck in DECKS for one in deck.questions[language] if one.kind is Kind.SINGLE]
    give_aways = [
        question.id
        for question in questions
        for key in [len(question.option(min(question.key)).text)]
        for others in [[len(option.text) for option in question.options if option.id not in question.key]]
        if key > 1.5 * sum(others) / len(others)
    ]

    assert len(give_aways) <= 0.04 * len(questions), give_aways


@each_language
def test_no_question_is_asked_twice(language: str) -> None:
    stems = Counter(normal_form(one.stem) for deck in DECKS for one in deck.questions[language])

    assert [stem for stem, times in stems.items() if times > 1] == []


@each_deck
@each_language
def test_every_name_and_title_finds_its_own_deck_and_no_other(deck: Deck, language: str) -> None:
    for name in (*deck.names[language], deck.titles[language]):
        match = find_deck(DECKS, name, language)
        others = [other for other in DECKS if other is not deck]
        assert match is not None
        assert (match.deck.name, match.language) == (deck.name, language), name
        assert find_deck(others, name, language) is None, name


@each_deck
def test_a_name_of_a_deck_fits_links_and_buttons(deck: Deck) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", deck.name)
    assert len(deck.name) <= LONGEST_NAME


@each_deck
@each_language
def test_telegram_takes_every_question_and_its_answer(deck: Deck, language: str) -> None:
    for question in deck.questions[language]:
        title = deck.titles[language]
        rows_of(question_screen(an_attempt([question], language=language, title=title), 0, question))
        told = verdict_screen(an_attempt([question], {0: "a"}, language=language, title=title), 0, question)
        assert question.explanation.split()[0].strip("`") in text_of(told)
