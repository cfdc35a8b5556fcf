"""A quiz on a real small model, from the topic to the score: `make test-model GGUF=FILE`."""

import os
import time
from collections.abc import AsyncGenerator

import pytest

from simulator.client import Message, Simulator
from storage.attempts import Attempts
from storage.quizzes import Quizzes
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.writing.test_playing_while_it_is_written import asks_for_a_quiz, line_of

GGUF = os.environ.get("QUIZBOT_TEST_GGUF", "")
MINUTES = 12

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
    """The first question that passes is asked, the rest is stopped, and the score comes at once; or the honest end of
    a model that got nothing right."""
    ann = await classroom.join()
    async with bot.storage() as storage:
        await asks_for_a_quiz(ann, storage, "Capitals of Europe", count=2)
        begun = time.monotonic()
        came = await ann.until(
            lambda: ann.open_question() or line_of(ann, "I could not write"),
            "a question, or why there is none",
            MINUTES * 60,
        )
        if isinstance(came, Message):
            print(f"\n{came.text}")  # noqa: T201 - what this test is for
            return
        print(f"\nfirst question after {time.monotonic() - begun:.0f} s")  # noqa: T201 - what this test is for
        await ann.answer(came)
        await ann.say("/stop")
        score, _right, _total = await ann.score(came.attempt)
        attempt = await Attempts(storage).load(ann.id, came.attempt)
        assert attempt is not None
        for one in await Quizzes(storage).written(attempt.quiz):
            print(one.stem, [option.text for option in one.options], one.key)  # noqa: T201
        print(score.text)  # noqa: T201
