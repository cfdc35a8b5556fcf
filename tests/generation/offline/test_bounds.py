"""No wrong number follows from the right one, is beyond what its unit can be, or stands out among the others."""

from decimal import Decimal
from random import Random

import pytest

from generation.offline.figures import FigureKind, figures, numbers_in
from generation.offline.grammar import grammar_of
from generation.offline.near import wrong_figures
from quiz.question import Kind
from tests.generation.offline.materials import asked, keys, prose, wrong

SEEDS = range(25)


def values_beside(text: str, language: str) -> tuple[Decimal, set[Decimal]]:
    """The first number of a text, and all that stand beside it with any seed."""
    grammar = grammar_of(language)
    figure = figures(text, grammar)[0]
    texts = [one for seed in SEEDS for one in wrong_figures(figure, text, (), (), grammar, Random(seed))]
    return figure.values[-1], {value for one in texts for value in numbers_in(one, language)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A password must have at least 12 characters of any kind."),
        ("en", "The storm has lasted for no less than 190 years."),
        ("ru", "Отпуск длится не менее 28 дней в каждом году."),
        ("ru", "Отдых между сменами составляет минимум 42 часа подряд."),
    ],
)
def test_beside_a_lower_bound_stand_larger_numbers_only(language: str, text: str) -> None:
    right, values = values_beside(text, language)

    assert values
    assert min(values) > right


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Shackleton came within 180 kilometres of the South Pole."),
        ("en", "A desk may be booked for at most 40 minutes a visit."),
        ("en", "The rent may be raised by no more than 40 euros."),
        ("ru", "Заявление рассматривают в течение 10 дней после подачи."),
        ("ru", "Масса посылки не превышает 20 кг при любой цене."),
        ("ru", "Кучевое облако может вырасти до 15 км в высоту."),
    ],
)
def test_beside_an_upper_bound_stand_smaller_numbers_only(language: str, text: str) -> None:
    right, values = values_beside(text, language)

    assert values
    assert max(values) < right


def test_a_bound_in_words_has_no_wrong_answer_that_follows_from_it() -> None:
    grammar = grammar_of("en")
    text = "Resignation has to be declared at least six weeks before the end."
    options = [
        one for seed in SEEDS for one in wrong_figures(figures(text, grammar)[0], text, (), (), grammar, Random(seed))
    ]

    assert set(options) == {"seven", "eight", "nine"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Anyone who is at least 14 years old may become a reader."),
        ("en", "A secret ballot is held if 30 members demand it."),
        ("en", "To make a jar of honey of 500 grams, bees visit many flowers."),
        ("en", "More than 200 towns had presses in those days."),
        ("ru", "Тайное голосование проводят, если его требуют 30 членов."),
        ("ru", "Глубина озера превышает 300 м во всех местах."),
    ],
)
def test_a_number_that_others_could_stand_for_is_not_asked_for(language: str, text: str) -> None:
    assert figures(text, grammar_of(language)) == []


@pytest.mark.parametrize(
    ("language", "text", "most"),
    [
        ("en", "Newborn babies sleep for 17 hours a day in their first weeks.", 24),
        ("en", "The museum closes its doors at 6 p.m. in winter.", 12),
        ("en", "The shop is open on 5 days a week.", 7),
        ("en", "The crust of the planet makes up 60 % of it.", 100),
        ("ru", "Новорождённые спят 17 часов в сутки в первые недели.", 24),
        ("ru", "Кабинет открыт 5 дней в неделю.", 7),
    ],
)
def test_no_wrong_number_is_beyond_what_its_unit_can_be(language: str, text: str, most: int) -> None:
    _, values = values_beside(text, language)

    assert values
    assert max(values) <= most


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The club takes in members who are 15 years old."),
        ("ru", "С согласия родителей подросток работает с 14 лет."),
        ("ru", "Отпуск работников моложе 18 лет длится месяц."),
    ],
)
def test_wrong_ages_are_near(language: str, text: str) -> None:
    right, values = values_beside(text, language)

    assert len(values) >= 2
    assert all(Decimal("0.8") <= value / right <= Decimal("1.4") for value in values)


def test_a_number_that_is_not_round_stands_among_such_and_each_has_as_many_digits() -> None:
    for text in ("The radius of the planet is 6,371 km.", "The colony covers 965 hectares of the wood."):
        right, values = values_beside(text, "en")
        assert values
        assert all(value % 10 and len(str(value)) == len(str(right)) for value in values if right % 10)
        assert all(len(str(value)) == len(str(right)) for value in values)


def test_stretches_are_written_alike() -> None:
    text = "Adults need between 7 and 9 hours of sleep a night."
    grammar = grammar_of("en")
    (other,) = figures("Babies sleep for 14 to 17 hours.", grammar)

    for seed in SEEDS:
        options = wrong_figures(figures(text, grammar)[0], text, (other,), (), grammar, Random(seed))
        assert options
        assert all(" and " in option for option in options)


def test_old_years_are_further_apart_than_new_ones() -> None:
    for seed in SEEDS:
        text = "The bank was founded in 1472."
        figure = figures(text, grammar_of("en"))[0]
        options = wrong_figures(figure, text, (), (), grammar_of("en"), Random(seed))
        assert all(abs(int(option) - 1472) >= 20 for option in options)


def test_a_century_is_not_asked_for_beside_its_year() -> None:
    kinds = [one.kind for one in figures("It was found late in the 19th century, in 1894.", grammar_of("en"))]

    assert kinds == [FigureKind.YEAR]
    assert figures("Печать появилась в XV веке в немецком городе.", grammar_of("ru"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The school reported three breaches: two lost sticks and one letter to the wrong family."),
        ("en", "The brain of every mammal has two large halves that work together."),
        ("ru", "Договор составляют письменно в двух экземплярах: один для работника, другой для фирмы."),
        ("ru", "У водорода есть три изотопа: протий, дейтерий и тритий."),
    ],
)
def test_a_count_that_the_sentence_tells_itself_is_not_asked_for(language: str, text: str) -> None:
    assert [draft for draft in asked(prose(text), language) if draft.kind is Kind.SINGLE] == []


def test_a_count_that_nothing_tells_is_asked_for() -> None:
    assert keys(asked(prose("The heart of every mammal has four large chambers."))[0]) == ["four"]
    assert keys(asked(prose("Books are lent to every reader for two weeks in summer."))[0]) == ["two"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Travellers waited on the island for 30 days. The time was later raised to 40 days by the council."),
        ("ru", "Первый карантин в Рагузе длился 30 дней. Позже совет города увеличил срок до 40 дней."),
    ],
)
def test_what_was_otherwise_later_is_not_asked_for(language: str, text: str) -> None:
    for draft in asked(prose(text), language):
        assert keys(draft) != ["30"]
        assert "40" not in wrong(draft)
