"""Documents of Word and slides of PowerPoint, and archives in which anything can be wrong."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import docx
from pptx import Presentation
from pptx.util import Inches

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f"""<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}"/></Types>"""
RELATIONS = f"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>"""


def word(body: str, parts: Mapping[str, bytes] | None = None, *, before: str = "") -> bytes:
    """A document with this body in the XML of Word (`w:` and `m:`); `before` stands before its first element."""
    document = f'{before}<w:document xmlns:w="{W}" xmlns:m="{M}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    standard = {"[Content_Types].xml": TYPES.encode(), "_rels/.rels": RELATIONS.encode()}
    return archive({**standard, "word/document.xml": document.encode(), **(parts or {})})


def archive(parts: Mapping[str, bytes]) -> bytes:
    """An archive with these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of Word."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def styled(*paragraphs: tuple[str, str], table: Sequence[Sequence[str]] = ()) -> bytes:
    """A document of paragraphs in Word's own styles, and a table after them."""
    document: Any = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                made.cell(row, column).text = text
    return saved(document)


def slides(*pages: tuple[str, Sequence[tuple[int, str]], str], table: Sequence[Sequence[str]] = ()) -> bytes:
    """Slides: the title, what the body says with how deep it is, and the notes; a table on one more slide."""
    presentation: Any = Presentation()
    for title, said, notes in pages:
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        frame = slide.placeholders[1].text_frame
        for place, (level, text) in enumerate(said):
            line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            line.text, line.level = text, level
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    if table:
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        size = (0, 0, Inches(6), Inches(2))
        made = slide.shapes.add_table(len(table), len(table[0]), *size).table
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                made.cell(row, column).text = text
    return saved(presentation)


def saved(document: Any) -> bytes:  # noqa: ANN401 - of python-docx or python-pptx
    """What is written of a document."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()
