"""What somebody says is not wanted of a material is left out, however they say it."""

from collections.abc import Sequence

import pytest

from generation.focus import wanted as wanted_of
from quiz.material import Material, Passage, PassageKind, Place, PlaceKind
from tests.generation.test_focus import BOOK, numbered, numbers

SLIDES = numbered(PlaceKind.SLIDE)
LAWS = Material(
    "",
    (
        Passage("A body at rest stays at rest.", Place(PlaceKind.PAGE, 1)),
        Passage("The force is $F = m a$ for all bodies.", Place(PlaceKind.PAGE, 2)),
        Passage("Drones fly over the field.", Place(PlaceKind.PAGE, 3)),
        Passage("for a in b: pass", Place(PlaceKind.PAGE, 4), kind=PassageKind.CODE),
    ),
)


@pytest.mark.parametrize(
    "focus",
    [
        "skip chapter 3",
        "please skip chapter 3",
        "Ignore chapter 3",
        "leave out chapter 3",
        "omit the third chapter",
        "don't ask about chapter 3",
        "don’t ask me anything about chapter 3",
        "do not ask questions on chapter 3",
        "do not use chapter 3",
        "no questions on chapter 3",
        "no questions from chapter 3, please",
        "nothing from chapter 3",
        "without chapter 3",
        "chapter 3 is not needed",
    ],
)
def test_a_chapter_is_left_out(focus: str) -> None:
    assert numbers(BOOK, focus) == [1, 2, 5]


@pytest.mark.parametrize(
    "focus",
    [
        "пропусти слайды 3-12",
        "Пропустите слайды 3-12, пожалуйста",
        "не спрашивай про слайды 3-12",
        "не бери вопросы из слайдов 3-12",
        "не надо вопросов по слайдам 3-12",
        "исключи слайды 3-12",
        "ничего из слайдов 3-12",
        "слайды 3-12 не нужны",
        "слайды 1-5, но пропусти слайды 3-12",
    ],
)
def test_slides_are_left_out(focus: str) -> None:
    assert numbers(SLIDES, focus, "ru") == [1, 2]


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("no formulas", [1, 3, 4]),
        ("omit the formulas", [1, 3, 4]),
        ("skip the code", [1, 2, 3]),
        ("no questions about drones", [1, 2, 4]),
        ("pages 1-3, don't ask about drones", [1, 2]),
        ("only formulas, no code", [2]),
        ("page 3, no code", [3]),
        ("formulas", [2]),
    ],
)
def test_formulas_code_and_subjects_are_left_out(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(LAWS, focus) == wanted


@pytest.mark.parametrize(
    ("focus", "wanted"), [("chapter 2 onwards", [2, 3, 4, 5]), ("chapter 3 to the end", [3, 4, 5])]
)
def test_from_a_chapter_to_the_end(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(BOOK, focus) == wanted


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("кроме 3 слайда", [1, 2, *range(4, 13)]),
        ("из 3 слайда", [3]),
        ("первые 3 слайда", [1, 2, 3]),
    ],
)
def test_one_slide_in_the_genitive(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(SLIDES, focus, "ru") == wanted


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("ch3", [3, 4]),
        ("chapters 1-3 but not 2", [1, 3, 4]),
        ("chap 2", [2]),
        ("chapter I", [1]),
        ("chapter I and chapter II", [1, 2]),
        ("the chapter I read yesterday", [1, 2, 3, 4, 5]),
        ("the part I did not understand", [1, 2, 3, 4, 5]),
    ],
)
def test_short_forms_and_the_pronoun(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(BOOK, focus) == wanted


def test_what_was_to_be_left_out_and_is_not_there_is_told() -> None:
    found = wanted_of(BOOK, "don't ask about Napoleon", "en")
    assert found.is_all
    assert found.missing == ("napoleon",)
