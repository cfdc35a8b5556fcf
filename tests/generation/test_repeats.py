"""A question that was asked already is noticed in other words; one on a neighbouring fact is not taken for it."""

import pytest

from generation.checks import is_repeat
from generation.request import Asked

WORDS = {"True", "False"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("What is the capital of France?", "Paris"), ("What is the capital of France?", "Paris")),
        (("What is the capital of France?", "Paris"), ("what is the CAPITAL of France", "paris.")),
        (("What is the capital of France?", "Paris"), ("Which city is the capital of France?", "Paris")),
        (("In which year did the French Revolution begin?", "1789"), ("When did the French Revolution start?", "1789")),
        (
            ("Which planet is nearest to the Sun?", "Mercury"),
            ("Which planet is the nearest one to the Sun?", "Mercury"),
        ),
        (("Which planet is nearest to the Sun?", "Mercury"), ("Which planet is nearest to the Sun?", "Planet Mercury")),
        (
            ("Какая планета ближе всего к Солнцу?", "Меркурий"),
            ("Какая планета находится ближе всего к Солнцу?", "Меркурий"),
        ),
        (("Venus is a star.", "False"), ("Venus is a star", "False")),
        (("Venus is a star.", "True"), ("Is Venus a star?", "False")),
    ],
)
def test_the_same_question_in_other_words_is_a_repeat(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert is_repeat(Asked(*one), Asked(*other), WORDS)
    assert is_repeat(Asked(*other), Asked(*one), WORDS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("What is the capital of France?", "Paris"), ("What is the capital of Spain?", "Madrid")),
        (("What is the capital of France?", "Paris"), ("Which city held the Olympic Games of 1900?", "Paris")),
        (("Which planet is the largest?", "Jupiter"), ("Which planet has the Great Red Spot?", "Jupiter")),
        (("What is 2 + 2?", "4"), ("What is 1 + 3?", "4")),
        (("What is 2 + 2?", "4"), ("What is 2 * 2?", "4")),
        (("Which of these is a mammal?", "The whale"), ("Which of these is a mammal?", "The bat")),
        (("Which operator is this?", "<"), ("Which operator is this?", ">")),
        (("Venus is a star.", "False"), ("Mars is a star.", "False")),
        (("The French Revolution began in 1789.", "True"), ("The French Revolution began in 1799.", "False")),
        (("Venus is a star.", "False"), ("The Sun goes round the Earth.", "False")),
        (("Какая столица Франции?", "Париж"), ("Какая столица Испании?", "Мадрид")),
        (("What does `len('ab')` return?", "2"), ("What does `len([1, 2])` return?", "2")),
        (("In which country is the river Seine?", "France"), ("In which country is the river Loire?", "France")),
    ],
)
def test_a_neighbouring_fact_is_no_repeat(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not is_repeat(Asked(*one), Asked(*other), WORDS)
    assert not is_repeat(Asked(*other), Asked(*one), WORDS)
