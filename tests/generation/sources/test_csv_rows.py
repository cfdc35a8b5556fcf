"""Tables in CSV, from whichever program."""

import pytest

from generation.sources import csv_rows
from tests.generation.sources.reading import material, passages


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_is_understood(separator: str) -> None:
    rows = [["Name", "Year"], ["Peter", "1703"], ["Yuri", "1147"]]
    table = "\r\n".join(separator.join(row) for row in rows)

    assert passages(csv_rows, table) == [("table", "Name\tYear\nPeter\t1703\nYuri\t1147", 2, "")]


def test_a_cell_may_hold_lines_and_separators() -> None:
    assert passages(csv_rows, 'City,Built\n"Saint\nPetersburg, Russia",1703\nRome,753\n') == [
        ("table", "City\tBuilt\nSaint Petersburg, Russia\t1703\nRome\t753", 2, "")
    ]


def test_what_excel_writes_in_russian_is_understood() -> None:
    table = "Имя;Год\nПётр Первый;1703\nЮрий Долгорукий;1147\n".encode("cp1251")

    assert passages(csv_rows, table)[0][1] == "Имя\tГод\nПётр Первый\t1703\nЮрий Долгорукий\t1147"


def test_a_long_table_is_cut_with_its_head_and_placed_by_its_rows() -> None:
    table = "number,square\n" + "\n".join(f"{number},{number * number}" for number in range(1, 121))

    found = material(csv_rows, table).passages

    assert [one.place.number for one in found] == [2, 52, 102]
    assert all(one.text.startswith("number\tsquare\n") for one in found)
