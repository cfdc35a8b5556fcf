"""Files that are damaged, empty, called something else, or made to do harm: each costs one clear word, soon."""

import tracemalloc
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.formats.imported import MOST_QUESTIONS, Imported
from quiz.formats.reading import MOST_BYTES, read_quiz
from quiz.formats.xlsx_file import workbook_of

ENOUGH_SECONDS = 5
ENOUGH_BYTES = 50 << 20
LONG = "x" * 200_000
XML = (
    '<quiz><question type="truefalse"><questiontext><text>Star?</text></questiontext><answer fraction="100"><text>true'
    '</text></answer><answer fraction="0"><text>false</text></answer></question></quiz>'
)
JSON = (
    '{"format": "quizbot-quiz", "version": 1, "questions": [{"stem": "Star?", "kind": "single", "options": '
    '[{"text": "Sun", "right": true}, {"text": "Mars", "right": false}]}]}'
)


@contextmanager
def bounded() -> Generator[None]:
    """What is done within keeps the processor for a moment only."""
    begun = process_time()
    yield
    assert process_time() - begun < ENOUGH_SECONDS


def why(data: bytes | str, name: str = "quiz.txt") -> str:
    """The one reason for which nothing is taken."""
    with bounded():
        file = read_quiz(data.encode() if isinstance(data, str) else data, name)
    assert file.taken == ()
    (refusal,) = file.refused
    return refusal.why


def zipped(**parts: bytes) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize("data", [b"", b"\n\n \t", b"\xef\xbb\xbf", b"\x00" * 1000])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert "empty" in why(data) or "no question" in why(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Office 97"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(range(256)) * 100, "no text"),
        (b"PK\x03\x04" + b"\x00" * 100, "damaged"),
        (zipped(**{"word/document.xml": b"<a/>"}), "a Word document"),
        (zipped(**{"readme.txt": b"hello"}), "a zip file"),
        (zipped(**{"collection.anki2": b""}), "an Anki deck"),
        (b"Dear all, please find the quiz attached.", "no question is found"),
        (b"<!DOCTYPE html><html><body>Quiz</body></html>", "DOCTYPE"),
        (b"<html><body>Quiz</body></html>", "a web page"),
    ],
)
def test_what_is_no_quiz_is_named_whatever_it_is_called(data: bytes, what: str) -> None:
    for name in ("quiz.gift", "quiz.xml", "quiz.xlsx", "quiz.csv", "quiz.json", "quiz"):
        if data.startswith((b"Dear", b"<html")) and name != "quiz":
            continue
        assert what in why(data, name)


@pytest.mark.parametrize("name", ["quiz.gift", "quiz.csv", "quiz.aiken", "quiz.json", "quiz.xml"])
def test_a_text_without_questions_under_any_name_gives_none(name: str) -> None:
    file = read_quiz(b"Dear all, please find the quiz attached.", name)

    assert file.taken == ()
    assert file.refused


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Star? {=Sun ~Mars}", "gift"),
        ("Star?\nA. Sun\nB. Mars\nANSWER: A\n", "aiken"),
        ("question,option 1,option 2,right\nStar?,Sun,Mars,1\n", "csv"),
        (XML, "moodle-xml"),
        (JSON, "json"),
    ],
)
@pytest.mark.parametrize("name", ["quiz.gift", "quiz.csv", "quiz.json", "quiz.xml", "quiz.xlsx", "quiz.txt", ""])
def test_a_wrong_ending_does_no_harm(text: str, form: str, name: str) -> None:
    file = read_quiz(text.encode(), name)

    assert (file.format, len(file.taken), file.refused) == (form, 1, ())


def test_entities_that_grow_make_the_file_refused() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a0 "ha">{laughs}]><quiz><x>&a9;</x></quiz>'

    assert "DOCTYPE" in why(bomb, "quiz.xml")


def test_an_entity_of_a_file_is_not_read() -> None:
    leak = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'

    assert "DOCTYPE" in why(leak, "quiz.xml")


def test_xml_nested_without_end_is_refused() -> None:
    assert "nested" in why("<quiz>" + "<a>" * 100_000, "quiz.xml")


def test_json_nested_without_end_is_refused() -> None:
    assert "nested" in why('{"questions": ' + "[" * 100_000, "quiz.json")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml"])
