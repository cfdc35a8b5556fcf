"""Files open in a spreadsheet as they should: numbers are numbers, times are times, and no text is a formula."""

import csv
from dataclasses import replace
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from delivery.sheets import csv_of, harmless, xlsx_of
from delivery.tables import Table, answers_table, tables_of
from tests.results_of_rounds import a_round, simulated

FORMULAS = ("=1+1", "+1", "-1+1|cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "'=1", '"=1')


def cells_of_csv(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "Excel would take it for another encoding"
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_name_or_title_is_a_formula(text: str) -> None:
    results = a_round({text: "a", "Ann": "b"}, title=text)
    asked = tuple(replace(one, stem=f"{text} ?") for one in results.questions)
    tables = tables_of(replace(results, questions=asked), "UTC")

    texts = [cell for table in tables for line in cells_of_csv(csv_of(table)) for cell in line]
    for sheet in load_workbook(BytesIO(xlsx_of(tables))):
        for line in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in line)
            texts += [cell.value for cell in line if isinstance(cell.value, str)]
    assert [one for one in texts if one.lstrip()[:1] in set("=+@＝＋－＠")] == []
    assert [one for one in texts if one.startswith("-") and not _is_number(one)] == []
    assert any(one.startswith("'") for one in texts)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_text_can_be_written_and_is_no_formula(text: str) -> None:
    table = Table("Names", ("Name", text), ((text, 1), (None, 0.5)))

    (head, first, _second) = cells_of_csv(csv_of(table))
    sheet = load_workbook(BytesIO(xlsx_of([table])))["Names"]

    assert head[1] == first[0] == harmless(text)
    assert (sheet["A2"].value or "") == harmless(text)
    assert harmless(text).lstrip()[:1] not in set("=+-@＝＋－＠")


def test_numbers_are_numbers_and_times_are_times() -> None:
    table = answers_table(a_round({"Ann": "ab", "Bob": "--"}, took={"Ann": 2345}), "Europe/Berlin")
    sheet = load_workbook(BytesIO(xlsx_of([table])))["Answers"]
    first = dict(zip(table.head, next(sheet.iter_rows(min_row=2, values_only=True)), strict=True))

    assert first["Points"] == 1
    assert isinstance(first["Points"], int)
    assert first["1: seconds"] == 2.345
    assert first["Began (Europe/Berlin)"] == datetime(2026, 11, 30, 1, 53, 20)  # noqa: DTZ001 - as in the file
    assert sheet.freeze_panes == "A2"
    line = dict(zip(table.head, cells_of_csv(csv_of(table))[1], strict=True))
    assert (line["Points"], line["1: seconds"]) == ("1", "2.345")
    assert line["Began (Europe/Berlin)"] == "2026-11-30 01:53"


def test_negative_figures_stay_numbers() -> None:
    table = Table("Figures", ("Figure",), ((-0.123456789,), (1 / 3,), (2.0,)))

    assert cells_of_csv(csv_of(table))[1:] == [["-0.123457"], ["0.333333"], ["2"]]
    assert [cell.value for cell in load_workbook(BytesIO(xlsx_of([table])))["Figures"]["A"]][1:] == [
        -0.123457,
        0.333333,
        2,
    ]


def test_a_class_of_200_has_all_its_sheets() -> None:
    book = load_workbook(BytesIO(xlsx_of(tables_of(simulated(200, 20), "UTC"))))

    assert book.sheetnames == ["Answers", "Item analysis", "Whole quiz"]
    assert book["Answers"].max_row == 201
    assert book["Item analysis"].max_row == 21


def test_names_of_any_script_come_through() -> None:
    names = ["Константин", "שלום", "محمد", "漢字", "🦊", 'O\'Neill, "Ann"']

    table = answers_table(a_round(dict.fromkeys(names, "a")), "UTC")

    assert [line[3] for line in cells_of_csv(csv_of(table))[1:]] == names
    assert [cell.value for cell in load_workbook(BytesIO(xlsx_of([table])))["Answers"]["D"]][1:] == names


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
