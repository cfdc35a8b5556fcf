"""Rows of a sheet: what columns mean, and which option a cell names right."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from quiz.formats.csv_file import read_csv, write_csv
from quiz.formats.imported import Imported
from quiz.formats.reading import read_quiz
from quiz.formats.template import template_csv, template_xlsx
from quiz.formats.xlsx_file import write_xlsx
from quiz.question import Kind
from tests.quiz.formats.questions import question

HEADER = "question,kind,option 1,option 2,option 3,right,explanation"


def sheet(*rows: str, header: str = HEADER) -> Imported:
    """What comes of these rows below a header."""
    return read_csv("\n".join([header, *rows]))


def rights(file: Imported) -> list[str]:
    """The right options of the only question."""
    assert file.refused == ()
    (taken,) = file.taken
    return [option.text for option in taken.options if option.right]


@pytest.mark.parametrize(
    ("right", "texts"),
    [
        ("2", ["y"]),
        ("b", ["y"]),
        ("B)", ["y"]),
        ("б", ["y"]),
        ("y", ["y"]),
        ("Y", ["y"]),
        ('"1,3"', ["x", "z"]),
        ("1;3", ["x", "z"]),
        ("1 3", ["x", "z"]),
        ("1.3", ["x", "z"]),
        ("A C", ["x", "z"]),
        ("x; z", ["x", "z"]),
        ('"x, z"', ["x", "z"]),
    ],
)
def test_the_right_options_are_named_by_number_letter_or_text(right: str, texts: list[str]) -> None:
    assert rights(sheet(f"Which?,,x,y,z,{right},")) == texts


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Which?,,x,y,z,,", "not said which option is right"),
        ("Which?,,x,y,z,4,", "none of the 3 options"),
        ("Which?,,x,y,z,w,", "none of the 3 options"),
        ("Which?,,x,y,z,1.1,", "none of the 3 options"),
        ('Which?,single,x,y,z,"1,2",', "2 answers are named right"),
        ("Which?,match,x,y,z,1,", "the kind “match”"),
        ("Which?,,x,,,1,", "two options at least"),
        ("Which?,,x,y,,3,", "none of the 2 options"),
        ("Which?,,x,,z,2,", "the option that is named right is empty"),
        ("Which?,,<img src=a.png>,y,,2,", "nothing is left of the option"),
        ("It is.,truefalse,,,,maybe,", "true or false"),
        (",,x,y,,1,", "the question is empty"),
    ],
)
def test_a_row_that_cannot_be_asked_is_refused_by_its_line(row: str, why: str) -> None:
    file = sheet("First?,,x,y,,1,", row, "Last?,,x,y,,1,")

    assert [one.line for one in file.taken] == [2, 4]
    (refusal,) = file.refused
    assert refusal.line == 3
    assert why in refusal.why


def test_a_number_that_may_be_a_text_is_asked_about_unless_the_header_is_ours() -> None:
    row = "2 + 1?,,2,3,4,2,"

    assert rights(sheet(row)) == ["3"]
    (refusal,) = sheet(row, header=HEADER.replace("right", "correct answer")).refused
    assert "is the number or letter of one option and the text of another" in refusal.why


def test_an_empty_cell_between_options_is_no_option() -> None:
    assert rights(sheet("Which?,,x,,z,3,")) == ["z"]


@pytest.mark.parametrize(
    ("kind", "right", "answer"),
    [("truefalse", "true", True), ("TF", "F", False), ("True/False", "yes", True), ("Верно/неверно", "неверно", False)],
)
def test_a_statement_needs_no_options(kind: str, right: str, *, answer: bool) -> None:
    (taken,) = sheet(f"It is so.,{kind},,,,{right},").taken

    assert taken.kind is Kind.TRUE_FALSE
    assert [option.right for option in taken.options] == [answer, not answer]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter_is_told_by_the_header(delimiter: str) -> None:
    text = f"{HEADER}\nWhich?,,x,y,z,2,why".replace(",", delimiter)

    assert rights(read_csv(text)) == ["y"]
    assert rights(read_csv(f"sep={delimiter}\n{text}")) == ["y"]


@pytest.mark.parametrize(
    "header",
    [
        "Question,Type,Answer A,Answer B,Answer C,Correct answer,Feedback",
        "QUESTION TEXT,Question type,Choice 1,Choice 2,Choice 3,Correct,Explanation",
        "Вопрос,Тип вопроса,Ответ 1,Ответ 2,Ответ 3,Правильный ответ,Комментарий",
        "текст вопроса,вид,вариант А,вариант Б,вариант В,ключ,пояснение",
    ],
)
def test_headers_of_other_people_are_known(header: str) -> None:
    file = sheet("Which?,,x,y,z,b,why", header=header)

    assert rights(file) == ["y"]
    assert file.taken[0].explanation == "why"
    assert file.warnings == ()


def test_a_sheet_without_a_known_header_says_which_columns_there_are() -> None:
    (refusal,) = sheet("1,2,3", header="a,b,c").refused

    assert "question, option 1, option 2 …, right" in refusal.why


def test_a_quote_that_is_not_closed_is_said_where_it_begins() -> None:
    file = sheet("First?,,x,y,,1,", '"Second?,,x,y,,1,' + "\nmore" * 30_000)

    assert [one.line for one in file.taken] == [2]
    (refusal,) = file.refused
    assert refusal.line == 3
    assert "is a quote not closed?" in refusal.why


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@x", "'=1", "=HYPERLINK(1)"])
def test_no_cell_that_is_written_is_a_formula(sign: str) -> None:
    asked = [question(sign, (sign, "b"), "a", explanation=sign)]

    lines = write_csv("Quiz", "en", asked).data.decode("utf-8-sig").splitlines()
    assert lines[1].startswith(f"'{sign},single,'{sign},b,")
    book = load_workbook(BytesIO(write_xlsx("Quiz", "en", asked).data))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sign in [cell.value for cell in cells]


@pytest.mark.parametrize(("data", "name"), [(template_csv(), "t.csv"), (template_xlsx(), "t.xlsx")])
def test_a_template_is_a_quiz_with_each_kind_of_question(data: bytes, name: str) -> None:
    file = read_quiz(data, name)

    assert [one.kind for one in file.taken] == [Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE]
    assert file.refused == ()
    assert file.warnings == ()
    assert [[option.text for option in one.options if option.right] for one in file.taken] == [
        ["Mercury"],
        ["2", "7"],
        ["True"],
    ]
