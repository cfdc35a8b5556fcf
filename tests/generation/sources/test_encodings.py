"""Texts come in whatever encoding the program of their author writes."""

import pytest

from generation.sources.encodings import decoded
from generation.sources.refusal import NotConverted, Reason

RUSSIAN = "Фотосинтез — это процесс образования органических веществ из углекислого газа и воды на свету."
GERMAN = "Größe und Übermaß: die Straßenbahn fährt über die Brücke nach Köln."


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-r", "cp866"]
)
def test_russian_is_read_in_any_encoding(encoding: str) -> None:
    text = RUSSIAN.replace("—", "-") if encoding in {"koi8-r", "cp866"} else RUSSIAN

    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_a_few_words_are_enough(encoding: str) -> None:
    assert decoded("Столица Франции Париж.".encode(encoding)) == "Столица Франции Париж."


def test_german_of_windows_is_read() -> None:
    assert decoded(GERMAN.encode("cp1252")) == GERMAN


def test_a_bad_byte_in_a_text_in_utf_8_costs_one_letter() -> None:
    assert decoded(RUSSIAN.encode() + b"\xff" + RUSSIAN.encode()) == f"{RUSSIAN}\ufffd{RUSSIAN}"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x7fELF" + bytes(1000), bytes(5000)])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(NotConverted) as refused:
        decoded(data)

    assert refused.value.reason is Reason.NOT_A_DOCUMENT
