"""Results as a message: everything in it is right, fits, and is shown, not obeyed."""

from dataclasses import replace

import pytest

from delivery.results import class_screen, results_caption, results_screen
from delivery.screen import Screen
from delivery.words import LANGUAGES
from quiz.class_results import Pupil, class_results
from tests.delivery.screens import text_of
from tests.results_of_rounds import a_round, questions, simulated

LONGEST_CAPTION = 1024


def test_places_scores_times_and_questions_stand_in_it() -> None:
    results = a_round({"Ann": "aab", "Bob": "ab-", "Cem": "---"}, took={"Ann": 2500})

    assert text_of(results_screen(results)) == (
        "🏁 Planets\n"
        "2 players · 3 questions\n"
        "Mean: 1.5\n"
        "1 joined and did not answer\n"
        "\n"
        "🥇 Ann · 2 of 3 · 5 s\n"
        "🥈 Bob · 1 of 3 · 4 s\n"
        "\n"
        "1. Question 1: which planet is it?\n"
        "▰▰▰▰▰▰▰▱▱▱ 67%\n"
        "fastest: Ann, 2.5 s\n"
        "\n"
        "2. Question 2: which planet is it?\n"
        "▰▰▰▱▱▱▱▱▱▱ 33%\n"
        "fastest: Ann, 2.5 s\n"
        "\n"
        "3. Question 3: which planet is it?\n"
        "▱▱▱▱▱▱▱▱▱▱ 0%"
    )


def test_where_points_say_more_they_are_shown() -> None:
    results = a_round({"Ann": "aa", "Bob": "ab"}, worth=2.5)

    assert "🥇 Ann · 5 points · 8 s\n🥈 Bob · 2.5 points · 4 s\n" in text_of(results_screen(results))


def test_there_is_no_medal_for_nothing() -> None:
    assert "\n1. Ann · 0 of 1\n" in text_of(results_screen(a_round({"Ann": "b"})))


def test_who_has_the_same_has_the_same_medal() -> None:
    shown = text_of(results_screen(a_round({"Ann": "a", "Bob": "a", "Cem": "b"})))

    assert "🥇 Ann · 1 of 1 · 4 s\n🥇 Bob · 1 of 1 · 4 s\n3. Cem · 0 of 1\n" in shown


def test_beyond_ten_places_the_others_are_counted() -> None:
    shown = text_of(results_screen(simulated(200, 3)))

    assert len([line for line in shown.splitlines() if " of 3" in line]) == 10
    assert "\n… and 190 more\n" in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", ["x", "&", "<", "я", "😀", "א", "e\u0301\u0302", "\u202e"])
def test_the_longest_names_titles_and_questions_make_messages_that_telegram_takes(letter: str, language: str) -> None:
    stem = (letter * 1000)[:450]
    asked = [replace(one, stem=f"{number} {stem}", explanation="") for number, one in enumerate(questions(100))]
    names = [f"{number} {letter * 128}" for number in range(50)]
    played = a_round(dict.fromkeys(names, "a" * 50 + "b" * 50), asked, title=letter * 300, language=language)

    shown = text_of(results_screen(played))

    assert len(text_of(Screen(results_caption(played))).encode("utf-16-le")) // 2 <= LONGEST_CAPTION
    assert any(f"… {word} " in shown.splitlines()[-1] for word in ("and", "и ещё"))
    pupils = [Pupil(name, (place + 1, None)) for place, name in enumerate(names)]
    text_of(class_screen(letter * 300, 2, class_results([played, played], pupils), language))


def test_what_a_name_a_title_or_a_question_says_is_shown_not_obeyed() -> None:
    asked = [replace(one, stem="Is <i> & `code` old?") for one in questions(1)]
    shown = text_of(results_screen(a_round({"<b>Ann</b> & Co": "a", "new\nline": "b"}, asked, title="<s>R&D</s>")))

    assert shown.startswith("🏁 <s>R&D</s>\n")
    assert "🥇 <b>Ann</b> & Co · 1 of 1" in shown
    assert "2. new line · 0 of 1" in shown
    assert "1. Is <i> & code old?" in shown


def test_the_caption_has_the_first_three_and_the_hardest_question() -> None:
    results = a_round({"Ann": "aaa", "Bob": "aab", "Cem": "abb", "Dee": "bbb"})

    assert text_of(Screen(results_caption(results))) == (
        "🏁 Planets\n4 players · 3 questions\nMean: 1.5\n"
        "🥇 Ann · 3 of 3 · 12 s\n🥈 Bob · 2 of 3 · 8 s\n🥉 Cem · 1 of 3 · 4 s\n"
        "\nHardest question:\n3. Question 3: which planet is it?\n▰▰▱▱▱▱▱▱▱▱ 25%"
    )


def test_where_everybody_had_all_right_no_question_is_called_hard() -> None:
    assert "Hardest" not in results_caption(a_round({"Ann": "aa"}))


def test_a_round_of_nobody_says_so() -> None:
    assert text_of(results_screen(a_round({"Ann": "-"}))).endswith("\nNobody took part.")


def test_a_class_shows_who_was_there_sums_and_means() -> None:
    rounds = [a_round({"Ann": "aa", "Bob": "ab"}), a_round({"Ann": "ab"})]
    pupils = [Pupil("Ann", (1, 1)), Pupil("Bob", (2, None)), Pupil("Cem", (None, None))]

    assert text_of(class_screen("Class 7b", 2, class_results(rounds, pupils), "en")) == (
        "📒 Class 7b\n2 rounds\n\n"
        "Ann\nattended: 2 of 2 · 75% right\nsum 3, mean 1.5\n\n"
        "Bob\nattended: 1 of 2 · 50% right\nsum 1, mean 1\n\n"
        "Cem\nattended: 0 of 2"
    )
