"""Wrong options that the source says to be right, or that are the right one in other words."""

from collections.abc import Sequence

import pytest

from generation.request import Draft
from generation.source_checks import SourceChecks
from quiz.material import Evidence, Material, Passage, PassageKind, Place, PlaceKind
from quiz.question import Kind, Level

PLACE = Place(PlaceKind.PAGE, 1)
QUOTE = "The cell gets its energy from here."


def failed(
    options: Sequence[str],
    *,
    quote: str | None = QUOTE,
    source: str = QUOTE,
    language: str = "en",
    right: Sequence[int] = (0,),
    kind: Kind = Kind.SINGLE,
    passage: PassageKind = PassageKind.PROSE,
) -> str | None:
    evidence = Evidence(quote, PLACE) if quote else None
    draft = Draft(kind, "Which?", tuple(options), frozenset(right), "So it is.", Level.RECALL, evidence=evidence)
    return SourceChecks(Material("", (Passage(source, PLACE, passage),)), language).failed(draft)


def test_a_question_without_evidence_is_dropped() -> None:
    assert failed(["Iron", "Gold", "Lead"], quote=None) == "evidence"
    assert failed(["Iron", "Gold", "Lead"]) is None


@pytest.mark.parametrize(
    "options",
    [
        ["1914", "1918", "Napoleon"],
        ["Napoleon", "Caesar", "1914"],
        ["464 °C", "100 °C", "very hot"],
        ["5 km", "7 km", "a long way"],
        ["в 1914 году", "1914 г.", "1918 г."],
    ],
)
def test_figures_stand_beside_figures(options: list[str]) -> None:
    assert failed(options) == "same_kind"


@pytest.mark.parametrize(
    "options",
    [
        ["1914", "1915", "1918"],
        ["464 °C", "100 °C", "20 °C"],
        ["1914–1918", "1939–1945", "1812–1815"],
        ["50 %", "25 %", "10 %"],
        ["3 m/s", "4 m/s", "5 m/s"],
        ["1914 г.", "1915 г.", "1918 г."],
        ["Article 5 of the treaty", "Article 7 of the treaty", "The preamble"],
        ["H₂O", "CO₂", "NaCl"],
        ["Iron", "Gold", "Lead"],
    ],
)
def test_options_of_one_kind_pass(options: list[str]) -> None:
    assert failed(options) is None


def test_a_wrong_option_that_stands_in_the_evidence_is_dropped() -> None:
    quote = "Bread is made of flour, water and yeast."
    assert failed(["Flour", "Yeast", "Sugar"], quote=quote) == "no_distractor_in_evidence"
    assert failed(["Flour", "Sugar", "Butter"], quote=quote) is None
    assert failed(["Flour", "Yeast", "Sugar"], quote=quote, right=[0, 1], kind=Kind.MULTIPLE) is None


def test_a_figure_of_the_same_sentence_may_be_a_wrong_option() -> None:
    assert failed(["1914", "1918", "1905"], quote="The war lasted from 1914 to 1918.") is None


PLANETS = "Planet\tMoons\tRings\nVenus\t0\tno\nMars\t2\tno\nJupiter\t95\tyes\nSaturn\t146\tyes"


@pytest.mark.parametrize(
    ("options", "dropped"),
    [
        (["Saturn", "Jupiter", "Mars"], False),
        (["Venus", "Jupiter", "Mars"], False),
        (["Jupiter", "Saturn", "Mars"], True),  # neither the most nor the least
        (["Jupiter", "Mars", "Neptune"], True),  # one is not compared at all
        (["Saturn", "Yes", "Mars"], True),
    ],
)
def test_rows_of_a_table_that_are_compared_stand_in_the_evidence(options: list[str], dropped: bool) -> None:
    assert failed(options, quote=PLANETS) == ("no_distractor_in_evidence" if dropped else None)


