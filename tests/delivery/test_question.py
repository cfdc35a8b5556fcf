"""A question on the screen: as a poll of buttons, and once it is answered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.buttons import Choose, Report, Skip, Stop, Submit, Switch
from delivery.markup import plain_text
from delivery.question import needs_letters, question_screen, verdict_screen
from quiz.question import Checked, InvalidQuestion, Kind, Origin, Question, Source
from tests.delivery.screens import asked_for, labels_of, marked, rows_of, text_of
from tests.samples import ATTEMPT_ID, a_question, an_attempt, planned, true_or_false

LONG = "It gives off oxygen which it took from the carbon dioxide of the air"


def test_a_question_says_where_one_is_and_what_is_asked() -> None:
    question = a_question()

    screen = question_screen(an_attempt([question, question], {0: "a"}, title="The Solar System"), 1, question)

    assert text_of(screen) == "2/2 · The Solar System\n\nWhich planet is nearest to the Sun?"
    assert labels_of(screen) == ["Mercury", "Venus", "Mars", "⏭ Skip", "⏹ Stop"]


def test_options_stand_in_the_order_of_the_attempt() -> None:
    question = a_question()

    screen = question_screen(an_attempt([planned(question, "cab")]), 0, question)

    assert labels_of(screen)[:3] == ["Mars", "Mercury", "Venus"]
    assert asked_for(screen) == [
        Choose(ATTEMPT_ID, 0, 0),
        Choose(ATTEMPT_ID, 0, 1),
        Choose(ATTEMPT_ID, 0, 2),
        Skip(ATTEMPT_ID, 0),
        Stop(ATTEMPT_ID),
    ]


def test_short_options_stand_side_by_side_and_longer_ones_below_each_other() -> None:
    short, longer = a_question(), a_question(options=("Mercury", "The dwarf planet Ceres"))

    assert [len(row) for row in rows_of(question_screen(an_attempt([short]), 0, short))] == [2, 1, 2]
    assert [len(row) for row in rows_of(question_screen(an_attempt([longer]), 0, longer))] == [1, 1, 2]


def test_an_option_too_long_for_a_button_makes_all_of_them_letters() -> None:
    question = a_question(options=("Mercury", LONG, "Mars"))

    screen = question_screen(an_attempt([planned(question, "bac")]), 0, question)

    assert labels_of(screen)[:3] == ["A", "B", "C"]
    assert text_of(screen).endswith(f"A. {LONG}\nB. Mercury\nC. Mars")


@pytest.mark.parametrize(
    ("options", "letters"),
    [
        (("x" * 30, "y"), False),
        (("x" * 31, "y"), True),
        (("я" * 30, "ю"), False),
        (("太" * 15, "y"), False),
        (("太" * 16, "y"), True),
        (("one\ntwo", "y"), True),
        (("```\nx\n```", "y"), True),
        (("`x`", "y"), False),
        (("`x`", "x"), True),
        (("` `", "x"), True),
    ],
)
def test_letters_are_needed_where_a_button_would_not_show_the_option(
    options: tuple[str, ...], *, letters: bool
) -> None:
    assert needs_letters(a_question(options=options)) is letters


def test_twelve_letters_stand_in_two_rows() -> None:
    question = a_question(options=[f"{LONG} {number}" for number in range(12)])

    assert [len(row) for row in rows_of(question_screen(an_attempt([question]), 0, question))] == [6, 6, 2]


def test_several_right_answers_are_switched_on_and_off_and_submitted() -> None:
    question = a_question("Which are planets?", ("Mars", "The Sun", "Venus"), "ac")

    screen = question_screen(an_attempt([question], selections={0: "ab"}), 0, question)

    assert text_of(screen).endswith("Choose every right answer, then press Submit.")
    assert labels_of(screen) == ["☑ Mars", "☑ The Sun", "☐ Venus", "Submit", "⏭ Skip", "⏹ Stop"]
    assert asked_for(screen)[:4] == [
        Switch(ATTEMPT_ID, 0, 0, on=False),
        Switch(ATTEMPT_ID, 0, 1, on=False),
        Switch(ATTEMPT_ID, 0, 2, on=True),
        Submit(ATTEMPT_ID, 0, "ab"),
    ]


def test_a_statement_offers_true_and_false() -> None:
    question = true_or_false()

    assert labels_of(question_screen(an_attempt([question]), 0, question))[:2] == ["True", "False"]


def test_the_bots_own_words_are_in_the_language_of_the_attempt() -> None:
    question = a_question("Что это?", ("Марс", "Венера"), "ab")
    attempt = an_attempt([question], language="ru")

    screen = question_screen(attempt, 0, question)

    assert text_of(screen).endswith("Выберите все верные ответы и нажмите «Ответить».")
    assert labels_of(screen)[2:] == ["Ответить", "⏭ Пропустить", "⏹ Стоп"]


def test_html_in_a_question_is_shown_not_obeyed() -> None:
    question = a_question('Is <b> "bold" & </b> old?', ("<b>", "&lt;", "</code>"))

    screen = question_screen(an_attempt([question], title="<i>HTML</i> & co"), 0, question)

    assert text_of(screen) == '1/1 · <i>HTML</i> & co\n\nIs <b> "bold" & </b> old?'
    assert labels_of(screen)[:3] == ["<b>", "&lt;", "</code>"]


def test_code_is_marked_in_the_message_and_plain_on_a_button() -> None:
    question = a_question("What does `a < b` say?\n```python\nif a < b:\n    pass\n```", ("`True`", "`None`"))

    screen = question_screen(an_attempt([question]), 0, question)

    assert marked(screen, "code") == ["a < b"]
    assert marked(screen, "pre") == ["if a < b:\n    pass"]
    assert labels_of(screen)[:2] == ["True", "None"]


def test_right_to_left_texts_do_not_turn_what_stands_around_them() -> None:
    question = a_question(options=("שמש", "Mars", LONG), key="a")

    asked = text_of(question_screen(an_attempt([question], title="שמש"), 0, question))
    told = text_of(verdict_screen(an_attempt([question], {0: "a"}), 0, question))

    assert "1/1 · \u2068שמש\u2069" in asked
    assert "A. \u2068שמש\u2069\n" in asked
    assert "✅ A. \u2068שמש\u2069 — your answer" in told


def test_a_right_answer_is_confirmed_explained_and_sourced() -> None:
    question = a_question(explanation="It is the innermost one.", source=Source("NASA", "https://nasa.gov/a?b=1&c=2"))

    screen = verdict_screen(an_attempt([planned(question, "bac")], {0: "a"}), 0, question)

    assert text_of(screen) == (
        "1/1 · Planets\n\n"
        "Which planet is nearest to the Sun?\n\n"
        "▫️ A. Venus\n"
        "✅ B. Mercury — your answer\n"
        "▫️ C. Mars\n\n"
        "✅ Right!\n"
        "It is the innermost one.\n\n"
        "Source: NASA · checked by its author"
    )
    assert asked_for(screen) == [Report(ATTEMPT_ID, 0)]
    assert marked(screen, "text_link") == ["NASA"]


def test_a_wrong_answer_shows_what_was_right_and_what_was_chosen() -> None:
    question = a_question()

    text = text_of(verdict_screen(an_attempt([question], {0: "c"}), 0, question))

    assert "✅ A. Mercury\n▫️ B. Venus\n❌ C. Mars — your answer\n\n❌ Wrong" in text


def test_of_several_right_answers_each_is_shown() -> None:
    question = a_question("Which are planets?", ("Mars", "The Sun", "Venus"), "ac")

    text = text_of(verdict_screen(an_attempt([question], {0: "ab"}), 0, question))

    assert "✅ A. Mars — your answer\n❌ B. The Sun — your answer\n✅ C. Venus\n\n❌ Wrong" in text


def test_a_skipped_question_tells_the_answer_too() -> None:
    question = a_question()

    text = text_of(verdict_screen(an_attempt([question], {0: None}), 0, question))

    assert "✅ A. Mercury\n▫️ B. Venus\n▫️ C. Mars\n\n⏭ Skipped\n" in text


@pytest.mark.parametrize(
    ("checked", "english", "russian"),
    [
        (Checked.PERSON, "Checked by its author", "Проверено автором"),
        (Checked.SOLVER, "Answer double-checked", "Ответ перепроверен"),
        (Checked.RULES, "Checked by a program only", "Проверено только программой"),
    ],
)
def test_an_answered_question_says_who_checked_it(checked: Checked, english: str, russian: str) -> None:
    question = a_question(checked=checked)

    for language, words in (("en", english), ("ru", russian)):
        attempt = an_attempt([question], {0: "a"}, language=language)
        assert text_of(verdict_screen(attempt, 0, question)).endswith(words)


def test_the_address_of_a_source_cannot_break_out_of_its_link() -> None:
    question = a_question(source=Source('"><b>x', 'https://x.org/"><b>&quot;'))

    screen = verdict_screen(an_attempt([question], {0: "a"}), 0, question)

    assert 'Source: "><b>x · ' in text_of(screen)
    assert marked(screen, "bold") == ["1/1", "✅ Right!"]


hard_to_show = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"]) | st.sampled_from('<>&"`\n אα太😀')
words = st.text(hard_to_show, min_size=1, max_size=60)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Any question whose form is sound."""
    options = draw(st.lists(words, min_size=2, max_size=12))
    key = draw(st.sets(st.integers(0, len(options) - 1), min_size=1))
    try:
        return a_question(
            draw(words),
            options,
            "".join("abcdefghijkl"[place] for place in key),
            explanation=draw(words),
            source=draw(st.none() | st.builds(Source, words, words)),
        )
    except InvalidQuestion:
        return a_question()


