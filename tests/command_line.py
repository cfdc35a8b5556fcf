"""The command line `quizbot` as a tree: which commands there are, and whether they take what somebody types."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from typer.exceptions import TyperException
from typer.main import get_command

from bot.cli import app

PROGRAM = "quizbot"
TREE: Any = get_command(app)  # typer has its own copy of click's types


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or an option of a command; `default` is empty where there is none to speak of."""

    name: str
    meaning: str
    default: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its full name, such as `quizbot try`, with what its `--help` says."""

    name: str
    meaning: str
    arguments: tuple[Parameter, ...]
    options: tuple[Parameter, ...]

    @property
    def usage(self) -> str:
        """How it is typed."""
        return " ".join(
            [self.name, *(["[OPTIONS]"] * bool(self.options)), *(f"[{one.name}]" for one in self.arguments)]
        )


def commands() -> Iterator[Command]:
    """Every command that does something, in the order of `quizbot --help`; what only groups others is left out."""
    return _below(PROGRAM, TREE)


def refusal(words: Sequence[str]) -> str | None:
    """Why `quizbot` does not take these words; None where it would do as it is told. Nothing is done."""
    command, name, rest = TREE, PROGRAM, list(words)
    if "--help" in rest:
        rest = rest[: rest.index("--help")]
        if not rest:
            return None
    while True:
        try:
            context = command.make_context(name, rest, resilient_parsing="--help" in words)
            if not _subcommands(command):
                return None
            name, command, rest = command.resolve_command(context, rest)
        except TyperException as error:
            return f"{type(error).__name__}: {error}"


def _below(name: str, command: Any) -> Iterator[Command]:  # noqa: ANN401 - click's command
    inner = _subcommands(command)
    for word, one in inner.items():
        yield from _below(f"{name} {word}", one)
    if not inner:
        options, arguments = ([one for one in command.params if _is_option(one) == which] for which in (True, False))
        yield Command(name, command.help or "", tuple(map(_parameter, arguments)), tuple(map(_parameter, options)))


def _subcommands(command: Any) -> dict[str, Any]:  # noqa: ANN401 - click's command
    return getattr(command, "commands", {})


def _parameter(one: Any) -> Parameter:  # noqa: ANN401 - click's parameter
    default = str(one.default) if isinstance(one.default, str | int | float) and one.default != "" else ""
    name = ", ".join(one.opts) if _is_option(one) else one.metavar or one.name.upper()
    return Parameter(name, one.help or "", default)


def _is_option(one: Any) -> bool:  # noqa: ANN401 - click's parameter
    return one.opts[0].startswith("-")
