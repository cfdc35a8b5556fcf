"""Killed anywhere in the handling of one update, the bot finishes it by itself once it runs again."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from delivery.buttons import Again, Choose, Replace, Resume, Skip, Stop, Submit, button_of
from quiz.attempt import Attempt, State
from quiz.question import Level
from quiz.scoring import score
from simulator.client import Event, Fault, Message, Pressed, Simulator
from storage.attempts import Attempts
from storage.connection import Storage
from storage.people import People, Settings
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.student import VERDICTS, WITHIN, Question, Student, check_kept

MOMENTS = {
    "before the script": None,
    "before the toast": Fault("answerCallbackQuery", "hang", "before"),
    "after the toast": Fault("answerCallbackQuery", "hang", "after"),
    "before the edit": Fault("editMessageText", "hang", "before"),
    "after the edit": Fault("editMessageText", "hang", "after"),
    "before the next message": Fault("sendMessage", "hang", "before"),
    "after the next message": Fault("sendMessage", "hang", "after"),
    "before the acknowledgement": Fault("getUpdates", "hang", "before"),
}


@dataclass
class Act:
    """What a student did, and what shall come of it."""

    pressed: Pressed | None
    attempt: str | None
    """The attempt it is about; None: the one that it begins."""
    answers: Question | None = None
    redraws: Message | None = None
    asks: int | None = None
    """The position that is asked next; None where none is."""
    ends: bool = False


Scene = Callable[[Student, People], Awaitable[Callable[[], Awaitable[Act]]]]


async def begun(student: Student, people: People, count: int, level: Level | None = Level.RECALL) -> Question:
    """The first question of a quiz; those of the level RECALL take one press each."""
    await people.save_settings(student.id, Settings(count=count, level=level))
    await student.say("photosynthesis")
    question = await student.question()
    await student.acknowledged()
    return question


async def topic(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    await people.save_settings(student.id, Settings(count=2, level=Level.RECALL))

    async def act() -> Act:
        await student.say("photosynthesis")
        return Act(None, None, asks=0)

    return act


async def choice(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    question = await begun(student, people, count=3)

    async def act() -> Act:
        pressed = await student.press(question.message, Choose(*question.place, question.places[-1]))
        return Act(pressed, question.attempt, answers=question, redraws=question.message, asks=1)

    return act


async def last_choice(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    await begun(student, people, count=2)
    await student.answer()
    question = await student.question()
    await student.acknowledged()

    async def act() -> Act:
        pressed = await student.press(question.message, Choose(*question.place, question.places[0]))
        return Act(pressed, question.attempt, answers=question, redraws=question.message, ends=True)

    return act


async def skip(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    question = await begun(student, people, count=2)

    async def act() -> Act:
        pressed = await student.press(question.message, Skip(*question.place))
        return Act(pressed, question.attempt, answers=question, redraws=question.message, asks=1)

    return act


async def several(student: Student, people: People) -> Question:
    """A question with several right answers, the only one of its level, which is the last here at the latest."""
    question = await begun(student, people, count=4, level=Level.UNDERSTANDING)
    while question.shown is None:
        await student.press(question.message, Skip(*question.place))
        student.over.add(question.place)
        question = await student.question()
    await student.acknowledged()
    return question


async def switch(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    question = await several(student, people)

    async def act() -> Act:
        pressed = await student.press(question.message, question.switches[1])
        return Act(pressed, question.attempt, redraws=question.message)

    return act


async def submit(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    question = await several(student, people)
    for one in question.switches[:2]:
        edits = student.messages[question.message.message_id].edits
        await student.press(question.message, one)
        await redrawn(student, question.message, edits)
    question = student.latest(question)
    await student.acknowledged()
    assert question.shown is not None
    data = Submit(*question.place, question.shown)
    is_last = question.position == 3

    async def act() -> Act:
        pressed = await student.press(question.message, data)
        following = None if is_last else question.position + 1
        return Act(pressed, question.attempt, question, question.message, asks=following, ends=is_last)

    return act


async def stop_button(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    question = await begun(student, people, count=2)

    async def act() -> Act:
        return Act(await student.press(question.message, Stop(question.attempt)), question.attempt, ends=True)

    return act


async def stop_command(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    question = await begun(student, people, count=2)

    async def act() -> Act:
        await student.say("/stop")
        return Act(None, question.attempt, ends=True)

    return act


async def resume(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    question = await begun(student, people, count=2)
    await student.say("/stop")
    ended, _right, _total = await student.score(question.attempt)
    await student.acknowledged()
    student.messages.clear()  # what was asked before is not looked at again

    async def act() -> Act:
        return Act(await student.press(ended, Resume(question.attempt)), question.attempt, asks=0)

    return act


async def again(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    question = await begun(student, people, count=2)
    await student.finish(question.attempt, 2)
    ended, _right, _total = await student.score(question.attempt)
    await student.acknowledged()

    async def act() -> Act:
        return Act(await student.press(ended, Again(question.attempt, mistakes=False)), None, asks=0)

    return act


async def replace(student: Student, people: People) -> Callable[[], Awaitable[Act]]:
    question = await begun(student, people, count=2)
    await student.say("solar system")

    def offered() -> tuple[Message, Replace] | None:
        buttons = [(one, button_of(each.data)) for one in student.shown() for each in one.buttons if each.data]
        return next(((one, each) for one, each in buttons if isinstance(each, Replace)), None)

    offer, button = await student.until(offered, "the offer")
    await student.acknowledged()
    student.over.add(question.place)

    async def act() -> Act:
        return Act(await student.press(offer, button), None, redraws=offer, asks=0)

    return act


SCENES: dict[str, tuple[Scene, str]] = {
    "a topic": (topic, "message"),
    "a choice": (choice, "toast edit message"),
    "the last choice": (last_choice, "toast edit message"),
    "a skip": (skip, "toast edit message"),
    "a switch": (switch, "toast edit"),
    "a submit": (submit, "toast edit message"),
    "the stop button": (stop_button, "toast message"),
    "the command stop": (stop_command, "message"),
    "a resume": (resume, "toast message"),
    "again": (again, "toast message"),
    "a replacement": (replace, "toast edit message"),
}


def moments_of(*names: str) -> pytest.MarkDecorator:
    """These scenes, each with every moment that there is in it."""
    cases = [
        pytest.param(name, moment, id=f"{name}-{moment}")
        for name in names
        for moment in MOMENTS
        if moment.rpartition(" ")[2] in f"script {SCENES[name][1]} acknowledgement"
    ]
    return pytest.mark.parametrize(("name", "moment"), cases)


@moments_of(*SCENES)
async def test_what_was_begun_is_finished_once_the_bot_runs_again(
    simulator: Simulator, bot: BotProcess, classroom: Classroom, storage: Storage, name: str, moment: str
) -> None:
    """Whatever one asks for, and wherever in doing it the bot is killed, it is done once, without asking again."""
    student, attempts = await classroom.join(), Attempts(storage)
    prepared = await SCENES[name][0](student, People(storage))
    act, known = await do_until(simulator, bot, student, attempts, prepared, moment)

    await bot.kill()
    bot.start()
    await simulator.lift_faults()
    await student.acknowledged()
    attempt_id = act.attempt or await attempts.latest(student.id)
    assert attempt_id is not None
    most = 2 if moment == "after the next message" else 1
    if act.pressed is not None:
        await student.toast(act.pressed)
    await check_answer(student, attempts, act, known)
    if act.redraws is not None:
        await redrawn(student, act.redraws, act.redraws.edits)
    if act.asks is not None:
        question = await student.question()
        assert question.place == (attempt_id, act.asks)
        assert await copies(student, lambda: student.copies(attempt_id, question.place[1]), most) == most
    if act.ends:
        await student.score(attempt_id)
        assert await copies(student, lambda: scores_shown(student, attempt_id), most) == most
    await check_end(student, attempts, attempt_id)


async def copies(student: Student, count: Callable[[], int], most: int) -> int:
    """How many copies of a message there are, once there are so many: the last may come from a task, after the rest."""
    return await student.until(lambda: found if (found := count()) >= most else None, f"{most} copies")


async def do_until(
    simulator: Simulator,
    bot: BotProcess,
    student: Student,
    attempts: Attempts,
    prepared: Callable[[], Awaitable[Act]],
    moment: str,
) -> tuple[Act, Attempt | None]:
    """Have the student act, and hold the bot at the moment; the attempt as it stands then, if that can be known."""
    after = await simulator.last_event()
    fault, latest = MOMENTS[moment], await attempts.latest(student.id)
    if fault is None:
        bot.signal_server(signal.SIGSTOP)
        act, known = await prepared(), None
        await simulator.wait_for_event(lambda event: is_delivery(event, student.update), after=after)
    else:
        await simulator.add_faults(fault)
        act = await prepared()
        await simulator.wait_for_event(lambda event: event.kind == "fault_holding", after=after)
        if moment == "before the acknowledgement":
            await until_recorded(student, attempts, act, latest)
        known = await attempts.load(student.id, act.attempt) if act.attempt else None
    return act, known


async def until_recorded(student: Student, attempts: Attempts, act: Act, before: str | None) -> None:
    """Wait until all that was sent is recorded: updates are asked for while one is still at work, too."""
    async with asyncio.timeout(WITHIN):
        while True:
            attempt_id = act.attempt or await attempts.latest(student.id)
            attempt = await attempts.load(student.id, attempt_id or "") if act.attempt or attempt_id != before else None
            if attempt is not None and is_done(attempt, act):
                return
            await asyncio.sleep(0.02)


def is_done(attempt: Attempt, act: Act) -> bool:
    """Everything that the act asks for is recorded."""
    is_asked = act.asks is None or act.asks in attempt.asked
    has_ended = not act.ends or attempt.score_message is not None
    return is_asked and has_ended and not attempt.claims and not list(attempt.unjudged())


async def check_answer(student: Student, attempts: Attempts, act: Act, known: Attempt | None) -> None:
    """However often the press was answered, it was with one verdict; what it answered is as it was taken, once."""
    if act.pressed is None:
        return
    toasts = set(student.toasts.get(act.pressed.callback_query_id, ()))
    assert len(toasts) <= 1
    assert act.attempt is None or all(toast.startswith(VERDICTS) == (act.answers is not None) for toast in toasts)
    if act.answers is None:
        return
    attempt = await attempts.load(student.id, act.answers.attempt)
    assert attempt is not None
    answer = attempt.answers[act.answers.position]
    assert answer.press == act.pressed.callback_query_id
    assert known is None or answer == known.answers[act.answers.position]
    student.over.add(act.answers.place)


async def check_end(student: Student, attempts: Attempts, attempt_id: str) -> None:
    """The student can play to the end, and the score is that of what was pressed and acknowledged."""
    attempt = await attempts.load(student.id, attempt_id)
    assert attempt is not None
    if attempt.state is State.STOPPED:
        ended, _right, _total = await student.score(attempt_id)
        student.messages.clear()
        await student.press(ended, Resume(attempt_id))
    right = await student.finish(attempt_id, len(attempt.plan))
    attempt = await attempts.load(student.id, attempt_id)
    assert attempt is not None
    assert attempt.state is State.DONE
    check_kept(student, attempt)
    assert right == score(attempt).right


async def redrawn(student: Student, message: Message, edits: int) -> None:
    """Wait until the message shows something else."""
    await student.until(lambda: student.messages[message.message_id].edits > edits or None, "the message to change")


def is_delivery(event: Event, update: int) -> bool:
    """The bot is given this update."""
    return event.kind == "update_delivered" and event.update_id == update


def scores_shown(student: Student, attempt: str) -> int:
    """How many messages show the score of an attempt."""
    return sum(is_score_of(message, attempt) for message in student.shown())


def is_score_of(message: Message, attempt: str) -> bool:
    """The message ends this attempt."""
    return any(button_of(one.data) == Again(attempt, mistakes=False) for one in message.buttons if one.data)
