"""What somebody says is wanted of a material is found there, in English and Russian; else all of it is taken."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation import word_forms
from generation.focus import wanted as wanted_of
from quiz.evidence import find_evidence
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
    return list(dict.fromkeys(one.place.number for one in wanted_of(material, focus, language).passages))


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
    texts = [one.text for one in wanted_of(numbered(PlaceKind.PAGE), focus, "ru").passages]
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


def missing(material: Material, focus: str, language: str = "en") -> tuple[str, ...]:
    return wanted_of(material, focus, language).missing


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("first two slides", [1, 2]),
        ("the last three slides", [10, 11, 12]),
        ("the last slide", [12]),
        ("the second to last slide", [11]),
        ("slides two to four", [2, 3, 4]),
        ("slides three and five", [3, 5]),
        ("slide XI", [11]),
        ("slides 2–4", [2, 3, 4]),
        ("from slide 3 to slide 5", [3, 4, 5]),
        ("starting from slide 11", [11, 12]),
        ("from slide 11 onwards", [11, 12]),
        ("questions from slide 11", [11]),
        ("after slide 10", [11, 12]),
        ("before slide 3", [1, 2]),
        ("up to slide 2", [1, 2]),
        ("second and third slides", [2, 3]),
        ("everything except slides 3-12", [1, 2]),
        ("everything but the first slide", list(range(2, 13))),
        ("not the last slide", list(range(1, 12))),
        ("the second half", [7, 8, 9, 10, 11, 12]),
        ("the last quarter", [10, 11, 12]),
        ("слайды 2–4", [2, 3, 4]),
        ("слайды со второго по четвёртый", [2, 3, 4]),
        ("со 2 по 4 слайд", [2, 3, 4]),
        ("с третьего по пятый слайд", [3, 4, 5]),
        ("первые два слайда", [1, 2]),
        ("последние три слайда", [10, 11, 12]),
        ("последний слайд", [12]),
        ("предпоследний слайд", [11]),
        ("второй и третий слайды", [2, 3]),
        ("3 слайд", [3]),
        ("слайд три", [3]),
        ("слайд VII", [7]),
        ("после 10 слайда", [11, 12]),
        ("до третьего слайда", [1, 2]),
        ("начиная с 11 слайда", [11, 12]),
        ("всё, кроме слайдов 3-12", [1, 2]),
        ("все слайды, кроме последнего слайда", list(range(1, 12))),
        ("без первого слайда", list(range(2, 13))),
        ("вторая половина", [7, 8, 9, 10, 11, 12]),
        ("последняя четверть", [10, 11, 12]),
        ("первая треть", [1, 2, 3, 4]),
    ],
)
def test_slides_by_numbers_in_words_and_what_is_left_out(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(numbered(PlaceKind.SLIDE), focus, "ru") == wanted


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("the last chapter", [5]),
        ("chapter II", [2]),
        ("Chapter Three", [3, 4]),
        ("first two chapters", [1, 2]),
        ("chapters one and two", [1, 2]),
        ("everything except chapter 3", [1, 2, 5]),
        ("all but chapters 1 and 2", [3, 4, 5]),
        ("part 3, but not chapter 3", [1, 2]),
        ("everything except waves", [1, 2, 3, 4]),
        ("without chapter 9", [1, 2, 3, 4, 5]),
        ("after chapter 2", [3, 4, 5]),
    ],
)
def test_chapters_by_words_and_what_is_left_out(focus: str, wanted: Sequence[int]) -> None:
    assert numbers(BOOK, focus) == wanted


@pytest.mark.parametrize(
    ("focus", "wanted"),
    [
        ("глава третья", [3]),
        ("третью главу", [3]),
        ("последняя глава", [4]),
        ("с третьей по четвёртую главу", [3, 4]),
        ("первые две главы", [1, 2]),
        ("всё, кроме третьей главы", [1, 2, 4]),
        ("кроме глав 1 и 2", [3, 4]),
        ("главы 2–4, но не глава III", [2, 4]),
    ],
)
@pytest.mark.parametrize("third", ["Глава 3. Клетка", "Глава третья. Клетка", "Глава III", "Третья глава"])
def test_russian_chapters_by_words(focus: str, third: str, wanted: Sequence[int]) -> None:
    titles = ["Глава 1. Жизнь", "Глава 2. Вода", third, "Глава 4. Ткани"]
    if third == "Третья глава":
        titles = ["Первая глава", "Вторая глава", third, "Четвёртая глава"]
    assert numbers(headed(*titles), focus, "ru") == wanted


def test_chapters_without_numbers_are_counted() -> None:
    book = headed("Physics › Motion", "Physics › Forces", "Physics › Forces › Weight", "Physics › Energy")
    assert numbers(book, "chapter 2") == [2, 3]
    assert numbers(book, "the last chapter") == [4]
    assert missing(book, "chapter 4") == ("chapter 4",)


@pytest.mark.parametrize(
    ("focus", "told"),
    [
        ("chapter 9", ("chapter 9",)),
        ("chapters 2 and 9", ("chapters 9",)),
        ("chapter 3", ()),
        ("page 3", ("page 3",)),
        ("chapter 9 and the waves", ("chapter 9",)),
        ("Napoleon", ("napoleon",)),
        ("everything except chapter 9", ("chapter 9",)),
        ("the seventh chapter", ("seventh chapter",)),
        ("waves and Napoleon", ()),
        ("only hard questions, please", ()),
        ("", ()),
    ],
)
def test_what_a_material_has_not_is_told(focus: str, told: tuple[str, ...]) -> None:
    assert missing(BOOK, focus) == told


@pytest.mark.parametrize(
    ("focus", "told"),
    [
        ("глава 9", ("глава 9",)),
        ("девятая глава", ("девятая глава",)),
        ("стр. 40", ("стр. 40",)),
        ("про Наполеона", ("про наполеона",)),
        ("глава 2", ()),
        ("посложнее", ()),
    ],
)
def test_what_a_russian_material_has_not_is_told(focus: str, told: tuple[str, ...]) -> None:
    assert missing(headed("Глава 1. Жизнь", "Глава 2. Вода"), focus, "ru") == told


LONG = (
    "Venus is the hottest planet. Its air keeps the warmth.\n"
    "Mars is red. Its dust has iron. Two small moons go round it.\n"
    "Comets come from far away. They are made of ice."
)


def of_one(text: str, focus: str, language: str = "en") -> list[str]:
    place = Place(PlaceKind.LINE, 7)
    material = Material("", (Passage(text, place, lines=tuple(range(7, 8 + text.count("\n")))),))
    part = wanted_of(material, focus, language)
    quotes = [find_evidence(one.text.splitlines()[-1], material) for one in part.passages]
    assert [one.has(quote) for one, quote in zip(part.passages, quotes, strict=True) if quote] == [True] * len(quotes)
    assert all(part.has(0, text.index(one.text)) for one in part.passages)
    return [one.text for one in part.passages]


@pytest.mark.parametrize(
    ("focus", "begins"),
    [
        ("Mars", ["Mars is red"]),
        ("comets and Venus", ["Venus is", "Comets come"]),
        ("everything except Mars", ["Venus is", "\nComets"]),
        ("Napoleon", ["Venus is"]),
    ],
)
def test_of_one_passage_the_paragraphs_are_chosen(focus: str, begins: list[str]) -> None:
    texts = of_one(LONG, focus)
    assert [text.startswith(begin) for text, begin in zip(texts, begins, strict=True)] == [True] * len(begins)


def test_of_one_paragraph_the_sentences_are_chosen_with_the_one_behind() -> None:
    paragraph = LONG.replace("\n", " ")
    assert of_one(paragraph, "Mars") == ["Mars is red. Its dust has iron."]
    half = "Two small moons go round it. Comets come from far away. They are made of ice."
    assert of_one(paragraph, "the second half") == [half]


def test_of_one_russian_paragraph_the_sentences_are_chosen() -> None:
    paragraph = "Ядро хранит план клетки. На рибосомах собирается белок. Он нужен всем. Вакуоли хранят воду."
    assert of_one(paragraph, "рибосома", "ru") == ["На рибосомах собирается белок. Он нужен всем."]


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
        wanted = wanted_of(material, focus, language).passages
        assert wanted
        assert [one for one in material.passages if one in wanted] == list(wanted)
