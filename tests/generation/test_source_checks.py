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
    stem: str = "Which?",
) -> str | None:
    evidence = Evidence(quote, PLACE) if quote else None
    draft = Draft(kind, stem, tuple(options), frozenset(right), "So it is.", Level.RECALL, evidence=evidence)
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
    ("options", "quote", "language"),
    [
        (["1914", "350 000", "1918"], "The war began in 1914.", "en"),
        (["in 1914", "12 years", "in 1918"], "The war began in 1914.", "en"),
        (["1914", "25", "1918"], "Война началась в 1914 году.", "ru"),
        (["146 moons", "1610", "95 moons"], "In 1610 nobody knew of the 146 moons.", "en"),
        (["5 km", "7 kg", "9 km"], QUOTE, "en"),
        (["50 %", "25 km", "10 %"], QUOTE, "en"),
        (["3 m/s", "4 kg", "5 m/s"], QUOTE, "en"),
        (["464 °C", "100", "20 °C"], QUOTE, "en"),
        (["5 км", "7 тонн", "9 км"], QUOTE, "ru"),
        (["три часа", "5 часов", "два часа"], QUOTE, "ru"),
    ],
)
def test_figures_are_of_one_measure_and_years_stand_beside_years(options: list[str], quote: str, language: str) -> None:
    assert failed(options, quote=quote, language=language) == "same_kind"


@pytest.mark.parametrize(
    ("options", "quote", "language"),
    [
        (["1914", "1915", "1918"], "The war began in 1914.", "en"),
        (["988", "862", "1054"], "Русь крестили в 988 году.", "ru"),
        (["1200 km", "980 km", "2 km"], "It is 1200 km long.", "en"),
        (["1200", "980", "350"], "The town has 1200 houses.", "en"),
        (["500 m", "5 km", "50 km"], QUOTE, "en"),
        (["1 day", "2 days", "12 hours"], QUOTE, "en"),
        (["1 день", "2 дня", "5 дней"], QUOTE, "ru"),
        (["3 million", "5 billion", "2 thousand"], QUOTE, "en"),
    ],
)
def test_figures_of_one_measure_pass(options: list[str], quote: str, language: str) -> None:
    assert failed(options, quote=quote, language=language) is None


NAMES_AND_WORDS = "He saw that Saturn, Jupiter and Venus move, and how a comet, dust or sand shine."
PLANETS_IN_RUSSIAN = "Он видел, что Сатурн, Юпитер и Венера движутся, а комета, пыль и песок светят."


@pytest.mark.parametrize(
    ("options", "source", "language", "check"),
    [
        (["Saturn", "Comet", "Venus"], NAMES_AND_WORDS, "en", "same_kind"),
        (["Comet", "Sand", "Venus"], NAMES_AND_WORDS, "en", "same_kind"),
        (["Saturn", "Jupiter", "Venus"], NAMES_AND_WORDS, "en", None),
        (["Comet", "Sand", "Dust"], NAMES_AND_WORDS, "en", None),
        (["Saturn", "Jupiter", "Neptune"], NAMES_AND_WORDS, "en", None),  # not in the source: nobody knows
        (["Сатурн", "комета", "Венера"], PLANETS_IN_RUSSIAN, "ru", "same_kind"),
        (["Комета", "Песок", "Юпитер"], PLANETS_IN_RUSSIAN, "ru", "same_kind"),
        (["Сатурн", "Юпитер", "Венера"], PLANETS_IN_RUSSIAN, "ru", None),
        (["Der Saturn", "Der Komet", "Der Sand"], "Er sah den Saturn, den Komet und den Sand.", "de", None),
    ],
)
def test_names_stand_beside_names(options: list[str], source: str, language: str, check: str | None) -> None:
    assert failed(options, source=source, language=language) == check


def test_a_phrase_is_not_four_times_as_long_as_the_right_one_or_as_short() -> None:
    long = "A slow drift of whole plates of rock over the soft layer below"
    assert failed(["Erosion", long, "Frost"]) == "same_kind"
    assert failed([long, "Erosion", "A fast fall of loose stones and mud down a steep slope"]) == "same_kind"
    assert failed(["A drift of plates", "A fall of stones and mud down a slope", "Frost"]) is None


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
        ("The trachea is also called the windpipe by some.", "The trachea", "Windpipe", "en"),
        ("Polaris is known as the North Star, and is bright.", "North Star", "Polaris", "en"),
        ("Sodium chloride, i.e. table salt, is white.", "Table salt", "Sodium chloride", "en"),
        ("Sodium chloride, that is, table salt is white.", "Table salt", "Sodium chloride", "en"),
        ("The World Health Organization (WHO) is in Geneva.", "WHO", "World Health Organization", "en"),
        ("DNA stands for deoxyribonucleic acid.", "DNA", "Deoxyribonucleic acid", "en"),
        ("DNA — deoxyribonucleic acid — is long.", "Deoxyribonucleic acid", "DNA", "en"),
        ("Magnetic resonance imaging, abbreviated MRI, is safe.", "MRI", "Magnetic resonance imaging", "en"),
        ("Nothing is said of it.", "UN", "United Nations", "en"),
        ("Хлорид натрия, то есть поваренная соль, бел.", "Поваренная соль", "Хлорид натрия", "ru"),
        ("Хлорид натрия, т. е. поваренная соль, бел.", "Хлорид натрия", "Поваренная соль", "ru"),
        ("Трахея, также называемая дыхательным горлом, ведёт в лёгкие.", "Трахея", "Дыхательное горло", "ru"),
        ("Полярную звезду также называют Киносурой.", "Полярная звезда", "Киносура", "ru"),
        ("Магнитно-резонансная томография, сокращённо МРТ, безвредна.", "МРТ", "Магнитно-резонансная томография", "ru"),
        ("Организация Объединённых Наций (сокращённо ООН) велика.", "ООН", "Организация Объединённых Наций", "ru"),
        ("ДНК — дезоксирибонуклеиновая кислота.", "ДНК", "Дезоксирибонуклеиновая кислота", "ru"),
        ("О ней ничего не сказано.", "Соединённые Штаты Америки", "США", "ru"),
        ("Эритроциты (красные тельца) переносят кислород.", "Эритроциты", "Красные тельца", "ru"),
        ("Эритроциты, или красные тельца, переносят кислород.", "Красные тельца", "Эритроциты", "ru"),
    ],
)
def test_another_name_of_the_right_option_is_no_wrong_one(source: str, key: str, other: str, language: str) -> None:
    assert failed([key, other, "Nucleus"], source=source, language=language) == "no_other_name_of_key"
    assert failed([key, "Nucleus", "Skin"], source=source, language=language) is None


