"""Logs: one line an event, names and ids of things, never a token, a text or a person's name."""

import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from traceback import StackSummary, walk_tb
from types import TracebackType
from typing import NotRequired, TypedDict, cast

import structlog
from structlog.typing import EventDict, Processor

OURS = frozenset({"bot", "web", "handlers", "tasks", "delivery", "generation", "storage", "prompts", "decks"})
"""The packages whose lines are written with care; `quiz` writes none, and its errors quote questions."""
TOKEN = re.compile(r"(?<=/bot)\d+:[^/\s\"']+|\b\d{6,}:[A-Za-z0-9_-]{20,}|\bsk-[A-Za-z0-9_*-]{6,}")
"""A bot's id and secret, as they stand in the addresses of its calls; and a key of a model's provider."""
SHORTEST_SECRET = 4
NOT_SHOWN = "(not shown)"
HELD_BACK = "(words not shown)"
"""Stands in for what an error of a library says: it may quote a text, a name or a key. Dead letters keep it."""
CAUSES = 10

log = structlog.stdlib.get_logger(__name__)


class Described(TypedDict):
    """An error as it stands in a log; `errors` has those of a group, each with what caused it."""

    type: str
    says: str
    at: list[str]
    errors: NotRequired[list[list["Described"]]]


def configure(level: str, secrets: Iterable[str] = ()) -> None:
    """Send our logs, and what is a warning of a library, to standard error in one form: JSON unless it is a terminal.

    `level` is that of our own lines. Whatever else goes wrong, none of the secrets stands in a line.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_error,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(is_wanted)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[first_line, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(for_people=sys.stderr.isatty()),
                Blotter(secrets),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for package in OURS:
        logging.getLogger(package).setLevel(level)
    # It calls every task that asks to be tried again an error; what fails is logged by the task itself.
    logging.getLogger("docket.dependencies").setLevel(logging.CRITICAL)
    _print_nothing_else()


def is_wanted(record: logging.LogRecord) -> bool:
    """Whether a line is ours or at least a warning.

    Below that libraries log addresses with a token in them, prompts and answers, and some choose their own level.
    """
    return record.levelno >= logging.WARNING or is_ours(record.name)


def is_ours(module: str) -> bool:
    """Whether a module, or a logger of its name, is one of the packages whose words are ids and names of things."""
    return module.partition(".")[0] in OURS


def first_line(_logger: object, _method: str, event: EventDict) -> EventDict:
    """What a library says, to the end of the line: asyncio's next one quotes a task's error, words and all."""
    event["event"] = str(event["event"]).partition("\n")[0]
    return event


def describe_error(_logger: object, _method: str, event: EventDict) -> EventDict:
    """The error of an event as a list: what was raised, where, and what caused it."""
    given: object = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = cast("tuple[object, ...]", given)[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = [described(one) for one in _causes(error)]
    return event


def described(error: BaseException) -> Described:
    """An error's type, its words if they can be no one's text, and the places in the code, innermost last.

    Values of variables are not in it, nor what a library's error says.
    """
    kind = type(error)
    speaks = is_ours(kind.__module__) or isinstance(error, OSError)
    told: Described = {
        "type": kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}",
        "says": str(error) if speaks else HELD_BACK,
        "at": [f"{_short(place.filename)}:{place.lineno} {place.name}" for place in _places(error)],
    }
    if isinstance(error, BaseExceptionGroup):
        group = cast("BaseExceptionGroup[BaseException]", error)
        told["errors"] = [[described(one) for one in _causes(each)] for each in group.exceptions[:CAUSES]]
    return told


class Blotter:
    """The last step: blots out of a finished line the secrets it knows, and whatever has the form of one."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # As they are, and as they stand in JSON; the longest first, since one may be a part of another.
        written = {form for one in secrets if len(one) >= SHORTEST_SECRET for form in (one, json.dumps(one)[1:-1])}
        known = "|".join(re.escape(one) for one in sorted(written, key=len, reverse=True))
        self._secrets = re.compile(f"{known}|{TOKEN.pattern}" if known else TOKEN.pattern)

    def __call__(self, _logger: object, _method: str, line: object) -> str:
        """The line without them."""
        return self._secrets.sub(NOT_SHOWN, str(line))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what caused it, and so on; each once, however they refer to each other."""
    seen: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in seen and len(seen) < CAUSES:
        seen.append(following)
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _places(error: BaseException) -> StackSummary:
    return StackSummary.extract(walk_tb(error.__traceback__), lookup_lines=False)  # the code itself is not read


def _short(file: str) -> str:
    """A file as the last two parts of its path: enough to find it, in a line that one can read."""
    return "/".join(Path(file).parts[-2:])


def _rendering(*, for_people: bool) -> list[Processor]:
    if for_people:
        return [_as_text, structlog.dev.ConsoleRenderer()]
    return [structlog.processors.JSONRenderer(ensure_ascii=False)]


def _as_text(_logger: object, _method: str, event: EventDict) -> EventDict:
    if "exception" in event:
        event["exception"] = "\n".join(_lines(event["exception"], ""))
    return event


def _lines(causes: Iterable[Described], indent: str) -> Iterator[str]:
    for number, one in enumerate(causes):
        yield f"{indent}{'caused by ' * (number > 0)}{one['type']}: {one['says']}"
        yield from (f"{indent}  {place}" for place in one["at"])
        for each in one.get("errors", []):
            yield from _lines(each, f"{indent}    ")


def _print_nothing_else() -> None:
    """Whatever Python itself would print, words of errors and all, is a line like any other."""
    sys.excepthook = _log_end
    sys.unraisablehook = lambda given: log.error("an error had nowhere to go", exc_info=given.exc_value)
    threading.excepthook = lambda given: log.error("a thread ended by an error", exc_info=given.exc_value)
    warnings.showwarning = _log_warning


def _log_end(_kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
    if not isinstance(error, KeyboardInterrupt):
        log.critical("the program ended by an error", exc_info=error)


def _log_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object, **__: object
) -> None:
    # Python's own are about the code; what a library warns its users of may quote what it was given.
    says = HELD_BACK if issubclass(category, UserWarning) else str(message)
    log.warning("Python warns", category=category.__name__, says=says, at=f"{_short(filename)}:{lineno}")
