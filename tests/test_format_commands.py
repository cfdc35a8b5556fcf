"""`quizbot import` and `quizbot export`: without a token, without a bot that runs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.format_commands import FormatName, Template
from bot.format_report import TEMPLATES
from quiz.formats.reading import read_quiz
from quiz.formats.writing import FORMATS

FILES = Path(__file__).parent / "quiz" / "formats" / "files"
QUIZBOT = Path(sys.executable).with_name("quizbot")


def quizbot(folder: Path, *words: str) -> "subprocess.CompletedProcess[bytes]":
    """Run it in a folder without settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUIZBOT_")}
    return subprocess.run([QUIZBOT, *words], cwd=folder, env=environment, capture_output=True, timeout=60, check=False)  # noqa: S603


def said(ran: "subprocess.CompletedProcess[bytes]") -> dict[str, Any]:
    return json.loads(ran.stdout)


def test_a_file_is_reported_in_json(tmp_path: Path) -> None:
    (tmp_path / "quiz.gift").write_text(
        "Star? {=Sun ~%50%Mars ####It shines.}\n\nName one {=Sun}\n\nIt is. {F}\n", "utf-8"
    )

    ran = quizbot(tmp_path, "import", "quiz.gift", "--dry-run", "--json")

    assert ran.returncode == 0
    assert ran.stderr == b""
    report = said(ran)
    assert list(report) == ["format", "taken", "refused", "warnings"]
    assert report["format"] == "gift"
    assert report["taken"] == [
        {
            "stem": "Star?",
            "kind": "single",
            "options": [
                {"text": "Sun", "right": True, "fraction": 1.0},
                {"text": "Mars", "right": False, "fraction": 0.5},
            ],
            "explanation": "It shines.",
            "line": 1,
        },
        {
            "stem": "It is.",
            "kind": "truefalse",
            "options": [
                {"text": "True", "right": False, "fraction": 0.0},
                {"text": "False", "right": True, "fraction": 1.0},
            ],
            "explanation": "",
            "line": 5,
        },
    ]
    assert [(one["line"], "short answer" in one["why"]) for one in report["refused"]] == [(3, True)]
    assert len(report["warnings"]) == 1


def test_a_file_of_which_nothing_is_taken_ends_with_status_1_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "quiz.xml").write_bytes((FILES / "canvas-qti.xml").read_bytes())

    ran = quizbot(tmp_path, "import", "quiz.xml", "--dry-run", "--json")

    assert ran.returncode == 1
    assert said(ran)["taken"] == []
    assert "QTI" in said(ran)["refused"][0]["why"]


def test_a_file_is_reported_as_a_table_to_read(tmp_path: Path) -> None:
    ran = quizbot(tmp_path, "import", str(FILES / "kahoot.xlsx"), "--dry-run")

    assert ran.returncode == 0
    assert ran.stdout.decode().splitlines() == [
        "3 questions taken, 0 not (xlsx)",
        "  line  kind       right  question",
        "     9  single       1/3  Which planet is red?",
        "    10  single       1/4  2 to the power of 3?",
        "    11  multiple     2/3  Which are gases at room temperature?",
        "taken, but: line 11: in Kahoot each of the 2 right answers is enough: here all of them are to be chosen",
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["import", "quiz.gift"], "cannot be kept yet"),
        (["import", "away.gift", "--dry-run"], "away.gift cannot be read: No such file"),
        (["import", ".", "--dry-run"], "cannot be read: Is a directory"),
        (["import"], "which FILE?"),
        (["export", "tides", "--format", "csv", "--out", "x.csv"], "there is no deck “tides”"),
        (["export", "algorithms", "--format", "csv", "--out", "x", "--language", "fr"], "algorithms is not in French"),
        (["export", "algorithms", "--format", "csv", "--out", "x", "--without-keys"], "--without-keys is for a PDF"),
        (["export", "algorithms", "--format", "csv", "--out", "no/x.csv"], "no/x.csv cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(tmp_path: Path, words: list[str], why: str) -> None:
    (tmp_path / "quiz.gift").write_text("Star? {=Sun ~Mars}", "utf-8")

    ran = quizbot(tmp_path, *words)

    assert ran.returncode == 2
    assert ran.stdout == b""
    (line,) = ran.stderr.decode().splitlines()
    assert line.startswith("quizbot: ")
    assert why in line


@pytest.mark.parametrize("template", list(Template))
def test_a_sheet_to_fill_in_goes_to_standard_output_or_into_a_file(tmp_path: Path, template: Template) -> None:
    printed = quizbot(tmp_path, "import", "--template", template.value)
    written = quizbot(tmp_path, "import", "--template", template.value, "--out", "sheet")

    assert (printed.returncode, written.returncode, written.stdout) == (0, 0, b"")
    for data in (printed.stdout, (tmp_path / "sheet").read_bytes()):
        assert len(read_quiz(data, "").taken) == 3


@pytest.mark.parametrize("form", ["gift", "moodle-xml", "csv", "xlsx", "json"])
def test_a_deck_that_is_exported_can_be_imported(tmp_path: Path, form: str) -> None:
    ran = quizbot(tmp_path, "export", "algorithms", "--format", form, "--out", "quiz", "--language", "ru")
    assert ran.returncode == 0

    report = said(quizbot(tmp_path, "import", "quiz", "--dry-run", "--json"))
    assert report["format"] == form
    assert len(report["taken"]) > 10
    assert report["refused"] == []


def test_what_a_format_cannot_carry_is_said(tmp_path: Path) -> None:
    ran = quizbot(tmp_path, "export", "algorithms", "--format", "aiken", "--out", "quiz.txt")

    assert ran.returncode == 0
    assert "explanations and sources are left out: Aiken has none" in ran.stderr.decode()


def test_a_folder_of_ones_own_is_exported(tmp_path: Path) -> None:
    from tests.decks.written import write_deck

    write_deck(tmp_path)
    ran = quizbot(tmp_path, "export", "stars", "--format", "gift", "--out", "stars.gift")

    assert ran.returncode == 0
    assert "The Sun" in (tmp_path / "stars.gift").read_text("utf-8")


def test_pages_to_print_are_had_with_and_without_keys(tmp_path: Path) -> None:
    for words in ([], ["--without-keys"]):
        out = f"quiz{len(words)}.pdf"
        assert quizbot(tmp_path, "export", "algorithms", "--format", "pdf", "--out", out, *words).returncode == 0
    with_keys, without = ((tmp_path / f"quiz{number}.pdf").read_bytes() for number in (0, 1))

    assert with_keys.startswith(b"%PDF")
    assert without.startswith(b"%PDF")
    assert len(without) < len(with_keys)


def test_cards_are_written(tmp_path: Path) -> None:
    assert quizbot(tmp_path, "export", "algorithms", "--format", "anki", "--out", "quiz.apkg").returncode == 0
    assert (tmp_path / "quiz.apkg").read_bytes().startswith(b"PK")


def test_every_format_can_be_asked_for() -> None:
    assert [one.value for one in FormatName] == list(FORMATS)
    assert [one.value for one in Template] == list(TEMPLATES)
