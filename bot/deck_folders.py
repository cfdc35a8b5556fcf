"""The folders of decks that somebody names on the command line."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import typer

from decks import examine, folders_in, is_deck, shipped
from quiz.deck import Deck, Examined


class CannotBeRead(typer.Exit):
    """A folder that holds nothing for us: it is said why, and the program ends with status 2."""

    def __init__(self, words: str) -> None:
        super().__init__(2)
        typer.echo(f"quizbot: {words}", err=True)


def read_folders(folders: Sequence[Path]) -> dict[Path, Examined]:
    """What was read in each deck of these folders, by the paths as they were given; raises `CannotBeRead`."""
    read: dict[Path, Examined] = {}
    for given in folders:
        try:
            found = [given] if is_deck(given) else [given / name for name in folders_in(given)]
            read |= {one: examine(one.resolve()) for one in found}
        except OSError as error:
            raise CannotBeRead(f"{error.filename or given} cannot be read: {error.strerror}") from error
        if not found:
            raise CannotBeRead(f"{given} holds no deck: a deck is a folder with deck.yaml beside en.gift or ru.gift")
    return read


def shipped_but(folders: Iterable[Path]) -> list[Deck]:
    """The decks that ship with the bot, but for those that stand in these folders."""
    given = {folder.resolve() for folder in folders}
    examined = [examine(one) for one in shipped().values() if Path(str(one)).resolve() not in given]
    return [one.deck for one in examined if one.deck]
