"""Every key of a shipped deck was found by a reader who did not see it, in the text as it stands."""

import pytest

from decks import load_decks
from quiz.blind import is_confirmed
from quiz.deck import LANGUAGES, Deck
from tests.decks_page import answers_to

DECKS = load_decks()
each_deck = pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.name)


@each_deck
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_as_it_stands_was_answered_as_its_key_says(deck: Deck, language: str) -> None:
    answers = answers_to(deck)
    open_ones = [one.id for one in deck.questions[language] if not is_confirmed(one, language, answers)]

    command = f"quizbot decks sheet decks/{deck.name} --language {language} --open"
    assert not open_ones, f"no blind reader has confirmed these yet; print them with {command}: {open_ones}"


@each_deck
def test_answers_are_of_questions_that_there_are(deck: Deck) -> None:
    known = {(language, one.id) for language in LANGUAGES for one in deck.questions[language]}

    assert {(one.language, one.question) for one in answers_to(deck)} <= known


@each_deck
def test_it_is_said_what_was_done_where_a_reader_did_not_agree(deck: Deck) -> None:
    undone = [(one.language, one.question) for one in answers_to(deck) if not one.agrees and not one.done]

    assert not undone, f"write into the last column of decks/{deck.name}/blind.csv what became of these: {undone}"
