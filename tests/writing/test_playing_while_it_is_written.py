"""A student plays a quiz while a model writes it."""

import asyncio

from quiz.question import Checked
from simulator.client import Message, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.people import People, Settings
from storage.quizzes import Quizzes
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.generation.scripted_server import Hang, ScriptedServer, text
from tests.generation.written import STEMS, line, lines
from tests.student import Student, check_kept

ON_ITS_WAY = "The next question is on its way"
WRITING = "Writing your quiz on"


async def asks_for_a_quiz(student: Student, storage: Storage, topic: str = "Gas giants", count: int = 3) -> None:
    """A student who wants so many questions names a topic that there is no deck for."""
    await People(storage).save_settings(student.id, Settings(count=count))
    await student.say(topic)


def line_of(student: Student, words: str) -> Message | None:
    """The message of the bot that says so and is there."""
    return next((one for one in student.shown() if words in one.text), None)


def was_taken_away(student: Student, words: str) -> bool | None:
    """Whether a message that said so is gone; on a slow machine there may be a second one, of a send said to fail."""
    return any(words in one.text and one.deleted for one in student.messages.values()) or None


async def test_the_first_question_is_played_while_the_others_are_written(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Whoever is faster than the writer is told that the next one is on its way, and gets it by themselves."""
    del bot
    rest = asyncio.Event()
    provider.writes = [text(line(STEMS[0]), rest, *lines(2, begin=1))]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage)
    await ann.until(lambda: line_of(ann, WRITING), "the progress")

    first = await ann.question()
    assert STEMS[0] in first.message.text
    assert first.message.text.startswith("1/3 · Gas giants")
    await ann.until(lambda: was_taken_away(ann, WRITING), "the progress to go")
    await ann.answer(first)
    waiting = await ann.until(lambda: line_of(ann, ON_ITS_WAY), "a word")
    assert [button.text for button in waiting.buttons] == ["⏹ Stop"]
    await ann.say("B")
    said = await ann.until(lambda: line_of(ann, "There is nothing to answer yet"), "that there is nothing to answer")
    assert [button.text for button in said.buttons] == ["⏹ Stop"]
    assert ann.open_question() is None

    rest.set()
    right = await ann.finish(first.attempt, 3)
    await ann.until(lambda: was_taken_away(ann, ON_ITS_WAY), "the word to go")
    attempt = await Attempts(storage).load(ann.id, first.attempt)
    assert attempt is not None
    check_kept(ann, attempt)
    assert right == sum(attempt.is_right(position) for position in range(3))
    questions = await Quizzes(storage).questions_of(attempt)
    assert {one.stem for one in questions.values()} == set(STEMS[:3])
    assert {one.checked for one in questions.values()} == {Checked.SOLVER}
    assert all(one.origin and one.origin.model == "openai:scripted" for one in questions.values())


async def test_a_stop_ends_the_calls_of_the_model_at_once_and_the_quiz_can_be_gone_on_with(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """What was accepted before is kept, is not written again, and the rest is."""
    del bot
    provider.writes = [text(line(STEMS[0]), Hang()), text(*lines(2, begin=1))]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage)
    first = await ann.question()
    await ann.say("/stop")
    await provider.somebody_left()
    ended, right, total = await ann.score(first.attempt)
    assert (right, total) == (0, 0)
    ann.messages.clear()  # the score of the stop is not looked at again

    await ann.simulator.press(ann.id, ended, button="▶️ Go on from here")
    right = await ann.finish(first.attempt, 3)
    attempt = await Attempts(storage).load(ann.id, first.attempt)
    assert attempt is not None
    assert set(attempt.answers) == {0, 1, 2}
    assert right == sum(attempt.is_right(position) for position in attempt.answers)
    assert STEMS[0] in provider.writers_prompts[1], "the writer is told what there is"
    assert len(provider.writers_prompts) == 2


async def test_a_killed_bot_goes_on_with_what_was_accepted(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage, simulator: Simulator
) -> None:
    """Nothing is asked twice; what was accepted and not yet asked is neither lost nor taken a second time."""
    del simulator
    provider.writes = [text(*lines(2), Hang()), text(line(STEMS[1]), line(STEMS[2]))]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage)
    first = await ann.question()
    await ann.acknowledged()
    attempt = await Attempts(storage).load(ann.id, first.attempt)
    assert attempt is not None
    async with asyncio.timeout(20):
        while len(await Quizzes(storage).written(attempt.quiz)) < 2:  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.02)
    await bot.restart()
    await ann.finish(first.attempt, 3)
    assert ann.copies(first.attempt, 0) == 1
    assert all(stem in provider.writers_prompts[1] for stem in STEMS[:2])
    assert "Write 2 questions" in provider.writers_prompts[1], "one, and a quarter more"
    # They are accepted in the order in which the solver is done with them.
    assert {one.stem for one in await Quizzes(storage).written(attempt.quiz)} == set(STEMS[:3])


async def test_a_bot_told_to_end_leaves_the_rest_to_the_next(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage, simulator: Simulator
) -> None:
    """SIGTERM does not wait for a model, and loses nothing that was accepted."""
    del simulator
    provider.writes = [text(line(STEMS[0]), Hang()), text(*lines(2, begin=1))]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage)
    first = await ann.question()
    await ann.acknowledged()
    await bot.stop()
    await provider.somebody_left()
    bot.start()
    await ann.finish(first.attempt, 3)
    assert ann.copies(first.attempt, 0) == 1
    assert STEMS[0] in provider.writers_prompts[1]


async def test_what_a_student_was_asked_before_does_not_come_again(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """The writer is told of it, and what it writes again all the same is dropped."""
    del bot
    provider.writes = [text(*lines(2)), text(line(STEMS[1]), line(STEMS[2])), text()]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage, count=2)
    await ann.finish((await ann.question()).attempt, 2)
    await asks_for_a_quiz(ann, storage, "Other giants", count=1)
    question = await ann.question()
    assert STEMS[2] in question.message.text
    assert STEMS[0] in provider.writers_prompts[1]
