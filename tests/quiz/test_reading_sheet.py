"""A sheet for a reader who judges questions without their keys."""

import csv
from collections.abc import Mapping
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.formats.reading_sheet import InvalidSheet, Item, Judged, read_reading_sheet, write_reading_sheet
from tests.samples import a_question, true_or_false

NEAREST = Item(a_question(id="nearest"), "Mercury goes round the Sun at 58 million km.")
RINGED = Item(a_question("Which have rings?", ("Saturn", "Mars", "Uranus"), "ac", id="ringed"))
STATEMENT = Item(true_or_false("Венера — звезда."))
ITEMS = [NEAREST, RINGED, STATEMENT]


def rows_of(sheet: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(sheet, newline="")))


def letter(item: Item, text: str) -> str:
    """The letter before an option of a sheet."""
    options = [item.question.option(one).text for one in item.order]
    return "ABCDEF"[options.index(text)]


def filled(answers: Mapping[Item, tuple[str, str, str]], separator: str = ",", remark: str = "") -> str:
    """The sheet with these answers."""
    rows = rows_of(write_reading_sheet(ITEMS, with_source=False))
    by_mark = {item.mark: answer for item, answer in answers.items()}
    file = StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), delimiter=separator)
    writer.writeheader()
    for row in rows:
        answer, clear, worth = by_mark.get(row["mark"], ("", "", ""))
        writer.writerow({**row, "answer": answer, "clear?": clear, "worth asking?": worth, "remark": remark})
    return file.getvalue()


def test_a_blank_sheet_has_each_question_and_no_key() -> None:
    sheet = rows_of(write_reading_sheet(ITEMS, with_source=True))

    assert [row["question"] for row in sheet] == [item.question.stem for item in ITEMS]
    assert {sheet[0][one] for one in "ABC"} == {"Mercury", "Venus", "Mars"}
    assert (sheet[2]["A"], sheet[2]["B"], sheet[2]["C"]) == ("True", "False", "")
    assert [row["choose"] for row in sheet] == ["one letter", "all letters that are right", "one letter"]
    assert [row["source"] for row in sheet] == [NEAREST.passage, "", ""]
    assert all(row[name] == "" for row in sheet for name in ("answer", "clear?", "worth asking?", "remark"))


def test_the_source_is_not_shown_to_who_is_to_answer_without_it() -> None:
    sheet = write_reading_sheet(ITEMS, with_source=False)

    assert "58 million" not in sheet
    assert "source" not in rows_of(sheet)[0]


def test_options_stand_in_an_order_that_says_nothing_of_the_key() -> None:
    first = [Item(a_question(id=f"question {number}")).order[0] for number in range(300)]

    assert all(80 < first.count(one) < 120 for one in "abc")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_a_reader_filled_in_is_read_back(separator: str) -> None:
    answers = {
        NEAREST: (letter(NEAREST, "Mercury"), "yes", "no"),
        RINGED: (f"{letter(RINGED, 'Saturn')}, {letter(RINGED, 'Uranus')}".lower(), "Да", "Y"),
        STATEMENT: ("several", "нет", "no"),
    }

    judged = read_reading_sheet("\ufeff" + filled(answers, separator, " too  easy "), ITEMS)

    assert judged == {
        "nearest": Judged("nearest", "a", right=True, clear=True, worth=False, remark="too easy"),
        "ringed": Judged("ringed", "ac", right=True, clear=True, worth=True, remark="too easy"),
        "a-statement": Judged("a-statement", "ambiguous", right=False, clear=False, worth=False, remark="too easy"),
    }


def test_what_is_not_judged_is_left_out() -> None:
    judged = read_reading_sheet(filled({STATEMENT: ("B", "yes", "yes")}), ITEMS)

    assert [(one.mark, one.right) for one in judged.values()] == [("a-statement", True)]


def test_half_of_several_right_answers_is_not_the_key() -> None:
    judged = read_reading_sheet(filled({RINGED: (letter(RINGED, "Saturn"), "yes", "yes")}), ITEMS)

    assert not judged["ringed"].right


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (("D", "yes", "yes"), "row 2: “D” is no answer: write letters from A to C, “none” or “several”"),
        (("", "yes", "yes"), "row 2: “” is no answer: write letters from A to C, “none” or “several”"),
        (("А", "yes", "yes"), "row 2: “А” has a Cyrillic letter: write Latin ones, as above the options"),
        (("AB", "yes", "yes"), "row 2: “AB”: one letter is asked for; if more than one is right, write “several”"),
        (("A", "perhaps", "yes"), "row 2: under “clear?” write yes or no, not “perhaps”"),
        (("A", "yes", ""), "row 2: under “worth asking?” write yes or no, not “”"),
    ],
)
def test_what_cannot_be_read_is_said_by_its_row(answer: tuple[str, str, str], said: str) -> None:
    with pytest.raises(InvalidSheet) as error:
        read_reading_sheet(filled({NEAREST: answer}), ITEMS)

    assert str(error.value) == said


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("", "row 1: there is no column “mark”: this is no sheet of quizbot eval"),
        ("mark,answer\nnearest,A\n", "row 1: there is no column “clear?”: this is no sheet of quizbot eval"),
        (
            "mark,answer,clear?,worth asking?\nother,A,yes,yes\n",
            "row 2: no question of this result has the mark “other”: is it another one's sheet?",
        ),
        (
            "mark,answer,clear?,worth asking?\nnearest,A,yes,yes\nnearest,B,yes,yes\n",
            "row 3: the mark “nearest” stands there twice: judge each question once",
        ),
        (
            write_reading_sheet(ITEMS, with_source=True),
            "nothing is filled in: write into the columns “answer”, “clear?” and “worth asking?”",
        ),
    ],
)
def test_a_wrong_sheet_is_said_to_be_one(sheet: str, said: str) -> None:
    with pytest.raises(InvalidSheet) as error:
        read_reading_sheet(sheet, ITEMS)

    assert str(error.value) == said


def test_nothing_on_a_sheet_is_a_formula() -> None:
    hostile = Item(a_question('=HYPERLINK("http://x")', ("-5", "@SUM(A1)", "+a"), id="hostile"), "-1 = 0")

    (row,) = rows_of(write_reading_sheet([hostile], with_source=True))

    assert row["question"] == '\'=HYPERLINK("http://x")'
    assert row["source"] == "'-1 = 0"
    assert {row[one] for one in "ABC"} == {"-5", "'@SUM(A1)", "'+a"}


@given(st.text(max_size=400))
def test_any_text_is_a_sheet_or_one_line_that_says_what_is_wrong(text: str) -> None:
    said = ""
    try:
        read_reading_sheet("mark,answer,clear?,worth asking?\n" + text, ITEMS)
    except InvalidSheet as error:
        said = str(error)
    assert len(said.splitlines()) == 1
