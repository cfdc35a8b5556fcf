"""What is packed in a document, looked at before any of it is unpacked."""

import zipfile
from io import BytesIO

from generation.sources.refusal import NotConverted, Reason

MOST_PARTS = 5_000
MOST_BYTES = 150 << 20
MOST_BYTES_OF_XML = 40 << 20
"""A tree of elements takes ten times as much memory."""
XML = (".xml", ".rels")
ENCRYPTED = 0x1


def parts_of(data: bytes) -> frozenset[str]:
    """The names of all parts of an archive that is safe to unpack.

    Raises NotConverted where it is none, is encrypted, has too many parts, or unpacks to too much. zipfile unpacks no
    more of a part than is said here, whatever is in it.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NotConverted(Reason.DAMAGED) from None
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise NotConverted(Reason.ENCRYPTED)
    every_byte = sum(part.file_size for part in parts)
    of_xml = sum(part.file_size for part in parts if part.filename.lower().endswith(XML))
    if len(parts) > MOST_PARTS or every_byte > MOST_BYTES or of_xml > MOST_BYTES_OF_XML:
        raise NotConverted(Reason.TOO_BIG)
    return frozenset(part.filename for part in parts)
