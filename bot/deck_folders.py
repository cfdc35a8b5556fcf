"""The folders of decks that somebody names on the command line."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from decks import examine, folders_in, is_deck, shipped
from quiz.deck import Deck, Examined


class NothingToBeDone(Exception):
    """A folder or sheet with which nothing can be done; the message says why, to whoever named it."""


def read_folders(folders: Sequence[Path]) -> dict[Path, Examined]:
    """What was read in each deck of these folders, by the paths as they were given; raises `NothingToBeDone`."""
    read: dict[Path, Examined] = {}
    for given in folders:
        try:
            found = [given] if is_deck(given) else [given / name for name in folders_in(given)]
            read |= {one: examine(one.resolve()) for one in found}
        except OSError as error:
            raise NothingToBeDone(f"{error.filename or given} cannot be read: {error.strerror}") from error
        if not found:
            raise NothingToBeDone(f"{given} holds no deck: a deck is a folder with deck.yaml beside en.gift or ru.gift")
    return read


def shipped_but(folders: Iterable[Path]) -> list[Deck]:
    """The decks that ship with the bot, but for those that stand in these folders."""
    given = {folder.resolve() for folder in folders}
    examined = [examine(one) for one in shipped().values() if Path(str(one)).resolve() not in given]
    return [one.deck for one in examined if one.deck]
