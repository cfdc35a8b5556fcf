"""Presses that are forged or somebody else's: a polite word, and nothing changes."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from delivery.buttons import Again, Choose, ForgedButton, Replace, Resume, Skip, Stop, Submit, Switch, button_of
from quiz.identity import derived_id
from tests.handlers.person import Person, carried, stop_of, texts

NOT_YOURS = "This quiz is not yours, or it is too old. Send a topic to begin your own."
OUT_OF_DATE = "This button does not work any more. Press a newer one, or send a topic."


async def test_nobody_plays_with_the_buttons_of_another(ann: Person, bob: Person) -> None:
    question = await ann.begin()
    attempt = stop_of(question).attempt
    theirs = await bob.ask("/help")
    before = texts(await ann.messages())
    buttons = [
        *carried(question),
        Choose(attempt, 0, 0),
        Switch(attempt, 0, 0, on=True),
        Submit(attempt, 0, "a"),
        Skip(attempt, 0),
        Stop(attempt),
        Resume(attempt),
        Again(attempt, mistakes=False),
        Again(attempt, mistakes=True),
    ]

    for button in buttons:
        assert (await bob.push(theirs, button)).text == NOT_YOURS
    assert (await bob.push(theirs, Replace(attempt, attempt))).text == OUT_OF_DATE

    assert texts(await ann.messages()) == before
    assert len(await bob.messages()) == 1


async def test_a_quiz_that_never_was_is_not_yours(ann: Person, anya: Person) -> None:
    for person, words in ((ann, NOT_YOURS), (anya, "Это не ваш квиз, или он слишком старый.")):
        message = await person.ask("/help")

        pressed = await person.push(message, Skip(derived_id("nothing"), 0))

        assert (pressed.text or "").startswith(words)
        assert pressed.show_alert


async def test_a_place_that_the_question_does_not_have_is_no_answer(ann: Person) -> None:
    question = await ann.begin()
    attempt = stop_of(question).attempt

    for button in (
        Choose(attempt, 0, 11),
        Choose(attempt, 5, 0),
        Choose(attempt, 99, 0),
        Switch(attempt, 99, 0, on=True),
    ):
        assert (await ann.push(question, button)).text == OUT_OF_DATE
    assert (await ann.last()) == question


def is_forged(data: str) -> bool:
    """Whether no button of ours carries this."""
    try:
        button_of(data)
    except ForgedButton:
        return True
    return False


short_texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=16)
kinds = st.sampled_from(["c", "w", "s", "k", "x", "r", "g", "t:", "d", "n", "oc", "ol", "oa"])


any_data = (short_texts | st.builds("{}:{}".format, kinds, short_texts)).filter(is_forged)


@given(st.lists(any_data, min_size=15, max_size=15))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_data_get_a_polite_word(ann: Person, forged: list[str]) -> None:
    question = await ann.last() if await ann.messages() else await ann.begin()

    for data in forged:
        assert (await ann.send(question, data)).text == OUT_OF_DATE

    assert await ann.last() == question
