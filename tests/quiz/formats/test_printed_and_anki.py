"""A quiz on paper and as cards."""

import sqlite3
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]
import pytest

from delivery.markup import plain_text
from quiz.formats.anki import write_anki
from quiz.formats.printed import LACKING, write_pdf
from quiz.question import Kind, Question, Source
from tests.quiz.formats.questions import question

QUIZ = [
    question(
        "Which is a star?",
        ("Mars", "The Sun"),
        "b",
        explanation="It shines by itself.",
        source=Source("NASA & Co", "https://nasa.gov/?a=1&b=2"),
    ),
    question("Какие числа \\(x^2\\) чётные?", ("2", "3", "4"), "ac", Kind.MULTIPLE, question_id="q2"),
    question(
        "Λόγος is Greek.\n```python\nprint(1 < 2)\n```", ("True", "False"), "a", Kind.TRUE_FALSE, question_id="q3"
    ),
]


def pages(data: bytes) -> list[str]:
    """The text of each page."""
    document: Any = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def test_a_page_to_fill_in_has_no_keys() -> None:
    (page,) = pages(write_pdf("Stars", "en", QUIZ, keys=False, plain=plain_text).data)

    assert page.startswith("Stars\nName: ")
    for words in ("Which is a star?", "A.", "Mars", "The Sun", "(several answers)", "Какие числа x² чётные?", "Λόγος"):
        assert words in page
    assert "print(1 < 2)" in page
    assert "shines" not in page
    assert "NASA" not in page


def test_keys_and_reasons_stand_on_a_page_of_their_own() -> None:
    questions, keys = pages(write_pdf("Звёзды", "ru", QUIZ, plain=plain_text).data)

    assert "shines" not in questions
    assert keys.startswith("Звёзды: Ответы")
    assert "B. The Sun\nIt shines by itself.\nИсточник: NASA & Co, https://nasa.gov/?a=1&b=2" in keys
    assert "A. 2\nC. 4" in keys
    assert "страница 2 из 2" in keys


def test_a_question_is_not_torn_apart_by_the_end_of_a_page() -> None:
    many = [
        question(f"Question {number} begins", ("one option", "another option", "the last option"), "a")
        for number in range(40)
    ]

    for page in pages(write_pdf("Many", "en", many, keys=False).data):
        assert page.count("begins") == page.count("the last option")


def test_what_the_font_lacks_is_said() -> None:
    written = write_pdf("Cities", "en", [question("首都 is?", ("東京 🗼", "Rome"), "a")], keys=False)

    assert LACKING * 2 + " is?" in pages(written.data)[0]
    assert written.lost == (f"the font lacks 5 characters, for which {LACKING} stands: 首 都 東 京 🗼",)


def test_what_runs_from_right_to_left_is_said() -> None:
    assert write_pdf("Cities", "en", [question("ירושלים?", ("a", "b"), "a")]).lost == (
        "what runs from right to left is not set right",
    )


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database of a package for Anki."""
    with zipfile.ZipFile(BytesIO(write_anki("Stars", "en", QUIZ).data)) as package:
        package.extract("collection.anki2", tmp_path)
    connection = sqlite3.connect(tmp_path / "collection.anki2")
    yield connection
    connection.close()


def fields(notes: sqlite3.Connection) -> list[list[str]]:
    return [row[0].split("\x1f") for row in notes.execute("select flds from notes order by id")]


def test_a_card_asks_and_its_back_answers(notes: sqlite3.Connection) -> None:
    first, second, third = fields(notes)

    assert first == [
        "Which is a star?",
        "A. Mars<br>B. The Sun",
        "B. The Sun",
        "It shines by itself.",
        '<a href="https://nasa.gov/?a=1&amp;b=2">NASA &amp; Co</a>',
    ]
    assert second[:3] == ["Какие числа \\(x^2\\) чётные? ☑", "A. 2<br>B. 3<br>C. 4", "A. 2<br>C. 4"]
    assert third[:3] == [
        'Λόγος is Greek.<pre><code class="language-python">print(1 &lt; 2)</code></pre>',
        "",
        "True",
    ]


def test_a_deck_exported_anew_is_the_same_for_anki(notes: sqlite3.Connection, tmp_path: Path) -> None:
    changed: list[Question] = [question("Which one is a star?", ("Mars", "The Sun"), "b"), *QUIZ[1:]]
    with zipfile.ZipFile(BytesIO(write_anki("Stars", "en", changed).data)) as package:
        package.extract("collection.anki2", tmp_path / "again")
    again = sqlite3.connect(tmp_path / "again" / "collection.anki2")
    guids = "select guid from notes order by guid"

    assert list(again.execute(guids)) == list(notes.execute(guids))
    assert list(again.execute("select distinct mid from notes")) == list(
        notes.execute("select distinct mid from notes")
    )
    again.close()
