"""Beginning a quiz that is still to be written: on a topic, or on somebody's own notes."""

from dataclasses import dataclass

from delivery import messages
from delivery.buttons import ANY_LEVEL
from quiz.attempt import Notes
from quiz.identity import derived_id
from storage.attempts import NewAttempt, Outcome, Reply, claimant
from storage.people import Dialog, People
from storage.quizzes import WRITTEN
from tasks.ask import catch_up_or_later
from tasks.count import LATER_SECONDS
from tasks.say import Voice
from tasks.stage import Stage


@dataclass(frozen=True, slots=True)
class Opening:
    """What it takes to begin a quiz."""

    stage: Stage
    people: People
    voice: Voice


@dataclass(frozen=True, slots=True)
class Wish:
    """The quiz that a person asks for: what it is called, what it is written in, and which notes it is about, or
    which pool its questions are taken from.

    `cause` is an id of what asks for it, the same when it asks again, and `message` its message; `language` is what the
    bot speaks.
    """

    user: int
    chat: int
    title: str
    written_in: str
    language: str
    cause: str
    message: int
    notes: Notes | None = None
    pool: str = ""


async def begin_written(opening: Opening, wish: Wish) -> Outcome:
    """Begin a quiz that is written while it is played, or ask first when another quiz is open in the chat."""
    settings = await opening.people.settings(wish.user)
    new = NewAttempt(
        id=derived_id("attempt", wish.cause),
        user_id=wish.user,
        chat_id=wish.chat,
        language=wish.language,
        quiz=derived_id("quiz", wish.cause),
        version=WRITTEN,
        title=wish.title,
        level=settings.level or ANY_LEVEL,
        origin=wish.cause,
        origin_message=wish.message,
        plan=(),
        wanted=settings.count,
        written_in=wish.written_in,
        notes=wish.notes,
        pool=wish.pool,
    )
    dialog = Dialog(derived_id("dialog", wish.cause), "", wish.written_in, wish.title, wish.notes)
    reply = await start(opening, new, dialog, claimant(wish.cause), speaks=wish.language)
    if new.pool and reply.outcome in {Outcome.STARTED, Outcome.REPEATED}:
        await opening.voice.soon.count(new.id, LATER_SECONDS)
    await catch_up_or_later(opening.stage, opening.voice.soon, wish.user, reply, claimant(wish.cause))
    return reply.outcome


async def start(opening: Opening, new: NewAttempt, dialog: Dialog, owner: str, *, speaks: str) -> Reply:
    """Start the attempt, or offer to leave the one that is open for what the dialog names."""
    attempts = opening.stage.attempts
    reply = await attempts.start(new, owner)
    if reply.outcome is Outcome.BUSY and reply.other is not None:
        open_one = await attempts.load(new.user_id, reply.other)
        same = (new.quiz, new.origin_message)
        if open_one is None or (open_one.quiz, open_one.origin_message) != same or open_one.answers:
            await opening.people.open_dialog(new.user_id, new.chat_id, dialog)
            if open_one is not None:
                await opening.voice.say(new.chat_id, messages.busy(open_one, new.title, dialog.id, speaks))
        # else: a second tap on the button that began it: its first question is there
    return reply