def squeezed(text: str) -> str:
    """The text without what only spaces it or directs it."""
    return "".join(text.replace("\u2068", "").replace("\u2069", "").split())


@given(questions(), st.randoms(use_true_random=False), st.sampled_from(["en", "ru"]))
def test_every_option_of_any_question_is_shown_whole(question: Question, dice: object, language: str) -> None:
    order = "".join(getattr(dice, "sample")([option.id for option in question.options], len(question.options)))  # noqa: B009
    open_one = an_attempt([planned(question, order)], language=language)
    answered = an_attempt([planned(question, order)], {0: order[0]}, language=language)

    asked = question_screen(open_one, 0, question)
    told = text_of(verdict_screen(answered, 0, question))

    labels = [squeezed(label) for label in labels_of(asked)]
    for option in question.options:
        text = squeezed(plain_text(option.text))
        assert text in squeezed(text_of(asked)) or text in labels or f"☐{text}" in labels
        assert text in squeezed(told)
    assert squeezed(plain_text(question.stem)) in squeezed(text_of(asked))


@pytest.mark.parametrize("letter", ["&", "<", "я", "😀", "שׁ", "`", "\u202e"])
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.MULTIPLE])
def test_the_largest_question_fits_one_message(letter: str, language: str, kind: Kind) -> None:
    def filled(units: int) -> str:
        size = len(letter.encode("utf-16-le")) // 2
        return letter * (units // size)

    options = [f"{number:02}{filled(98)}" for number in range(12)]
    question = a_question(
        filled(1000),
        options,
        "a" if kind is Kind.SINGLE else "abcdefghijkl",
        explanation=filled(800),
        source=Source(filled(200), "https://example.org/" + "x" * 500),
        checked=Checked.SOLVER,
    )
    title = "The longest title of a quiz that anybody would care to read: " + "x" * 60
    plan = [question] * 20

    asked = question_screen(
        an_attempt(plan, language=language, title=title, selections={0: "abcdefghijkl"}), 0, question
    )
    told = verdict_screen(an_attempt(plan, {0: "abcdefghijkl"}, language=language, title=title), 0, question)

    for screen in (asked, told):
        text_of(screen)
        rows_of(screen)


def test_what_a_machine_wrote_says_so_and_where_it_can_be_looked_up() -> None:
    """A machine's source is where it believes the fact to stand: nobody has looked."""
    origin = Origin("writer", 1, "0123456789ab", "openai:one", ("form", "solver"), 0)
    question = a_question(source=Source("Atlas of the planets"), checked=Checked.SOLVER)
    screen = verdict_screen(an_attempt([question], {0: "a"}), 0, replace(question, origin=origin))

    assert text_of(screen).endswith("To look it up: Atlas of the planets · written by AI, answer double-checked")
