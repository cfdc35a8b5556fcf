"""A round that is played: answers, votes, and what who leads it asks for."""

import asyncio
from collections.abc import Sequence

import structlog
from telegram import Update

from delivery import lobby, round_toasts
from delivery.question import label_of, needs_letters
from delivery.round_buttons import Lead, RoundAnswer
from delivery.round_result import score_screen
from handlers.context import Context, Press, Services, presser_of, say, toast
from handlers.leaders import TelegramIsSilent, caller_of, leads, round_of
from handlers.lobby import led
from quiz.attempt import LETTERS
from quiz.identity import derived_id
from quiz.round import Control
from storage.rounds import AnswerReply, Presser, RoundOutcome, leader
from tasks.live import go_on_or_later, look_later, score_of

log = structlog.stdlib.get_logger(__name__)
TURNED = {Control.NEXT, Control.GO_ON}
"""What is meant of the question or the pause under which it stands, and of no later one."""
TRIES, PAUSE_SECONDS = 6, 0.2
"""A vote may come before Telegram's answer to the poll is kept."""


async def answer(press: Press, button: RoundAnswer, services: Services) -> None:
    """An option of the open question was pressed: a toast says that it is taken, and nothing else changes."""
    presser = Presser(press.user_id, press.name, press.chat_id)
    what = f"b{button.place}"
    reply = await services.rounds.answer(button.round, presser, press=press.id, position=button.position, what=what)
    if reply.outcome is RoundOutcome.ELSEWHERE and await round_of(services, button.round, press):
        reply = await services.rounds.answer(button.round, presser, press=press.id, position=button.position, what=what)
    await toast(services, press, await _words(press, services, reply))


async def _words(press: Press, services: Services, reply: AnswerReply) -> str:
    language = reply.language
    match reply.outcome:
        case RoundOutcome.TAKEN | RoundOutcome.REPEATED:
            return round_toasts.taken(language, await _chosen(services, reply), change=reply.may_change)
        case RoundOutcome.FINAL:
            return round_toasts.final(language)
        case RoundOutcome.LATE:
            return round_toasts.late(language)
        case RoundOutcome.PAUSED:
            return round_toasts.paused(language)
        case RoundOutcome.CLOSED:
            return round_toasts.over(language)
        case _:
            return round_toasts.gone(language or (await presser_of(services, press)).language)


async def _chosen(services: Services, reply: AnswerReply) -> Sequence[str]:
    """What stands as an answer, as the message shows it."""
    options = [option for option in reply.order if option in reply.chosen]
    letters = [LETTERS[reply.order.index(option)] for option in options]
    try:
        question = (await services.quizzes.questions(reply.quiz, reply.version, [reply.question]))[reply.question]
    except KeyError:
        return letters
    return letters if needs_letters(question) else [label_of(question.option(option).text) for option in options]


async def vote(update: Update, context: Context) -> None:
    """Somebody voted in one of our polls; an anonymous administrator, of whom nobody knows who it is, does not play."""
    voted, services = update.poll_answer, context.services
    if voted is None or voted.user is None:
        return
    for _ in range(TRIES):
        asked = await services.rounds.of_poll(voted.poll_id)
        if asked is not None:
            break
        await asyncio.sleep(PAUSE_SECONDS)
    else:
        log.warning("a vote in a poll that is not known")
        return
    round_id, position = asked
    presser = Presser(voted.user.id, voted.user.full_name, None)
    what = "p" + ",".join(map(str, voted.option_ids))
    reply = await services.rounds.answer(round_id, presser, press=f"v{update.update_id}", position=position, what=what)
    log.info("a vote", round=round_id, outcome=reply.outcome)


async def lead(press: Press, button: Lead, services: Services) -> None:
    """Start, pause, go on, close the question, stop."""
    one = await led(press, button.round, services)
    if one is None:
        return
    await look_later(services.live, one.id, press.id)
    turn = button.turn if button.control in TURNED else None
    owner = leader(press.id)
    reply = await services.rounds.control(one.id, button.control, update=press.id, turn=turn, owner=owner)
    words = {RoundOutcome.CLOSED: round_toasts.over, RoundOutcome.OUTDATED: round_toasts.outdated}
    await toast(services, press, words.get(reply.outcome, round_toasts.done)(one.language))
    if reply.outcome in {RoundOutcome.CHANGED, RoundOutcome.REPEATED}:
        await go_on_or_later(services.live, one.id, owner)


async def stop(update: Update, context: Context) -> None:
    """/stop in a group: the round ends, if who wrote leads it."""
    message, services = update.message, context.services
    caller = await caller_of(services, message) if message else None
    if message is None or caller is None:
        return
    group = await services.groups.find(caller.chat_id)
    # With none open it may be that this very message stopped it, and the standing is still to be sent.
    round_id = group.round or group.last if group else None
    one = await services.rounds.load(round_id) if round_id else None
    if one is None:
        await say(services, caller.chat_id, lobby.no_round(caller.language), caller.thread)
        return
    try:
        may = await leads(services, one, caller.user_id)
    except TelegramIsSilent:
        await say(services, caller.chat_id, lobby.telegram_is_silent(caller.language), caller.thread)
        return
    if not may:
        await say(services, caller.chat_id, lobby.leaders_only(caller.language), caller.thread)
        return
    cause = derived_id("message", message.chat_id, message.message_id)
    await look_later(services.live, one.id, cause)
    owner = leader(cause)
    reply = await services.rounds.control(one.id, Control.STOP, update=cause, turn=None, owner=owner)
    if reply.outcome is RoundOutcome.CLOSED:
        await say(services, caller.chat_id, lobby.no_round(caller.language), caller.thread)
        return
    await go_on_or_later(services.live, one.id, owner)


async def score(update: Update, context: Context) -> None:
    """/score: where everybody stands, or stood in the round before."""
    message, services = update.message, context.services
    caller = await caller_of(services, message) if message else None
    if caller is None:
        return
    group = await services.groups.find(caller.chat_id)
    round_id = group.round or group.last if group else None
    one = await services.rounds.load(round_id) if round_id else None
    screen = score_screen(one, await score_of(services.live, one)) if one else lobby.no_round(caller.language)
    await say(services, caller.chat_id, screen, caller.thread)
