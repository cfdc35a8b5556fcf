"""Questions about sentences: definitions, terms, names; and which wrong options stand beside the right one."""

import pytest

from generation.offline.grammar import Definition, grammar_of
from quiz.material import Material
from tests.generation.offline.materials import asked, keys, passage, prose, source, with_key, wrong

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
        "An altimeter is a device that tells how high a plane flies. A barometer is a machine for the pressure of air. "
        "A sextant is an instrument that measures the angle of a star. Soda is a tool that nobody has seen. "
    )

    draft = with_key(asked(prose(text)), "An altimeter")
    assert draft.stem == "____ is a device that tells how high a plane flies."
    assert set(wrong(draft)) == {"A barometer", "A sextant"}


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
    hidden = asked(prose(BLOOD, heading="Blood › Plasma and other parts"))

    assert [draft.stem for draft in shown] == ["The Crimean War\nThe war lasted for ____ months and cost many lives."]
    assert "Plasma and" not in with_key(hidden, "Plasma").stem


def test_negated_sentences_are_asked_about_by_the_limits_they_set_only() -> None:
    assert asked(prose("A snail does not have 38 teeth in its mouth.")) == []
    assert keys(asked(prose("The fee may not exceed 38 euros for one book."))[0]) == ["38"]


def test_a_heading_is_shown_over_what_it_is_about_only() -> None:
    first = passage("The war lasted for 38 months and cost many lives.", heading="The Crimean War")
    second = passage("The hospital at Scutari had 15 long corridors with beds.", heading="The Crimean War", line=2)

    stems = [draft.stem for draft in asked(Material("", (first, second)))]

    assert stems == [
        "The Crimean War\nThe war lasted for ____ months and cost many lives.",
        "The hospital at Scutari had ____ long corridors with beds.",
    ]


@pytest.mark.parametrize(
    ("language", "text", "key", "never"),
    [
        (
            "en",
            (
                "An inventory is a list of all furniture and every scratch at the beginning. "
                "A landlord is a person who lets a flat to others. "
                "A deposit is a sum of money that is kept for repairs. "
                "A caretaker is a person who looks after the house."
            ),
            "inventory",
            {"A landlord", "A caretaker", "A deposit"},
        ),
        (
            "ru",
            (
                "Саркофаг — это каменный гроб для тела царя. Визирь — это первый помощник царя во всех делах. "
                "Писец — это чиновник, который вёл счёт зерну. Жрец — это служитель бога в его храме."
            ),
            "Саркофаг",
            {"Визирь", "Писец", "Жрец"},
        ),
    ],
)
def test_a_thing_is_not_asked_for_among_things_of_another_kind(
    language: str, text: str, key: str, never: set[str]
) -> None:
    drafts = [draft for seed in "abcd" for draft in asked(prose(text), language, seed=seed)]

    of_key = [draft for draft in drafts if key.casefold() in f"{draft.stem} {keys(draft)}".casefold()]
    assert of_key
    assert all(not never & set(draft.options) for draft in of_key)
    assert any("description fits" in draft.stem or "описание подходит" in draft.stem for draft in of_key)


@pytest.mark.parametrize(
    ("language", "text", "never"),
    [
        (
            "en",
            (
                "Minard showed the losses of the army in Russia in 1869. Snow drew a map in Soho in 1854. "
                "Gauss measured the land in Hanover in 1821. The conference met in Washington in 1884."
            ),
            "Russia",
        ),
        (
            "ru",
            (
                "На реке Адде французы были разбиты в 1799 году. Суворов родился в Москве в 1730 году. "
                "Полководец умер в Петербурге в 1800 году. Он взял Краков после осады в 1772 году."
            ),
            "Адде",
        ),
        (
            "ru",
            (
                "Пётр I родился 30 мая 1672 г. в Москве. В 1697 году Великое посольство побывало в Европе. "
                "В 1698 году Пётр I учился в Голландии. Вторая битва шла под Нарвой в 1704 году."
            ),
            "Москве",
        ),
    ],
)
def test_a_place_is_not_asked_for_among_places_of_another_sort(language: str, text: str, never: str) -> None:
    for seed in "abcd":
        assert never not in [keys(draft)[0] for draft in asked(prose(text), language, seed=seed)]


def test_people_who_lived_in_other_times_are_no_wrong_answers() -> None:
    text = (
        "Samuel Pepys recorded the deaths of London in 1665. Paul-Louis Simond proved the part of fleas in 1898. "
        "Alexandre Yersin found the germ in Hong Kong in 1894. Shibasaburo Kitasato studied it in 1894."
    )
    drafts = [draft for seed in "abcd" for draft in asked(prose(text), seed=seed)]

    assert any("Paul-Louis Simond" in keys(draft) for draft in drafts)
    assert all("Samuel Pepys" not in draft.options for draft in drafts)


@pytest.mark.parametrize(
    ("language", "text", "never"),
    [
        ("en", "A party from the whaler Antarctic landed at Cape Adare in 1895.", "Antarctic"),
        ("en", "The Fram reached the Bay of Whales in January 1911.", "Fram"),
        ("en", "Lester Pearson proposed a United Nations force in 1956.", "United Nations"),
        ("ru", "За победу Суворов получил титул графа Рымникского.", "Рымникского"),
        ("ru", "Октава состоит из восьми строк с тремя рифмами.", "Октава"),
    ],
)
def test_ships_titles_and_things_are_no_people_and_no_places(language: str, text: str, never: str) -> None:
    assert never not in [name.text for name in grammar_of(language).names(text) if name.kind]


def test_what_the_whole_source_is_about_is_not_asked_for() -> None:
    def asked_for(heading: str) -> set[str]:
        drafts = (draft for seed in "abcd" for draft in asked(prose(STARS, heading=heading), seed=seed))
        return {key for draft in drafts for key in keys(draft)}

    assert "Johann Galle" in asked_for("Discoverers of planets")
    assert "Johann Galle" not in asked_for("Johann Galle and others")


def test_a_description_begins_in_small_letters_wherever_it_stood() -> None:
    text = (
        "The slow wearing away of rock by water is called erosion. A quorum is the number of members who must come. "
        "A geyser is a spring that throws hot water into the air. Fibrin is a protein that forms threads in a wound."
    )
    options = [
        option
        for seed in "abcdef"
        for draft in asked(prose(text), seed=seed)
        if draft.stem.startswith("Which description")
        for option in draft.options
    ]

    assert "the slow wearing away of rock by water" in options
    assert all(option[0].islower() for option in options)
