"""Deep links carry the name of a deck."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decks import load_decks
from quiz.links import deck_of, deck_parameter, start_link


@pytest.mark.parametrize("name", [deck.name for deck in load_decks()])
def test_a_deck_comes_back_from_its_link(name: str) -> None:
    parameter = deck_parameter(name)

    assert deck_of(parameter) == name
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", parameter), "what Telegram allows in a link"
    assert start_link("quiz_bot", parameter) == f"https://t.me/quiz_bot?start=d_{name}"


@pytest.mark.parametrize(
    "parameter", ["", "d_", "photosynthesis", "d_-x", "d_Photo", "d_a b", "d_a\n", "x_photo", "d_" + "a" * 63]
)
def test_anything_else_names_no_deck(parameter: str) -> None:
    assert deck_of(parameter) is None


@given(st.text())
def test_any_parameter_is_read_without_harm(parameter: str) -> None:
    name = deck_of(parameter)

    assert name is None or deck_parameter(name) == parameter
