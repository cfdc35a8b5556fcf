"""Orders that no reader of a document sees: hidden, tiny, of the colour of the paper, beyond the page."""

from typing import Any

from pptx import Presentation
from pptx.util import Inches, Pt

from tests.documents import office
from tests.documents.pdf import Words, lines, pdf_of
from tests.hostile.piece import Piece
from tests.hostile.words import FACT, ORDER, page

STYLES = (
    "display: none",
    "DISPLAY:NONE !important",
    "visibility:\nhidden",
    "font-size:0",
    "font-size: 1px; color: red",
    "opacity:0",
    "opacity: 0.0;",
    "color: #fff; background-color: white",
    "color:transparent",
    "position:absolute; left:-9999px",
    "text-indent:-9999px",
    "position: absolute; top: -1000em",
    "height:0; overflow:hidden",
    "position:absolute; clip: rect(0 0 0 0)",
    "clip-path: inset(50%)",
    "dis/**/play:none",
    "transform:scale(0)",
)
ELEMENTS = (
    f"<div hidden>{ORDER}</div>",
    f"<p aria-hidden=TRUE>{ORDER}</p>",
    f"<template><p>{ORDER}</p></template>",
    f"<dialog><p>{ORDER}</p></dialog>",
    f"<noscript><p hidden>{ORDER}</p></noscript>",
    f"<p style='display:none'>{ORDER}<math><mi>x</mi></math>{ORDER}</p>",
    f"<!-- {ORDER} -->",
    f"<input type=hidden value='{ORDER}'><img alt='{ORDER}' src=x><meta name=description content='{ORDER}'>",
)
STYLED = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="base"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="gone"/><w:basedOn w:val="Base"/></w:style>
<w:style w:type="character" w:styleId="White"><w:name w:val="white"/><w:rPr><w:color w:val="ffffff"/></w:rPr></w:style>
</w:styles>"""
RUNS = (
    "<w:vanish/>",
    '<w:sz w:val="2"/>',
    '<w:color w:val="FFFFFF"/>',
    '<w:rStyle w:val="White"/>',
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def a_page() -> bytes:
    """A page with the order in every way that its elements say they are hidden."""
    styled = "".join(f'<p style="{style}">{ORDER}</p>' for style in STYLES)
    return page(styled + "".join(ELEMENTS))


def a_word_document() -> bytes:
    """A document with the order in runs, by styles, and in a comment."""
    runs = "".join(f"<w:p><w:r><w:rPr>{one}</w:rPr><w:t>{ORDER}</w:t></w:r></w:p>" for one in RUNS)
    by_style = office.paragraph(ORDER, '<w:pStyle w:val="Gone"/>')
    comment = f'<w:comments xmlns:w="{office.W}"><w:comment w:id="1">{office.paragraph(ORDER)}</w:comment></w:comments>'
    relations = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{KINDS}/styles" Target="styles.xml"/>
<Relationship Id="r2" Type="{KINDS}/comments" Target="comments.xml"/></Relationships>"""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
    types = office.TYPES.replace("</Types>", f'<Override PartName="/word/styles.xml" ContentType="{kind}"/></Types>')
    parts = {
        "[Content_Types].xml": types.encode(),
        "word/styles.xml": STYLED.encode(),
        "word/comments.xml": comment.encode(),
        "word/_rels/document.xml.rels": relations.encode(),
    }
    return office.word(office.paragraph(FACT) + runs + by_style, parts)


def a_presentation() -> bytes:
    """Slides with the order on a hidden one, beside a slide, in a box that is switched off, and in tiny letters."""
    presentation: Any = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "The cell"
    for text, left, size in ((FACT, 1, 18), (ORDER, -9, 18), (ORDER, 11, 18), (ORDER, 1, 1)):
        box = slide.shapes.add_textbox(Inches(left), Inches(2), Inches(8), Inches(1))
        box.text_frame.text = text
        box.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    off = slide.shapes.add_textbox(Inches(1), Inches(4), Inches(8), Inches(1))
    off.text_frame.text = ORDER
    off.element.nvSpPr.cNvPr.set("hidden", "1")
    hidden = presentation.slides.add_slide(presentation.slide_layouts[5])
    hidden.shapes.title.text = ORDER
    hidden.element.set("show", "0")
    return office.saved(presentation)


def a_pdf() -> bytes:
    """A PDF with the order in letters that are white, not drawn, transparent, tiny, and beyond the page."""
    unseen = (
        Words(ORDER, base=640, how="1 1 1 rg"),
        Words(ORDER, base=620, how="1 g"),
        Words(ORDER, base=600, how="3 Tr"),
        Words(ORDER, base=580, how="/Clear gs"),
        Words(ORDER, base=560, size=1),
        Words(ORDER, left=-5000, base=540),
        Words(ORDER, left=700, base=760),
        Words(ORDER, base=900),
        Words(ORDER, base=-20),
    )
    return pdf_of([[*lines(FACT), *unseen]], resources=b"/ExtGState << /Clear << /ca 0 >> >>")


PIECES = (
    Piece("a page with orders that nobody sees", "page.html", a_page, says=FACT, hides=(ORDER,)),
    Piece(
        "a document of Word with orders hidden, tiny, white, by styles, in a comment",
        "notes.docx",
        a_word_document,
        says=FACT,
        hides=(ORDER,),
    ),
    Piece(
        "slides with orders hidden, tiny, switched off, beside the slide",
        "notes.pptx",
        a_presentation,
        says=FACT,
        hides=(ORDER,),
    ),
    Piece(
        "a PDF with orders white, not drawn, transparent, tiny, beyond the page",
        "notes.pdf",
        a_pdf,
        says=FACT,
        hides=(ORDER,),
    ),
)
