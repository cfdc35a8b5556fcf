"""The command line."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from itertools import groupby
from typing import Annotated, TypeVar

import typer

from bot import deck_commands, eval_commands, format_commands
from bot.listing import rows
from bot.settings import Settings, WrongSettings

T = TypeVar("T")
LoopFactory = Callable[[], asyncio.AbstractEventLoop]
WRONG_SETTINGS = 2
INTERRUPTED = 130

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A quiz bot for Telegram. Settings are environment variables or lines of a .env file; see `quizbot settings`.",
)
app.add_typer(deck_commands.app, name="decks")


@app.command()
def run() -> None:
    """Run the bot: QUIZBOT_TOKEN=… quizbot run."""
    from bot.app import run as run_bot

    _run(run_bot, _fast_loop())


@app.command()
def serve() -> None:
    """Receive updates at a webhook, any number of these over one Redis: QUIZBOT_WEBHOOK_URL=… quizbot serve."""
    from bot.app import SERVE
    from bot.app import run as run_bot

    _run(lambda settings: run_bot(settings, SERVE), _fast_loop())


@app.command()
def worker() -> None:
    """Do what takes its time or comes later, any number of these over one Redis."""
    from bot.app import WORK
    from bot.app import run as run_bot

    _run(lambda settings: run_bot(settings, WORK), _fast_loop())


@app.command("try")
def try_(
    topic: Annotated[str, typer.Argument(help="what the quiz is about; else the variable TOPIC")] = "",
    language: Annotated[str, typer.Option(help="the language of your Telegram: en or ru")] = "",
    web: Annotated[bool, typer.Option("--web", help="chat with the bot in a browser, until Ctrl-C")] = False,
) -> None:
    """Play a quiz in the terminal: the real bot, a real server, a Telegram of its own; no token needed."""
    from bot.trial import TOPIC, try_page, try_quiz

    topic = topic or os.environ.get("TOPIC", "" if web else TOPIC)
    _clean_up_when_interrupted()
    try:
        status = asyncio.run(try_page(topic, language) if web else try_quiz(topic, language))
    except KeyboardInterrupt:
        typer.echo(err=True)  # after the ^C that the terminal shows
        status = 0 if web else INTERRUPTED
    raise typer.Exit(status)


@app.command()
def simulator(
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on; 0: a free one")] = 0,
    token: Annotated[str, typer.Option(help="the control token; else a new one")] = "",
    allow_host: Annotated[list[str] | None, typer.Option(help="a further name by which it is called")] = None,
) -> None:
    """Run a Telegram of one's own: point a bot at its address; chat on its page, or control it over HTTP."""
    from simulator.app import run as run_simulator

    run_simulator(host, port, token or None, allow_hosts=allow_host or ())


@app.command()
def prompts() -> None:
    """List the prompts, and what became of what models wrote by them: accepted, or dropped by which check."""
    from bot.prompt_report import report

    _clean_up_when_interrupted()
    _run(report)


@app.command()
def reports() -> None:
    """List the questions that students reported as wrong in the last 7 days."""
    from bot.question_report import report

    _clean_up_when_interrupted()
    _run(report)


@app.command()
def doctor() -> None:
    """Try all settings out, and say what works, what does not, and what to do."""
    from bot.doctor import doctor as examine

    _clean_up_when_interrupted()
    raise typer.Exit(_run(examine))


app.command("eval")(eval_commands.evaluate)
app.command("eval-read")(eval_commands.read)
app.command("import")(format_commands.import_)
app.command("export")(format_commands.export)


@app.command()
def settings() -> None:
    """List the settings, what they mean, and their defaults."""
    for group, of_group in groupby(rows(Settings), lambda row: row.group):
        typer.echo(group)
        for row in of_group:
            typer.echo(f"  {row.name:22} {row.meaning} (default: {row.default})")


def main() -> None:
    """The command line of the program `quizbot`."""
    app()


def _clean_up_when_interrupted() -> None:
    """From now on Ctrl-C is an error, as is usual in Python, so that what was started is ended."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _fast_loop() -> LoopFactory | None:
    """The event loop of uvloop where it is installed; None for Python's own."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _run(role: Callable[[Settings], Coroutine[None, None, T]], loop: LoopFactory | None = None) -> T:
    """Run a role of the program and return what it does; what the user has to mend is one line and exit status 2."""
    from bot.logs import configure
    from quiz.deck import InvalidDeck
    from storage.embedded import DataFolderInUse, ServerDidNotStart
    from storage.schema import WrongSchema

    try:
        settings = Settings.read()
        configure(settings.log_level, settings.secrets)
        with asyncio.Runner(loop_factory=loop) as runner:
            return runner.run(role(settings))
    except* (WrongSettings, DataFolderInUse, InvalidDeck, ServerDidNotStart, WrongSchema) as group:
        error: BaseException = group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        typer.echo(f"quizbot: {error}", err=True)
        raise typer.Exit(WRONG_SETTINGS) from None
