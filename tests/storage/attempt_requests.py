"""What the tests of attempts ask for, and how they turn back time."""

from quiz.attempt import Attempt
from storage import keys
from storage.attempts import Attempts, Outcome, Reply
from storage.connection import Storage
from tests.storage.examples import ANN, CHAT, FIRST, new


async def begun(attempts: Attempts, **changes: int) -> None:
    assert (await attempts.start(new(**changes), "beginning")).outcome is Outcome.STARTED  # type: ignore[arg-type]


async def press(
    attempts: Attempts,
    what: str = "0",
    *,
    press: str = "press",
    position: int = 0,
    user: int = ANN,
    shown: str = "",
    attempt: str = FIRST,
) -> Reply:
    return await attempts.answer(
        user, CHAT, attempt, press=press, position=position, what=what, shown=shown, message_id=50 + position
    )


def held(reply: Reply) -> Attempt:
    """The attempt that came with a reply."""
    assert reply.attempt is not None
    return reply.attempt


async def shift(storage: Storage, field: str, by: int) -> None:
    """Move a time in Ann's first attempt."""
    await storage.call(storage.client.hincrby(keys.attempt(ANN, FIRST), field, by))  # type: ignore[arg-type]


async def age_claim(storage: Storage, step: str, milliseconds: int) -> None:
    """Make the claim on a step of Ann's first attempt so old."""
    key = keys.attempt(ANN, FIRST)
    owner = (await storage.hash(key))[f"c:{step}"].rpartition("|")[0]
    taken = f"{owner}|{await storage.now() - milliseconds}"
    await storage.call(storage.client.hset(key, f"c:{step}", taken))  # type: ignore[arg-type]
