"""What the steps of a quiz need."""

from dataclasses import dataclass

from delivery.sender import Sender
from storage.attempts import Attempts
from storage.pools import Pools
from storage.quizzes import Quizzes
from tasks.long import Long
from tasks.soon import Soon


@dataclass(frozen=True, slots=True)
class Stage:
    """What the steps of a quiz need: the attempts, their questions, somebody to send, somebody to do what is left."""

    attempts: Attempts
    quizzes: Quizzes
    sender: Sender
    long: Long
    soon: Soon
    pools: Pools
