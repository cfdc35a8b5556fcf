"""Item analysis as a message: what is worth a look, gravest first, and nothing from too few answers."""

from dataclasses import replace

import pytest

from delivery.item_analysis import analysis_screen
from delivery.item_findings import finding_words
from delivery.words import LANGUAGES
from quiz.item_findings import Finding, Sign
from tests.delivery.screens import text_of
from tests.results_of_rounds import FOUR, a_round, questions, simulated
from tests.samples import a_question

SOUND = tuple("a" * number + "bcd" * 10 for number in range(5, 29, 3))


def of_30(*columns: str, language: str = "en") -> str:
    """What is said of questions whose answers are these columns, best students first; eight sound ones follow."""
    every = (*columns, *SOUND)
    answers = {f"Student {place}": "".join(column[place] for column in every) for place in range(30)}
    return text_of(analysis_screen(a_round(answers, language=language)))


def test_a_doubtful_key_comes_first_with_its_figures() -> None:
    shown = of_30("a" * 29 + "b", "c" * 14 + "a" * 10 + "bdbdbd")

    assert shown.index("2. Question 2") < shown.index("1. Question 1")
    assert "\n❗ Strong students missed this and chose C: is the key right?\n" in shown
    assert "\n33% right · D −0.25 · r −0.33\n" in shown
    assert "\n✅ Almost everybody had this right.\n" in shown


def test_sound_questions_are_counted_by_their_numbers() -> None:
    assert of_30("a" * 29 + "b").endswith("Nothing to remark: 2, 3, 4, 5, 6, 7, 8, 9")


def test_from_too_few_answers_it_says_so_and_has_no_figures() -> None:
    shown = text_of(analysis_screen(a_round({f"Student {one}": "ab" for one in range(12)})))

    assert shown.startswith("🔎 Planets\nFrom 12 players.\nFigures from fewer than 20 say little.\n")
    assert "Reliability" not in shown
    assert " · D " not in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", ["x", "<", "😀", "א"])
def test_a_hundred_doubtful_questions_fit_one_message(letter: str, language: str) -> None:
    asked = [replace(one, stem=f"{number} {letter * 400}", explanation="") for number, one in enumerate(questions(100))]
    answers = {f"Student {place}": ("c" if place < 15 else "a") * 100 for place in range(30)}

    shown = text_of(analysis_screen(a_round(answers, asked, title=letter * 300, language=language)))

    assert any(f"\n… {word} " in shown for word in ("and", "и ещё"))


def test_a_big_class_of_sound_questions_fits_too() -> None:
    assert "Reliability (KR-20): 0." in text_of(analysis_screen(simulated(200, 100)))


@pytest.mark.parametrize(("options", "letters"), [("b", "B"), ("bd", "B or D"), ("bcd", "B, C or D")])
def test_options_are_called_by_their_letters(options: str, letters: str) -> None:
    question = a_question(options=FOUR)

    assert finding_words(Finding(Sign.UNUSED, options), question, "en") == f"Nobody chose {letters}."