def test_rows_with_the_same_number_are_no_comparison() -> None:
    quote = "Bishop\t3\nKnight\t3\nPawn\t1"
    assert failed(["Bishop", "Knight", "Pawn"], quote=quote) == "no_distractor_in_evidence"
    assert failed(["Pawn", "Knight", "Bishop"], quote=quote) is None


def test_ingredients_that_are_quoted_together_are_no_comparison() -> None:
    quote = "Flour\tdry\nWater\twet\nYeast\tdry"
    assert failed(["Flour", "Water", "Sugar"], quote=quote) == "no_distractor_in_evidence"


def test_the_cells_of_one_column_are_of_one_kind() -> None:
    rows = "Data\tKept for\nRegisters\t5 years\nMarks\tuntil the pupil leaves\nAccounts\t45 years"
    options = ["5 years", "until the pupil leaves", "45 years"]
    assert failed(options, source=rows, passage=PassageKind.TABLE) is None
    assert failed([*options, "Registers"], source=rows, passage=PassageKind.TABLE) == "same_kind"
    assert failed(options, source=rows) == "same_kind"


def test_the_words_true_and_false_may_stand_in_the_evidence() -> None:
    quote = "A statement is true or false."
    assert failed(["True", "False"], quote=quote, kind=Kind.TRUE_FALSE) is None


@pytest.mark.parametrize(
    ("key", "form", "language"),
    [
        ("The mitochondrion powers the cell", "The mitochondrion powered the cell", "en"),
        ("White blood cells", "White blood cell", "en"),
        ("Красная кровяная клетка", "Красные кровяные клетки", "ru"),
        ("Рибосома", "Рибосомы", "ru"),
    ],
)
def test_another_form_of_the_right_option_is_no_wrong_one(key: str, form: str, language: str) -> None:
    assert failed([key, form, "Nucleus"], language=language) == "no_form_of_key"


@pytest.mark.parametrize(
    ("options", "language"),
    [
        (["goes", "going", "go"], "en"),  # the forms are what is asked for
        (["рибосома", "рибосомы", "рибосоме"], "ru"),
        (["Растворим в воде", "Не растворим в воде", "Горит в воде"], "ru"),
        (["Soluble in water", "Not soluble in water", "Burns in water"], "en"),
        (["Article 5", "Article 6", "Article 7"], "en"),
        (["A before B", "B after A always", "Neither"], "en"),
    ],
)
def test_other_words_are_no_forms(options: list[str], language: str) -> None:
    assert failed(options, language=language) is None


@pytest.mark.parametrize(
    ("source", "key", "other", "language"),
    [
        ("Ascorbic acid (vitamin C) is found in fruit.", "Ascorbic acid", "Vitamin C", "en"),
        ("Ascorbic acid (vitamin C) is found in fruit.", "Vitamin C", "Ascorbic acid", "en"),
        ("The trachea, or windpipe, leads to the lungs.", "Windpipe", "Trachea", "en"),
        ("The trachea, also called windpipe, leads to the lungs.", "Trachea", "Windpipe", "en"),
        ("Эритроциты (красные тельца) переносят кислород.", "Эритроциты", "Красные тельца", "ru"),
        ("Эритроциты, или красные тельца, переносят кислород.", "Красные тельца", "Эритроциты", "ru"),
    ],
)
def test_another_name_of_the_right_option_is_no_wrong_one(source: str, key: str, other: str, language: str) -> None:
    assert failed([key, other, "Nucleus"], source=source, language=language) == "no_other_name_of_key"
    assert failed([key, "Nucleus", "Skin"], source=source, language=language) is None


def test_two_things_of_which_either_will_do_are_not_one() -> None:
    assert failed(["Cats", "Dogs", "Birds"], source="People keep cats or dogs, and feed them.") is None


def test_in_a_language_without_rules_forms_are_told_by_likeness() -> None:
    assert failed(["Die rote Blutzelle", "Die roten Blutzellen", "Die Haut"], language="de") == "no_form_of_key"
    assert failed(["Die Muskelzelle", "Die Nervenzelle", "Die Hautzelle"], language="de") is None
