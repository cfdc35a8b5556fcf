"""Which writers can be evaluated; apart, since the command line names them and must start at once."""

from enum import StrEnum


class WriterName(StrEnum):
    """The writers, as they are named on the command line."""

    OFFLINE = "offline"
    ANSWER_FIRST = "answer-first"
    WHOLE = "whole"
