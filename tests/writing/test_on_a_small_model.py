"""A quiz on a real small model, from the topic to the score: `make test-model GGUF=FILE`."""

import os
import time
from collections.abc import AsyncGenerator

import pytest

from simulator.client import Simulator
from storage.attempts import Attempts
from storage.quizzes import Quizzes
from tests.bot_process import BotProcess
from tests.conftest import start_bot
from tests.student import Classroom
from tests.writing.test_playing_while_it_is_written import asks_for_a_quiz

GGUF = os.environ.get("QUIZBOT_TEST_GGUF", "")
MINUTES = 4

pytestmark = [
    pytest.mark.skipif(not GGUF, reason="make test-model GGUF=FILE plays on a real small model"),
    pytest.mark.timeout(15 * 60),
]


@pytest.fixture
async def bot(simulator: Simulator) -> AsyncGenerator[BotProcess]:
    """A bot whose model runs in its own process."""
    async with start_bot(simulator, {"QUIZBOT_MODEL": f"local:{GGUF}"}) as bot:
        yield bot


async def test_a_student_plays_what_a_small_model_wrote(bot: BotProcess, classroom: Classroom) -> None:
    """As many questions as it got right in time; the rest is stopped, and the score comes at once."""
    ann = await classroom.join()
    async with bot.storage() as storage:
        await asks_for_a_quiz(ann, storage, "Capitals of Europe", count=2)
        begun = time.monotonic()
        question = await ann.question(within=MINUTES * 60)
        print(f"\nfirst question after {time.monotonic() - begun:.0f} s")  # noqa: T201 - what this test is for
        await ann.answer(question)
        await ann.say("/stop")
        score, _right, _total = await ann.score(question.attempt)
        attempt = await Attempts(storage).load(ann.id, question.attempt)
        assert attempt is not None
        for one in await Quizzes(storage).written(attempt.quiz):
            print(one.stem, [option.text for option in one.options], one.key)  # noqa: T201
        print(score.text)  # noqa: T201
