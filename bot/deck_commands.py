"""`quizbot decks`: what the author of a deck does with it, before any bot asks its questions."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Check decks of questions, and have them answered by a blind reader.")
Folders = Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="a deck's folder, or one with decks in it")]


@app.command()
def check(folders: Folders) -> None:
    """Say line by line what is wrong with decks: errors, with which no bot takes them, and what could be better.

    The exit status is 0 where there are no errors, 1 where there are, 2 where a folder cannot be read.
    """
    from bot.deck_report import report

    raise typer.Exit(report(folders, typer.echo))
