"""Quizzes that ship with the bot, and the function that reads them."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, cast

import yaml

from quiz.deck import LANGUAGES, Deck, InvalidDeck, read_deck

SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one written in C, ten times as fast, wherever it was built."""


def load_decks() -> tuple[Deck, ...]:
    """All decks of the package, by name; raises `quiz.deck.InvalidDeck` when one of them is not sound."""
    folders = sorted(files(__name__).iterdir(), key=lambda folder: folder.name)
    return tuple(load_deck(folder) for folder in folders if folder.joinpath("deck.yaml").is_file())


def load_deck(folder: Traversable) -> Deck:
    """The deck of one folder: `deck.yaml` beside a GIFT file for each language."""
    try:
        description = yaml.load(folder.joinpath("deck.yaml").read_text("utf-8"), SAFE_LOADER)  # noqa: S506 - it is safe
        gift = {language: folder.joinpath(f"{language}.gift").read_text("utf-8") for language in LANGUAGES}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidDeck(f"{folder.name}: {error}") from error
    if not isinstance(description, dict):
        raise InvalidDeck(f"{folder.name}/deck.yaml: not a mapping")
    return read_deck(cast("dict[str, Any]", description), gift)
