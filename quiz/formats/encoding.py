"""Bytes of a file become letters, whichever encoding another program wrote them in."""

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
SAMPLE = 200_000
"""Bytes that an encoding is told by."""
OF_OTHER_LETTERS = (
    *("windows-1251", "koi8-r", "cp866", "mac-cyrillic"),
    *("windows-1253", "windows-1255", "windows-1256", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"),
)
OF_LATIN_LETTERS = ("windows-1252", "mac-roman", "windows-1250", "windows-1254", "windows-1257")
USUAL = "windows-1252"
FOREIGN = re.compile(rb"[\x80-\xff]+")
LONG_RUN = 1.6
"""Russian words are runs of bytes beyond ASCII; the accents of a Western language stand alone."""
ALIKE = ("windows-1251", "mac-cyrillic")
"""Their small letters are the same bytes; capitals of one are rare letters and signs in the other."""
RARE = re.compile("[ЂЃѓ†‡ЉЊЌЋЏђљњќћџЅѕјЈ¬√ƒ≈∆÷Ўў]")
A_FEW = 3
"""So many bytes beyond ASCII tell nothing of themselves."""
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MOST_CONTROLS = 0.01


class NotText(ValueError):
    """Bytes that are no text; the message says so, or why they cannot be read."""


def decoded(data: bytes) -> str:
    """A text in UTF-8, UTF-16 or UTF-32, with a mark or without, or in a usual encoding of a byte a letter.

    Line ends are kept. Raises NotText for what is no text.
    """
    text = _decoded(data)
    if len(CONTROLS.findall(text[:SAMPLE])) > MOST_CONTROLS * len(text[:SAMPLE]):
        raise NotText("this is no text: a picture, a program or a damaged file")
    return text.removeprefix("\ufeff")


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if 0 not in data[:SAMPLE]:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode(_of_a_byte_a_letter(data[:SAMPLE]), "replace")
    for encoding in WIDE:
        # Text in UTF-16 reads as UTF-32 hardly ever, and the other way round with a zero in every second place.
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text[:SAMPLE] and _is_mostly_ascii_or_letters(text[:SAMPLE]):
            return text
    raise NotText("this is no text: a picture, a program or a damaged file")


def _is_mostly_ascii_or_letters(text: str) -> bool:
    """Whether a text makes sense: of the wrong byte order come signs of all scripts, and hardly a space."""
    return "\n" in text or (text.isprintable() and (" " in text or text.isascii()))


def _of_a_byte_a_letter(sample: bytes) -> str:
    try:
        from chardet import detect
    except ImportError:
        raise NotText(
            "this is not in UTF-8: save the file in UTF-8, or have encodings told: pip install quizbot[teachers]"
        ) from None
    runs = FOREIGN.findall(sample)
    foreign = sum(map(len, runs))
    is_latin = foreign < LONG_RUN * len(runs)
    if is_latin and foreign <= A_FEW:
        return USUAL
    known = OF_LATIN_LETTERS if is_latin else OF_OTHER_LETTERS
    found = (detect(sample, include_encodings=known, no_match_encoding=known[0])["encoding"] or USUAL).lower()
    if found not in {"windows-1251", "maccyrillic"}:
        return found
    return min(ALIKE, key=lambda one: len(RARE.findall(sample.decode(one, "replace"))))
