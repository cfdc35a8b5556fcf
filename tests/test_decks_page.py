"""The page of decks is what the decks and their readers say."""

import pytest

from quiz.blind import BlindAnswer
from quiz.deck import Deck
from tests import decks_page
from tests.samples import a_deck, a_question


def test_the_page_is_up_to_date() -> None:
    assert decks_page.PAGE.read_text("utf-8") == decks_page.page(), "run: make reference"


def test_first_answers_are_counted_and_disagreements_told(monkeypatch: pytest.MonkeyPatch) -> None:
    deck = a_deck("planets", questions=[a_question(), a_question(id="farthest")])
    answers = [
        BlindAnswer("en", "nearest-planet", "0" * 12, "a", "b", "Venus is nearer to us", "stem made clearer"),
        BlindAnswer("en", "nearest-planet", "1" * 12, "a", "a"),
        BlindAnswer("en", "farthest", "2" * 12, "a", "a"),
        BlindAnswer("ru", "farthest", "3" * 12, "a", "none"),
    ]
    monkeypatch.setattr(decks_page, "load_decks", lambda: (deck,))

    def kept(_deck: Deck) -> list[BlindAnswer]:
        return answers

    monkeypatch.setattr(decks_page, "answers_to", kept)

    lines = decks_page.page().splitlines()

    assert "1 decks, 2 questions, each in English and in Russian." in lines
    assert "| planets | other | 2 / 0 / 0 | 2 / 0 / 0 | 1 of 2 | 0 of 1, 1 not read yet |" in lines
    first, second = [line for line in lines if line.startswith("- planets")]
    said = "the key was a, the reader said b (“Venus is nearer to us”)"
    assert first == f"- planets, English, `nearest-planet`: {said}. Done: stem made clearer"
    assert second == "- planets, Russian, `farthest`: the key was a, the reader said none. Done: nothing yet"
