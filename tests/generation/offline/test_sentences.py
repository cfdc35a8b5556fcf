"""Questions about sentences: definitions, terms, names; and which wrong options stand beside the right one."""

import pytest

from generation.offline.grammar import Definition, grammar_of
from tests.generation.offline.materials import asked, keys, prose, source, with_key, wrong

BLOOD = (
    "Plasma is the liquid part of blood that carries food to the cells. "
    "Haemoglobin is the red protein that binds oxygen in the lungs. "
    "Fibrin is the protein that forms threads when a vessel is cut."
)
STARS = (
    "Galileo Galilei discovered four moons of Jupiter in 1610. Johann Galle discovered Neptune in 1846 in Berlin. "
    "Clyde Tombaugh discovered Pluto in 1930. William Herschel discovered Uranus in 1781."
)


def defined(text: str, language: str) -> tuple[str, str] | None:
    found: Definition | None = grammar_of(language).definition(text)
    return (text[found.phrase.start : found.phrase.end], found.phrase.term.text) if found else None


@pytest.mark.parametrize(
    ("language", "text", "shown", "term"),
    [
        ("en", "Plasma is the liquid part of blood.", "Plasma", "plasma"),
        ("en", "The optical fibre is a thread of very pure glass.", "optical fibre", "optical fibre"),
        ("en", "The path of a planet round the Sun is called an orbit.", "orbit", "orbit"),
        ("en", "Erosion means the slow wearing away of rock by water.", "Erosion", "erosion"),
        ("ru", "Мантия — это слой между корой и ядром.", "Мантия", "мантия"),
        ("ru", "Байкал — самое глубокое озеро на Земле.", "Байкал", "Байкал"),
        ("ru", "Превращение воды в пар называется испарением.", "испарением", "испарение"),
        ("ru", "Реостатом называют прибор для изменения сопротивления.", "Реостатом", "реостат"),
        ("ru", "Под ускорением понимают изменение скорости за единицу времени.", "ускорением", "ускорение"),
        (
            "ru",
            "Клеточная стенка является прочной оболочкой растительной клетки.",
            "Клеточная стенка",
            "клеточная стенка",
        ),
    ],
)
def test_definitions_of_every_form_are_found(language: str, text: str, shown: str, term: str) -> None:
    assert defined(text, language) == (shown, term)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The result is a mixture of salt and water."),
        ("en", "The smallest is the elf owl of Mexico."),
        ("en", "It is a thread of very pure glass."),
        ("en", "False claims lead to a written warning."),
        ("ru", "Результат — это смесь соли и воды."),
        ("ru", "Река течёт на север через горы."),
        ("ru", "Это — самое глубокое озеро на Земле."),
    ],
)
def test_what_names_no_thing_is_not_defined(language: str, text: str) -> None:
    assert defined(text, language) is None


def test_what_is_defined_is_asked_for_among_other_defined_things() -> None:
    draft = with_key(asked(prose(BLOOD)), "Plasma")

    assert draft.stem == "____ is the liquid part of blood that carries food to the cells."
    assert set(wrong(draft)) == {"Haemoglobin", "Fibrin"}


def test_a_gap_behind_an_article_does_not_tell_how_the_answer_begins() -> None:
    text = (
        "An orbit is the path of a planet round a star. A comet is a body of ice and dust with a tail. "
        "A crater is a hollow that was made by an impact."
    )

    assert with_key(asked(prose(text)), "orbit").stem == "A/An ____ is the path of a planet round a star."


def test_a_kind_of_the_right_thing_is_no_wrong_answer() -> None:
    text = (
        "Кредит — это деньги, которые дают в долг под процент. Ипотека — это кредит под залог недвижимости. "
        "Пеня — это штраф за просрочку платежа. Вексель — это письменное обязательство уплатить сумму в срок. "
        "Чек — это приказ банку выдать деньги со счёта."
    )

    assert "Ипотека" not in with_key(asked(prose(text), "ru"), "Кредит").options


def test_another_name_of_the_right_thing_and_a_part_of_its_name_are_no_wrong_answers() -> None:
    text = (
        "Rickets, also called rachitis, is a disease of the bones of children. "
        "Scurvy is a disease of the gums that sailors had. Rachitis was common in towns. "
        "Infrasound is a sound that is too low for the ear. Sound is a wave of pressure that travels in air. "
    )
    known = source(prose(text))

    assert known.may_be_right("rachitis", "Rickets", "____ bends the legs of children.")
    assert known.may_be_right("infrasound", "Sound", "____ is a wave of pressure.")
    assert not known.may_be_right("scurvy", "Rickets", "____ bends the legs of children.")


