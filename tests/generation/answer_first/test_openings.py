"""How questions begin, by what they ask for."""

import pytest

from generation.answer_first.openings import ASKING, begins_well
from prompts.registry import find_prompt


@pytest.mark.parametrize(
    ("language", "asks", "stem", "well"),
    [
        ("en", "year", "In which year was the canal opened?", True),
        ("en", "year", "When was the canal opened?", True),
        ("en", "year", "How old is the canal?", False),
        ("en", "count", "For how many years did he hold the office?", True),
        ("en", "count", "What time does the ride take?", False),
        ("en", "person", "By whom was the map drawn?", True),
        ("en", "person", "Where was the map drawn?", False),
        ("en", "place", "In which town was he born?", True),
        ("en", "term", "In which wool is it found?", False),
        ("en", "term", "What is the name of the thing that is used for soap?", False),
        ("en", "year", "In which year did Newton give the cause in?", False),
        ("en", "year", "In which year did Newton move in?", False),
        ("ru", "year", "С какого года шли раскопки?", True),
        ("ru", "year", "Сколько лет шли раскопки?", False),
        ("ru", "count", "Через сколько дней приходит ответ?", True),
        ("ru", "count", "В какое время отправляют жалобу?", False),
        ("ru", "count", "Сколько частей состоит симфония?", False),
        ("ru", "count", "Из скольких частей состоит симфония?", True),
        ("ru", "amount", "В какую температуру вода находится?", False),
        ("ru", "amount", "Чему равна сумма углов?", True),
        ("ru", "amount", "На каком расстоянии он стоял?", True),
        ("ru", "amount", "Какова, каков или сколько граммов сахара растворяется?", False),
        ("ru", "count", "Сколько часов утра открылось метро?", False),
        ("ru", "place", "В какое море впадает река?", True),
        ("ru", "person", "Кто из тех, кто создал машину?", False),
        ("ru", "person", "Кем была создана машина?", True),
        ("ru", "place", "В каком городе он родился?", True),
        ("ru", "term", "Как называется путь планеты?", True),
        ("ru", "term", "В каком пути движется тело?", False),
    ],
)
def test_a_question_begins_by_what_it_asks_for(language: str, asks: str, stem: str, *, well: bool) -> None:
    assert begins_well(stem, asks, language) is well


@pytest.mark.parametrize("language", sorted(ASKING))
def test_every_beginning_that_the_prompt_asks_for_is_taken(language: str) -> None:
    asked = find_prompt("wording", language).inputs["asks"]
    assert isinstance(asked, dict)
    assert set(asked) == set(ASKING[language])
    for asks, beginning in asked.items():
        first = beginning.split(",")[0].split(" или ")[0]
        assert begins_well(f"{first} …", asks, language), beginning
