"""The decks that ship with the bot: sound, balanced, and without a pattern that gives the answer away."""

import re
from collections import Counter
from math import sqrt

import pytest

from bot.deck_advice import Stems
from decks import load_decks
from delivery.question import question_screen, verdict_screen
from quiz.balance import MOST_LONGER, RARE, evenness, key_length, key_places, truths
from quiz.deck import LANGUAGES, Deck
from quiz.question import Kind, Level
from quiz.subjects import Subject
from quiz.topic_search import TopicIndex
from tests import decks_page
from tests.delivery.screens import rows_of, text_of
from tests.samples import an_attempt

DECKS = load_decks()
INDEX = TopicIndex(DECKS)

each_deck = pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.name)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def test_there_are_decks_for_everybody() -> None:
    assert len(DECKS) >= 30
    assert {deck.subject for deck in DECKS} == set(Subject) - {Subject.OTHER}


@each_deck
def test_both_languages_ask_the_same_questions_in_the_same_order(deck: Deck) -> None:
    english, russian = deck.questions["en"], deck.questions["ru"]

    assert set(deck.titles) == set(LANGUAGES)
    assert [(one.id, one.revision, one.kind, one.key, one.level) for one in english] == [
        (one.id, one.revision, one.kind, one.key, one.level) for one in russian
    ]
    assert all(
        one.source and two.source and one.source.url == two.source.url
        for one, two in zip(english, russian, strict=True)
    )


@each_deck
def test_there_are_enough_questions_of_every_level_and_kind(deck: Deck) -> None:
    questions = deck.questions["en"]
    levels = Counter(one.level for one in questions)
    kinds = Counter(one.kind for one in questions)

    assert len({one.id for one in questions}) == len(questions) >= 12
    assert max(levels.values()) - min(levels[level] for level in Level) <= 1
    assert kinds[Kind.MULTIPLE]
    assert kinds[Kind.TRUE_FALSE]


def test_a_question_that_was_out_once_stays() -> None:
    there = {f"{deck.name}/{one.id}" for deck in DECKS for one in deck.questions["en"]}
    gone, new = set(decks_page.kept_ids()) - there, there - set(decks_page.kept_ids())

    assert not gone, f"an attempt may still name these questions, so they keep deck and id: {sorted(gone)}"
    assert not new, f"these are not in {decks_page.IDS.name} yet; run: make reference: {sorted(new)}"


@each_deck
@each_language
def test_every_question_is_explained_sourced_and_in_its_language(deck: Deck, language: str) -> None:
    for question in deck.questions[language]:
        assert question.explanation
        assert question.source is not None
        assert question.source.url is not None
        assert question.source.url.startswith("https://")
        told = f"{question.stem} {question.explanation}"
        assert (re.search("[а-яё]", told) is not None) == (language == "ru"), question.id


def test_no_place_of_the_key_is_a_good_guess() -> None:
    places = key_places(one for deck in DECKS for one in deck.questions["en"])
    found = evenness({4: places[4]})

    assert places[4].total() >= 6 * len(DECKS)
    assert found is not None
    assert found.p > RARE, places


@each_deck
def test_no_place_has_most_keys_of_a_deck(deck: Deck) -> None:
    places = key_places(deck.questions["en"])[4]

    assert max(places.values()) <= places.total() / 2, places


def test_neither_true_nor_false_is_a_good_guess() -> None:
    statements = truths(one for deck in DECKS for one in deck.questions["en"])

    # Two standard deviations of a coin thrown as often.
    assert abs(statements[True] - statements[False]) <= 2 * sqrt(statements.total()), statements


@each_language
def test_the_longest_option_is_no_good_guess(language: str) -> None:
    questions = [one for deck in DECKS for one in deck.questions[language] if one.kind is Kind.SINGLE]
    give_aways = [one.id for one in questions if key_length(one) > MOST_LONGER]

    assert len(give_aways) <= 0.04 * len(questions), give_aways


@each_language
def test_no_question_is_asked_twice_nor_nearly(language: str) -> None:
    stems = Stems((deck, language) for deck in DECKS)

    assert [
        (f"{deck.name}/{one.id}", f"{other_deck.name}/{other.id}")
        for deck in DECKS
        for one in deck.questions[language]
        for other_deck, other in stems.repeats(one)
    ] == []


@each_deck
@each_language
def test_every_name_and_title_finds_its_own_deck_and_no_other(deck: Deck, language: str) -> None:
    for name in (*deck.names[language], deck.titles[language]):
        near = INDEX.near(name, language)
        assert (near[0].deck.name, near[0].language) == (deck.name, language), name
        assert {match.deck.name for match in near} == {deck.name}, name


@each_deck
@each_language
def test_telegram_takes_every_question_and_its_answer(deck: Deck, language: str) -> None:
    for question in deck.questions[language]:
        title = deck.titles[language]
        rows_of(question_screen(an_attempt([question], language=language, title=title), 0, question))
        told = verdict_screen(an_attempt([question], {0: "a"}, language=language, title=title), 0, question)
        assert question.explanation.split()[0].strip("`") in text_of(told)
