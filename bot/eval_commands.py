"""`quizbot eval` and `quizbot eval-read`: how good the quizzes are that the bot writes."""

import asyncio
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from generation.evaluation.writers import WriterName

NOTHING_DONE = 2
INTERRUPTED = 130
MOST = 100

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH…",
        help="documents to make quizzes of, folders with documents, or addresses of web pages",
        show_default=False,
    ),
]
Topics = Annotated[Path | None, typer.Option(help="a file of topics, one a line", metavar="FILE")]
Writer = Annotated[WriterName, typer.Option(help="who writes the questions")]
Count = Annotated[int, typer.Option(help="questions asked for of each source or topic", min=1, max=MOST)]
Seed = Annotated[int, typer.Option(help="chance: the same seed asks for the same again")]
Language = Annotated[str | None, typer.Option(help="the language of the quizzes; else that of each source")]
Solver = Annotated[
    str | None,
    typer.Option(help="the model that answers every question again; else QUIZBOT_CHECK_MODEL", metavar="MODEL"),
]
Json = Annotated[Path | None, typer.Option(help="where all questions and figures go, as JSON", metavar="OUT")]
Html = Annotated[Path | None, typer.Option(help="where a page to read goes", metavar="OUT")]
Sheet = Annotated[
    Path | None, typer.Option(help="where a blank sheet goes, for a reader who sees the source", metavar="OUT")
]
Closed = Annotated[Path | None, typer.Option(help="the same, for a reader who does not see the source", metavar="OUT")]


def evaluate(
    paths: Paths = None,
    *,
    topics: Topics = None,
    writer: Writer = WriterName.OFFLINE,
    count: Count = 10,
    seed: Seed = 1,
    language: Language = None,
    solver: Solver = None,
    json: Json = None,
    html: Html = None,
    sheet: Sheet = None,
    sheet_without_source: Closed = None,
) -> None:
    """Make quizzes of documents and topics, and say in figures with 95 % intervals how good they are.

    The exit status is 0 however good they are, 2 where nothing can be made.
    """
    from bot.eval_run import Wanted
    from bot.eval_run import evaluate as make_and_measure
    from bot.logs import configure
    from bot.settings import Settings

    wanted = Wanted(paths or (), topics, writer, count, seed, language, solver, json, html, sheet, sheet_without_source)
    with _what_stops_us_said():
        settings = Settings.read()
        configure("WARNING", settings.secrets)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        asyncio.run(make_and_measure(settings, wanted, lambda line: typer.echo(line, err=True)))


def read(
    result: Annotated[Path, typer.Argument(metavar="RESULT", help="the JSON that quizbot eval wrote")],
    sheets: Annotated[list[Path], typer.Argument(metavar="SHEET…", help="its sheets as readers filled them in")],
) -> None:
    """Say how often readers who did not see the keys agree with them, and with each other.

    The exit status is 0 whatever they say, 2 where a sheet cannot be read.
    """
    from bot.eval_read import read_sheets

    with _what_stops_us_said():
        read_sheets(result, sheets, typer.echo)


@contextmanager
def _what_stops_us_said() -> Generator[None]:
    """What the user has to mend is one line and exit status 2; Ctrl-C ends it with 130, as is usual."""
    from bot.eval_subjects import NotThere
    from bot.settings import WrongSettings

    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except (NotThere, WrongSettings) as error:
        typer.echo(f"quizbot: {error}", err=True)
        raise typer.Exit(NOTHING_DONE) from None
    except ModuleNotFoundError as missing:
        from bot.doctor import NOTES

        if missing.name not in NOTES:
            raise
        how = "`make notes` in a checkout, or the extra [notes] of this package"
        typer.echo(
            f"quizbot: what makes quizzes of documents is not installed ({missing.name} missing): {how}", err=True
        )
        raise typer.Exit(NOTHING_DONE) from None
