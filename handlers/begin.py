"""Beginning a quiz: from a topic, a deck's button, a deep link, the offer to leave another quiz, or again."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import structlog

from delivery import messages, toasts
from delivery.buttons import ANY_LEVEL, Again, MoreFromNotes, PlayDeck, Replace
from delivery.failures import ChatGone, NotNow
from handlers.context import Person, Press, Services, presser_of, say, show, toast
from quiz.attempt import Attempt, Notes, PlannedQuestion, State
from quiz.deck import Deck
from quiz.identity import derived_id
from quiz.planning import plan_attempt, plan_question
from quiz.scoring import score
from storage.attempts import NewAttempt, Outcome, claimant
from storage.people import Dialog, Settings
from tasks.ask import catch_up_or_later, close_question
from tasks.begin import Wish, begin_written, start

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Cause:
    """The update that begins a quiz: an id that is the same when it is delivered again, and its message."""

    id: str
    message_id: int

    @property
    def attempt_id(self) -> str:
        """The attempt it makes, so that a second delivery makes no second one."""
        return derived_id("attempt", self.id)


async def begin_deck(services: Services, person: Person, deck: Deck, language: str, cause: Cause) -> Outcome | None:
    """Begin a deck with the person's settings, or ask first when another quiz is open in the chat.

    None when the deck has no question of the level they want, which they are told.
    """
    wanted = person.settings
    plan = plan_attempt(
        deck.questions[language],
        count=wanted.count,
        level=wanted.level,
        dice=Random(cause.attempt_id),  # noqa: S311 - the same plan when the update is delivered again
    )
    title = deck.titles[language]
    if not plan:
        await say(services, person.chat_id, messages.no_such_level(title, person.language))
        return None
    await services.quizzes.save(deck.quiz_id(language), deck.versions[language], deck.questions[language])
    new = NewAttempt(
        id=cause.attempt_id,
        user_id=person.user_id,
        chat_id=person.chat_id,
        language=language,  # what is said around a question is in the question's language
        quiz=deck.quiz_id(language),
        version=deck.versions[language],
        title=title,
        level=wanted.level or ANY_LEVEL,
        origin=cause.id,
        origin_message=cause.message_id,
        plan=plan,
    )
    dialog = Dialog(derived_id("dialog", cause.id), deck.name, language)
    reply = await start(services.opening, new, dialog, claimant(cause.id), speaks=person.language)
    if reply.outcome is Outcome.STARTED and len(plan) < wanted.count:
        await say(services, person.chat_id, messages.fewer_questions(len(plan), wanted.count, person.language))
    await catch_up_or_later(services.stage, services.soon, person.user_id, reply, claimant(cause.id))
    return reply.outcome


async def begin_writing(
    services: Services, person: Person, topic: str, language: str, cause: Cause, notes: Notes | None = None
) -> Outcome:
    """Begin a quiz that is written on a topic, or on somebody's notes; or ask first when another quiz is open."""
    wish = Wish(
        user=person.user_id,
        chat=person.chat_id,
        title=topic,
        written_in=language,
        language=person.language,
        cause=cause.id,
        message=cause.message_id,
        notes=notes,
        pool="" if notes else _pool_of(services, topic, language, person.settings),
    )
    return await begin_written(services.opening, wish)


def _pool_of(services: Services, topic: str, language: str, wanted: Settings) -> str:
    """The pool whose questions are on this topic, of the level that is wanted; empty where there are no pools."""
    if not services.pools.most:
        return ""
    return derived_id("pool", services.library.topic_keys.key(topic, language), language, wanted.level or ANY_LEVEL)


async def play_deck(press: Press, button: PlayDeck, services: Services) -> None:
    """A deck was chosen from a list."""
    person = await presser_of(services, press)
    deck = services.library.deck(button.name)
    if deck is None or button.language not in deck.titles:
        await toast(services, press, toasts.out_of_date(person.language))
        return
    await toast(services, press, toasts.going_on(person.language))
    await begin_deck(services, person, deck, button.language, Cause(press.id, press.message_id))


async def replace(press: Press, button: Replace, services: Services) -> None:
    """The open quiz is to be left for the one asked for."""
    person = await presser_of(services, press)
    dialog = await services.people.dialog(press.user_id, press.chat_id)
    deck = services.library.deck(dialog.deck) if dialog else None
    if dialog is None or dialog.id != button.dialog or (deck is None and not dialog.topic):
        await toast(services, press, toasts.out_of_date(person.language))
        return
    await toast(services, press, toasts.going_on(person.language))
    # Everything here is named for the offer, not for the press: it is taken up once, however often it is pressed.
    stopped = await leave(services, press, button.attempt, dialog.id, press.message_id)
    if stopped is not None:
        await show(services, press, messages.replaced(stopped, person.language))
        await close(services, stopped)
    cause = Cause(dialog.id, press.message_id)
    if deck is not None:
        await begin_deck(services, person, deck, dialog.language, cause)
    else:
        await begin_writing(services, person, dialog.topic, dialog.language, cause, dialog.notes)