@pytest.mark.parametrize(
    ("source", "options", "language"),
    [
        ("People keep cats or dogs, and feed them.", ["Cats", "Dogs", "Birds"], "en"),
        ("It is made of gold, silver, or lead.", ["Silver", "Lead", "Gold"], "en"),
        ("Держат кошек или собак, и кормят их.", ["Кошки", "Собаки", "Птицы"], "ru"),
        ("Iron — a metal — rusts.", ["Iron", "Metal", "Wood"], "en"),
        ("The United Nations met.", ["UN", "US", "EU"], "en"),
    ],
)
def test_two_things_that_stand_together_are_not_one(source: str, options: list[str], language: str) -> None:
    assert failed(options, source=source, language=language) is None


SATURN = "Saturn has bright rings of ice."


@pytest.mark.parametrize(
    ("told", "stem", "options", "quote", "language"),
    [
        (
            "Uranus has dark rings of ice, too.",
            "Which planet has rings of ice?",
            ["Saturn", "Uranus", "Mars"],
            SATURN,
            "en",
        ),
        ("Uranus has rings.", "Which planet has rings?", ["Saturn", "Uranus", "Mars"], "Saturn has rings.", "en"),
        (
            "In 1610 Marius saw four moons of Jupiter.",
            "Who saw four moons of Jupiter?",
            ["Galilei", "Marius", "Kepler"],
            "Galilei saw four moons of Jupiter.",
            "en",
        ),
        (
            "У Урана есть кольца изо льда.",
            "У какой планеты есть кольца изо льда?",
            ["Сатурн", "Уран", "Марс"],
            "У Сатурна яркие кольца изо льда.",
            "ru",
        ),
        (
            "Water boils at 100 °C. Mercury freezes at −39 °C.",
            "Which of these statements is true?",
            ["Iron melts at 1538 °C", "Water boils at 100 °C", "Gold melts at 20 °C"],
            "Iron melts at 1538 °C.",
            "en",
        ),
    ],
)
def test_what_another_sentence_says_of_a_wrong_option_drops_it(
    told: str, stem: str, options: list[str], quote: str, language: str
) -> None:
    source = f"{quote} {told}"
    assert failed(options, quote=quote, source=source, stem=stem, language=language) == "no_distractor_right_elsewhere"
    assert failed(options, quote=quote, source=quote, stem=stem, language=language) is None


@pytest.mark.parametrize(
    "told",
    [
        "Uranus has no rings of ice.",
        "Unlike Saturn, Uranus has few rings of ice.",
        "Uranus is tilted. Rings of ice are rare.",
        "Rings of dust are round Uranus.",
        "From Saturn with its rings of ice one cannot see Uranus.",
    ],
)
def test_a_sentence_that_says_something_else_of_it_does_not(told: str) -> None:
    stem = "Which planet has bright rings of ice?"
    assert failed(["Saturn", "Uranus", "Mars"], quote=SATURN, source=f"{SATURN} {told}", stem=stem) is None


def test_two_entries_of_a_list_that_share_words_are_not_the_same() -> None:
    quote = "Разносторонний — каждая сторона имеет свою длину"
    source = f"{quote}\nРавносторонний — все стороны имеют одинаковую длину"
    options = ["Разносторонний", "Равносторонний", "Тупоугольный"]
    stem = "О чём это сказано: «каждая сторона имеет свою длину»?"
    assert failed(options, quote=quote, source=source, stem=stem, language="ru") is None


def test_statements_in_another_order_are_others() -> None:
    quote = "Saturn is larger than Uranus."
    options = ["Saturn is larger than Uranus", "Uranus is larger than Jupiter", "Mars is larger than Saturn"]
    source = f"{quote} Jupiter is larger than Uranus."
    assert failed(options, quote=quote, source=source, stem="Which statement is true?") is None


def test_in_a_language_without_rules_forms_are_told_by_likeness() -> None:
    assert failed(["Die rote Blutzelle", "Die roten Blutzellen", "Die Haut"], language="de") == "no_form_of_key"
    assert failed(["Die Muskelzelle", "Die Nervenzelle", "Die Hautzelle"], language="de") is None
