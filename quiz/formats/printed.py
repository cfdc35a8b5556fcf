"""A quiz on paper, as a PDF: to fill in, or with its key. What does it is the extra `formats`.

The font is DejaVu: Latin, Cyrillic, Greek, Georgian, Armenian, and most signs. What it lacks, as Chinese and Hindi, is
said, and so are scripts that run from right to left, which would want another library to be set right.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, cast

from quiz.formats.exported import Exported, NotInstalled
from quiz.formats.shown_html import CODE
from quiz.question import Kind, Question

if TYPE_CHECKING:
    from fpdf import FPDF

LETTERS = "ABCDEFGHIJKL"
FONTS = (("DejaVu", "", "DejaVuSans.ttf"), ("DejaVu", "B", "DejaVuSans-Bold.ttf"), ("Mono", "", "DejaVuSansMono.ttf"))
SIZE, SMALL, TITLE = 11, 9, 16
LINE = 5.6
"""Millimetres from one line to the next."""
INDENT, BOX = 9.0, 3.2
GREY = 110
LACKING = "\ufffd"
SOME = 10
WORDS = {
    "en": ("Name", "Date", "several answers", "Key", "Source", "page {page} of {{pages}}"),
    "ru": ("Имя", "Дата", "несколько ответов", "Ответы", "Источник", "страница {page} из {{pages}}"),
}


@dataclass(slots=True)
class _Page:
    """What is drawn on, and the characters that the font lacks."""

    pdf: "FPDF"
    known: frozenset[int]
    plain: Callable[[str], str]
    lacking: dict[str, None] = field(default_factory=dict[str, None])
    runs_left: bool = False
    """Whether something is written from right to left."""

    def text(self, text: str) -> str:
        """The text in characters that can be printed."""
        kept: list[str] = []
        for one in unicodedata.normalize("NFC", text):
            self.runs_left = self.runs_left or unicodedata.bidirectional(one) in {"R", "AL"}
            if ord(one) in self.known or one == "\n":
                kept.append(one)
            elif one == "\t":
                kept.append("    ")
            elif unicodedata.category(one) not in {"Cf", "Cc", "Mn"}:
                self.lacking[one] = None
                kept.append(LACKING)
        return "".join(kept)


def write_pdf(
    title: str,
    language: str,
    questions: Sequence[Question],
    *,
    keys: bool = True,
    plain: Callable[[str], str] = str,
) -> Exported:
    """The questions to be answered on paper; with `keys` the right answers and the reasons follow on their own page.

    `plain` makes plain letters of a formula. Says which characters the font lacks. Raises NotInstalled.
    """
    try:
        from fpdf import FPDF
    except ImportError:
        raise NotInstalled("pages to print") from None
    words = WORDS.get(language, WORDS["en"])

    class Paper(FPDF):
        """A page whose foot says which it is."""

        def footer(self) -> None:
            self.set_y(-12)
            self.set_font("DejaVu", size=SMALL)
            self.set_text_color(GREY)
            self.cell(0, 8, words[5].format(page=self.page_no()).format(pages="{nb}"), align="C")
            self.set_text_color(0)

    pdf = Paper(format="A4")
    for family, style, name in FONTS:
        with as_file(files("quiz.formats").joinpath("fonts", name)) as font:
            pdf.add_font(family, style, font)
    pdf.set_auto_page_break(auto=True, margin=16)
    fonts: Any = pdf.fonts
    page = _Page(pdf, frozenset(fonts["dejavu"].cmap) & frozenset(fonts["dejavuB"].cmap), plain)
    pdf.set_title(title)
    pdf.add_page()
    _heading(page, title, (words[0], words[1]))
    for number, question in enumerate(questions, start=1):
        _question(page, number, question, words[2])
    if keys:
        pdf.add_page()
        _heading(page, f"{title}: {words[3]}")
        for number, question in enumerate(questions, start=1):
            _key(page, number, question, words[4])
    return Exported(bytes(pdf.output()), _lost(page))


def _lost(page: _Page) -> tuple[str, ...]:
    lost = ["what runs from right to left is not set right"] if page.runs_left else []
    if page.lacking:
        some = " ".join(list(page.lacking)[:SOME])
        more = " …" if len(page.lacking) > SOME else ""
        lost.append(f"the font lacks {len(page.lacking)} characters, for which {LACKING} stands: {some}{more}")
    return tuple(lost)


def _heading(page: _Page, title: str, lines: tuple[str, ...] = ()) -> None:
    pdf = page.pdf
    pdf.set_font("DejaVu", "B", TITLE)
    pdf.multi_cell(0, 8, page.text(title), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("DejaVu", size=SIZE)
    if lines:
        pdf.ln(2)
        pdf.cell(0, LINE, "   ".join(f"{line}: {'_' * 28}" for line in lines), new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)


def _question(page: _Page, number: int, question: Question, several: str) -> None:
    pdf = page.pdf
    pdf.set_font("DejaVu", size=SIZE)
    _keep_together(page, question)
    pdf.set_x(pdf.l_margin)
    pdf.set_font("DejaVu", "B", SIZE)
    pdf.cell(INDENT, LINE, f"{number}.")
    pdf.set_font("DejaVu", size=SIZE)
    _write(page, question.stem, INDENT)
    if question.kind is Kind.MULTIPLE:
        _grey(page, f"({several})", INDENT)
    for letter, option in zip(LETTERS, question.options, strict=False):
        left = pdf.l_margin + INDENT
        pdf.set_x(left)
        shape = pdf.rect if question.kind is Kind.MULTIPLE else pdf.ellipse
        shape(left, pdf.get_y() + (LINE - BOX) / 2, BOX, BOX)
        pdf.set_x(left + BOX + 2)
        pdf.cell(INDENT - 1, LINE, f"{letter}.")
        _write(page, option.text, INDENT + BOX + 1 + INDENT)
    pdf.ln(3)


def _keep_together(page: _Page, question: Question) -> None:
    """A question that fits a page begins a new one where the rest of this is too short."""
    pdf = page.pdf
    options = (INDENT + BOX + 1 + INDENT, [option.text for option in question.options])
    height = sum(_height(page, text, left) for left, texts in ((INDENT, [question.stem]), options) for text in texts)
    if pdf.will_page_break(height + LINE * (question.kind is Kind.MULTIPLE)) and pdf.page_break_trigger > 2 * height:
        pdf.add_page()


def _height(page: _Page, text: str, left: float) -> float:
    """How many millimetres a text takes, nearly: code has smaller letters."""
    pdf = page.pdf
    pdf.set_x(pdf.l_margin + left)
    lines = pdf.multi_cell(0, LINE, page.text(page.plain(text)), align="L", dry_run=True, output="LINES")
    return LINE * len(cast("list[str]", lines))


def _key(page: _Page, number: int, question: Question, source: str) -> None:
    pdf = page.pdf
    right = [
        (letter, option) for letter, option in zip(LETTERS, question.options, strict=False) if option.id in question.key
    ]
    pdf.set_font("DejaVu", "B", SIZE)
    pdf.cell(INDENT, LINE, f"{number}.")
    pdf.set_font("DejaVu", size=SIZE)
    _write(page, "\n".join(f"{letter}. {option.text}" for letter, option in right), INDENT)
    if question.explanation:
        _write(page, question.explanation, INDENT)
    if question.source:
        link = f", {question.source.url}" if question.source.url else ""
        _grey(page, f"{source}: {question.source.title}{link}", INDENT)
    pdf.ln(2)


def _write(page: _Page, text: str, left: float) -> None:
    """A text from a margin of its own on, code in a font of its own."""
    at = 0
    for found in CODE.finditer(text):
        if found["block"] is not None:
            _paragraph(page, page.plain(text[at : found.start()]).strip("\n"), left)
            _paragraph(page, found["block"].strip("\n"), left + 3, family="Mono")
            at = found.end()
    _paragraph(page, page.plain(re.sub(r"`([^`\n]+)`", r"\1", text[at:])).strip("\n"), left)


def _paragraph(page: _Page, text: str, left: float, *, family: str = "DejaVu") -> None:
    if not text.strip():
        return
    pdf = page.pdf
    pdf.set_font(family, size=SIZE if family == "DejaVu" else SMALL)
    pdf.set_x(pdf.l_margin + left)
    pdf.multi_cell(0, LINE, page.text(text), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("DejaVu", size=SIZE)


def _grey(page: _Page, text: str, left: float) -> None:
    pdf = page.pdf
    pdf.set_font("DejaVu", size=SMALL)
    pdf.set_text_color(GREY)
    pdf.set_x(pdf.l_margin + left)
    pdf.multi_cell(0, LINE, page.text(text), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)
    pdf.set_font("DejaVu", size=SIZE)
