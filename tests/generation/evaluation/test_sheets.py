"""`quizbot eval-read`: sheets for readers, and what comes of them when they are filled in."""

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.generation.evaluation.typed import kept, typed

pytestmark = pytest.mark.usefixtures("only_these_settings")


def fill(sheet: Path, filled: Path, answers: Mapping[str, str]) -> None:
    """A sheet as a reader hands it back who knows these answers, by question, and holds all clear and worth asking."""
    rows = list(csv.DictReader(StringIO(sheet.read_text("utf-8-sig"), newline="")))
    file = StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
    writer.writeheader()
    for row in rows:
        letters = {row[letter]: letter for letter in "ABCDEF" if letter in row}
        answer = letters[answers[row["mark"]]]
        writer.writerow({**row, "answer": answer, "clear?": "yes", "worth asking?": "yes"})
    filled.write_text(file.getvalue(), "utf-8-sig")


@pytest.fixture
def asked(notes: Path) -> list[dict[str, Any]]:
    """The questions of `out.json`, which were written on the sheets `open.csv` and `closed.csv`."""
    sheets = ("--sheet", "open.csv", "--sheet-without-source", "closed.csv")
    assert typed("eval", notes, "--count", "4", "--json", "out.json", *sheets).exit_code == 0
    return [one for quiz in kept(Path("out.json"))["quizzes"] for one in quiz["questions"]]


def test_sheets_show_the_source_or_not(asked: list[dict[str, Any]]) -> None:
    opened, closed = (Path(name).read_text("utf-8-sig") for name in ("open.csv", "closed.csv"))

    assert all(one["id"] in opened and one["id"] in closed for one in asked)
    passages = [one["passage"].splitlines()[0] for one in asked if "\t" not in one["passage"]]
    assert passages
    assert all(passage in opened and passage not in closed for passage in passages)


def test_two_readers_are_told_how_far_they_agree_with_the_keys_and_each_other(asked: list[dict[str, Any]]) -> None:
    keys = {one["id"]: one["options"][one["key"][0]] for one in asked}
    first = asked[0]
    wrong = next(text for place, text in enumerate(first["options"]) if place not in first["key"])
    fill(Path("open.csv"), Path("anna.csv"), keys)
    fill(Path("closed.csv"), Path("boris.csv"), {**keys, first["id"]: wrong})

    said = typed("eval-read", "out.json", "anna.csv", "boris.csv")

    assert said.exit_code == 0, said.output
    assert f"boris: {first['question']}" in said.output
    assert f"the key is “{keys[first['id']]}”, the reader says “{wrong}”" in said.output
    lines_said = [" ".join(one.split()) for one in said.output.splitlines()]
    assert "the key is right, and the only right one 100.0% 67.6% to 100.0% 8 of 8" in lines_said
    assert "the key is right, and the only right one 87.5% 52.9% to 97.8% 7 of 8" in lines_said
    assert any(one.startswith("same on the answer 87.5%") for one in lines_said)
    assert "anna: " not in said.output


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (b"mark,answer\n", "wrong.csv: row 1: there is no column “clear?”"),
        (
            b"mark,answer,clear?,worth asking?\nx,A,yes,yes\n",
            "wrong.csv: row 2: no question of this result has the mark",
        ),
        ("mark,да".encode("cp1251"), "wrong.csv is not in UTF-8: save the sheet as CSV in UTF-8"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_a_wrong_sheet_is_one_line_and_status_2(sheet: bytes, said: str) -> None:
    Path("wrong.csv").write_bytes(sheet)

    result = typed("eval-read", "out.json", "wrong.csv")

    assert result.exit_code == 2
    assert result.output.startswith(f"quizbot: {said}")
    assert len(result.output.splitlines()) == 1


@pytest.mark.usefixtures("asked")
def test_a_file_that_is_no_result_is_one_line_and_status_2() -> None:
    result = typed("eval-read", "open.csv", "closed.csv")

    assert result.exit_code == 2
    assert result.output.startswith("quizbot: open.csv: this is no result of quizbot eval")
    assert len(result.output.splitlines()) == 1
