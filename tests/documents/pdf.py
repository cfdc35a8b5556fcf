"""PDFs, written object by object, so that anything can be wrong in them."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PLAIN, BOLD, CODE, OTHER = range(3, 7)
"""Numbers of the objects that are fonts."""
FIRST_PAGE = 10
"""The number of the first object after those that every PDF here begins with."""
OTHER_FONT = b"""<< /Type /Font /Subtype /Type0 /BaseFont /Other /Encoding /Identity-H
/DescendantFonts [7 0 R] /ToUnicode 8 0 R >>"""
OTHER_LETTERS = b"""<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Other /DW 600 /FontDescriptor 9 0 R
/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"""
OTHER_SHAPE = b"""<< /Type /FontDescriptor /FontName /Other /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0
/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"""
A4 = (595, 842)


@dataclass(frozen=True)
class Words:
    """Words on a page: where they begin, from the left and from the bottom, how big, and in which font.

    `how` are operators before them: `3 Tr` draws no letters, `1 1 1 rg` white ones.
    """

    text: str
    left: float = 72
    base: float = 700
    size: float = 11
    font: str = "plain"
    how: str = ""


@dataclass(frozen=True)
class Drawn:
    """Operators that draw something else: `0 0 300 900 re f` a filled area."""

    operators: str


def lines(*texts: str, top: float = 760, left: float = 72, size: float = 11, font: str = "plain") -> list[Words]:
    """Lines one below the other."""
    return [Words(text, left, top - 1.2 * size * place, size, font) for place, text in enumerate(texts)]


@dataclass(frozen=True)
class Scan:
    """A page that is a picture, as a scanner makes it, and the words that it stamps on it; `share`: how much of it."""

    words: Sequence[Words] = ()
    share: float = 1.0


Page = Sequence[Words | Drawn] | Scan


def pdf_of(
    pages: Sequence[Page],
    *,
    extra: Iterable[bytes] = (),
    catalog: bytes = b"",
    resources: bytes = b"",
) -> bytes:
    """A PDF of such pages; `extra` are objects after them, `catalog` and `resources` more of what the catalogue and
    the pages say."""
    pictures = [page.share if isinstance(page, Scan) else 0.0 for page in pages]
    pages = [page.words if isinstance(page, Scan) else page for page in pages]
    every_word = [one for page in pages for one in page if isinstance(one, Words)]
    letters = sorted({one for words in every_word for one in words.text if ord(one) > 0x7E})
    numbers = range(FIRST_PAGE, FIRST_PAGE + 2 * len(pages), 2)
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    fonts = b" ".join(b"/F%d %d 0 R" % pair for pair in enumerate((PLAIN, BOLD, CODE, OTHER), start=1))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        OTHER_FONT,
        OTHER_LETTERS,
        stream(_to_unicode(letters)),
        OTHER_SHAPE,
    ]
    for number, page, share in zip(numbers, pages, pictures, strict=True):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << %s >> %s >> >>"
            % (*A4, number + 1, fonts, resources)
        )
        drawn = [_picture(share)] if share else []
        objects.append(stream("\n".join([*drawn, *(_shown(words, letters) for words in page)]).encode("latin-1")))
    return pdf_file([*objects, *extra])


def stream(data: bytes, *, times: int = 1, more: bytes = b"") -> bytes:
    """A stream, packed once, or several times over."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = b" ".join([b"/FlateDecode"] * times)
    return b"<< /Length %d /Filter [%s] %s >>\nstream\n%s\nendstream" % (len(data), filters, more, data)


def pdf_file(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """Objects from number 1 on, with the table that says where they stand; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: list[int] = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


def _picture(share: float) -> str:
    """What draws a grey picture over the upper part of a page."""
    width, height = A4
    drawn = f"q {width} 0 0 {height * share} 0 {height * (1 - share)} cm"
    return f"{drawn} BI /W 2 /H 2 /BPC 8 /CS /G /F /AHx ID 80808080> EI Q"


def _shown(words: Words | Drawn, letters: Sequence[str]) -> str:
    """What draws the words; those beyond ASCII in the font of which all letters are numbered as they come."""
    if isinstance(words, Drawn):
        return f"q {words.operators} Q"
    font = {"plain": "F1", "bold": "F2", "code": "F3"}[words.font]
    if words.text.isascii():
        escaped = words.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown = f"({escaped})"
    else:
        font = "F4"
        numbers = (0x7F + letters.index(one) if ord(one) > 0x7E else ord(one) for one in words.text)
        shown = f"<{''.join(f'{number:04x}' for number in numbers)}>"
    return f"q BT {words.how} /{font} {words.size} Tf {words.left} {words.base} Td {shown} Tj ET Q"


def _to_unicode(letters: Sequence[str]) -> bytes:
    pairs = [(code, chr(code)) for code in range(0x20, 0x7F)]
    pairs += [(0x7F + place, one) for place, one in enumerate(letters)]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    maps = "".join(
        f"{len(block)} beginbfchar\n"
        + "".join(f"<{code:04x}> <{one.encode('utf-16-be').hex()}>\n" for code, one in block)
        + "endbfchar\n"
        for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{maps}endcmap end end"
    ).encode("ascii")
