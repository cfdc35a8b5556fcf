"""Reporting a question that somebody takes for wrong."""

from prometheus_client import Counter
from telegram import Update

from delivery import toasts
from delivery.buttons import Report
from delivery.report import nothing_to_report, reported_screen, thanks
from handlers.context import Context, Person, Press, Services, presser_of, say, toast
from handlers.topic import heard, invite
from quiz.attempt import Attempt
from quiz.item_analysis import Fault
from quiz.reported import Whence, reported_in
from storage.quizzes import WRITTEN
from tasks.count import withdraw

ENOUGH = 2
"""One may be mistaken, or angry; when so many people report a question of a pool, it is asked of nobody any more."""
LATEST = 5
"""So many attempts are looked through for the last answer: those begun after it may have none yet."""
REPORTED = Counter("quizbot_questions_reported", "Questions that were reported, by where they come from.", ["whence"])


async def report(press: Press, button: Report, services: Services) -> None:
    """The button under an answered question: each person's report counts once."""
    attempt = await services.attempts.load(press.user_id, button.attempt)
    if attempt is None:
        person = await presser_of(services, press)
        await toast(services, press, toasts.not_yours(person.language), alert=True)
        return
    if button.position not in attempt.answers:
        await toast(services, press, toasts.out_of_date(attempt.language))
        return
    whence = await _take_down(services, press.user_id, attempt, button.position)
    await toast(services, press, thanks(whence, attempt.language), alert=True)


async def report_command(update: Update, context: Context) -> None:
    """/report: the question that was answered last."""
    services = context.services
    message, person = await heard(update, services)
    if message is None or person is None:
        return
    if not person.private:
        await invite(context, person)
        return
    found = await _answered_last(services, person)
    if found is None:
        await say(services, person.chat_id, nothing_to_report(person.language))
        return
    attempt, position = found
    whence = await _take_down(services, person.user_id, attempt, position)
    questions = await services.quizzes.questions_of(attempt)
    stem = questions[attempt.plan[position].question_id].stem
    await say(services, person.chat_id, reported_screen(stem, whence, person.language))


async def _answered_last(services: Services, person: Person) -> tuple[Attempt, int] | None:
    """Where it is; None for one who has not answered anything lately."""
    newest = await services.attempts.newest(person.user_id, LATEST)
    attempts = [await services.attempts.load(person.user_id, one) for one in newest]
    answers = [(answer.at, place, one) for one in attempts if one for place, answer in one.answers.items()]
    if not answers:
        return None
    _at, position, attempt = max(answers, key=lambda answer: answer[:2])
    return attempt, position


async def _take_down(services: Services, user: int, attempt: Attempt, position: int) -> Whence:
    """Keep a report for whoever runs the bot; one of a pool that enough people report is withdrawn."""
    reported = reported_in(attempt, position, is_written=attempt.version == WRITTEN)
    if await services.reports.add(user, attempt.quiz, reported):
        REPORTED.labels(reported.whence).inc()
    if reported.whence is Whence.POOL:
        counted = await services.statistics.report(user, attempt.pool, reported.question, reported.revision)
        if counted >= ENOUGH:
            await withdraw(services.stage, attempt.pool, reported.question, Fault.REPORTED)
    return reported.whence
