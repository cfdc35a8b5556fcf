"""What a pace of sending can carry: how many messages of a round a group takes, and how fast."""

import math
from collections.abc import Sequence

RESULT_AND_QUESTION = 2


def shortest(calls: int, per: float, messages: int) -> float:
    """Seconds in which so many messages go out again and again, where `calls` go out per so many seconds."""
    return messages * per / calls


def goes_together(seconds: Sequence[int], pause: int, calls: int, per: float) -> bool | None:
    """Whether a result must go out with the next question: for one of the questions two messages are too many.

    None: not even one message a question is few enough.
    """
    least = min(seconds)
    if least < shortest(calls, per, 1):
        return None
    return least + pause < shortest(calls, per, RESULT_AND_QUESTION)


def least_seconds(calls: int, per: float) -> int:
    """The shortest time for a question that this pace carries."""
    return math.ceil(shortest(calls, per, 1))
