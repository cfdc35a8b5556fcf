"""What is in a packed file, looked at before any of it is unpacked."""

import zipfile
from io import BytesIO

MOST_PARTS = 2_000
MOST_BYTES = 100 << 20
MOST_BYTES_OF_XML = 40 << 20
ENCRYPTED = 0x1
KNOWN = {
    "xl/workbook.xml": "xlsx",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint file",
    "collection.anki2": "an Anki deck",
    "collection.anki21": "an Anki deck",
    "h5p.json": "H5P",
    "imsmanifest.xml": "an IMS package, as Canvas (QTI), Blackboard and iSpring export it",
    "moodle_backup.xml": "a Moodle backup",
    "content.xml": "an OpenDocument file",
}
"""A part of a package, and what the package is."""


class Unpackable(ValueError):
    """A package that is not unpacked; the message says why."""


def kind_of_package(data: bytes) -> str:
    """What a zip file is, by its parts; empty where that is not known.

    Raises Unpackable where it is damaged, encrypted, or unpacks to more than any sheet has. zipfile unpacks no more of
    a part than is said here.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise Unpackable("the file is damaged: it begins like a zip file, and is none") from None
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Unpackable("the file is encrypted: save it without a password")
    of_xml = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or of_xml > MOST_BYTES_OF_XML:
        raise Unpackable("the file unpacks to more than any quiz has")
    names = {part.filename for part in parts}
    return next((what for part, what in KNOWN.items() if part in names), "")
