"""Stopping a quiz and going on with it."""

from collections.abc import Callable

from telegram import Update

from delivery import messages, toasts
from delivery.buttons import Resume, Stop
from handlers.context import Context, Press, Services, person_of, presser_of, say, toast
from handlers.notes import dropped_by_command
from handlers.topic import cause_of, invite
from storage.attempts import Outcome, Reply, claimant
from tasks.ask import catch_up_or_later


async def stop_command(update: Update, context: Context) -> None:
    """/stop: drop the notes that are being sent in this chat, or else end the quiz that is open."""
    services, message = context.services, update.message
    person = await person_of(services, message) if message else None
    if message is None or person is None:
        return
    if not person.private:
        await invite(context, person)
        return
    if await dropped_by_command(services, person, message):
        return
    cause = cause_of(message)
    attempts = services.attempts
    # With none open it may be that this very message stopped it, and the score is still to be sent.
    attempt = await attempts.active(person.user_id, person.chat_id) or await attempts.latest(person.user_id)
    reply = None
    if attempt is not None:
        reply = await attempts.stop(
            person.user_id, person.chat_id, attempt, update=cause.id, message_id=cause.message_id
        )
    if reply is None or reply.outcome in {Outcome.CLOSED, Outcome.GONE}:
        await say(services, person.chat_id, messages.nothing_to_stop(person.language))
        return
    await catch_up_or_later(services.stage, services.soon, person.user_id, reply, claimant(cause.id))


async def stop_button(press: Press, button: Stop, services: Services) -> None:
    """The button under a question that ends the quiz."""
    reply = await services.attempts.stop(
        press.user_id, press.chat_id, button.attempt, update=press.id, message_id=press.message_id
    )
    await _finish(press, services, reply, done=toasts.stopped)


async def resume(press: Press, button: Resume, services: Services) -> None:
    """The button that goes on with a stopped quiz, or shows the open question of an open one again."""
    reply = await services.attempts.resume(press.user_id, press.chat_id, button.attempt, update=press.id)
    if reply.outcome is Outcome.BUSY and reply.other is not None:
        person = await presser_of(services, press)
        await toast(services, press, toasts.one_at_a_time(person.language))
        other = await services.attempts.load(press.user_id, reply.other)
        if other is not None:
            await say(services, press.chat_id, messages.finish_first(other, person.language))
        return
    if reply.attempt is not None and reply.outcome is Outcome.RESUMED:
        await services.quizzes.prolong(reply.attempt.quiz, reply.attempt.version)
    await _finish(press, services, reply, done=toasts.going_on)


async def _finish(press: Press, services: Services, reply: Reply, done: Callable[[str], str]) -> None:
    attempt = reply.attempt
    if attempt is None:
        person = await presser_of(services, press)
        await toast(services, press, toasts.not_yours(person.language), alert=True)
    elif reply.outcome in {Outcome.STOPPED, Outcome.RESUMED, Outcome.REPEATED}:
        await toast(services, press, done(attempt.language))
        await catch_up_or_later(services.stage, services.soon, press.user_id, reply, claimant(press.id))
    elif reply.outcome is Outcome.CLOSED:
        await toast(services, press, toasts.closed(attempt.language, attempt.state))
    else:
        await toast(services, press, toasts.out_of_date(attempt.language))
