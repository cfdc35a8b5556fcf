"""Which answers rules find in a material, and in which form they become options."""

from dataclasses import replace

import pytest

from generation.answer_first.targets import Target, find_targets
from generation.request import Asked, ModelTrouble, Trouble
from quiz.material import Material, Passage, PassageKind, Place, PlaceKind
from quiz.question import Level
from tests.generation.answer_first.materials import BRIDGE, SHAKING, YEAR, about
from tests.generation.written import a_request


def by_answer(targets: list[Target]) -> dict[str, Target]:
    return {target.answer: target for target in targets}


def test_each_answer_has_its_sentence_its_evidence_and_wrong_options() -> None:
    found = by_answer(find_targets(about(BRIDGE)))

    assert set(found) == {"2467", "1890"}
    length = found["2467"]
    assert (length.fact, length.unit, length.asks) == (
        "The Forth Bridge in Scotland is 2467 metres long.",
        " metres",
        "count",
    )
    assert length.evidence.quote == length.fact
    assert length.evidence.place == BRIDGE.passages[0].place
    assert found["1890"].asks == "year"
    assert all(len(target.wrong) >= 2 and target.answer not in target.wrong for target in found.values())


def test_russian_options_stand_in_the_nominative_whatever_case_the_sentence_has() -> None:
    found = by_answer(find_targets(about(SHAKING, "ru")))

    epicentre = found["Эпицентр"]
    assert epicentre.asks == "term"
    assert set(epicentre.wrong) <= {"Мантия", "Кратер", "Литосфера"}


def test_russian_names_stand_in_the_nominative() -> None:
    text = "Царь Пётр родился весной 1672 года в Москве. Большой флот построили мастера в Воронеже. "
    text += "Оружейный завод открылся для армии в Туле. Древний собор рисовали приезжие художники в Смоленске."
    material = Material("", (Passage(text, Place(PlaceKind.PAGE, 1)),))

    found = by_answer(find_targets(about(material, "ru")))

    assert found["Воронеж"].asks == "place"
    assert set(found["Воронеж"].wrong) <= {"Москва", "Смоленск", "Тула"}


def test_a_cell_is_asked_for_by_the_heads_of_its_row_and_column() -> None:
    table = "Planet\tLength of a year\nMars\t687 days\nSaturn\t29 years\nVenus\t225 days\nEarth\t365 days"
    material = Material("", (Passage(table, Place(PlaceKind.PAGE, 1), PassageKind.TABLE),))

    found = by_answer(find_targets(about(material)))

    assert found["687 days"].fact == "Planet: Mars / Length of a year: 687 days"
    assert found["687 days"].asks == "value"
    assert found["687 days"].needed == "Mars"


def test_the_unit_of_a_cell_stands_in_the_head_of_its_column() -> None:
    table = "Planet\tDiameter, km\tMoons\nMars\t6792\t2\nSaturn\t120536\t146\nJupiter\t142984\t95\nEarth\t12756\t1"
    material = Material("", (Passage(table, Place(PlaceKind.PAGE, 1), PassageKind.TABLE),))

    units = {target.answer: target.unit for target in find_targets(about(material))}

    assert (units["6792"], units["146"]) == (" km", "")


def test_what_a_list_describes_is_asked_for_where_it_is_a_thing() -> None:
    heads = ["дивергентные — плиты расходятся, и образуется новая кора", "трансформные — плиты скользят вдоль края"]
    nouns = ["разлом — трещина в коре, по которой сместились породы", "вулкан — гора, из которой изливается лава"]
    more = ["конвергентные — одна плита уходит под другую", "гейзер — источник, который выбрасывает горячую воду"]
    items = "\n".join([*heads, *nouns, *more])
    material = Material("", (Passage(items, Place(PlaceKind.PAGE, 1, "Границы"), PassageKind.LIST),))

    found = by_answer(find_targets(about(material, "ru", count=9)))

    assert {"разлом", "гейзер"} <= set(found) <= {"разлом", "вулкан", "гейзер"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In 1863 machines moved three quarters of the 750 tonnes of wet sand."),
        ("ru", "Половину из 800 рабочих большого завода привезли по железной дороге."),
    ],
)
def test_a_figure_of_which_a_part_is_told_is_not_asked_for(language: str, text: str) -> None:
    whole = text.replace("three quarters of the", "about").replace("Половину из", "Около")
    for said, is_asked in ((whole, True), (text, False)):
        material = Material("", (*BRIDGE.passages, Passage(said, Place(PlaceKind.PAGE, 9))))
        if language == "ru":
            material = Material("", (*SHAKING.passages, Passage(said, Place(PlaceKind.PAGE, 9))))
        amounts = {one.answer for one in find_targets(about(material, language)) if one.form == "amount"}
        assert bool(amounts & {"750", "800"}) is is_asked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Codes of the class that begin with 40 mean that the client made a mistake."),
        ("ru", "Около 3000 года до н. э. большой царь объединил обе земли."),
    ],
)
def test_a_figure_that_counts_nothing_is_not_asked_for(language: str, text: str) -> None:
    passages = (BRIDGE if language == "en" else SHAKING).passages
    material = Material("", (*passages, Passage(text, Place(PlaceKind.PAGE, 9))))

    assert not {"40", "3000"} & {one.answer for one in find_targets(about(material, language, count=9))}


