"""Which kind of source bytes are: by what they are themselves, and by the name only between kinds of text."""

import re
from enum import StrEnum
from pathlib import PurePath

from generation.sources.archive import parts_of
from generation.sources.encodings import MARKS, SAMPLE
from generation.sources.refusal import NotConverted, Reason


class Kind(StrEnum):
    """A kind of source, named as the module that reads it."""

    TEXT = "plain_text"
    MARKDOWN = "markdown"
    TABLE = "csv_rows"
    PAGE = "web_page"
    PDF = "pdf"
    WORD = "word"
    SLIDES = "slides"


PDF_BEGINS_WITHIN = 1024
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""In such a file Office keeps a document that has a password."""
OTHERS = (
    b"{\\rtf",
    b"%!PS",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ\x90",
)
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")
MAIN_PARTS = {"word/document.xml": Kind.WORD, "ppt/presentation.xml": Kind.SLIDES}
HTML = re.compile(
    r"(?>\s*)(?>(?:<\?xml[^>]*>\s*)?)(?>(?:(?><!--.*?-->)\s*)*)<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
BY_ENDING = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".xhtml": Kind.PAGE,
}
MARKS_OF_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|```|\|? ?:?-{3,}:? ?\|)|\*\*\S[^*\n]{0,200}\S\*\*|\[[^\]\n]{1,200}\]\(https?:", re.MULTILINE
)
ENOUGH_MARKS = 3


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of these bytes; raises NotConverted for what is not read here, is empty, or unpacks to too much.

    What has no name was typed, and is a text whatever it begins with.
    """
    if not data.strip(b"\x00\t\n\r "):
        raise NotConverted(Reason.NO_TEXT)
    if not name:
        return _kind_of_text(_glance(data[:SAMPLE]))
    if b"%PDF-" in data[:PDF_BEGINS_WITHIN]:
        return Kind.PDF
    if data.startswith((ZIP, EMPTY_ZIP)):
        return _office(data)
    if data.startswith(OLE):
        raise NotConverted(Reason.ENCRYPTED if ENCRYPTED_PACKAGE in data else Reason.NOT_A_DOCUMENT)
    if data.startswith(PICTURES):
        raise NotConverted(Reason.PICTURE)
    if data.startswith(OTHERS):
        raise NotConverted(Reason.NOT_A_DOCUMENT)
    beginning = _glance(data[:SAMPLE])
    ending = PurePath(name.lower()).suffix
    if HTML.match(beginning):
        return Kind.PAGE
    if ending in BY_ENDING:
        return BY_ENDING[ending]
    return _kind_of_text(beginning)


def _kind_of_text(beginning: str) -> Kind:
    return Kind.MARKDOWN if len(MARKS_OF_MARKDOWN.findall(beginning)) >= ENOUGH_MARKS else Kind.TEXT


def _glance(data: bytes) -> str:
    """A text as far as letters of ASCII go: which encoding it is in, the reader finds out."""
    encoding = next((encoding for mark, encoding in MARKS if data.startswith(mark)), "latin-1")
    return data.decode(encoding, "replace")


def _office(data: bytes) -> Kind:
    parts = parts_of(data)
    for part, kind in MAIN_PARTS.items():
        if part in parts:
            return kind
    raise NotConverted(Reason.NOT_A_DOCUMENT)
