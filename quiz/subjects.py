"""The subjects under which decks stand."""

from enum import StrEnum


class Subject(StrEnum):
    """A subject, as `deck.yaml` calls it; they are offered in this order."""

    MATHEMATICS = "mathematics"
    PHYSICS = "physics"
    CHEMISTRY = "chemistry"
    BIOLOGY = "biology"
    ASTRONOMY = "astronomy"
    GEOGRAPHY = "geography"
    HISTORY = "history"
    LANGUAGES = "languages"
    ARTS = "arts"
    COMPUTING = "computing"
    EVERYDAY_LIFE = "everyday life"
    OTHER = "other"
    """Of a deck that names none."""
