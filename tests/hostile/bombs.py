"""Small documents that take much: memory, time, depth."""

from functools import partial

from generation.sources.refusal import Reason
from tests.documents import office
from tests.documents.office import archive, paragraph
from tests.documents.pdf import Words, lines, pdf_file, pdf_of, stream
from tests.hostile.piece import Piece, refused
from tests.hostile.words import FACT, page, text

MILLION = 1_000_000
EVERYTHING = (Reason.TOOK_TOO_LONG, Reason.TOO_MUCH_MEMORY, Reason.DAMAGED, Reason.NO_TEXT)


def spaces() -> bytes:
    """300 MB of white space."""
    return b" " * (300 << 20)


def big_word() -> bytes:
    """A document of Word that unpacks to 300 MB."""
    return archive({"[Content_Types].xml": b"", "word/document.xml": spaces()})


def lying_word() -> bytes:
    """The same, but it says that it unpacks to a few bytes."""
    size = (300 << 20).to_bytes(4, "little")
    return big_word().replace(size, (1000).to_bytes(4, "little"))


def nested_archives(depth: int = 50) -> bytes:
    """An archive in an archive in an archive …"""
    data = text(FACT)
    for _ in range(depth):
        data = archive({"word.docx": data})
    return data


def entities(*, external: bool) -> bytes:
    """A document of Word with an entity for a file of this machine, or with one that is a billion times itself."""
    if external:
        defined = '<!ENTITY e SYSTEM "file:///etc/passwd">'
    else:
        defined = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        defined += '<!ENTITY e "&a9;">'
    return office.word(paragraph(f"{FACT} &e;"), before=f"<!DOCTYPE w [{defined}]>")


def deep_word(depth: int = 20_000) -> bytes:
    """Tables within tables."""
    begin, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return office.word(paragraph(FACT) + begin * depth + paragraph("deep") + end * depth)