async def again(press: Press, button: Again, services: Services) -> None:
    """The same questions again, in another order, or those that were missed, but for those that they have reported;
    where none was written, another try."""
    person = await presser_of(services, press)
    old = await services.attempts.load(press.user_id, button.attempt)
    if old is None:
        await toast(services, press, toasts.not_yours(person.language))
        return
    if old.writing and not old.plan and old.state is State.DONE:
        await toast(services, press, toasts.going_on(person.language))
        retry = await _once_more(services, "retry", old.id, press)
        await begin_writing(services, person, old.title, old.writing.language, retry, old.notes)
        return
    wanted = [old.plan[place] for place in score(old).missed] if button.mistakes else old.plan
    reported = await services.reports.by(press.user_id, old.quiz, [one.question_id for one in wanted])
    chosen = [one for one in wanted if one.question_id not in reported]
    if not chosen:
        words = toasts.all_reported if wanted else toasts.out_of_date
        await toast(services, press, words(person.language), alert=bool(wanted))
        return
    await toast(services, press, toasts.going_on(person.language))
    cause = Cause(press.id, press.message_id)
    new = NewAttempt(
        id=cause.attempt_id,
        user_id=person.user_id,
        chat_id=person.chat_id,
        language=person.language,
        quiz=old.quiz,
        version=old.version,
        title=old.title,
        level=old.level,
        origin=f"again:{old.id}:{int(button.mistakes)}",
        origin_message=cause.message_id,
        plan=await _shuffled(services, old, chosen, cause),
        notes=old.notes,
    )
    await services.quizzes.prolong(old.quiz, old.version)
    reply = await services.attempts.start(new, claimant(cause.id))
    if reply.outcome is Outcome.BUSY and reply.other is not None:
        open_one = await services.attempts.load(person.user_id, reply.other)
        if open_one is not None and open_one.origin != new.origin:
            await say(services, person.chat_id, messages.finish_first(open_one, person.language))
            return
        # A second tap on the button that began the quiz which is open.
        reply = await services.attempts.touch(person.user_id, reply.other, owner=claimant(cause.id))
    await catch_up_or_later(services.stage, services.soon, person.user_id, reply, claimant(cause.id))


async def more_from_notes(press: Press, button: MoreFromNotes, services: Services) -> None:
    """Other questions from the notes of a quiz, as long as those are kept."""
    person = await presser_of(services, press)
    old = await services.attempts.load(press.user_id, button.attempt)
    if old is None or old.notes is None:
        await toast(services, press, toasts.not_yours(person.language))
        return
    if not await services.sources.is_kept(press.user_id, old.notes.source):
        await toast(services, press, toasts.notes_are_gone(person.language), alert=True)
        return
    await toast(services, press, toasts.going_on(person.language))
    cause = await _once_more(services, "more", old.id, press)
    written_in = old.writing.language if old.writing else old.language
    await begin_writing(services, person, old.title, written_in, cause, old.notes)


async def _once_more(services: Services, what: str, attempt: str, press: Press) -> Cause:
    """What begins a quiz after another one: one, however often it is pressed, until that is over; then one more."""
    # Named for the quiz, not for the press.
    cause = Cause(derived_id(what, attempt), press.message_id)
    begun = await services.attempts.load(press.user_id, cause.attempt_id)
    while begun is not None and begun.state is not State.OPEN:
        cause = Cause(derived_id(what, begun.id), press.message_id)
        begun = await services.attempts.load(press.user_id, cause.attempt_id)
    return cause


async def leave(services: Services, press: Press, attempt: str, update: str, message: int) -> Attempt | None:
    """Stop the open quiz for another one; as it was left, None where it was over before. It can be gone back to."""
    reply = await services.attempts.stop(press.user_id, press.chat_id, attempt, update=update, message_id=message)
    stopped = reply.attempt
    return stopped if stopped is not None and stopped.state is State.STOPPED else None


async def _shuffled(
    services: Services, old: Attempt, chosen: Sequence[PlannedQuestion], cause: Cause
) -> tuple[PlannedQuestion, ...]:
    questions = await services.quizzes.questions_of(old)
    dice = Random(cause.attempt_id)  # noqa: S311 - the same plan when the update is delivered again
    order = dice.sample(chosen, len(chosen))
    return tuple(plan_question(questions[planned.question_id], dice) for planned in order)


async def close(services: Services, stopped: Attempt) -> None:
    """Take the buttons from the question at which a quiz was left for another: no score does it."""
    try:
        await close_question(services.sender, stopped, await services.quizzes.questions_of(stopped))
    except (NotNow, ChatGone) as error:
        log.info("the buttons stay", reason=str(error))  # who presses them is told that the quiz is stopped
