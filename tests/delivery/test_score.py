"""The end of a quiz on the screen."""

import pytest

from delivery.buttons import Again, AnotherTopic, Resume
from delivery.score import score_screens
from quiz.attempt import State
from tests.delivery.screens import asked_for, labels_of, rows_of, text_of
from tests.samples import ATTEMPT_ID, a_question, an_attempt

ONE = a_question()
QUESTIONS = {ONE.id: ONE}


def test_a_quiz_without_a_mistake_has_nothing_to_look_at_again() -> None:
    (screen,) = score_screens(an_attempt([ONE, ONE], {0: "a", 1: "a"}, took=40_000), QUESTIONS)

    assert text_of(screen) == "🏁 Planets\n2 of 2 right · ⏱ 1 min 20 s"
    assert asked_for(screen) == [Again(ATTEMPT_ID, mistakes=False), AnotherTopic()]


def test_each_miss_is_named_with_what_was_right() -> None:
    (screen,) = score_screens(an_attempt([ONE, ONE, ONE], {0: "a", 1: "b", 2: None}), QUESTIONS)

    assert text_of(screen) == (
        "🏁 Planets\n"
        "1 of 3 right · ⏱ 12 s\n"
        "❌ 1 wrong · ⏭ 1 skipped\n"
        "\n"
        "Worth another look:\n"
        "2. Which planet is nearest to the Sun?\n     ✅ Mercury\n"
        "3. Which planet is nearest to the Sun?\n     ✅ Mercury"
    )
    assert Again(ATTEMPT_ID, mistakes=True) in asked_for(screen)


@pytest.mark.parametrize(
    ("second", "third", "english", "russian"),
    [
        ("b", "b", "🎯 Mistakes only (2)", "🎯 Только ошибки (2)"),
        ("b", None, "🎯 Mistakes and skipped (2)", "🎯 Ошибки и пропуски (2)"),
        (None, None, "🎯 Skipped only (2)", "🎯 Только пропущенные (2)"),
    ],
)
def test_what_is_asked_again_is_called_what_it_is(
    second: str | None, third: str | None, english: str, russian: str
) -> None:
    for language, label in (("en", english), ("ru", russian)):
        attempt = an_attempt([ONE, ONE, ONE], {0: "a", 1: second, 2: third}, language=language)
        (screen,) = score_screens(attempt, QUESTIONS)
        assert labels_of(screen)[1] == label


def test_a_stopped_quiz_says_how_far_it_came_and_can_go_on() -> None:
    (screen,) = score_screens(an_attempt([ONE, ONE, ONE], {0: "a", 1: None}, state=State.STOPPED), QUESTIONS)

    assert text_of(screen).startswith("⏹ Planets\nStopped after 2 of 3 questions.\n1 of 3 right · ⏱ 8 s\n⏭ 1 skipped")
    assert asked_for(screen)[0] == Resume(ATTEMPT_ID)


def test_every_right_option_of_a_miss_is_named() -> None:
    several = a_question("Which are planets?", ("Mars", "The Sun", "Venus"), "ac", id="several")

    (screen,) = score_screens(an_attempt([several], {0: "b"}), {"several": several})

    assert text_of(screen).endswith("1. Which are planets?\n     ✅ Mars; Venus")


def test_a_long_question_is_recalled_by_its_beginning() -> None:
    stem = "In which of the following years " + "did it happen that the king was brought back to the capital " * 6
    question = a_question(stem + "?")

    (screen,) = score_screens(an_attempt([question], {0: "b"}), {question.id: question})

    recalled = text_of(screen).splitlines()[-2].removeprefix("1. ").removesuffix(" …")
    assert stem.startswith(recalled + " ")
    assert 130 < len(recalled) <= 160


def test_the_score_is_in_the_language_of_the_attempt() -> None:
    (screen,) = score_screens(an_attempt([ONE], {0: "b"}, language="ru", took=61_000), QUESTIONS)

    assert text_of(screen) == (
        "🏁 Planets\n"
        "Верно 0 из 1 · ⏱ 1 мин 1 с\n"
        "❌ неверно 1\n"
        "\n"
        "Стоит повторить:\n"
        "1. Which planet is nearest to the Sun?\n     ✅ Mercury"
    )
    assert labels_of(screen) == ["🔁 Ещё раз", "🎯 Только ошибки (1)", "💡 Другая тема"]


@pytest.mark.parametrize(
    ("took", "shown"),
    [
        (0, "0 s"),
        (499, "0 s"),
        (1500, "2 s"),
        (59_600, "1 min 0 s"),
        (3_599_000, "59 min 59 s"),
        (3_599_600, "1 h 0 min"),
        (36_660_000, "10 h 11 min"),
    ],
)
def test_time_is_told_in_hours_minutes_and_seconds(took: int, shown: str) -> None:
    (screen,) = score_screens(an_attempt([ONE], {0: "a"}, took=took), QUESTIONS)

    assert text_of(screen).endswith(f"⏱ {shown}")


@pytest.mark.parametrize("letter", ["x", "&", "<", "я", "😀", "א"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_twenty_misses_of_the_longest_texts_make_messages_that_telegram_takes(letter: str, language: str) -> None:
    per_option = 194 // (len(letter.encode("utf-16-le")) // 2)
    options = [f"{number:02} {letter * per_option}" for number in range(10)]
    questions = {
        f"q{number}": a_question(f"{number} " + letter * 400, options, "abcdefghij", id=f"q{number}", explanation="")
        for number in range(20)
    }
    attempt = an_attempt(list(questions.values()), dict.fromkeys(range(20)), language=language)

    screens = score_screens(attempt, questions)

    text = "\n".join(text_of(screen) for screen in screens)
    for number in range(20):
        assert f"\n{number + 1}. " in text
    assert text.replace("\u2068", "").count(f"09 {letter * per_option}") == 20
    assert all(screen.keyboard is None for screen in screens[:-1])
    assert rows_of(screens[-1])


def test_html_in_titles_questions_and_options_is_shown_not_obeyed() -> None:
    question = a_question("Is <b> & old?", ("<i>", "<u>"), id="html")

    (screen,) = score_screens(an_attempt([question], {0: "b"}, title="<s>"), {"html": question})

    assert text_of(screen).startswith("🏁 <s>\n")
    assert text_of(screen).endswith("1. Is <b> & old?\n     ✅ <i>")
