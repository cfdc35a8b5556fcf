"""The embedded server killed anywhere in the handling of one update: the bot starts it again and finishes by itself."""

import signal

import pytest

from simulator.client import Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.people import People
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.faults.test_killed_at_random import answers_again
from tests.faults.test_killed_between_every_two_steps import (
    SCENES,
    check_answer,
    check_end,
    do_until,
    is_score_of,
    moments_of,
    redrawn,
)

NO_TOAST = "before the toast"
"""The moment at which a toast may get lost: on a slow machine Telegram does not take it in time."""


@pytest.mark.timeout(240)
@moments_of("a choice", "the last choice", "a skip", "a submit", "the stop button")
async def test_what_was_begun_is_finished_once_the_server_runs_again(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, name: str, moment: str
) -> None:
    """The bot lives on; an update whose handling failed comes again, and what it had done already counts once."""
    student, attempts = await classroom.join(), Attempts(storage)
    prepared = await SCENES[name][0](student, People(storage))
    act, known = await do_until(simulator, bot, student, attempts, prepared, moment)

    bot.signal_server(signal.SIGKILL)
    await simulator.lift_faults()
    await student.acknowledged()
    await answers_again(storage)
    assert bot.is_running
    assert "the embedded server died" in bot.said
    assert act.attempt is not None
    assert act.pressed is not None
    if moment != NO_TOAST:
        await student.toast(act.pressed)
    await check_answer(student, attempts, act, known)
    if act.redraws is not None:
        await redrawn(student, act.redraws, act.redraws.edits)
    if act.asks is not None:
        question = await student.question()
        assert question.place == (act.attempt, act.asks)
        assert student.copies(act.attempt, act.asks) <= 2
    if act.ends:
        await student.score(act.attempt)
        assert sum(is_score_of(message, act.attempt) for message in student.shown()) <= 2
    await check_end(student, attempts, act.attempt)
