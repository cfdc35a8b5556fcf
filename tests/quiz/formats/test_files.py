"""Files as other programs and people write them, held in `files/`: in each format and encoding."""

from pathlib import Path

import pytest

from quiz.formats.imported import Imported, ImportedQuestion
from quiz.formats.reading import read_quiz
from quiz.question import Kind

FILES = Path(__file__).parent / "files"


def imported(name: str) -> Imported:
    """What comes of a held file."""
    return read_quiz((FILES / name).read_bytes(), name)


def key(one: ImportedQuestion) -> tuple[str, list[str]]:
    """The question and its right answers."""
    return one.stem, [option.text for option in one.options if option.right]


def refused(file: Imported) -> dict[int, str]:
    return {one.line: one.why for one in file.refused}


@pytest.mark.parametrize(
    "name",
    [
        "teacher-cp1251.gift",
        "teacher-koi8-r.gift",
        "teacher-cp866.gift",
        "teacher-mac.gift",
        "notepad-utf16.gift",
        "utf-16-be-without-mark.gift",
        "utf-32.gift",
        "utf-8-with-mark.gift",
    ],
)
def test_a_russian_file_is_read_in_any_encoding_and_with_any_line_ends(name: str) -> None:
    file = imported(name)

    assert file.format == "gift"
    assert [(one.line, *key(one)) for one in file.taken] == [
        (2, file.taken[0].stem, ["Париж"]),
        (11, "Волга впадает в Каспийское море.", ["Верно"]),
        (13, file.taken[2].stem, ["Байкал"]),
    ]
    assert file.taken[0].stem.replace("—", "-") == "Какой город - столица Франции?"
    assert list(refused(file)) == [9]


@pytest.mark.parametrize("name", ["french-latin-1.gift", "french-cp1252.gift"])
def test_a_western_file_is_read(name: str) -> None:
    first, second = imported(name).taken

    assert (first.stem, first.explanation) == ("Quelle saison vient après le printemps ?", "Déjà vu : « été ».")
    assert first.options[0].text.replace("’", "'") == "L'été"
    assert key(second) == ("Où est né Molière ?", ["À Paris"])


def test_what_moodle_exports_in_gift() -> None:
    file = imported("moodle-4.gift")

    assert [(one.line, one.kind.value, *key(one), one.explanation) for one in file.taken] == [
        (
            6,
            "single",
            "In which organelle does photosynthesis happen?",
            ["Chloroplast"],
            "Chloroplasts hold chlorophyll.\nMitochondrion: That is respiration.\nPlastid: Not exact enough.",
        ),
        (15, "multiple", "What are the products of 6CO₂ + 6H₂O?", ["C₆H₁₂O₆", "O₂"], ""),
        (23, "truefalse", "Light is needed: yes\\no? \\(E = h\\nu\\)", ["True"], "It splits water."),
    ]
    kinds = ("short answer", "matching", "numeric", "essay", "description")
    assert list(refused(file)) == [26, 33, 40, 46, 51]
    assert all(kind in why for kind, why in zip(kinds, refused(file).values(), strict=True))
    assert len(file.warnings) == 1
    assert "line 6: “Plastid” gives 0.5 of the points" in file.warnings[0]


@pytest.mark.parametrize("name", ["moodle.xml", "moodle-windows-1251.xml"])
def test_what_moodle_exports_in_xml(name: str) -> None:
    file = imported(name)

    assert file.format == "moodle-xml"
    assert [(one.line, one.kind.value, *key(one)) for one in file.taken] == [
        (11, "single", "What does Ohm's law say of \\(U\\), \\(R\\) & \\(I\\)?", ["\\(U = R \\cdot I\\)"]),
        (61, "multiple", "Which conduct well?", ["copper", "silver", "gold"]),
        (73, "truefalse", "Ток измеряют в амперах.", ["Верно"]),
        (89, "multiple", "All or nothing?", ["this", "and this"]),
    ]
    assert [option.fraction for option in file.taken[0].options] == [1.0, -0.5, 0.0]
    assert [option.fraction for option in file.taken[1].options] == [0.3333333, 0.3333333, 0.3333333, -1.0]
    assert file.taken[0].explanation == "Named after Georg Ohm.\n\\(R = U \\cdot I\\): That has the wrong unit."
    assert list(refused(file)) == [81, 85, 86, 87, 88]
    assert file.warnings[0] == "line 11: a picture (a circuit) is not taken"
    assert "“Look at page 12 again.”" in file.warnings[1]
    assert "line 61: words are underlined, which is not shown" in file.warnings


