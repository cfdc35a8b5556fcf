"""A lesson in which every task comes to be: something could not be said, asked or redrawn at once, a quiz is written.

Every screen of a quiz is shown in it.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from delivery.buttons import Choose, Resume, Submit
from quiz.question import Level
from simulator.client import Fault, Simulator
from storage.connection import Storage
from storage.people import People, Settings
from tests.bot_process import BotProcess, Change
from tests.classroom import Classroom
from tests.conftest import start_bot
from tests.generation.scripted_server import ScriptedServer, knows, text
from tests.generation.written import GPT, KNOWN, lines
from tests.student import Student

LENGTH = 4
"""Questions of the deck that is played: of the level UNDERSTANDING it has so many, one with several right answers."""
TOPIC = "Gas giants"


@asynccontextmanager
async def bot_with_a_model(simulator: Simulator, change: Change) -> AsyncGenerator[BotProcess]:
    """A bot, changed before it runs, whose model writes three questions on a topic without a deck."""
    async with ScriptedServer.running() as provider:
        provider.solves = knows(KNOWN)
        provider.writes = [text(*lines(3))]
        settings = {"QUIZBOT_MODEL": GPT, "OPENAI_API_KEY": "sk-of-nobody", "OPENAI_BASE_URL": f"{provider.url}/v1"}
        async with start_bot(simulator, settings, change) as bot:
            yield bot


async def play(simulator: Simulator, classroom: Classroom, storage: Storage) -> Student:
    """Somebody plays a deck, stops and goes on, and plays a quiz that is written for them."""
    ann = await classroom.join()
    await simulator.add_faults(_refused("sendMessage", ann))
    await ann.say("/help")
    await ann.until(lambda: ann.shown() or None, "the help")
    await ann.say("/settings")
    await People(storage).save_settings(ann.id, Settings(count=LENGTH, level=Level.UNDERSTANDING))
    await ann.say("photosynthesis")
    attempt = (await ann.question()).attempt
    await ann.say("/stop")
    ended, _right, _total = await ann.score(attempt)
    ann.messages.clear()  # the score of the stop is not looked at again
    await ann.press(ended, Resume(attempt))
    await _choose_several(simulator, ann)
    await ann.finish(attempt, LENGTH)

    await People(storage).save_settings(ann.id, Settings(count=3))
    await ann.say(TOPIC)
    question = await ann.question()
    await simulator.add_faults(_refused("sendMessage", ann))
    await ann.press(question.message, Choose(*question.place, question.places[0]))
    ann.over.add(question.place)
    await ann.finish(question.attempt, 3)
    return ann


def _refused(method: str, student: Student) -> Fault:
    return Fault(method, "429", chat_id=student.id, retry_after=1, times=1)


async def _choose_several(simulator: Simulator, ann: Student) -> None:
    """Come to the question with several right answers, whose message cannot show at once what was ticked."""
    while not (question := await ann.question()).switches:
        await ann.answer(question)
    await simulator.add_faults(_refused("editMessageText", ann))
    edits = ann.messages[question.message.message_id].edits
    await ann.press(question.message, question.switches[0])
    await ann.until(lambda: ann.messages[question.message.message_id].edits > edits or None, "the box ticked")
    await ann.press(question.message, Submit(*question.place, ann.latest(question).shown or ""))
    ann.over.add(question.place)
