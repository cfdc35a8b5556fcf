"""An attempt whose quiz is still being written grows, waits, and comes to its end when no more will come."""

from dataclasses import replace

import pytest

from quiz.attempt import Attempt, State
from storage.attempts import Attempts, Outcome, waiting_step
from tests.storage.examples import ANN, CHAT, FIRST, SINGLE, new

WRITER, READER = "write", "press"


@pytest.fixture
async def waiting(attempts: Attempts) -> Attempt:
    """An attempt that was begun and has no question yet."""
    reply = await attempts.start(replace(new(FIRST), plan=(), wanted=3, written_in="de"), READER)
    assert reply.attempt is not None
    return reply.attempt


async def answered(attempts: Attempts, position: int) -> Attempt:
    """The attempt after a press that was taken."""
    reply = await attempts.answer(
        ANN, CHAT, FIRST, press=f"press {position}", position=position, what="0", shown="", message_id=50
    )
    assert reply.outcome is Outcome.TAKEN
    assert reply.attempt is not None
    return reply.attempt


async def test_it_waits_for_its_first_question(waiting: Attempt) -> None:
    assert waiting.is_waiting
    assert waiting.current is None
    assert waiting.total == 3
    assert waiting.writing is not None
    assert waiting.writing.language == "de"


async def test_a_question_is_added_once(attempts: Attempts, waiting: Attempt) -> None:
    del waiting
    first = await attempts.extend(ANN, FIRST, 0, SINGLE, owner=WRITER)
    again = await attempts.extend(ANN, FIRST, 0, SINGLE, owner=WRITER)
    early = await attempts.extend(ANN, FIRST, 5, SINGLE, owner=WRITER)
    assert (first.outcome, again.outcome, early.outcome) == (Outcome.EXTENDED, Outcome.REPEATED, Outcome.INVALID)
    assert early.attempt is not None
    assert early.attempt.current == SINGLE
    assert len(early.attempt.plan) == 1


async def test_who_answers_faster_than_the_writer_waits_for_the_next(attempts: Attempts, waiting: Attempt) -> None:
    del waiting
    await attempts.extend(ANN, FIRST, 0, SINGLE, owner=WRITER)
    attempt = await answered(attempts, 0)
    assert attempt.state is State.OPEN
    assert attempt.is_waiting
    assert await attempts.active(ANN, CHAT) == FIRST


async def test_the_end_of_writing_is_the_end_of_an_attempt_that_waits(attempts: Attempts, waiting: Attempt) -> None:
    del waiting
    await attempts.extend(ANN, FIRST, 0, SINGLE, owner=WRITER)
    await answered(attempts, 0)
    reply = await attempts.complete(ANN, CHAT, FIRST, shortfall="checks", owner=WRITER)
    assert reply.outcome is Outcome.COMPLETED
    assert reply.attempt is not None
    assert reply.attempt.state is State.DONE
    assert reply.attempt.total == 1
    assert reply.attempt.writing is not None
    assert reply.attempt.writing.shortfall == "checks"
    assert await attempts.active(ANN, CHAT) is None
    again = await attempts.complete(ANN, CHAT, FIRST, shortfall="other", owner=WRITER)
    assert again.outcome is Outcome.REPEATED
    assert again.attempt is not None
    assert again.attempt.writing == reply.attempt.writing


async def test_an_attempt_that_has_a_question_left_goes_on_after_the_end_of_writing(
    attempts: Attempts, waiting: Attempt
) -> None:
    del waiting
    await attempts.extend(ANN, FIRST, 0, SINGLE, owner=WRITER)
    reply = await attempts.complete(ANN, CHAT, FIRST, shortfall="", owner=WRITER)
    assert reply.attempt is not None
    assert reply.attempt.state is State.OPEN
    assert (await attempts.extend(ANN, FIRST, 1, SINGLE, owner=WRITER)).outcome is Outcome.CLOSED
    assert (await answered(attempts, 0)).state is State.DONE


async def test_what_says_that_a_question_is_on_its_way_is_remembered_until_it_is_taken_away(
    attempts: Attempts, waiting: Attempt
) -> None:
    del waiting
    reply = await attempts.record(ANN, FIRST, {waiting_step(0): 77})
    assert reply.attempt is not None
    assert reply.attempt.placeholders == {0: 77}
    assert reply.attempt.claims == {}
    reply = await attempts.record(ANN, FIRST, {waiting_step(0): 0})
    assert reply.attempt is not None
    assert reply.attempt.placeholders == {}


async def test_a_stopped_one_waits_again_when_it_is_gone_on_with(attempts: Attempts, waiting: Attempt) -> None:
    del waiting
    await attempts.stop(ANN, CHAT, FIRST, update="stop", message_id=60)
    reply = await attempts.resume(ANN, CHAT, FIRST, update="resume")
    assert reply.outcome is Outcome.RESUMED
    assert reply.attempt is not None
    assert reply.attempt.is_waiting


async def test_an_open_question_asked_again_leaves_its_older_copy_to_be_taken_away(
    attempts: Attempts, waiting: Attempt
) -> None:
    del waiting
    await attempts.extend(ANN, FIRST, 0, SINGLE, owner=WRITER)
    await attempts.record(ANN, FIRST, {"0": 80})
    reply = await attempts.resume(ANN, CHAT, FIRST, update="resume")
    assert reply.attempt is not None
    assert reply.attempt.placeholders == {0: 80}
    assert reply.attempt.asked == {}
