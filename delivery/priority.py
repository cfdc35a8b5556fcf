"""What goes out first when not everything can."""

from enum import IntEnum


class Priority(IntEnum):
    """The classes of calls, most urgent first. (Before all of them comes a toast, which Telegram does not count.)

    Each may use only its share of a burst, in a chat and over all: what a class leaves is there for those above it.
    When Telegram takes no more than what questions need, nothing else goes out.
    """

    QUESTION = 1
    """What a student waits for to go on: a verdict, the next question, the word that it is on its way."""
    RESULT = 2
    """A score, and every other screen that somebody asked for."""
    REMINDER = 3
    BROADCAST = 4
    PROGRESS = 5
    """How far a quiz is that is being written: left out when there is no room for it."""

    @property
    def share(self) -> float:
        """How much of a burst the class may use: all of it for the first, a fifth less for each after it."""
        return (len(Priority) + 1 - self) / len(Priority)
