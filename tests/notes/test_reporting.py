"""Questions that are taken for wrong are reported: by the button under them, or by /report for the last one."""

from delivery.buttons import Again, Button, Report
from quiz.reported import Whence
from simulator.client import Message
from storage.attempts import Attempts
from storage.connection import Storage
from storage.reports import Reports
from tests.bot_process import BotProcess
from tests.classroom import Classroom
from tests.notes.lectures import TEXT
from tests.notes.sender import button_in, done, says, shows, wants
from tests.student import Student

LABEL = "⚑ Report a mistake"


async def with_button(student: Student, wanted: Button) -> Message:
    """The message under which this button stands."""

    def look() -> Message | None:
        return next((one for one in student.shown() if button_in(one, type(wanted)) == wanted), None)

    return await student.until(look, f"a message with {wanted}")


async def pressed(student: Student, button: Button) -> str:
    """Press it; the toast."""
    return await student.toast(await student.press(await with_button(student, button), button))


async def test_a_question_of_a_deck_is_counted_for_whoever_runs_the_bot(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Whoever reports it, each once."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await ann.say("/report")
    await says(ann, "Answer a question first")
    await ann.say("photosynthesis")
    question = await ann.question()
    await ann.answer(question)
    report = Report(question.attempt, 0)
    assert LABEL in [button.text for button in (await with_button(ann, report)).buttons]
    for _ in range(2):
        assert await pressed(ann, report) == "Thank you. Whoever runs me will see it."
    await ann.say("/report")
    shown = await says(ann, "⚑ Reported: ")
    assert " ".join(question.message.text.split("\n\n")[1].split())[:40] in shown.text
    (reported,) = await Reports(storage).all()
    assert (reported.whence, reported.people) == (Whence.DECK, 1)
    attempt = await Attempts(storage).load(ann.id, question.attempt)
    assert attempt is not None
    assert (reported.where, reported.question) == (attempt.quiz, attempt.plan[0].question_id)


async def test_a_question_of_ones_own_notes_that_is_reported_is_not_asked_again(
    bot: BotProcess, classroom: Classroom, storage: Storage
) -> None:
    """Neither with all of them again nor with the mistakes; where none is left, that is said."""
    del bot
    ann = await classroom.join()
    await wants(ann, storage, count=2)
    await ann.say(TEXT)
    await shows(ann, "words")
    await done(ann)
    first = await ann.question()
    await ann.finish(first.attempt, 2)
    await ann.score(first.attempt)
    assert await pressed(ann, Report(first.attempt, 0)) == "Thank you. I will not ask you this question again."
    assert await pressed(ann, Again(first.attempt, mistakes=False)) == "Here we go"
    again = await ann.question()
    old, new = [await Attempts(storage).load(ann.id, one) for one in (first.attempt, again.attempt)]
    assert old is not None
    assert new is not None
    assert [one.question_id for one in new.plan] == [old.plan[1].question_id]
    await ann.finish(again.attempt, 1)
    await ann.say("/report")
    await says(ann, "⚑ Reported: ")
    assert await pressed(ann, Again(first.attempt, mistakes=False)) == (
        "You have reported these questions, so I do not ask them again."
    )
    assert {one.whence for one in await Reports(storage).all()} == {Whence.NOTES}