@pytest.mark.parametrize(
    ("language", "limit", "plain"),
    [
        ("en", "Parking at the airport is paid for up to 50 days.", "Parking at the airport is paid for 50 days."),
        ("en", "Parking is paid for at least 40 days.", "Parking at the airport is paid for 40 days."),
        ("ru", "Завяливание зелёного чая длится до 18 часов.", "Завяливание зелёного чая длится 18 часов."),
        ("ru", "Раскопки старого города ведут с 1863 года.", "Раскопки старого города начались в 1863 году."),
    ],
)
def test_a_limit_is_not_asked_for_as_if_it_were_a_figure(language: str, limit: str, plain: str) -> None:
    passages = (BRIDGE if language == "en" else SHAKING).passages
    for said, is_asked in ((limit, False), (plain, True)):
        material = Material("", (*passages, Passage(said, Place(PlaceKind.PAGE, 9))))
        found = find_targets(about(material, language, count=9))
        assert any(one.evidence.place.number == 9 and one.answer[:1].isdigit() for one in found) is is_asked, said


def test_the_words_behind_a_figure_belong_to_its_measure() -> None:
    text = "The speed limit in the long canal is 14 kilometres an hour, and ships obey."
    material = Material("", (*BRIDGE.passages, Passage(text, Place(PlaceKind.PAGE, 9))))

    assert by_answer(find_targets(about(material)))["14"].needed == "an hour"


def test_what_a_list_tells_by_what_happens_is_not_asked_for() -> None:
    items = "HEAD — asks for the header alone\nPOST — sends what was filled in\nGET — a request for a page of a site"
    more = "\nproxy — a server between the two sides\ncookie — a note that the browser keeps for a site"
    material = Material("", (Passage(items + more, Place(PlaceKind.PAGE, 1, "Words"), PassageKind.LIST),))

    found = by_answer(find_targets(about(material, count=9)))

    assert "proxy" in found
    assert not {"HEAD", "POST"} & set(found)


def test_the_same_quiz_has_the_same_answers_in_the_same_order() -> None:
    assert find_targets(about(SHAKING, "ru")) == find_targets(about(SHAKING, "ru"))


def test_answers_are_spread_over_the_material() -> None:
    towns = ["Aldham", "Birchley", "Corfield", "Dunsby"]
    text = "In {} the council of {} built a new stone bridge. The old mill of {} was closed in {} by its owner."
    passages = [
        Passage(text.format(1800 + 7 * number, town, town, 1850 + 9 * number), Place(PlaceKind.PAGE, number + 1))
        for number, town in enumerate(towns)
    ]

    found = find_targets(about(Material("", tuple(passages)), count=4))

    assert [target.evidence.place.number for target in found[:4]] == [1, 2, 3, 4]


def test_what_was_asked_is_not_asked_again() -> None:
    left = find_targets(about(BRIDGE, avoid=[Asked(YEAR, "1890")]))
    assert set(by_answer(left)) == {"2467"}


def test_the_same_answer_about_something_else_was_not_asked() -> None:
    left = find_targets(about(BRIDGE, avoid=[Asked("In which year did Van Gogh die?", "1890")]))
    assert set(by_answer(left)) == {"2467", "1890"}


def test_only_answers_near_the_level_are_asked_for() -> None:
    levels = {target.level for target in find_targets(about(SHAKING, "ru", level=Level.APPLICATION))}
    assert levels == {Level.UNDERSTANDING}


@pytest.mark.parametrize(
    ("material", "language", "avoid", "trouble"),
    [
        (Material("", (Passage("And so it goes on.", Place(PlaceKind.PAGE, 1)),)), "en", (), Trouble.NOTHING),
        (Material("", ()), "ru", (), Trouble.NOTHING),
        (BRIDGE, "de", (), Trouble.LANGUAGE),
        (
            BRIDGE,
            "en",
            (Asked(YEAR, "1890"), Asked("How long is the Forth Bridge?", "2467 metres")),
            Trouble.ALL_ASKED,
        ),
    ],
)
def test_why_nothing_can_be_asked_is_said(
    material: Material, language: str, avoid: tuple[Asked, ...], trouble: Trouble
) -> None:
    with pytest.raises(ModelTrouble) as failed:
        find_targets(about(material, language, avoid=avoid))
    assert failed.value.trouble is trouble


def test_without_a_material_there_is_nothing_to_ask() -> None:
    with pytest.raises(ModelTrouble) as failed:
        find_targets(a_request())
    assert failed.value.trouble is Trouble.NOTHING


def test_only_what_the_focus_means_is_asked_about() -> None:
    passages = [replace(one, place=Place(PlaceKind.PAGE, 9)) for one in BRIDGE.passages]
    cell = Passage("The largest cell of the human body is 120 micrometres wide.", Place(PlaceKind.PAGE, 2))
    both = Material("", (*passages, cell))

    found = find_targets(replace(about(both), focus="page 2"))

    assert {target.evidence.place.number for target in found} == {2}


def test_what_is_covered_comes_last() -> None:
    first, *others = find_targets(about(BRIDGE))

    later = find_targets(replace(about(BRIDGE), covered=(first.evidence,)))

    assert later == [*others, first]


def test_a_material_in_another_language_is_left_to_others() -> None:
    with pytest.raises(ModelTrouble) as failed:
        find_targets(about(SHAKING, "en"))
    assert failed.value.trouble is Trouble.LANGUAGE
