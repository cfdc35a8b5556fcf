"""Whatever a model does, a student sees no unchecked question and no dead chat, but an honest word."""

import asyncio

import pytest

from simulator.client import Message
from storage.attempts import Attempts
from storage.budgets import Budgets, Limits
from storage.connection import Storage
from storage.deadletters import DeadLetters
from storage.tallies import Tallies
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.generation.scripted_server import Reply, ScriptedServer, answer, error, text
from tests.generation.written import STEMS, line, lines
from tests.student import Student
from tests.writing.test_playing_while_it_is_written import asks_for_a_quiz, line_of, was_taken_away

NOTHING = "I could not write a quiz on"
NO_HELP = ("not set up correctly", "did not want to write")
"""Where the same would come of another try."""
WRONG = text(line(STEMS[0], right=[1]))


async def told(student: Student, words: str) -> Message:
    """The message that says so, as soon as it is there."""
    return await student.until(lambda: line_of(student, words), words)


@pytest.mark.parametrize(
    ("replies", "words"),
    [
        pytest.param([error(401)], "not set up correctly", id="401"),
        pytest.param([error(429, headers={"retry-after": "1"})] * 3, "is too busy", id="429"),
        pytest.param([error(500)] * 3, "is having problems", id="500"),
        pytest.param([text("I am sorry, I cannot help with that.")] * 3, "did not want to write", id="refusal"),
        pytest.param([text("lorem { ipsum ] " * 500)] * 3, "could not be used", id="garbage"),
        pytest.param([WRONG] * 3, "No question passed the checks", id="wrong key"),
    ],
)
async def test_a_quiz_that_cannot_be_written_is_an_honest_word(
    bot: BotProcess,
    provider: ScriptedServer,
    classroom: Classroom,
    storage: Storage,
    replies: list[Reply],
    words: str,
) -> None:
    """The student reads why, in place of the progress, and another topic begins at once."""
    del bot
    provider.writes = list(replies)
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage)
    message = await told(ann, NOTHING)
    assert words in message.text
    retry = ["🔁 Try again"] if words not in NO_HELP else []
    assert [button.text for button in message.buttons] == [*retry, "💡 Another topic"]
    await ann.until(lambda: was_taken_away(ann, "Writing your quiz"), "the progress to go")
    await ann.say("photosynthesis")
    await ann.question()
    assert await DeadLetters(storage).count() == 0


async def test_a_quiz_that_could_not_be_written_is_tried_again_by_a_button(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Once, however often the button is pressed; the topic need not be typed again."""
    del bot
    provider.writes = [error(500), error(500), error(500), text(*lines(1))]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage, count=1)
    message = await told(ann, NOTHING)
    await ann.simulator.press(ann.id, message, button="🔁 Try again")
    await ann.simulator.press(ann.id, message, button="🔁 Try again")
    await ann.finish((await ann.question()).attempt, 1)
    assert len(provider.writers_prompts) == 4


async def test_a_question_that_the_solver_answers_otherwise_is_never_seen(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """There are fewer questions then, and the score says so."""
    del bot
    provider.writes = [text(line(STEMS[0]), line(STEMS[1], right=[1])), text(), text()]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage, count=2)
    question = await ann.question()
    assert STEMS[0] in question.message.text
    await ann.answer(question)
    score, _right, total = await ann.score(question.attempt)
    assert total == 1
    assert "Questions written: 1 of 2" in score.text
    events = await ann.simulator.events()
    assert STEMS[1] not in str([event.message for event in events])
    (prompt, version, model, counts) = (await Tallies(storage).all())[0]
    assert (prompt, version, model) == ("writer", 1, "openai:scripted")
    assert counts == {"drafted": 2, "accepted": 1, "solver": 1}


async def test_a_solver_that_is_down_lets_no_question_through(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Unchecked is unseen."""
    del bot
    provider.writes = [text(*lines(3))]
    provider.solves = lambda _received: error(500)
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage)
    await told(ann, NOTHING)
    assert ann.open_question() is None


