"""Reporting a question that somebody takes for wrong."""

from delivery import toasts
from delivery.buttons import Report
from handlers.context import Press, Services, presser_of, toast
from quiz.item_analysis import Fault
from tasks.count import withdraw

ENOUGH = 2
"""One may be mistaken, or angry; when so many people report a question, it is asked of nobody any more."""


async def report(press: Press, button: Report, services: Services) -> None:
    """The button under an answered question of a pool: each person's report counts once."""
    attempt = await services.attempts.load(press.user_id, button.attempt)
    if attempt is None:
        person = await presser_of(services, press)
        await toast(services, press, toasts.not_yours(person.language), alert=True)
        return
    if not attempt.pool or button.position not in attempt.answers:
        await toast(services, press, toasts.out_of_date(attempt.language))
        return
    planned = attempt.plan[button.position]
    reports = await services.statistics.report(press.user_id, attempt.pool, planned.question_id, planned.revision)
    if reports >= ENOUGH:
        await withdraw(services.stage, attempt.pool, planned.question_id, Fault.REPORTED)
    await toast(services, press, toasts.reported(attempt.language), alert=True)
