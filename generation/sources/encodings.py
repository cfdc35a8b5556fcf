"""Bytes of a text become letters, whichever encoding they are in."""

import codecs
import re

from generation.sources.refusal import NotConverted, Reason

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 200_000
"""Bytes that an encoding is told by."""
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
A_FEW = 2
MOST_CONTROLS = 0.01
FEW_BAD = 4
MOST_BAD = 0.001
"""Shares of the letters: with more of them it is no text, or not in UTF-8."""
BAD = "\ufffd"


def decoded(data: bytes) -> str:
    """A text of any usual encoding: by its mark, as UTF-8, or as chardet takes it for; what does not fit is `\ufffd`.

    Raises NotConverted for bytes that are no text.
    """
    text = _decoded(data)
    if len(CONTROLS.findall(text[:SAMPLE])) > A_FEW + MOST_CONTROLS * len(text[:SAMPLE]):
        raise NotConverted(Reason.NOT_A_DOCUMENT)
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[:SAMPLE].count(0) <= A_FEW + MOST_CONTROLS * len(data[:SAMPLE]):
        text = data.decode("utf-8", "replace")
        bad = text.count(BAD)
        # One byte in many that is bad does not make it another encoding: files are cut anywhere.
        if not bad or (bad <= FEW_BAD + MOST_BAD * len(text) and not text.replace(BAD, "").isascii()):
            return text
    try:
        from chardet import detect
    except ImportError:
        raise NotConverted(Reason.NOT_INSTALLED) from None
    encoding = detect(data[: SAMPLE - SAMPLE % 4])["encoding"]
    try:
        codec = codecs.lookup(encoding or "")
    except LookupError:
        raise NotConverted(Reason.NOT_A_DOCUMENT) from None
    return codec.decode(data, "replace")[0]
