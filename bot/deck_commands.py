"""`quizbot decks`: what the author of a deck does with it, before any bot asks its questions."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Check decks of questions, and have them answered by a blind reader.")
NOTHING_DONE = 2
OF_DECKS = typer.Argument(metavar="FOLDER…", help="a deck's folder, or one with decks in it")
Folders = Annotated[list[Path], OF_DECKS]


@app.command()
def check(folders: Folders) -> None:
    """Say line by line what is wrong with decks: errors, with which no bot takes them, and what could be better.

    The exit status is 0 where there are no errors, 1 where there are, 2 where a folder cannot be read.
    """
    from bot.deck_report import report

    with _what_stops_us_said():
        raise typer.Exit(report(folders, typer.echo))


@app.command()
def sheet(
    folders: Folders,
    language: Annotated[str, typer.Option(help="the language of the questions: en or ru")] = "en",
    only_open: Annotated[bool, typer.Option("--open", help="only what no reader has confirmed as it is now")] = False,
) -> None:
    """Print the questions of decks without their keys, for a reader to answer who has not seen them."""
    from bot.deck_blind import sheet as print_sheet

    with _what_stops_us_said():
        print_sheet(folders, language, typer.echo, only_open=only_open)


@app.command()
def compare(
    folders: Annotated[list[Path] | None, OF_DECKS] = None,  # one word alone is said so better than typer does
    *,
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="the sheet as the reader filled it in")],
    keep: Annotated[bool, typer.Option("--keep", help="keep the answers beside each deck, in blind.csv")] = False,
) -> None:
    """Say how far the reader of a sheet agrees with the keys, and where not.

    The exit status is 0 where the reader agrees with all, 1 where not, 2 where the sheet cannot be read.
    """
    from bot.deck_blind import compare as compare_sheet

    with _what_stops_us_said():
        raise typer.Exit(compare_sheet(folders or (), sheet, typer.echo, keep=keep))


@contextmanager
def _what_stops_us_said() -> Generator[None]:
    """The message of a `NothingToBeDone` is all that the program says of it, and the exit status is 2."""
    from bot.deck_folders import NothingToBeDone

    try:
        yield
    except NothingToBeDone as error:
        typer.echo(f"quizbot: {error}", err=True)
        raise typer.Exit(NOTHING_DONE) from None