def test_what_the_source_says_of_another_thing_too_makes_it_no_wrong_answer() -> None:
    text = "Arteries carry blood away from the heart. Veins carry blood back. Capillaries carry blood in the lungs."
    known = source(prose(text))

    assert known.may_be_right("veins", "Arteries", "Arteries carry blood away from the heart.")


def test_people_are_asked_for_among_people() -> None:
    drafts = [draft for draft in asked(prose(STARS), seed="names") if keys(draft)[0].istitle()]
    people = {"Galileo Galilei", "Johann Galle", "Clyde Tombaugh", "William Herschel"}

    assert drafts
    assert all(set(draft.options) <= people for draft in drafts)


@pytest.mark.parametrize(
    "text",
    [
        "Cocoa is grown in Ghana and in many other hot lands. Rice is grown in China. Tea is grown in India.",
        "France, Spain and Italy signed the treaty in 1648. Sweden signed it later. Poland did not.",
        "Rice does not come from Europe. Oranges do not come from England. Tea does not come from Ireland.",
    ],
)
def test_a_place_that_others_could_stand_for_is_not_asked_for(text: str) -> None:
    assert [keys(draft) for draft in asked(prose(text)) if not keys(draft)[0].isdigit()] == []


def test_the_end_of_a_title_is_no_place() -> None:
    names = grammar_of("en").names("Apsley Cherry-Garrard wrote The Worst Journey in the World about Antarctica.")

    assert "World" not in [name.text for name in names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Теорию изложил Михаил Ломоносов в Берлине.", [("Михаил Ломоносов", "person"), ("Берлине", "place")]),
        ("А. С. Пушкин родился в Москве.", [("А. С. Пушкин", "person"), ("Москве", "place")]),
        ("Фильм получил «Оскар» в Париже.", [("Париже", "place")]),
        ("Живые клетки рассмотрел Антони ван Левенгук.", [("Антони ван Левенгук", "person")]),
    ],
)
def test_russian_names_are_of_people_or_places(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(name.text, name.kind) for name in grammar_of("ru").names(text)] == expected


def test_russian_options_stand_in_the_case_of_the_gap() -> None:
    text = (
        "Превращение воды в пар при любой температуре называется испарением. "
        "Кристаллизация — это переход вещества в твёрдое состояние. "
        "Конденсация — это превращение пара обратно в жидкость. "
        "Плавление — это переход твёрдого тела в жидкое состояние."
    )

    draft = with_key(asked(prose(text), "ru"), "испарением")

    assert set(wrong(draft)) <= {"кристаллизацией", "конденсацией", "плавлением"}


def test_russian_options_agree_with_the_verb_in_gender() -> None:
    text = (
        "Пётр Ильич создал оперу в 1878 году в Москве. Мария Кюри открыла радий в 1898 году в Париже. "
        "Софья Ковалевская защитила диссертацию в 1874 году. Лиза Мейтнер объяснила деление ядра в 1939 году. "
        "Ирина Кюри получила премию за новые элементы в 1935 году."
    )
    women = {"Мария Кюри", "Софья Ковалевская", "Лиза Мейтнер", "Ирина Кюри"}
    for seed in "abcdef":
        for draft in asked(prose(text), "ru", seed=seed):
            if keys(draft)[0] in women:
                assert set(draft.options) <= women


def test_the_heading_is_shown_where_it_helps_and_not_where_it_tells_the_answer() -> None:
    shown = asked(prose("The war lasted for 38 months and cost many lives.", heading="2. The Crimean War"))
    hidden = asked(prose(BLOOD, heading="Plasma and other parts"))

    assert [draft.stem for draft in shown] == ["The Crimean War\nThe war lasted for ____ months and cost many lives."]
    assert "Plasma and" not in with_key(hidden, "Plasma").stem


def test_negated_sentences_are_asked_about_by_the_limits_they_set_only() -> None:
    assert asked(prose("A snail does not have 38 teeth in its mouth.")) == []
    assert keys(asked(prose("The fee may not exceed 38 euros for one book."))[0]) == ["38"]
