"""What somebody says is wanted of a material is found there, in English and Russian; else all of it is taken."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation import word_forms
from generation.focus import wanted_passages
from quiz.material import Material, Passage, PassageKind, Place, PlaceKind


def numbered(kind: PlaceKind, count: int = 12) -> Material:
    """So many pages, slides or their like, each with a passage; 4 has two."""
    texts = [(number, f"What stands on {number}.") for number in range(1, count + 1)]
    texts.insert(4, (4, "And more of it."))
    return Material("", tuple(Passage(text, Place(kind, number)) for number, text in texts))


def headed(*headings: str) -> Material:
    return Material(
        "", tuple(Passage(f"Text {n}.", Place(PlaceKind.PARAGRAPH, n, one)) for n, one in enumerate(headings, 1))
    )


def numbers(material: Material, focus: str, language: str = "en") -> list[int]:
    """The places of what is wanted, each once."""
    return list(dict.fromkeys(one.place.number for one in wanted_passages(material, focus, language)))


ALL = list(range(1, 13))


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("slides 3-5", [3, 4, 5]),
        ("слайды 3-5", [3, 4, 5]),
        ("Только слайды 3–5, пожалуйста", [3, 4, 5]),
        ("slides 3 to 5", [3, 4, 5]),
        ("слайды с", ALL),
        ("слайды 3 по 5", [3, 4, 5]),
        ("3-5 слайды", [3, 4, 5]),
        ("slides 2, 4 and 7-8", [2, 4, 7, 8]),
        ("слайды 2, 4 и 7", [2, 4, 7]),
        ("slide 11", [11]),
        ("the third slide", [3]),
        ("третий слайд", [3]),
        ("3-й слайд", [3]),
        ("first 2 slides", [1, 2]),
        ("последние 3 слайда", [10, 11, 12]),
        ("slides 40-50", ALL),
        ("page 3", ALL),
        ("", ALL),
        ("   ", ALL),
    ],
)
def test_slides_by_their_numbers(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(numbered(PlaceKind.SLIDE), focus, "ru") == wanted


@pytest.mark.parametrize("focus", ["page 4", "p. 4", "стр. 4", "страница 4", "на странице 4", "с. 4", "fourth page"])
def test_all_that_stands_on_a_page_is_wanted(focus: str) -> None:
    texts = [one.text for one in wanted_passages(numbered(PlaceKind.PAGE), focus, "ru")]
    assert texts == ["What stands on 4.", "And more of it."]


def test_a_passage_that_begins_before_the_lines_and_goes_on_in_them_is_wanted() -> None:
    places = (1, 10, 30, 50)
    lines = Material("", tuple(Passage(f"From {one} on.", Place(PlaceKind.LINE, one)) for one in places))
    assert numbers(lines, "lines 12-30") == [10, 30]
    assert numbers(lines, "строки 5-9", "ru") == [1]


BOOK = headed(
    "Part 3 › Chapter 1. Motion",
    "Part 3 › Chapter 2. Forces",
    "Part 3 › Chapter 3. Energy › 3.1 Work",
    "Part 3 › Chapter 3. Energy › 3.2 Power",
    "Part 4 › Chapter 10. Waves",
)


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("only chapter 3", [3, 4]),
        ("chapter three", [3, 4]),
        ("the third chapter", [3, 4]),
        ("chapters 1-2", [1, 2]),
        ("chapters 1 and 10", [1, 5]),
        ("section 3.2", [4]),
        ("§ 3.1", [3]),
        ("part 4", [5]),
        ("chapter 3, power", [4]),
        ("chapter 7", [1, 2, 3, 4, 5]),
        ("chapter 30", [1, 2, 3, 4, 5]),
    ],
)
def test_chapters_by_their_numbers(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(BOOK, focus) == wanted


@pytest.mark.parametrize("heading", ["Глава 3. Клетка", "ГЛАВА III", "3. Клетка", "III. Клетка", "Глава 3"])
@pytest.mark.parametrize("focus", ["глава 3", "только третья глава", "главу III", "по главе 3"])
def test_a_russian_chapter_however_its_number_is_written(heading: str, focus: str) -> None:
    book = headed("Глава 1. Жизнь", "Глава 2. Вода", heading, "Глава 4. Ткани")
    if heading[0] in "3I":
        book = headed("1. Жизнь", "2. Вода", heading, "4. Ткани")
    assert numbers(book, focus, "ru") == [3]


KINDS = Material(
    "",
    (
        Passage("Force is what changes motion.", Place(PlaceKind.PAGE, 1)),
        Passage("By the second law F = ma.", Place(PlaceKind.PAGE, 2)),
        Passage("Planet\tMoons\nMars\t2", Place(PlaceKind.PAGE, 3), PassageKind.TABLE),
        Passage("print(1)", Place(PlaceKind.PAGE, 4), PassageKind.CODE),
        Passage(r"Then \(E = \frac{mv^2}{2}\) holds.", Place(PlaceKind.PAGE, 5)),
    ),
)


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("the formulas", [2, 5]),
        ("формулы", [2, 5]),
        ("equations and tables", [2, 3, 5]),
        ("только таблицы", [3]),
        ("the code", [4]),
        ("formulas on pages 3-5", [5]),
        ("tables on page 1", [1]),
    ],
)
def test_formulas_tables_and_code(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(KINDS, focus) == wanted


CELL = Material(
    "Клетка",
    (
        Passage("Ядро хранит наследственную информацию.", Place(PlaceKind.PAGE, 1, "Ядро клетки")),
        Passage("На рибосомах собирается белок.", Place(PlaceKind.PAGE, 2, "Синтез белка")),
        Passage("В митохондриях запасается энергия.", Place(PlaceKind.PAGE, 3, "Энергия клетки")),
        Passage("У растений есть хлоропласты.", Place(PlaceKind.PAGE, 4, "Энергия клетки")),
    ),
)


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("рибосома", [2]),
        ("про рибосомы и ядро", [1, 2]),
        ("синтез белков", [2]),
        ("энергия", [3, 4]),
        ("митохондрия", [3]),
        ("Наполеон", [1, 2, 3, 4]),
        ("только про", [1, 2, 3, 4]),
    ],
)
def test_russian_words_in_any_form(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(CELL, focus, "ru") == wanted


def test_without_a_dictionary_russian_words_are_compared_by_likeness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_forms, "_meaning_in", dict[str, None]().get)
    assert numbers(CELL, "рибосома", "ru") == [2]
    assert numbers(CELL, "митохондрии", "ru") == [3]


SPACE = Material(
    "",
    (
        Passage("A star shines by itself.", Place(PlaceKind.PARAGRAPH, 1)),
        Passage("Planets move around their stars.", Place(PlaceKind.PARAGRAPH, 2)),
        Passage("Comets are made of ice.", Place(PlaceKind.PARAGRAPH, 3)),
    ),
)


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [("comet", [3]), ("stars", [1, 2]), ("the planets and their stars", [2]), ("ice cream", [3]), ("start", [1, 2, 3])],
)
def test_english_words_in_any_form(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(SPACE, focus) == wanted


@given(st.text(max_size=400), st.sampled_from(["en", "ru", "de"]))
def test_whatever_is_asked_for_something_is_taken_in_its_order(focus: str, language: str) -> None:
    for material in (BOOK, KINDS, SPACE):
        wanted = wanted_passages(material, focus, language)
        assert wanted
        assert [one for one in material.passages if one in wanted] == list(wanted)