def test_a_spreadsheet_that_unpacks_to_gigabytes_is_refused(part: str) -> None:
    bomb = zipped(**{"xl/workbook.xml": b"<a/>", part: b"0" * (101 << 20)})

    tracemalloc.start()
    try:
        assert "unpacks to more" in why(bomb, "quiz.xlsx")
        assert tracemalloc.get_traced_memory()[1] < ENOUGH_BYTES
    finally:
        tracemalloc.stop()


def test_a_spreadsheet_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped(**{"xl/workbook.xml": b"<workbook/>" + b" " * 1_000_000}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")

    assert "damaged" in why(bytes(data), "quiz.xlsx")


def test_a_cell_in_the_last_row_and_column_costs_nothing() -> None:
    rows = [["question", "option 1", "option 2", "right"], ["Star?", "Sun", "Mars", "1"]]
    packed = BytesIO(workbook_of("quiz", rows))
    changed = BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
                data = data.replace(b"</sheetData>", far)
            new.writestr(name, data)
    with bounded():
        file = read_quiz(changed.getvalue(), "quiz.xlsx")

    assert [one.stem for one in file.taken] == ["Star?"]


@pytest.mark.parametrize(
    "text",
    [
        f"Star? {{=Sun ~Mars}}\n\n{LONG}\n\nMoon? {{=a ~b}}",
        f"Star? {{=Sun ~Mars}}\n\nWhich? {{={LONG} ~b}}\n\nMoon? {{=a ~b}}",
        f"Star?\nA. Sun\nB. Mars\nANSWER: A\n\n{LONG}\n\nMoon?\nA. a\nB. b\nANSWER: A\n",
        f'question,option 1,option 2,right\nStar?,Sun,Mars,1\n"{LONG}",a,b,1\nMoon?,a,b,1\n',
    ],
)
def test_a_line_of_200_000_characters_costs_its_own_question_only(text: str) -> None:
    with bounded():
        file = read_quiz(text.encode(), "quiz.txt")

    assert [one.stem for one in file.taken] == ["Star?", "Moon?"]
    assert len(file.refused) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{" * 200_000,
        "a {" + "=" * 200_000 + "}",
        "Which? {=a ~b}\n" * 20_000,
        "::" * 200_000,
        "[html]" + "<p" * 20_000 + " {=a ~b}",
        "[html]" + "<!" * 20_000 + " {=a ~b}",
        "[html]" + "<a " * 15_000 + " {=a ~b}",
        "[html]" + "<!--" * 12_000 + "--> {=a ~b}",
        "[html]" + "<sup>" * 9_000 + " {=a ~b}",
        "Which \\(" + "\\( " * 15_000 + " {=a ~b}",
        "A) x\n" * 40_000 + "ANSWER: A",
        'question,option 1,option 2,right\n"' + "x,\n" * 60_000,
        "question,option 1,option 2,right" + "," * 100_000,
        '<quiz><question type="multichoice">' + "<answer/>" * 100_000 + "</question></quiz>",
    ],
)
def test_what_is_made_to_be_slow_is_not(text: str) -> None:
    with bounded():
        file = read_quiz(text.encode(), "quiz.txt")

    assert file.taken == () or len(file.taken) < MOST_QUESTIONS


def test_no_more_questions_are_taken_than_a_quiz_can_have() -> None:
    file = read_quiz(b"Which? {=a ~b}\n\n" * (MOST_QUESTIONS + 100), "quiz.gift")

    assert len(file.taken) == MOST_QUESTIONS
    (refusal,) = file.refused
    assert "the rest is not read" in refusal.why
    assert refusal.line == 2 * MOST_QUESTIONS + 1


def test_a_file_larger_than_a_bot_may_take_is_refused_unread() -> None:
    assert "larger than 20 MB" in why(b"x" * (MOST_BYTES + 1))


heads = st.sampled_from(
    [
        b"",
        b"question,option 1,option 2,right\n",
        b"<quiz><question type='multichoice'>",
        b'{"format": "quizbot-quiz", "version": 1, "questions": [',
        b"Q?\nA. a\nB. b\nANSWER: ",
        b"Q? {=a ~",
        b"PK\x03\x04",
        b"\xff\xfe",
        b"\xfe\xff",
    ]
)


@given(heads, st.binary(max_size=200), st.sampled_from(["a.gift", "a.csv", "a.xml", "a.json", "a.xlsx", "a"]))
def test_whatever_the_bytes_are_something_is_said(head: bytes, rest: bytes, name: str) -> None:
    file = read_quiz(head + rest, name)

    assert isinstance(file, Imported)
    assert file.taken or file.refused
