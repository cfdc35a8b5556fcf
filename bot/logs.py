"""Logs: one line an event, names and ids of things, never a token, a text or a person's name."""

import logging
import re
import sys

import structlog

TOKEN = re.compile(r"(?<=/bot)\d+:[^/\s\"']+|\b\d{6,}:[A-Za-z0-9_-]{20,}")
"""A bot's id and secret, as they stand in the addresses of its calls."""


def configure(level: str) -> None:
    """Send our logs and those of the libraries to standard error, in one form."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
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
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(for_people=sys.stderr.isatty()),
                without_tokens,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # httpx logs every address at INFO, the token in it; docket logs every task, twice.
    for noisy in ("httpx", "httpx2", "httpcore", "httpcore2", "docket", "telegram", "openai", "anthropic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It calls every task that asks to be tried again an error; what fails is logged by the task itself.
    logging.getLogger("docket.dependencies").setLevel(logging.CRITICAL)


def without_tokens(_logger: object, _method: str, line: object) -> str:
    """The finished line without anything of the form of a bot's token: an address in an error may hold one."""
    return TOKEN.sub("<token>", str(line))


def _rendering(*, for_people: bool) -> list[structlog.typing.Processor]:
    # Never with the values of variables: they hold tokens, texts and names.
    if for_people:
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    transform = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [structlog.processors.ExceptionRenderer(transform), structlog.processors.JSONRenderer(ensure_ascii=False)]
