"""Which numbers are asked for, and the wrong ones beside a right one."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.offline.figures import Figure, FigureKind, figures, numbers_in
from generation.offline.grammar import grammar_of
from generation.offline.near import wrong_figures


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(figure.text, figure.kind) for figure in figures(text, grammar_of(language))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The heart beats about 70 times a minute.", [("70", "amount")]),
        ("The heart has four chambers.", [("four", "word")]),
        ("A lens costs between 200 and 300 euros.", [("200 and 300", "amount")]),
        ("The crust is 35–40 km thick.", [("35–40", "amount")]),
        ("A convoy needs 11 to 16 hours.", [("11 to 16", "amount")]),
        ("The war lasted from 1914 to 1918.", [("1914", "year"), ("1918", "year")]),
        ("The Act of 1662 limited the number of printers.", [("1662", "year")]),
        ("It was built in the 19th century and again in the 1880s.", [("19th", "century"), ("1880s", "decade")]),
        ("The index of it is 7.", [("7", "amount")]),
        # bounds that other numbers keep too, places in a row, names, dates, halves
        ("More than 200 towns had presses by 1500.", []),
        ("See chapter 3 and question 12 on page 40.", []),
        ("Apollo 11 landed at 10:30 on 20 July.", []),
        ("Two thirds of the land was sold, and one man bought it.", []),
        ("The two sides agreed on all three points.", []),
        ("The price was $5 or 3/4 of a mark.", []),
    ],
)
def test_english_figures_are_amounts_with_what_is_counted_and_years(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Длина реки составляет 3 500 км, а глубина — 2,5 м.", [("3 500", "amount"), ("2,5", "amount")]),
        ("В 1861 г. было отменено крепостное право.", [("1861", "year")]),
        ("Война шла в 1914–1918 гг. по всей Европе.", [("1914–1918", "year")]),
        ("Масса мозга в среднем равна 1400 г.", [("1400", "amount")]),
        ("В Россию сонет пришёл в XVIII веке.", [("XVIII", "century")]),
        ("Сердце человека имеет четыре камеры.", [("четыре", "word")]),
        ("Пётр родился 30 мая 1672 г. в Москве.", [("1672", "year")]),
        ("Станок появился около 1785 года.", [("1785", "year")]),
        ("В озеро впадает более 300 рек, а в 5-й главе сказано почему.", []),
        ("Раскопано около двух третей города.", []),
        ("К 1990 году и до 2000 года завод работал.", []),
    ],
)
def test_russian_figures_are_amounts_with_what_is_counted_and_years(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, "ru") == expected


def beside(text: str, language: str = "en", seed: int = 0) -> tuple[Figure, list[str]]:
    grammar = grammar_of(language)
    figure = figures(text, grammar)[0]
    return figure, wrong_figures(figure, text, (), (), grammar, Random(seed))


@given(st.integers(2, 3_000_000), st.sampled_from(["km", "%", "euros", "days"]), st.integers(0, 99))
def test_wrong_amounts_are_of_the_scale_and_never_equal_under_rounding(number: int, unit: str, seed: int) -> None:
    for figure in figures(f"The thing measures {number:,} {unit}.", grammar_of("en")):
        if figure.kind is not FigureKind.AMOUNT:
            continue
        options = wrong_figures(
            figure, f"The thing measures {number:,} {unit}.", (), (), grammar_of("en"), Random(seed)
        )
        values = [Decimal(number), *(numbers_in(option, "en").pop() for option in options)]
        assert len(set(values)) == len(values)
        for one in values:
            assert number / 3 <= one <= number * 3
            for other in values:
                exact = max(one, other) <= 12
                assert one == other or exact or max(one, other) / min(one, other) >= Decimal("1.2")
        assert unit != "%" or number > 100 or all(value <= 100 for value in values)


@given(st.integers(1000, 2019), st.integers(0, 99))
def test_wrong_years_are_near_and_not_still_to_come(year: int, seed: int) -> None:
    figure, options = beside(f"The bridge was opened in {year}.", seed=seed)

    assert figure.kind is FigureKind.YEAR
    assert len(options) >= 2
    assert len({year, *map(int, options)}) == len(options) + 1
    assert all(3 <= abs(int(option) - year) <= 90 and int(option) <= 2020 for option in options)


def test_a_wrong_year_is_on_the_same_side_of_another_year_of_the_sentence() -> None:
    for seed in range(20):
        _, options = beside("The king ruled from 1701 until his son followed him in 1714.", seed=seed)
        assert all(int(option) < 1714 for option in options)


def test_a_wrong_amount_has_the_form_of_the_right_one() -> None:
    _, options = beside("Light travels 384,400 km to the Moon.")
    assert all(option.count(",") == 1 and option.endswith("00") for option in options)

    _, options = beside("Глубина озера составляет 2,5 м.", "ru")
    assert options
    assert all("," in option for option in options)

    _, options = beside("The crust is 35–40 km thick.")
    assert options
    assert all("–" in option and not {"35", "40"} & set(option.split("–")) for option in options)


def test_wrong_numbers_take_the_same_form_of_the_russian_word_behind_them() -> None:
    for seed in range(20):
        _, options = beside("Скелет человека насчитывает 206 костей.", "ru", seed)
        assert options
        assert all(int(option) % 10 in {0, 5, 6, 7, 8, 9} or int(option) % 100 in range(11, 15) for option in options)

        _, options = beside("Длительность похода составила 22 дня.", "ru", seed)
        assert all(int(option) % 10 in {2, 3, 4} and int(option) % 100 not in range(11, 15) for option in options)


def test_numbers_in_words_stand_in_the_case_of_the_right_one() -> None:
    assert set(beside("Дуга состоит из пяти звеньев.", "ru")[1]) <= {
        "двух",
        "трёх",
        "четырёх",
        "шести",
        "семи",
        "восьми",
    }
    assert set(beside("Сердце человека имеет четыре камеры.", "ru")[1]) == {"две", "три"}


def test_what_the_source_says_of_the_same_comes_first_and_what_it_says_elsewhere_is_no_wrong_answer() -> None:
    grammar = grammar_of("en")
    text = "The tower is 300 metres high."
    figure = figures(text, grammar)[0]
    other = figures("The bridge is 480 metres long.", grammar)[0]

    assert "480" in wrong_figures(figure, text, (other,), (), grammar, Random(0))
    assert "480" not in wrong_figures(figure, text, (other,), ("480",), grammar, Random(0))
