"""A bot that may send as little as its settings allow is slow, and gets there."""

from simulator.client import Simulator
from tests.classroom import Classroom
from tests.conftest import start_bot


async def test_a_quiz_that_is_stopped_comes_to_its_score(simulator: Simulator, classroom: Classroom) -> None:
    """Its buttons are taken away once, however long what follows must wait."""
    async with start_bot(simulator, {"QUIZBOT_ALL_MESSAGES": "4"}):
        ann = await classroom.join()
        await ann.say("photosynthesis")
        await ann.answer()
        attempt = (await ann.question()).attempt
        before = len(await simulator.calls("editMessageText", chat=ann.id))
        await ann.say("/stop")
        await ann.score(attempt)

    assert len(await simulator.calls("editMessageText", chat=ann.id)) == before + 1
