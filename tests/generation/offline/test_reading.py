"""How a material is read: sentences whole, items with their heads, tables with theirs, each as it stands."""

import pytest

from generation.offline.grammar import grammar_of
from generation.offline.reading import Reading, read
from quiz.material import Material, PassageKind
from tests.generation.offline.materials import a_list, a_table, passage, prose


def reading(material: Material, language: str = "en") -> Reading:
    return read(material, grammar_of(language))


def sentences(text: str, language: str) -> list[str]:
    return [sentence.text for sentence in reading(prose(text), language).sentences]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Dr. Smith, e.g., came at 5 p.m. by train. He left.", 2),
        ("en", "J. R. R. Tolkien was born in 1892. He wrote (see Fig. 2) a lot, i.e. much.", 2),
        ("en", "The U.S. grew by 2.5 % in 1999. It was founded c. 1200 by St. Francis.", 2),
        ("ru", "В 1861 г. отменили крепостное право, т. е. крестьяне стали свободны. Это была реформа.", 2),
        ("ru", "А. С. Пушкин родился в 1799 г. в Москве. Он писал стихи.", 2),
        ("ru", "Растениям нужны вода, свет и т. д. Им нужен и воздух.", 2),
        ("ru", "Линию открыли в 1837 г. Строительством руководил Франц Герстнер.", 2),
        ("ru", "Город был основан в 1703 г. Петром Великим на берегу Невы.", 1),
        ("ru", "Толщина льда достигает 2 м. Байкальский лёд славится прозрачностью.", 2),
        ("ru", "Длина реки — 3,5 тыс. км. Население составляет 1,2 млн чел.", 2),
    ],
)
def test_abbreviations_initials_and_decimals_end_no_sentence(language: str, text: str, expected: int) -> None:
    assert len(sentences(text, language)) == expected, sentences(text, language)


def test_a_sentence_that_is_wrapped_is_one_and_is_quoted_as_it_stands() -> None:
    (sentence,) = reading(prose("The heart beats about\n70 times a minute.")).sentences

    assert sentence.text == "The heart beats about 70 times a minute."
    assert sentence.quote == "The heart beats about\n70 times a minute."


def test_numbers_and_marks_before_a_paragraph_are_no_part_of_its_sentences() -> None:
    assert sentences("1.1. Anyone may come.\n1.2. Nobody has to.", "en") == ["Anyone may come.", "Nobody has to."]
    assert sentences("• Anyone may come.", "en") == ["Anyone may come."]


def test_items_have_heads_where_a_dash_or_a_colon_parts_them() -> None:
    (block,) = reading(a_list("Hub — the middle of a wheel", "Rim: its outer ring", "a spoke")).lists

    assert [(item.head, item.body) for item in block.items] == [
        ("Hub", "the middle of a wheel"),
        ("Rim", "its outer ring"),
        ("", ""),
    ]


def test_a_list_is_named_by_the_line_that_introduces_it_else_by_its_heading() -> None:
    (introduced,) = reading(a_list("Three parts:", "a", "b", "c", heading="Wheels")).lists
    (headed,) = reading(a_list("a", "b", "c", heading="Vehicles › Wheels")).lists

    assert (introduced.title, len(introduced.items)) == ("Three parts", 3)
    assert (headed.title, len(headed.items)) == ("Wheels", 3)


def test_items_of_a_list_within_a_list_are_read_but_are_no_items_of_the_outer_one() -> None:
    read = reading(a_list("Rim", "  The rim is made of steel.", "Hub", "Spokes"))

    assert [item.text for item in read.lists[0].items] == ["Rim", "Hub", "Spokes"]
    assert "The rim is made of steel." in [sentence.text for sentence in read.sentences]


def test_a_table_has_a_head_and_rows_of_the_same_length() -> None:
    (table,) = reading(a_table("Land | Capital", "France | Paris", "Spain | Madrid", "Italy | Rome")).tables

    assert table.heads == ("Land", "Capital")
    assert table.rows[0] == (("France", "Paris"), "France\tParis")
    assert reading(a_table("Land | Capital", "France", "Spain | Madrid", "Italy | Rome")).tables == ()


def test_code_is_not_read() -> None:
    code = Material("", (passage("The list has 3 items.", PassageKind.CODE),))

    assert reading(code).sentences == ()


def test_what_came_before_under_the_same_heading_is_known() -> None:
    material = Material(
        "", (passage("One came.", heading="A"), passage("Two came.", heading="A"), passage("Three.", heading="B"))
    )

    assert [sentence.earlier for sentence in reading(material).sentences] == [(), ("One came.",), ()]