async def test_a_used_up_budget_is_said_before_anything_is_written(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """With the hour at which it starts afresh."""
    del bot
    ann = await classroom.join()
    budgets = Budgets(storage, Limits(300_000, 300_000, 300_000))
    await budgets.take(await budgets.account(ann.id, ann.id, "earlier"), 290_000, 5_000, 0)
    await asks_for_a_quiz(ann, storage)
    assert "00:00 UTC" in (await told(ann, NOTHING)).text
    assert provider.received == []


async def test_what_was_taken_is_entered_and_the_rest_given_back(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Tokens as the provider counts them; the price of a model that is in no table is called unknown."""
    del bot
    provider.writes = [text(*lines(2))]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage, count=2)
    await ann.finish((await ann.question()).attempt, 2)
    taken = 1000 + 2 * 300 + 200 + 2 * 20
    budgets = Budgets(storage, Limits(10_000, 0, 10_000))
    account = await budgets.account(ann.id, ann.id, "another")
    async with asyncio.timeout(20):  # what a call took is said at its end, after the last question
        while not await budgets.reserve(account, 10_000 - taken):  # noqa: ASYNC110 - Redis rings no bell
            await asyncio.sleep(0.05)
    use = await budgets.use_of_user(ann.id, account.day)
    assert (use.input_tokens, use.output_tokens) == (1000 + 2 * 300, 200 + 2 * 20)
    assert use.unpriced_tokens == use.input_tokens + use.output_tokens
    assert use.microdollars == 0


@pytest.mark.parametrize("model", ["openai:gpt-5-mini"])
async def test_money_is_entered_by_quiz_by_person_and_for_the_day(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """By the price table: 0.25 dollars for a million tokens in, 2 for a million out."""
    del bot
    provider.writes = [text(*lines(2))]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage, count=2)
    attempt_id = (await ann.question()).attempt
    await ann.finish(attempt_id, 2)
    microdollars = 1000 // 4 + 200 * 2 + 2 * (300 // 4 + 20 * 2)
    budgets = Budgets(storage, Limits(0, 0, 0))
    attempt = await Attempts(storage).load(ann.id, attempt_id)
    assert attempt is not None
    day = (await budgets.account(ann.id, ann.id, "another")).day
    async with asyncio.timeout(20):
        while (await budgets.use_of_quiz(attempt.quiz)).microdollars < microdollars:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.05)
    uses = await budgets.use_of_user(ann.id, day), await budgets.use_of_all(day)
    assert [(use.microdollars, use.unpriced_tokens) for use in uses] == [(microdollars, 0)] * 2


async def test_a_topic_that_asks_for_harm_is_refused_without_asking_a_model(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """A word, and nothing else."""
    del bot
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage, "how to build a pipe bomb at home")
    await told(ann, "I do not write quizzes on this topic")
    assert provider.received == []


async def test_a_quiz_is_written_in_the_language_that_is_asked_for(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """German on demand; what comes in English instead is dropped."""
    del bot
    german = line(
        "Welcher Planet hat im Durchschnitt die höchste Temperatur?",
        ["Die Venus", "Der Merkur", "Der Mars", "Der Jupiter"],
        explanation="Die dichte Atmosphäre der Venus hält die Wärme fest.",
    )
    provider.writes = [text(line(STEMS[0]), german)]
    provider.solves = lambda received: answer(
        letter for letter, option in received.between("options").items() if option in {"Die Venus", "Venus"}
    )
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage, "Gasriesen auf Deutsch", count=1)
    question = await ann.question()
    assert "Welcher Planet" in question.message.text
    assert question.message.text.startswith("1/1 · Gasriesen")
    assert "German" in provider.writers_prompts[0]


async def test_a_topic_that_the_provider_moderates_is_refused_before_a_word_is_written(
    bot: BotProcess, provider: ScriptedServer, classroom: Classroom, storage: Storage
) -> None:
    """Where the provider has such an address; elsewhere the rules alone decide."""
    del bot
    provider.flags = ["gruesome"]
    provider.writes = [text(*lines(1))]
    ann = await classroom.join()
    await asks_for_a_quiz(ann, storage, "Gruesome giants", count=1)
    assert "did not want to write" in (await told(ann, NOTHING)).text
    assert provider.writers_prompts == []
