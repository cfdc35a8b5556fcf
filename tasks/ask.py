"""The steps of a quiz: show what was right, ask the next question, send the score.

Each step is done once it is recorded as done. Handlers and docket call the same functions; whoever finds a step
undone takes it, under a claim that lasts 5 s so that two of them do not send the same question at the same time.
A message sent but not recorded (the process was killed in between) is sent again: a repeat is harmless, since
its buttons name the question and an answer counts once.
"""

from collections.abc import Mapping
from contextlib import suppress

import structlog

from delivery.failures import ChatGone, MessageGone, NotNow, Refused
from delivery.priority import Priority
from delivery.progress import Progress, waiting_screen
from delivery.question import asked_screen, verdict_screen
from delivery.score import score_screens
from delivery.screen import Screen
from delivery.sender import Sender
from quiz.attempt import Attempt, State
from quiz.question import Question
from storage.attempts import SCORE, Reply, verdict_step, waiting_step
from tasks.pooling import take_from_pool
from tasks.soon import Soon
from tasks.stage import Stage

log = structlog.stdlib.get_logger(__name__)

CLAIM_SECONDS = 5.0
GONE = 0
"""Recorded in place of a message's id once it was taken away."""


async def catch_up(stage: Stage, user: int, attempt: Attempt, owner: str) -> None:
    """Do whatever is not recorded as done: verdicts first, then the open question or the score.

    An attempt that waits for its next question takes it from the pool of its topic; what is missing then is written,
    if nobody is at it, and whoever waits is told so.
    `owner` is whoever holds the claim on the next step. Raises NotNow when something could not be done yet
    (what was done is recorded all the same), and ChatGone.
    """
    waited = attempt.is_waiting
    if waited:
        taken = await take_from_pool(stage, user, attempt, owner, at_once=True)
        attempt = taken.attempt if taken and taken.attempt else attempt
    if waited and attempt.writing is not None and attempt.writing.is_open:
        await stage.long.write(attempt.id)
    if attempt.pool and attempt.state is not State.OPEN and attempt.score_message is None:
        await stage.soon.count(attempt.id, 0)
    recorded = await _catch_up_once(stage, user, attempt, owner)
    after = recorded.attempt if attempt.is_waiting and recorded is not None else None
    if after is not None and not after.is_waiting:
        # The question came while the student was told to wait for it.
        reply = await stage.attempts.touch(user, attempt.id, owner=owner)
        if reply.attempt is not None:
            await _catch_up_once(stage, user, reply.attempt, owner)


async def _catch_up_once(stage: Stage, user: int, attempt: Attempt, owner: str) -> Reply | None:
    """As above; what became of the record of what was done, None where nothing was."""
    questions = await stage.quizzes.questions_of(attempt)
    done: dict[str, int] = {}
    try:
        for position in attempt.unjudged():
            try:
                message = await show_verdict(stage.sender, attempt, position, questions)
            except Refused:
                # Shown or not, the quiz must go on; the next touch would be refused in the same way.
                log.exception("a verdict was refused", attempt=attempt.id, position=position)
                message = attempt.answers[position].message_id
            done[verdict_step(position)] = message
        await ensure_asked(stage.sender, attempt, questions, owner, done)
        await _take_placeholders_away(stage.sender, attempt, done)
    finally:
        recorded = await stage.attempts.record(user, attempt.id, done) if done else None
    return recorded


async def catch_up_or_later(stage: Stage, soon: Soon, user: int, reply: Reply, owner: str) -> None:
    """Catch up now; what cannot be done now becomes a `soon` task before this returns."""
    if reply.attempt is None:
        return
    try:
        await catch_up(stage, user, reply.attempt, owner)
    except NotNow as error:
        await soon.catch_up(reply.attempt.id, reply.attempt.position, owner, error.seconds)
    except ChatGone:
        log.info("the chat is gone", attempt=reply.attempt.id)


async def show_verdict(sender: Sender, attempt: Attempt, position: int, questions: Mapping[str, Question]) -> int:
    """Make the message that was pressed show what was right; in a new message when that one is gone."""
    screen = verdict_screen(attempt, position, questions[attempt.plan[position].question_id])
    message = attempt.answers[position].message_id
    try:
        await sender.edit(attempt.chat_id, message, screen, Priority.QUESTION)
    except MessageGone:
        return await sender.send(attempt.chat_id, screen, Priority.REST)
    return message


async def redraw(stage: Stage, attempt: Attempt, position: int, message: int) -> None:
    """Make a message that asks a question show how things stand: the options switched on, or what was right.

    Raises NotNow, ChatGone and MessageGone.
    """
    questions = await stage.quizzes.questions_of(attempt)
    if position in attempt.answers:
        shown = verdict_screen(attempt, position, questions[attempt.plan[position].question_id])
    else:
        shown = asked_screen(attempt, position, questions)
    await stage.sender.edit(attempt.chat_id, message, shown, Priority.QUESTION)


async def ensure_asked(
    sender: Sender, attempt: Attempt, questions: Mapping[str, Question], owner: str, done: dict[str, int]
) -> None:
    """Ask the question that is open, say that it is on its way, or send the score, unless that is recorded.

    Puts the id of the message into `done`. Raises NotNow when somebody else holds the claim.
    """
    current, position = attempt.current, attempt.position
    step = str(position) if attempt.state is State.OPEN else SCORE
    if _is_done(attempt):
        return
    if attempt.claims.get(step) != owner:
        raise NotNow(CLAIM_SECONDS)
    if attempt.is_waiting:
        screen = waiting_screen(attempt, Progress(ready=len(attempt.plan)))
        done[waiting_step(position)] = await sender.send(attempt.chat_id, screen, Priority.QUESTION)
    elif current is None:
        closed = await close_question(sender, attempt, questions)
        priority = Priority.REST if closed else Priority.RESULT
        done[step] = await sender.send_all(attempt.chat_id, score_screens(attempt, questions), priority)
    else:
        screen = asked_screen(attempt, position, questions)
        done[step] = await sender.send(attempt.chat_id, screen, Priority.QUESTION)


def _is_done(attempt: Attempt) -> bool:
    if attempt.state is not State.OPEN:
        return attempt.score_message is not None
    if attempt.is_waiting:
        return attempt.position in attempt.placeholders
    return attempt.position in attempt.asked


async def _take_placeholders_away(sender: Sender, attempt: Attempt, done: dict[str, int]) -> None:
    """What said that a question was on its way, or is an older copy of it, goes once that or the score is there."""
    for position, message in attempt.placeholders.items():
        if not (attempt.is_waiting and position == attempt.position):
            await sender.delete(attempt.chat_id, message)
            done[waiting_step(position)] = GONE


async def close_question(sender: Sender, attempt: Attempt, questions: Mapping[str, Question]) -> bool:
    """Take the buttons from the question at which an attempt was stopped; whether Telegram was asked to."""
    if attempt.state is not State.STOPPED or attempt.position not in attempt.asked:
        return False
    html = asked_screen(attempt, attempt.position, questions).html
    with suppress(MessageGone):
        await sender.edit(attempt.chat_id, attempt.asked[attempt.position], Screen(html))
    return True
