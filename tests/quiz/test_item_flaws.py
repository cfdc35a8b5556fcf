"""Each rule finds its flaw in English and in Russian, and leaves alone what only looks like it."""

from collections.abc import Sequence

import pytest

from decks import load_decks
from quiz.intervals import share_of
from quiz.item_flaws import RULES, flaws
from quiz.question import Question
from tests.samples import a_question, true_or_false

PLANETS = ("Mercury", "Venus", "Mars", "Saturn")


def asks(stem: str, *options: str, key: str = "a") -> Question:
    return a_question(stem, options or PLANETS, key)


FLAWED = {
    "longest_key": [
        asks("What is a comet?", "A body of ice and dust that grows a tail near the Sun", "A hot star", "A small moon"),
        asks("Что такое комета?", "Тело изо льда и пыли с хвостом у Солнца", "Горячая звезда", "Малая луна"),
    ],
    "all_of_the_above": [
        asks("Which is a planet?", "All of the above", *PLANETS[:3]),
        asks("Which is a planet?", *PLANETS[:3], "All of these are correct."),
        asks("Что из этого планета?", "Всё перечисленное", "Марс", "Венера"),
        asks("Что из этого планета?", "Все варианты верны", "Марс", "Венера"),
    ],
    "none_of_the_above": [
        asks("Which is a star?", "None of the above", *PLANETS[:3]),
        asks("Что из этого звезда?", "Ничего из перечисленного", "Марс", "Венера"),
        asks("Что из этого звезда?", "Марс", "Венера", "Нет правильного ответа"),
    ],
    "combined_options": [
        asks("Which have rings?", "Saturn", "Uranus", "Mars", "Saturn and Uranus", key="d"),
        asks("Which have rings?", "Saturn", "Mars", "Venus", "A and B"),
        asks("У кого есть кольца?", "Сатурн", "Уран", "Марс", "Сатурн и Уран", key="d"),
        asks("У кого есть кольца?", "Сатурн", "Уран", "Оба варианта", key="c"),
    ],
    "absolute_terms": [
        asks("What do comets do?", "They lose some ice", "They always hit the Sun", "They make light"),
        asks("Что делают кометы?", "Теряют лёд", "Никогда не тают", "Светят сами"),
        true_or_false("Comets always hit the Sun."),
        true_or_false("Кометы никогда не тают."),
    ],
    "vague_terms": [
        asks("What do comets do?", "They often lose ice", "They burn", "They grow"),
        asks("Что делают кометы?", "Теряют лёд", "Иногда горят", "Растут"),
    ],
    "word_repeats": [
        asks("What makes the rings of Saturn shine?", "Ice in the rings", "Hot gas", "Its own light"),
        asks("Из чего состоят кольца Сатурна?", "Кольцо состоит из льда", "Горячий газ", "Лава"),
    ],
    "convergence": [
        asks("What is a comet made of?", "Frozen water and stone", "Liquid water", "Melted stone"),
        asks("Почему столица Канберра?", "Сидней и Мельбурн спорили", "Сидней далёк", "Мельбурн сгорел"),
    ],
    "grammatical_cue": [
        asks("The Moon is a ____", "satellite", "asteroid", "star"),
        asks("A body that melts near the Sun is an", "icy one", "moon", "planet"),
        asks("Это рассказ об ____", "астрономе", "физике", "враче"),
    ],
    "negative_stem": [
        asks("Which of these is not a planet?", "The Moon", *PLANETS[:3]),
        asks("All of these are planets except", "the Moon", "the Earth", "the Mars"),
        asks("Что из этого не является планетой?", "Луна", "Марс", "Венера"),
        asks("Все эти тела — планеты, кроме", "Луны", "Марса", "Венеры"),
        asks("Which liquid doesn't freeze at 0 °C?", "Brine", "Rain", "Dew"),
    ],
    "blank_in_the_middle": [
        asks("The planet ____ has many rings that are made of ice and dust.", "Saturn", "Venus", "Mars"),
        asks("____ has rings.", "Saturn", "Venus", "Mars"),
        asks("Планета ____ окружена яркими кольцами изо льда и пыли.", "Сатурн", "Марс", "Венера"),
    ],
    "unfocused_stem": [
        asks("Which of the following statements is true?", "Mars is red", "Venus is cold", "Io is a star"),
        asks("Какое из утверждений верно?", "Марс красный", "Венера холодная", "Ио — звезда"),
        asks("Выберите правильный ответ:", "Марс красный", "Венера холодная", "Ио — звезда"),
    ],
    "key_of_another_form": [
        asks("How many moons has Mars?", "2", "one", "four"),
        asks("Which is a planet?", "mars", "The Moon", "The Sun"),
        asks("Что такое Луна?", "Спутник (Земли)", "Планета", "Звезда"),
        asks("Что такое Луна?", "Спутник Земли.", "Планета", "Звезда"),
    ],
    "overlapping_ranges": [
        asks("How many moons has Jupiter?", "90-100", "80-95", "1-20"),
        asks("Сколько спутников у Юпитера?", "от 90 до 100", "от 80 до 95", "от 1 до 20"),
    ],
    "same_beginning": [
        asks("What is the Moon?", "It is a satellite", "It is a planet", "It is a star"),
        asks("Что такое Луна?", "Луна — это спутник", "Луна — это планета", "Луна — это звезда"),
    ],
    "too_much_to_read": [asks("word " * 60 + "?"), asks("слово " * 60 + "?")],
}
SOUND = {
    "longest_key": [
        asks("What is a comet?", "A body of ice and dust", "A very hot young star", "A small moon"),
        asks("Which planet?", "Mercury", "Io", "Mars"),
        asks("What is Io?", "A moon of Jupiter, yes", "A moon", "A planet that goes round Jupiter"),
    ],
    "all_of_the_above": [
        asks("How many?", "All of them live there", "A few", "One"),
        asks("Кто?", "Все жители", "Судья"),
    ],
    "none_of_the_above": [asks("How many?", "None", "1/4", "1/2"), asks("Что?", "Ничего", "Лёд", "Огонь")],
    "combined_options": [
        asks("Which grow slowly?", "log n", "n", "n log n", "n³", key="ab"),
        asks("What is printed?", "`[1, 2]`", "`[3]`", "`[1, 2, 3]`"),
        asks("Что образуется?", "Соль и вода", "Соль и водород", "Соль"),
        asks("Adults sleep between ____ hours", "7 and 9", "5 and 6", "1 and 4"),
    ],
    "absolute_terms": [
        asks("Which is right?", "It never melts", "It always melts", "It burns"),
        true_or_false("A comet never shines by itself.", truth=True),
        asks("Что верно?", "Он никогда не тает", "Он всегда тает", "Он горит"),
    ],
    "vague_terms": [
        asks("What does a comet usually do?", "It loses ice", "It burns"),
        true_or_false("Обычно лёд тает."),
    ],
    "word_repeats": [
        asks("What makes the rings of Saturn shine?", "Ice in the rings", "Gas in the rings", "Its own light"),
        asks("Из чего состоят кольца?", "Из льда", "Из газа"),
        asks("Which rings are wide?", "Those of Saturn", "Those of Mars", key="ab"),
    ],
    "convergence": [
        asks("What is made?", "Carbon dioxide and water", "Carbon and water", "Metal dust"),
        asks("Что там?", "Вода и песок", "Лёд и огонь", "Пыль"),
    ],
    "grammatical_cue": [
        asks("The Moon is a(n) ____", "satellite", "asteroid", "star"),
        asks("An hour has ____ minutes", "60", "80"),
        asks("It is a ____", "unit", "European", "star"),
        asks("Это рассказ о ____", "физике", "враче"),
        asks("Это рассказ об ____", "астрономе", "учёном Галилее и его ученике", "ослике", key="b"),
    ],
    "negative_stem": [
        asks("Which of these is NOT a planet?", "The Moon", "Mars"),
        asks("Что из этого НЕ является планетой?", "Луна", "Марс"),
        asks("Which status code means that the server did not find the page?", "404", "200"),
        asks("Комету не видно. Где она?", "За Солнцем", "Рядом"),
        asks("Для чего нужна очередь, а не стек?", "Печать по порядку", "Отмена"),
        asks("What does “I can't put up with it” mean?", "I hate it", "I like it"),
        asks("Penguins cannot swim during the ____", "moult", "hunt"),
        true_or_false("The Moon is not a planet."),
    ],
    "blank_in_the_middle": [
        asks("Uranus was discovered in ____ by Herschel.", "1781", "1846"),
        asks("Закон открыл Георг Ом в ____ году.", "1826", "1848"),
        asks("Which word completes “___ you see Tom at home yesterday?”", "Did", "Do"),
    ],
    "unfocused_stem": [
        asks("Which of these statements about Mars is true?", "It is red", "It is hot"),
        asks("Какое утверждение о Марсе верно?", "Он красный", "Он горячий"),
    ],
    "key_of_another_form": [
        asks("How many moons has Mars?", "2", "1", "four"),
        asks("Which is a metal?", "iron", "ice", "Oxygen (O)"),
        true_or_false(),
    ],
    "overlapping_ranges": [asks("How many?", "10-20", "20-30", "31-40"), asks("Когда?", "1941–1945", "1914–1918")],
    "same_beginning": [
        asks("What is the Moon?", "It is a satellite", "It is a planet", "A star it is"),
        asks("Кто это?", "Пётр I", "Пётр II", "Пётр III"),
    ],
    "too_much_to_read": [asks("word " * 59 + "?")],
}


def of(examples: dict[str, list[Question]]) -> Sequence[object]:
    return [
        pytest.param(rule, question, id=f"{rule}: {question.stem[:30]}")
        for rule, questions in examples.items()
        for question in questions
    ]


@pytest.mark.parametrize(("rule", "question"), of(FLAWED))
def test_a_flaw_is_found(rule: str, question: Question) -> None:
    assert rule in flaws(question)


@pytest.mark.parametrize(("rule", "question"), of(SOUND))
def test_what_only_looks_like_a_flaw_is_none(rule: str, question: Question) -> None:
    assert rule not in flaws(question)


def test_every_rule_has_examples_of_both_kinds_and_says_where_it_comes_from() -> None:
    assert list(RULES) == list(FLAWED) == list(SOUND)
    assert all(rule.source.startswith(("HDR ", "IWF ")) and rule.meaning for rule in RULES.values())


def test_questions_that_people_wrote_and_looked_over_have_hardly_ever_two_flaws() -> None:
    questions = [one for deck in load_decks() for of_language in deck.questions.values() for one in of_language]

    share = share_of(len(flaws(one)) <= 1 for one in questions)

    assert share.of > 800
    assert share.value is not None
    assert share.value > 0.98
