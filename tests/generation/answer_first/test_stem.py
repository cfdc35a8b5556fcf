"""What a worded question must hold to."""

from dataclasses import replace

import pytest

from generation.answer_first.stem import read_stem, stem_fault
from generation.answer_first.targets import Target
from generation.offline.grammar import grammar_of
from quiz.material import Evidence, Place, PlaceKind
from quiz.question import Level


def a_target(answer: str, fact: str, wrong: tuple[str, ...], asks: str = "value") -> Target:
    return Target(
        answer, wrong, fact, "", asks, "term", Level.RECALL, "", Evidence(fact, Place(PlaceKind.PAGE, 1)), 0, 0
    )


PLASMA = a_target("Plasma", "Plasma is the pale yellow liquid part of human blood.", ("Platelet", "Red cell"))
LAVA = a_target("Лава", "Лава — это магма, которая вылилась на поверхность земли.", ("Мантия", "Кратер"))


@pytest.mark.parametrize(
    ("stem", "fault"),
    [
        ("What is the name of the pale yellow liquid part of blood?", None),
        ("How long does it take the yellow part of blood to form?", None),
        ("Who found the yellow liquid part of human blood in his laboratory?", None),
        ("Who found it in the liquid part of human blood?", "pronoun"),
        ("The pale yellow liquid part of blood is plasma.", "no question"),
        ("Blood?", "no question"),
        ("What is yellow in human blood? Is there more of a liquid?", "no question"),
        ("What is plasma, the pale yellow liquid part of blood?", "answer"),
        ("Which liquid part of blood do plasmas belong to?", "answer"),
        ("Welcher gelbliche Teil des Blutes ist flüssig und heißt so?", "language"),
        ("What is it called in human blood, which is liquid?", "pronoun"),
        ("Which liquid part of blood does the text name?", "pronoun"),
        ("What is its yellow liquid part called in human blood?", "pronoun"),
        ("What is the liquid part of blood called by its yellow look?", None),
        ("What is the name of these yellow parts of blood?", "pronoun"),
        ("What is the capital of Norway, and where does it lie?", "pronoun"),
        ("Is the pale yellow liquid part of blood known?", "opening"),
        ("What is the thing that is the pale yellow liquid part of blood?", "opening"),
        ("What is the length of the coast of Norway?", "fact"),
        ("What is the name of the " + "pale yellow " * 30 + "liquid part of blood?", "long"),
    ],
)
def test_english_questions(stem: str, fault: str | None) -> None:
    assert stem_fault(stem, PLASMA, grammar_of("en")) == fault


@pytest.mark.parametrize(
    ("stem", "fault"),
    [
        ("Как называется магма, вылившаяся на поверхность земли?", None),
        ("Как называют лавой магму на поверхности земли?", "answer"),
        ("What is magma on the surface of the earth called?", "language"),
        ("Как она называется, когда магма вылилась на поверхность?", "pronoun"),
        ("Каково её название, когда магма вылилась на поверхность?", "pronoun"),
        ("О чём говорится в тексте про магму на поверхности?", "pronoun"),
        ("Магма, вылившаяся на поверхность земли, — это что?", "opening"),
        ("Как называется вылившийся магма, которая на поверхности земли?", None),  # nothing is said of participles
        ("Как называется горячий магма на поверхности земли?", "grammar"),
        ("Какой длины берег Норвегии у самого моря?", "fact"),
    ],
)
def test_russian_questions(stem: str, fault: str | None) -> None:
    assert stem_fault(stem, LAVA, grammar_of("ru")) == fault


def test_what_every_option_has_gives_nothing_away() -> None:
    cell = a_target(
        "Red cell", "A red cell is a disc without a nucleus that carries oxygen.", ("White cell", "Dead cell")
    )
    assert stem_fault("Which cell is a disc and carries oxygen?", cell, grammar_of("en")) is None
    assert stem_fault("Which red disc carries oxygen without a nucleus?", cell, grammar_of("en")) == "answer"


STEEPING = a_target("18 часов", "Завяливание чёрного чая длится до 18 часов.", ("12 часов", "8 часов"), "count")


@pytest.mark.parametrize(
    ("stem", "fault"),
    [
        ("Сколько часов длится завяливание чёрного чая?", None),
        ("До скольких часов длится завяливание чёрного чая?", None),
        ("Какова длительность завяливания чёрного чая?", None),
        ("В какое время завяливание длится чёрного чая?", "opening"),
        ("Кто завяливает листья чёрного чая?", "opening"),
        ("Сколько час длится завяливание чёрного чая?", "grammar"),
        ("Каков длительность завяливания чёрного чая?", "grammar"),
    ],
)
def test_a_question_how_many_asks_for_an_amount_in_words_that_agree(stem: str, fault: str | None) -> None:
    assert stem_fault(stem, STEEPING, grammar_of("ru")) == fault


LIMIT = replace(
    a_target("14", "The speed limit in the canal is 14 kilometres an hour.", ("6", "24"), "count"), needed="an hour"
)
WEB = a_target("1989", "Tim Berners-Lee proposed the World Wide Web at CERN in 1989.", ("1993", "1997"), "year")
BROOKLYN = a_target(
    "1875", "John Roebling planned the Brooklyn Bridge, and its towers were finished in 1875.", ("1855", "1889"), "year"
)


@pytest.mark.parametrize(
    ("stem", "target", "fault"),
    [
        ("How many kilometres an hour is the speed limit in the canal?", LIMIT, None),
        ("How many kilometres is the speed limit in the canal?", LIMIT, "measure"),
        ("In which year was Tim Berners-Lee proposed the World Wide Web at CERN?", WEB, "grammar"),
        ("In which year was the World Wide Web proposed by Tim Berners-Lee?", WEB, None),
        ("In which year did Tim Berners-Lee propose the World Wide Web?", WEB, None),
        ("In which year did John Roebling plan the Brooklyn Bridge?", BROOKLYN, "clause"),
        ("In which year were the towers of the Brooklyn Bridge finished?", BROOKLYN, None),
    ],
)
def test_a_question_keeps_the_measure_and_who_did_it(stem: str, target: Target, fault: str | None) -> None:
    assert stem_fault(stem, target, grammar_of("en")) == fault


@pytest.mark.parametrize(
    ("written", "stem"),
    [
        ("What is blood?\n", "What is blood?"),
        ("\n\nQuestion: What  is blood?\nAnswer: a liquid", "What is blood?"),
        ("**Вопрос 1.** Что такое кровь?", "Что такое кровь?"),
        ('"What is blood?"', "What is blood?"),
        ("<question>What is blood?</question>", "What is blood?"),
        ("```\nWhat is blood?\n```", "What is blood?"),
        ("", ""),
        ("***", ""),
    ],
)
def test_the_question_is_read_out_of_what_was_written(written: str, stem: str) -> None:
    assert read_stem(written) == stem


@pytest.mark.parametrize(
    ("written", "stem"),
    [
        ("Как называется атомы одного элемента?", "Как называются атомы одного элемента?"),
        ("Как называется одноклеточные грибы?", "Как называются одноклеточные грибы?"),
        ("Как называется ледник в горах?", "Как называется ледник в горах?"),
        ("Как называется кофе без молока?", "Как называется кофе без молока?"),
        ("Кто называется атомы?", "Кто называется атомы?"),
    ],
)
def test_a_question_for_the_name_of_many_says_so(written: str, stem: str) -> None:
    assert grammar_of("ru").in_agreement(written) == stem
