"""`quizbot import` and `quizbot export`: quizzes from files of other programs, and into them."""

from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

NOTHING_DONE = 2


class FormatName(StrEnum):
    """What a quiz can be written in: `quiz.formats.writing.FORMATS`."""

    GIFT = "gift"
    AIKEN = "aiken"
    MOODLE_XML = "moodle-xml"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    ANKI = "anki"
    PDF = "pdf"


class Template(StrEnum):
    """The sheets to fill in that there are."""

    CSV = "csv"
    XLSX = "xlsx"


def import_(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="GIFT, Aiken, Moodle XML, CSV, XLSX or JSON", show_default=False),
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would be taken, and take nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="say it in JSON")] = False,
    template: Annotated[Template | None, typer.Option(help="write a sheet to fill in")] = None,
    out: Annotated[Path | None, typer.Option(help="where the sheet goes; else standard output", metavar="FILE")] = None,
) -> None:
    """Say question by question what the bot takes of a file, what not and why, each with its line or row.

    The exit status is 0 where something is taken, 1 where nothing is, 2 where the file cannot be read. Without
    --dry-run nothing is done yet: a quiz of one's own has no place to be kept in.
    """
    with _what_stops_us_said():
        if template is not None:
            from bot.format_report import write_template

            write_template(template.value, out)
        else:
            from bot.format_report import try_import

            raise typer.Exit(try_import(file, dry_run=dry_run, as_json=as_json))


def export(
    deck: Annotated[str, typer.Argument(metavar="DECK", help="the name of a deck, or the folder of one")],
    *,
    format_name: Annotated[FormatName, typer.Option("--format", help="what is written")],
    out: Annotated[Path, typer.Option(help="the file that is written", metavar="FILE")],
    language: Annotated[str, typer.Option(help="the language of the questions: en or ru")] = "en",
    without_keys: Annotated[bool, typer.Option("--without-keys", help="a PDF to be answered on paper")] = False,
) -> None:
    """Write a deck into a file for another program, or onto pages to print; what the file cannot carry is said.

    The exit status is 0 where the file is written, 2 where not.
    """
    from bot.format_report import export_deck

    with _what_stops_us_said():
        export_deck(deck, format_name.value, out, language, keys=not without_keys)


@contextmanager
def _what_stops_us_said() -> Generator[None]:
    """The message of a `CannotBeDone` is all that the program says of it, and the exit status is 2."""
    from bot.format_report import CannotBeDone

    try:
        yield
    except CannotBeDone as error:
        typer.echo(f"quizbot: {error}", err=True)
        raise typer.Exit(NOTHING_DONE) from None
