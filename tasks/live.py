"""The steps of a live round: its lobby, a question, the result, the next, the final standing.

Each step is done once it is recorded as done, as with an attempt: handlers and docket call the same function, which
looks at the record, does what is due by the clock of Redis, and sends what was not sent. The timer of what comes next
is set before that, so that whoever is killed is followed by a task.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from delivery.failures import ChatGone, ChatMoved, Held, NotNow, Refused
from delivery.lobby import lobby_screen
from delivery.priority import Priority
from delivery.round_question import question_after_result, round_poll, round_question_screen
from delivery.round_result import (
    Closed,
    Score,
    end_screens,
    pause_screen,
    result_html,
    short_result_html,
    why_it_ended,
)
from delivery.screen import Screen
from quiz.attempt import PlannedQuestion
from quiz.identity import derived_id
from quiz.question import Question
from quiz.round import (
    END,
    Ending,
    Mode,
    Round,
    RoundState,
    question_step,
    result_step,
)
from quiz.round_score import Standing
from storage.groups import Groups
from storage.quizzes import Quizzes
from storage.rounds import RoundOutcome, RoundReply, Rounds
from storage.sending import Pace
from tasks.say import Voice
from tasks.soon import Soon

log = structlog.stdlib.get_logger(__name__)

CLAIM_SECONDS = 5.0
BEHIND_SECONDS = 1.0
"""So long after a handler has begun something, a task looks whether it is done."""
MS = 1000
UNSENT = 0
"""Recorded in place of the id of a message that Telegram refuses for what it says."""


@dataclass(frozen=True, slots=True)
class Live:
    """What the steps of a round need: the rounds, their groups and questions, somebody to send, and how fast."""

    rounds: Rounds
    groups: Groups
    quizzes: Quizzes
    voice: Voice
    soon: Soon
    pace: Pace


async def look_later(live: Live, round_id: str, cause: str) -> None:
    """Have a task look after a round a moment from now: whoever is about to change it may be killed."""
    await live.soon.go_on(round_id, derived_id("behind", cause), BEHIND_SECONDS)


async def go_on_or_later(live: Live, round_id: str, owner: str) -> None:
    """Go on now; what cannot be done now becomes a `soon` task before this returns."""
    try:
        await go_on(live, round_id, owner)
    except NotNow as error:
        await live.soon.go_on(round_id, owner, error.seconds)


async def go_on(live: Live, round_id: str, owner: str) -> Round | None:
    """Do whatever is due and not recorded as done; the round as it stands then, None when nothing more comes of it.

    `owner` is whoever holds the claim on the next step. Raises NotNow when something could not be done yet.
    """
    while True:
        reply = await live.rounds.touch(round_id, owner)
        one = reply.round
        if one is None:
            return None
        if reply.outcome is RoundOutcome.TAKEN_BY_OTHER:
            raise NotNow(CLAIM_SECONDS)
        # In a lobby the time changes without anything being sent.
        if reply.outcome is RoundOutcome.YOURS or one.state is RoundState.LOBBY:
            await _set_timer(live, one, reply.now)
        if reply.outcome is RoundOutcome.DONE:
            if not one.is_over:
                return one
            await live.groups.release(one.group, one.id)
            return None
        try:
            await _take_step(live, one, reply.now)
        except ChatMoved as moved:
            await _move(live, one, moved.chat)
        except ChatGone as gone:
            await _end(live, one, gone)


async def _set_timer(live: Live, one: Round, now: int) -> None:
    """Have a task look after the round when the next thing is due, or could be at the earliest."""
    if one.is_over:
        return
    wait = one.settings.pause * MS
    if one.due is not None:
        wait = one.due - now
    elif one.state is RoundState.ASKING:
        wait = one.seconds(one.position) * MS
    await live.soon.time_round(one.id, one.turn, max(0, wait) / MS)


async def _take_step(live: Live, one: Round, now: int) -> None:
    try:
        sent = await _send(live, one, now)
    except Refused:
        # The round must go on; the next try would be refused in the same way.
        log.exception("a message of a round was refused", round=one.id, step=one.step)
        sent = {one.step: UNSENT}
    except Held as error:
        if one.state is RoundState.BETWEEN and error.seconds > one.settings.pause:
            await live.rounds.leave_result(one.id, one.position)
            return
        raise
    await live.rounds.record(one.id, sent)


async def _send(live: Live, one: Round, now: int) -> dict[str, int]:
    """Send what the present state asks for; the steps that are done by that, with their messages."""
    match one.state:
        case RoundState.LOBBY:
            return {one.step: await _say(live, one, lobby_screen(one, now))}
        case RoundState.ASKING:
            return await _ask(live, one)
        case RoundState.BETWEEN:
            await _stop_poll(live, one)
            closed = await _closed(live, one, one.position)
            html = result_html(one, closed, await score_of(live, one))
            return {one.step: await _say(live, one, Screen(html))}
        case RoundState.PAUSED:
            await _stop_poll(live, one)
            return {one.step: await _say(live, one, pause_screen(one))}
        case RoundState.DONE | RoundState.STOPPED:
            await _stop_poll(live, one)
            unshown = [await _closed(live, one, position) for position in one.unshown]
            screens = end_screens(one, unshown, await score_of(live, one))
            sender = live.voice.sender
            message = await sender.send_all(one.chat_id, screens, Priority.QUESTION, one.thread)
            return {END: message} | {result_step(position): message for position in one.unshown}


async def _ask(live: Live, one: Round) -> dict[str, int]:
    questions = await questions_of(live, one)
    question = questions[_planned(one, one.position).question_id]
    poll = round_poll(one, question) if one.settings.mode is Mode.POLLS else None
    closed = await _closed(live, one, one.unshown[-1]) if one.unshown else None
    priority = Priority.QUESTION
    if poll is None:
        screen = round_question_screen(one, question)
        if closed is not None:
            screen = question_after_result(one, question, closed, await score_of(live, one))
        message = await _say(live, one, screen)
    else:
        if closed is not None:
            await _say(live, one, Screen(short_result_html(one, closed, await score_of(live, one))))
            priority = Priority.REST
        message, poll_id = await live.voice.sender.send_poll(one.chat_id, poll, priority, one.thread)
        await live.rounds.ask_by_poll(poll_id, one.id, one.position)
    return {**{result_step(position): UNSENT for position in one.unshown}, one.step: message}


async def _say(live: Live, one: Round, screen: Screen) -> int:
    return await live.voice.sender.send(one.chat_id, screen, Priority.QUESTION, one.thread)


async def _stop_poll(live: Live, one: Round) -> None:
    """Close the poll of a question that was closed, or left, before its time."""
    message = one.messages.get(question_step(one.position))
    opened, closed = one.opened.get(one.position), one.closed.get(one.position)
    if one.settings.mode is not Mode.POLLS or not message or opened is None:
        return
    if closed is None or closed < opened + one.seconds(one.position) * MS:
        await live.voice.sender.stop_poll(one.chat_id, message)


async def _closed(live: Live, one: Round, position: int) -> Closed:
    questions = await questions_of(live, one)
    answers = await live.rounds.answers(one.id, position)
    return Closed(position, questions[_planned(one, position).question_id], answers)


async def score_of(live: Live, one: Round) -> Score:
    """Where everybody stands after the questions that are closed."""
    names = await live.rounds.names(one.id)
    standing = Standing.of(range(1, one.players + 1))
    # One question after the other, so that the event loop breathes between those of a thousand players.
    for position in sorted(one.closed):
        standing.add(one, position, await live.rounds.answers(one.id, position))
    return Score(standing.places(), names)


async def questions_of(live: Live, one: Round) -> Mapping[str, Question]:
    """The questions of a round by their ids."""
    needed = [question.planned.question_id for question in one.plan]
    return await live.quizzes.questions(one.quiz, one.version, needed)


def _planned(one: Round, position: int) -> PlannedQuestion:
    return one.plan[position].planned


async def _move(live: Live, one: Round, chat: int) -> None:
    """The group has become a supergroup: everything goes on there."""
    log.info("a group has moved", round=one.id)
    await live.groups.migrate(one.chat_id, chat)
    await live.rounds.move(one.id, chat)


async def _end(live: Live, one: Round, gone: ChatGone) -> None:
    """Nothing can be said in the group any more: the round ends, and who began it is told why."""
    reason = str(gone).lower()
    ending = Ending.REMOVED
    if "topic" in reason or "thread" in reason:
        ending = Ending.TOPIC
    elif "right" in reason or "write" in reason:
        ending = Ending.SILENCED
    log.info("a round ends: its chat is gone", round=one.id, ending=ending)
    reply = await live.rounds.end(one.id, ending)
    await tell_leader(live, reply)


async def tell_leader(live: Live, reply: RoundReply) -> None:
    """Tell in private who began a round why it ended, where no word in the group could."""
    one = reply.round
    if one is None or not one.owner:
        return
    group = await live.groups.load(one.group)
    screen = why_it_ended(one, group.title if group else "")
    if screen is not None:
        await live.voice.say(one.owner, screen)
