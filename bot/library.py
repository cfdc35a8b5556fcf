"""The decks that a bot has, by its settings."""

from collections.abc import Iterable
from pathlib import Path
from shlex import quote

from bot.settings import WrongSettings
from decks import folders_in, is_deck, load_deck, shipped
from decks.library import Library
from quiz.deck import Deck, InvalidDeck

SETTING = "QUIZBOT_DECKS"


def open_library(own: Path | None) -> Library:
    """The decks that ship with the bot and those in a folder of one's own, which are read whole at once.

    Raises `WrongSettings` with one line on the first thing for which that folder cannot be used.
    """
    ships = shipped()
    return Library(ships, own_decks(at_home(own), ships.keys()) if own else ())


def at_home(own: Path) -> Path:
    """The folder that the setting names, where ~ is the home of whoever starts the bot; raises `WrongSettings`."""
    try:
        return own.expanduser()
    except RuntimeError as error:
        raise WrongSettings(f"{SETTING}: {own} cannot be found: write the whole path") from error


def own_decks(place: Path, taken: Iterable[str]) -> list[Deck]:
    """The decks in a folder, none of which may have a name that is taken; raises `WrongSettings`."""
    try:
        if is_deck(place):
            raise WrongSettings(f"{SETTING}: {place} is a deck itself: name the folder that it stands in")
        folders = folders_in(place)
        decks = [load_deck(folder) for folder in folders.values()]
    except OSError as error:
        raise WrongSettings(f"{SETTING}: {error.filename or place} cannot be read: {error.strerror}") from error
    except InvalidDeck as error:
        check = f"quizbot decks check {quote(str(place / error.folder))}"
        raise WrongSettings(f"{SETTING}: {place}/{error}. What is wrong with it: {check}") from error
    clash = sorted({deck.name for deck in decks} & set(taken))
    if clash:
        raise WrongSettings(f"{SETTING}: a deck called {clash[0]} ships with the bot: rename {place / clash[0]}")
    if not decks:
        raise WrongSettings(f"{SETTING}: {place} holds no deck: a deck is a folder with deck.yaml and its questions")
    return decks
