"""Why a document is not made into passages."""

from enum import StrEnum


class Reason(StrEnum):
    """What is the matter with a document, or with reading it."""

    TOO_BIG = "too_big"
    """It has more bytes than are taken, or unpacks to more."""
    ENCRYPTED = "encrypted"
    """It cannot be opened without a password."""
    NO_TEXT = "no_text"
    """It was read, and there are no words in it: a scan, pictures, or nothing."""
    PICTURE = "picture"
    """It is a picture: only a model that reads pictures makes text of it."""
    NOT_A_DOCUMENT = "not_a_document"
    """It is nothing that is read here, whatever it is called."""
    DAMAGED = "damaged"
    """It is a document of a known kind that cannot be read."""
    TOOK_TOO_LONG = "took_too_long"
    TOO_MUCH_MEMORY = "too_much_memory"
    NOT_INSTALLED = "not_installed"
    """What reads such documents is the extra `[notes]`, which this bot was installed without."""


class NotConverted(Exception):
    """A document that no passages were made of."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
