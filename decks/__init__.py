"""Quizzes that ship with the bot, and the functions that read the folders of decks."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from quiz.deck import DESCRIPTION, GIFT, Deck, Examined, describe_deck, examine_deck, read_deck
from quiz.description import Description


def shipped() -> dict[str, Traversable]:
    """The folder of each deck that ships with the bot, by its name, in the order of names."""
    return folders_in(files(__name__))


def folders_in(place: Traversable) -> dict[str, Traversable]:
    """Each folder of a deck in a place, by its name, in the order of names; raises `OSError`."""
    found = [one for one in place.iterdir() if one.is_dir() and is_deck(one)]
    return {folder.name: folder for folder in sorted(found, key=lambda folder: folder.name)}


def is_deck(folder: Traversable) -> bool:
    """Whether a folder is meant to be a deck: it has a description or questions; raises `OSError`."""
    return any(one.name == DESCRIPTION or one.name.endswith(GIFT) for one in folder.iterdir())


def load_decks() -> tuple[Deck, ...]:
    """All decks of the package, by name; raises `quiz.deck.InvalidDeck` when one of them cannot be used."""
    return tuple(map(load_deck, shipped().values()))


def describe(folder: Traversable) -> Description:
    """What the `deck.yaml` of a folder says; raises `quiz.deck.InvalidDeck` when it cannot be used."""
    return describe_deck(folder.name, folder.joinpath(DESCRIPTION).read_bytes())


def load_deck(folder: Traversable) -> Deck:
    """The deck of a folder; raises `quiz.deck.InvalidDeck` when it cannot be used, `OSError` when it cannot be read."""
    return read_deck(folder.name, files_of(folder))


def examine(folder: Traversable) -> Examined:
    """Everything that is wrong with the deck of a folder; raises `OSError` when it cannot be read."""
    return examine_deck(folder.name, files_of(folder))


def files_of(folder: Traversable) -> dict[str, bytes]:
    """What a folder holds of a deck: descriptions and questions by the names of their files."""
    found = [one for one in folder.iterdir() if one.name.endswith((".yaml", ".yml", GIFT)) and one.is_file()]
    return {one.name: one.read_bytes() for one in sorted(found, key=lambda one: one.name)}
