"""What a student sees while a quiz is written, and when it cannot be."""

from dataclasses import replace

import pytest

from delivery import errors
from delivery.buttons import Again, AnotherTopic, Stop
from delivery.errors import shortfall_words
from delivery.progress import Progress, waiting_screen
from delivery.score import score_screens
from delivery.words import LANGUAGES
from generation.request import Trouble
from quiz.attempt import Attempt, Notes, State, Writing
from tests.delivery.screens import asked_for, text_of
from tests.samples import ATTEMPT_ID, a_question, an_attempt

REASONS = [*Trouble, errors.BUDGET, errors.CHECKS, errors.NO_MODEL, errors.OURS, errors.NOTES_GONE]


def written(questions: int, answers: int, *, shortfall: str = "", is_open: bool = True) -> Attempt:
    """An attempt at a quiz of five, of which so many are written and answered."""
    attempt = an_attempt([a_question()] * questions, dict.fromkeys(range(answers), "a"), title="Black <holes>")
    state = State.OPEN if is_open else State.DONE
    return replace(attempt, state=state, writing=Writing(5, "en", is_open, shortfall))


def test_the_first_thing_to_see_says_what_happens_and_how_to_stop_it() -> None:
    screen = waiting_screen(written(0, 0), Progress(ready=0))

    assert "Writing your quiz on “Black <holes>”" in text_of(screen)
    assert text_of(screen).endswith("Ready: 0 of 5")
    assert asked_for(screen) == [Stop(ATTEMPT_ID)]


def test_of_notes_only_what_holds_with_and_without_a_model_is_said() -> None:
    screen = waiting_screen(replace(written(0, 0), notes=Notes("a source")), Progress(ready=0))

    assert "Making a quiz from your notes" in text_of(screen)
    assert "checked a second time" not in text_of(screen)


def test_who_is_faster_than_the_writer_is_told_that_the_next_one_comes() -> None:
    screen = waiting_screen(written(2, 2), Progress(ready=2, checking=1))

    assert text_of(screen) == "✍️ The next question is on its way…\n\nReady: 2 of 5 · being checked: 1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words_of_its_own(language: str) -> None:
    for ready in (0, 3):
        words = {shortfall_words(reason, language, ready=ready) for reason in REASONS}
        assert len(words) == len(REASONS)
        assert all(words)


def test_a_reason_of_another_release_is_still_a_sentence() -> None:
    assert shortfall_words("something new", "en", ready=0) == shortfall_words(errors.OURS, "en", ready=0)


def test_a_quiz_that_could_not_be_written_ends_with_the_reason_and_another_topic() -> None:
    (screen,) = score_screens(written(0, 0, shortfall=errors.BUDGET, is_open=False), {})

    assert text_of(screen).startswith("I could not write a quiz on “Black <holes>”.")
    assert "00:00 UTC" in text_of(screen)
    assert [type(one) for one in asked_for(screen)] == [AnotherTopic]


def test_a_quiz_with_fewer_questions_says_why_with_its_score() -> None:
    question = a_question()
    (screen,) = score_screens(written(2, 2, shortfall=Trouble.SILENT, is_open=False), {question.id: question})

    assert "2 of 2 right" in text_of(screen)
    assert "Questions written: 2 of 5. The AI that writes quizzes did not answer in time." in text_of(screen)


def test_another_try_is_offered_where_it_can_help_and_nowhere_else() -> None:
    """Not where the day or the notes are used up, or whoever runs the bot must do something."""
    offers = {
        reason
        for reason in REASONS
        for screen in score_screens(written(0, 0, shortfall=reason, is_open=False), {})
        if any(isinstance(one, Again) for one in asked_for(screen))
    }
    helps = {errors.CHECKS, errors.OURS, "unreachable", "silent", "busy", "garbage", "broken"}
    assert offers == helps
