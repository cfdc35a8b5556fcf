"""What goes out first when not everything can."""

from enum import IntEnum
from math import inf


class Priority(IntEnum):
    """The classes of calls, most urgent first. (Before all of them comes a toast, which Telegram does not count.)

    Each may use only its share of a burst, in a chat and over all: what a class leaves is there for those above it.
    When Telegram takes no more than what questions need, nothing else goes out.
    """

    REST = 1
    """The later calls of a step of which the first went out: counted, but held only where Telegram asked for silence.
    To hold them would be to begin the step again, which would then use up what they wait for, and say twice what it
    says first."""
    QUESTION = 2
    """What a student waits for to go on: a verdict, the next question, the word that it is on its way."""
    RESULT = 3
    """A score, and every other screen that somebody asked for."""
    REMINDER = 4
    BROADCAST = 5
    PROGRESS = 6
    """How far a quiz is that is being written: left out when there is no room for it."""

    @property
    def share(self) -> float:
        """How much of a burst the class may use: questions all of it, each class below a fifth less, `REST` any."""
        if self is Priority.REST:
            return inf
        return (len(Priority) + 1 - self) / (len(Priority) - 1)
