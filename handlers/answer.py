"""Answering a question: one press, taken once, whatever is killed and however often it is delivered."""

import structlog

from delivery import toasts
from delivery.buttons import Choose, Skip, Submit, Switch
from delivery.failures import ChatGone, MessageGone, NotNow
from handlers.context import Press, Services, presser_of, toast
from quiz.attempt import Attempt
from storage.attempts import Outcome, Reply, claimant
from tasks.ask import catch_up_or_later, redraw

log = structlog.stdlib.get_logger(__name__)


async def choose(press: Press, button: Choose, services: Services) -> None:
    """An option was pressed."""
    await _answer(press, services, button.attempt, button.position, what=str(button.place))


async def skip(press: Press, button: Skip, services: Services) -> None:
    """The question is to be passed over."""
    await _answer(press, services, button.attempt, button.position, what="skip")


async def submit(press: Press, button: Submit, services: Services) -> None:
    """The options switched on are the answer."""
    await _answer(press, services, button.attempt, button.position, what="submit", shown=button.shown)


async def switch(press: Press, button: Switch, services: Services) -> None:
    """An option of several was switched on or off; the message shows it."""
    reply = await services.attempts.select(
        press.user_id, button.attempt, press=press.id, position=button.position, place=button.place, on=button.on
    )
    attempt = reply.attempt
    if attempt is None or reply.outcome is not Outcome.SELECTED:
        await _explain(press, services, button.position, reply)
        return
    selected = attempt.selections.get(button.position, frozenset())
    await toast(services, press, toasts.selected(attempt.language, len(selected)))
    await _redraw(press, services, attempt, button.position)


async def _answer(
    press: Press, services: Services, attempt_id: str, position: int, *, what: str, shown: str = ""
) -> None:
    # The script is the one round trip before the toast; everything after it is finished later if this process dies.
    reply = await services.attempts.answer(
        press.user_id,
        press.chat_id,
        attempt_id,
        press=press.id,
        position=position,
        what=what,
        shown=shown,
        message_id=press.message_id,
    )
    attempt = reply.attempt
    if attempt is None or reply.outcome not in {Outcome.TAKEN, Outcome.REPEATED}:
        await _explain(press, services, position, reply)
        return
    await toast(services, press, _verdict(attempt, position))
    await catch_up_or_later(services.stage, services.soon, press.user_id, reply, claimant(press.id))


async def _explain(press: Press, services: Services, position: int, reply: Reply) -> None:
    """Say politely why a press changes nothing, and make the pressed message show how things stand."""
    attempt = reply.attempt
    if attempt is None:
        person = await presser_of(services, press)
        await toast(services, press, toasts.not_yours(person.language), alert=True)
        return
    language = attempt.language
    words = {
        Outcome.LATE: toasts.late(language),
        Outcome.CHANGED: toasts.changed(language),
        Outcome.EMPTY: toasts.empty(language),
        Outcome.CLOSED: toasts.closed(language, attempt.state),
    }.get(reply.outcome, toasts.out_of_date(language))
    await toast(services, press, words, alert=reply.outcome is Outcome.EMPTY)
    if reply.outcome in {Outcome.LATE, Outcome.CHANGED}:
        await _redraw(press, services, attempt, position)
    if reply.outcome is Outcome.LATE:
        await catch_up_or_later(services.stage, services.soon, press.user_id, reply, claimant(press.id))


async def _redraw(press: Press, services: Services, attempt: Attempt, position: int) -> None:
    try:
        await redraw(services.stage, attempt, position, press.message_id)
    except NotNow as error:
        await services.soon.redraw(attempt.id, position, press.message_id, error.seconds)
    except (ChatGone, MessageGone) as error:
        log.info("not redrawn", reason=str(error))


def _verdict(attempt: Attempt, position: int) -> str:
    if attempt.answers[position].skipped:
        return toasts.skipped(attempt.language)
    return (toasts.right if attempt.is_right(position) else toasts.wrong)(attempt.language)