def outward_word() -> bytes:
    """A document of Word that wants a template and a picture from elsewhere, and has parts with names that lead out."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="t" Type="{office.RELATION}/attachedTemplate" Target="http://127.0.0.1/x"'
        ' TargetMode="External"/>'
        f'<Relationship Id="i" Type="{office.RELATION}/image" Target="../media/big.png"/></Relationships>'
    )
    header = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (60_000).to_bytes(4, "big") * 2 + bytes(1000)
    parts = {
        "word/_rels/document.xml.rels": relations.encode(),
        "media/big.png": header,
        "../../../../tmp/out.xml": b"<x/>",
        "/etc/passwd.xml": b"<x/>",
    }
    return office.word(paragraph(FACT), parts)


def many_pages(words: bytes = b"") -> bytes:
    """A PDF of a million pages: ten times ten times … the same one."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    for level in range(6):
        kids = b"%d 0 R " % (level + 3) * 10
        objects.append(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (10 ** (6 - level), kids))
    objects.append(b"<< /Type /Page /MediaBox [0 0 595 842] /Contents 9 0 R /Resources << /Font << /F1 10 0 R >> >> >>")
    objects += [stream(words), b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    return pdf_file(objects)


def empty_pages(number: int) -> bytes:
    """A PDF of so many empty pages, each of its own."""
    return pdf_of([[] for _ in range(number)])


def looped_pages() -> bytes:
    """A PDF whose pages are within themselves."""
    return pdf_file([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1000000000 /Kids [2 0 R 2 0 R] >>"])


def packed_stream(times: int) -> bytes:
    """A PDF whose page is 300 MB of white space, packed so many times over."""
    return with_contents(stream(spaces(), times=times))


def with_contents(contents: bytes, *extra: bytes, resources: bytes = b"") -> bytes:
    """A PDF of one page with this content."""
    return pdf_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>" % resources,
            contents,
            *extra,
        ]
    )


def forms(*, times: int, depth: int) -> bytes:
    """A PDF whose page draws a form so many times, that draws one so many times …; the last one draws the first."""
    objects: list[bytes] = []
    for level in range(depth):
        onward = 5 + (level + 1) % depth
        more = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % onward
        objects.append(stream(b"/X Do " * times, more=more))
    return with_contents(stream(b"/X Do " * times), *objects, resources=b"/XObject << /X 5 0 R >>")


def packed_objects() -> bytes:
    """A PDF with a stream of objects that unpacks to 300 MB."""
    return pdf_of([lines(FACT)], extra=[stream(spaces(), more=b"/Type /ObjStm /N 1000000 /First 10")])


def locked() -> bytes:
    """A PDF that wants a password."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 0 /Kids [] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32),
    ]
    return pdf_file(objects, trailer=b"/Encrypt 3 0 R /ID [<00> <00>]")


def locked_office() -> bytes:
    """What Office writes of a document with a password."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def noise_and_picture() -> bytes:
    """A PDF with a picture of 60,000 by 60,000 points."""
    more = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    return pdf_of([lines(FACT)], extra=[stream(bytes(100 << 20), more=more)])


PIECES = (
    refused("Word: 300 MB of white space in 0.3 MB", "x.docx", big_word, Reason.TOO_BIG),
    refused("the same, which says that it is small", "x.docx", lying_word, Reason.DAMAGED),
    refused(
        "10,000 parts", "x.docx", lambda: office.word("", {f"{n}.xml": b"" for n in range(10_000)}), Reason.TOO_BIG
    ),
    refused("archives within archives", "x.docx", nested_archives, Reason.NOT_A_DOCUMENT),
    refused("half an archive", "x.docx", lambda: office.word(paragraph(FACT))[:500], Reason.DAMAGED),
    Piece(
        "Word: a billion entities",
        "x.docx",
        partial(entities, external=False),
        frozenset({Reason.DAMAGED}),
        FACT,
        ("lol",),
    ),
    Piece(
        "Word: an entity for a file",
        "x.docx",
        partial(entities, external=True),
        frozenset({Reason.DAMAGED}),
        FACT,
        ("root:",),
    ),
    Piece("Word: 20,000 tables within each other", "x.docx", deep_word, frozenset({Reason.DAMAGED}), FACT),
    Piece("Word: parts elsewhere, a picture of 60,000 × 60,000", "x.docx", outward_word, says=FACT),
    refused("Word with a password", "x.docx", locked_office, Reason.ENCRYPTED),
    refused("PDF with a password", "x.pdf", locked, Reason.ENCRYPTED),
    refused("PDF: a million times the same empty page, in 1 KB", "x.pdf", many_pages, Reason.NO_TEXT),
    Piece(
        "PDF: a million times the same page",
        "x.pdf",
        lambda: many_pages(b"BT /F1 11 Tf 72 700 Td (Cells live and divide.) Tj ET"),
        says="Cells live",
        whole=False,
    ),
    refused("PDF: 50,000 empty pages", "x.pdf", partial(empty_pages, 50_000), Reason.NO_TEXT),
    refused("PDF: pages within themselves", "x.pdf", looped_pages, Reason.NO_TEXT, Reason.DAMAGED),
    refused("PDF: a page of 300 MB in 0.3 MB", "x.pdf", partial(packed_stream, 1), *EVERYTHING),
    refused("PDF: the same in 2 KB", "x.pdf", partial(packed_stream, 2), *EVERYTHING),
    refused("PDF: forms that draw each other 10¹⁰ times", "x.pdf", partial(forms, times=10, depth=10), *EVERYTHING),
    refused("PDF: a form that draws itself", "x.pdf", partial(forms, times=100, depth=1), *EVERYTHING),
    Piece(
        "PDF: a stream of objects of 300 MB",
        "x.pdf",
        packed_objects,
        frozenset({Reason.TOO_MUCH_MEMORY, Reason.DAMAGED}),
        FACT,
    ),
    Piece("PDF: a picture of 60,000 × 60,000", "x.pdf", noise_and_picture, says=FACT),
    Piece(
        "PDF: a line of 200,000 letters",
        "x.pdf",
        lambda: pdf_of([[Words("cells " * 20, left=600 * place) for place in range(1_700)]]),
        says="cells",
        whole=False,
    ),
    Piece(
        "PDF: 20,000 letters in one place",
        "x.pdf",
        lambda: pdf_of([[Words(one) for one in "cells live " * 2_000]]),
        frozenset(EVERYTHING),
        says="cells",
    ),
    Piece("a line of 200,000 letters", "x.txt", lambda: b"x" * 200_000, says="xxx"),
    Piece("a line of 200,000 letters in words", "x.txt", lambda: text("word " * 40_000), says="word word"),
    Piece("20 MB of text", "x.txt", lambda: text(*[FACT] * 270_000), says=FACT, whole=False),
    Piece("20 MB in one line", "x.txt", lambda: b"word " * (4 * MILLION), says="word word", whole=False),
    Piece(
        "page: lists 10,000 deep", "x.html", lambda: page("<ul><li>deep" * 10_000), frozenset({Reason.DAMAGED}), FACT
    ),
    Piece(
        "page: 5 MB of tags within each other", "x.html", lambda: page("<div>" * MILLION), frozenset(EVERYTHING), FACT
    ),
    Piece("page: 300,000 empty tags", "x.html", lambda: page("<b></b>" * 300_000), frozenset(EVERYTHING), FACT),
    Piece("page: 100,000 comments", "x.html", lambda: b"<!-- x -->" * 100_000 + page(""), frozenset(EVERYTHING), FACT),
    Piece(
        "page: a table of a million cells",
        "x.html",
        lambda: page("<table>" + "<tr><td>x" * MILLION),
        frozenset(EVERYTHING),
        FACT,
    ),
    Piece(
        "Markdown: 100,000 brackets",
        "x.md",
        lambda: text(FACT, "[" * 100_000, "![" * 50_000, "*a_" * 50_000),
        frozenset(EVERYTHING),
        FACT,
    ),
    Piece(
        "Markdown: 5,000 quotes within each other",
        "x.md",
        lambda: text(FACT, ">" * 5_000 + " deep"),
        frozenset(EVERYTHING),
        FACT,
    ),
    Piece(
        "CSV: a row of a million cells",
        "x.csv",
        lambda: b"part,size\n" + b"x," * MILLION,
        frozenset({Reason.DAMAGED}),
        says="x",
        whole=False,
    ),
    Piece(
        "CSV: a cell that does not end",
        "x.csv",
        lambda: b'part,size\n"' + b"x,\n" * 500_000,
        frozenset({Reason.DAMAGED}),
        says="part",
    ),
)
