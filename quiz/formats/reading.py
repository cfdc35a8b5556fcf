"""A file of questions is read as what it is, whatever it is called."""

import re
from collections.abc import Callable

from quiz.formats.aiken import read_aiken
from quiz.formats.csv_file import delimiter_of, read_csv
from quiz.formats.encoding import NotText, decoded
from quiz.formats.gift import read_gift
from quiz.formats.imported import UNKNOWN, Imported, Refusal
from quiz.formats.moodle_xml import read_moodle_xml
from quiz.formats.packed import Unpackable, kind_of_package
from quiz.formats.quiz_json import read_json
from quiz.formats.xlsx_file import read_xlsx

MOST_BYTES = 20 << 20
"""What a bot may download from Telegram."""
INSTEAD = "export the questions as Moodle XML, GIFT, Aiken, CSV or XLSX"
BEGINNINGS = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a file of Office 97–2003: save it as .xlsx"),
    (b"\x1f\x8b", "a packed file (gzip), as a Moodle backup is"),
    (b"Rar!", "a packed file (RAR)"),
    (b"7z\xbc\xaf", "a packed file (7z)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a document (RTF)"),
    (b"SQLite format 3", "a database"),
)
BLACKBOARD = re.compile(r"(?:MC|MA|TF|ESS|ORD|MAT|FIB|FIB_PLUS|FIL|NUM|SR|OP|JUMBLED_SENTENCE|QUIZ_BOWL)\t")
XML = re.compile(r"\s*<(?:\?xml|quiz|!)", re.IGNORECASE)
JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"])")
AIKEN = re.compile(r"^\s*(?:ANSWERS?|ОТВЕТЫ?)\s*[:：]", re.IGNORECASE | re.MULTILINE)
AIKEN_OPTION = re.compile(r"^\s*[AaАа]\s?[.)]\s+\S", re.MULTILINE)
GIFT = re.compile(r"(?<!\\)\{[^{}]{0,20000}(?<!\\)\}|^::|^\$CATEGORY:", re.MULTILINE)
SAMPLE = 200_000
Reader = Callable[[str], Imported]
BY_NAME: dict[str, Reader] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".json": read_json,
    ".gift": read_gift,
    ".aiken": read_aiken,
    ".xml": read_moodle_xml,
}


def read_quiz(data: bytes, name: str) -> Imported:
    """The questions of a file, and which were not taken and why; never raises, whatever the file is.

    What is in the file tells its format; the end of its name is heard only where that does not.
    """
    if not data.strip(b"\x00 \t\r\n"):
        return _none_of_a_quiz("the file is empty")
    if len(data) > MOST_BYTES:
        return _none_of_a_quiz(f"the file is larger than {MOST_BYTES >> 20} MB")
    if data.startswith(b"PK\x03\x04"):
        return _read_package(data)
    for beginning, what in BEGINNINGS:
        if data.startswith(beginning):
            return _none_of_a_quiz(f"this is {what}" if ":" in what else f"this is {what}: {INSTEAD}")
    try:
        text = decoded(data)
    except NotText as error:
        return _none_of_a_quiz(str(error))
    return _read_text(text, name.lower())


def _read_package(data: bytes) -> Imported:
    try:
        what = kind_of_package(data)
    except Unpackable as error:
        return _none_of_a_quiz(str(error))
    if what == "xlsx":
        return read_xlsx(data)
    return _none_of_a_quiz(f"this is {what or 'a zip file without a spreadsheet'}: {INSTEAD}")


def _read_text(text: str, name: str) -> Imported:
    reader = _reader_by_content(text[:SAMPLE]) or _reader_by_name(name)
    if reader:
        return reader(text)
    if BLACKBOARD.match(text):
        return _none_of_a_quiz(f"this is Blackboard's text with tabs: {INSTEAD}")
    if text.lstrip().startswith("<"):
        return read_moodle_xml(text)
    return _none_of_a_quiz(f"no question is found in this text, neither GIFT nor Aiken nor a table: {INSTEAD}")


def _reader_by_content(sample: str) -> Reader | None:
    if JSON.match(sample):
        return read_json
    if XML.match(sample):
        return read_moodle_xml
    if AIKEN.search(sample) and AIKEN_OPTION.search(sample):
        return read_aiken
    if delimiter_of(sample):
        return read_csv
    return read_gift if GIFT.search(sample) and not BLACKBOARD.match(sample) else None


def _reader_by_name(name: str) -> Reader | None:
    return next((reader for ending, reader in BY_NAME.items() if name.endswith(ending)), None)


def _none_of_a_quiz(why: str) -> Imported:
    return Imported(UNKNOWN, refused=(Refusal(1, why),))
