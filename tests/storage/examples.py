"""An attempt that the tests of storage begin, and the people who play it."""

from quiz.identity import derived_id
from storage.attempts import NewAttempt
from tests.samples import a_question, planned

ANN, BOB = 1, 2
CHAT, GROUP = 1, -100
FIRST, SECOND, THIRD = derived_id("first"), derived_id("second"), derived_id("third")
SINGLE = planned(a_question(key="a", id="single"), "bac")
MULTIPLE = planned(a_question(key="ac", id="multiple"), "cab")


def new(attempt: str = FIRST, *, user: int = ANN, chat: int = CHAT, message: int = 10, length: int = 3) -> NewAttempt:
    """A quiz whose first question has one right answer, the second several, the others one."""
    plan = [SINGLE, MULTIPLE, *[SINGLE] * length][:length]
    return NewAttempt(
        attempt, user, chat, "en", "deck.planets.en", "v1", "Planets | and: more", "any", "origin", message, tuple(plan)
    )


async def catch_up(attempt: str, owner: str) -> None:
    """A task of the name that is added; nobody runs it here."""