def test_aiken_with_a_question_that_has_no_answer() -> None:
    file = imported("moodle-aiken.txt")

    assert [(one.line, *key(one)) for one in file.taken] == [
        (1, "Which LMS has the most quiz types?", ["Moodle"]),
        (7, "The capital of France is", ["Paris"]),
    ]
    assert list(refused(file)) == [13]


def test_aiken_in_russian() -> None:
    assert [key(one) for one in imported("aiken-cp1251.txt").taken] == [
        ("Какая планета ближе всех к Солнцу?", ["Меркурий"]),
        ("Чего больше всего в воздухе?", ["Азота"]),
    ]


def test_a_template_of_kahoot() -> None:
    file = imported("kahoot.xlsx")

    assert [(one.line, one.seconds, *key(one)) for one in file.taken] == [
        (9, 20, "Which planet is red?", ["Mars"]),
        (10, 30, "2 to the power of 3?", ["8"]),
        (11, 60, "Which are gases at room temperature?", ["Oxygen", "Neon"]),
    ]
    assert file.refused == ()
    assert len(file.warnings) == 1
    assert "line 11: in Kahoot each of the 2 right answers is enough" in file.warnings[0]


def test_a_template_of_quizizz() -> None:
    file = imported("quizizz.xlsx")

    assert [(one.line, one.kind, *key(one)) for one in file.taken] == [
        (2, Kind.SINGLE, "Capital of Japan?", ["Tokyo"]),
        (3, Kind.MULTIPLE, "Even numbers?", ["2", "4"]),
        (4, Kind.SINGLE, "What is on the picture?", ["A dog"]),
    ]
    assert file.taken[0].explanation == "Since 1868."
    assert ["Fill-in-the-Blank" in refused(file)[5], "Poll" in refused(file)[6], "Open-Ended" in refused(file)[7]] == [
        True,
        True,
        True,
    ]
    assert file.warnings == ("line 4: a picture, sound or video is not taken",)


def test_a_template_of_blooket() -> None:
    file = imported("blooket.csv")

    assert [(one.line, one.seconds, *key(one)) for one in file.taken] == [
        (8, 20, "What is 5 + 5?", ["10"]),
        (9, 30, "Which is a noun?", ["dog, cat"]),
    ]
    assert file.refused == ()


def test_a_template_of_ispring_marks_right_answers_with_a_star() -> None:
    file = imported("ispring.xlsx")

    assert [(one.line, one.points, *key(one)) for one in file.taken] == [
        (2, 10, "Largest ocean?", ["Pacific"]),
        (3, 10, "Primary colours of light?", ["Red", "Blue"]),
        (4, 5, "Ice floats on water.", ["True"]),
    ]
    assert "SEQ" in refused(file)[5]


def test_a_sheet_of_russian_excel() -> None:
    file = imported("excel-russian.csv")

    assert [(one.line, *key(one)) for one in file.taken] == [
        (2, "Сколько будет 2 + 2?", ["4"]),
        (3, "Что из этого металлы?", ["Железо", "Медь"]),
        (4, "Кто написал роман «Война и мир»?", ["Толстой"]),
        (5, "Солнце — звезда.", ["Верно"]),
    ]
    assert "эссе" in refused(file)[6]
    assert file.warnings == ("line 1: the column “Тема” is not known and is left out",)


def test_what_excel_saves_as_unicode_text() -> None:
    (question,) = imported("excel-unicode-text.txt").taken

    assert key(question) == ("Wie heißt die Hauptstadt?", ["Berlin"])
    assert question.options[2].text == "Mün\nchen"
    assert question.explanation == "Größte Stadt: „Berlin“"


def test_what_a_spreadsheet_makes_of_numbers_is_read_as_it_is_shown() -> None:
    file = imported("sheet-by-hand.xlsx")

    assert [(one.line, *key(one)) for one in file.taken] == [
        (2, "Half of one?", ["0.5"]),
        (3, "A third is about", ["0.33"]),
        (5, "Sound needs a medium.", ["True"]),
        (6, "Which two?", ["a", "c"]),
    ]
    assert list(refused(file)) == [4]
    assert file.warnings == (
        "line 2: an answer is a date (2026-02-01): the program may have made it of a fraction",
        "line 1: the sheet “Notes” is not read",
    )


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("canvas-qti.xml", "QTI 1.2"),
        ("canvas-export.zip", "an IMS package, as Canvas"),
        ("blackboard.txt", "Blackboard's text with tabs"),
        ("google-form-answers.csv", "the answers that people gave to a form"),
    ],
)
def test_what_is_not_read_is_named(name: str, what: str) -> None:
    file = imported(name)

    assert file.taken == ()
    assert len(file.refused) == 1
    assert what in file.refused[0].why
