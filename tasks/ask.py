"""The steps of a quiz: show what was right, ask the next question, send the score.

Each step is done once it is recorded as done. Handlers and docket call the same functions; whoever finds a step
undone takes it, under a claim that lasts 5 s so that two of them do not send the same question at the same time.
A message sent but not recorded (the process was killed in between) is sent again: a repeat is harmless, since
its buttons name the question and an answer counts once.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import structlog

from delivery.question import question_screen, verdict_screen
from delivery.score import score_screens
from delivery.sender import ChatGone, MessageGone, NotNow, Refused, Screen, Sender
from quiz.attempt import Attempt, State
from quiz.question import Question
from storage.attempts import SCORE, Attempts, Reply, verdict_step
from storage.quizzes import Quizzes
from tasks.soon import Soon

log = structlog.stdlib.get_logger(__name__)

CLAIM_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Stage:
    """What the steps of a quiz need: the attempts, their questions, and somebody to send."""

    attempts: Attempts
    quizzes: Quizzes
    sender: Sender


async def catch_up(stage: Stage, user: int, attempt: Attempt, owner: str) -> None:
    """Do whatever is not recorded as done: verdicts first, then the open question or the score.

    `owner` is whoever holds the claim on the next step. Raises NotNow when something could not be done yet
    (what was done is recorded all the same), and ChatGone.
    """
    questions = await stage.quizzes.questions(attempt.quiz, attempt.version)
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
    finally:
        if done:
            await stage.attempts.record(user, attempt.id, done)


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
        await sender.edit(attempt.chat_id, message, screen)
    except MessageGone:
        return await sender.send(attempt.chat_id, screen)
    return message


async def ensure_asked(
    sender: Sender, attempt: Attempt, questions: Mapping[str, Question], owner: str, done: dict[str, int]
) -> None:
    """Ask the question that is open, or send the score of an attempt that has ended, unless that is recorded.

    Puts the id of the message into `done`. Raises NotNow when somebody else holds the claim.
    """
    current = attempt.current
    step = SCORE if current is None else str(attempt.position)
    if (attempt.score_message is not None) if current is None else (attempt.position in attempt.asked):
        return
    if attempt.claims.get(step) != owner:
        raise NotNow(CLAIM_SECONDS)
    if current is None:
        await _close_question(sender, attempt, questions)
        done[step] = await sender.send_all(attempt.chat_id, score_screens(attempt, questions))
    else:
        screen = question_screen(attempt, attempt.position, questions[current.question_id])
        done[step] = await sender.send(attempt.chat_id, screen)


async def _close_question(sender: Sender, attempt: Attempt, questions: Mapping[str, Question]) -> None:
    """Take the buttons from the question at which an attempt was stopped."""
    if attempt.state is not State.STOPPED or attempt.position not in attempt.asked:
        return
    question = questions[attempt.plan[attempt.position].question_id]
    html = question_screen(attempt, attempt.position, question).html
    with suppress(MessageGone):
        await sender.edit(attempt.chat_id, attempt.asked[attempt.position], Screen(html))
