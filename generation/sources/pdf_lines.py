"""The lines of a PDF's pages as PDFium sees them: their words, where they stand, how big and in which letters."""

import ctypes
import importlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from generation.sources.pdf_unseen import Pdfium, unseen_letters
from generation.sources.refusal import NotConverted, Reason

MOST_PAGES = 1_000
MOST_LETTERS_OF_PAGE = 100_000
LETTERS_BESIDE = 200
"""A page that is a picture may have so many: what a scanner stamps on it, or a running head."""
MOST_OF_PAGE = 0.5
MOST_OBJECTS, DEPTH = 1000, 3
"""So many things that are drawn on a page are looked at, and so deep within others."""
CPU_SECONDS = 20.0
"""When so much is spent, the pages that were read are what is taken."""
WIDE_GAP = 1.2
"""Between two cells of a table, in heights of a line; between words there is less, even where lines are filled."""
SPACE = 0x20
NOTHING = 0x00
BLANK = {SPACE, 0xA0, NOTHING}
ABOVE_UTF_16 = 0x10000
LINE_END = {0x0A, 0x0D}
HYPHENS = {0x02, 0x7F, 0xAD, 0xFFFE}
"""What PDFium, and fonts of TeX, have for a hyphen that breaks a word."""
FIXED_PITCH = 0x1
FORCE_BOLD = 0x40000
BOLD_WEIGHT = 600
MONOSPACED = ("mono", "courier", "consol", "typewriter", "cmtt")
RIGHT_TO_LEFT = range(0x590, 0x900)

pdfium: Any = importlib.import_module("pypdfium2")
raw: Any = importlib.import_module("pypdfium2.raw")
"""PDFium's own functions; those of pypdfium2 ask for a text as a whole, and so lose where its letters stand."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line; in scripts that go from right to left, `left` is where it begins, and both are negative.

    `cells` are its words, parted where the gaps are wide; `height` stands for the size of its letters. Where a word was
    broken, PDFium has the next line in the same one: then it ends lower, at `end_base`, than it begins, at `base`.
    """

    text: str
    cells: tuple[str, ...]
    left: float
    right: float
    base: float
    end_base: float
    height: float
    bold: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page; `number` counts from 1, whatever is printed on it. Unless it is `whole`, its end was left out.

    It is `pictured` where it has hardly any letters, and pictures take up most of it.
    """

    number: int
    height: float
    lines: list[Line]
    whole: bool = True
    pictured: bool = False

    @property
    def letters(self) -> int:
        """How many there are on it."""
        return sum(len(line.text) for line in self.lines)


def open_pdf(data: bytes) -> Pdfium:
    """A document that can be read; raises NotConverted for one that is encrypted or damaged."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = Reason.ENCRYPTED if "password" in str(error).lower() else Reason.DAMAGED
        raise NotConverted(reason) from None


def pages_of(document: Pdfium, most_letters: int) -> Iterator[Page]:
    """Its pages, as far as they may be read; a page that cannot be read is empty."""
    letters = 0
    until = time.process_time() + CPU_SECONDS
    for place in range(min(len(document), MOST_PAGES)):
        if letters > most_letters or time.process_time() > until:
            return
        try:
            page = _page(document[place], place + 1)
        except pdfium.PdfiumError:
            page = Page(place + 1, 0.0, [])
        letters += page.letters
        yield page


def _page(page: Pdfium, number: int) -> Page:
    words = page.get_textpage()
    try:
        letters = words.count_chars()
        taken = min(letters, MOST_LETTERS_OF_PAGE)
        is_unseen = unseen_letters(page, words.raw, lambda place: _box(words.raw, place))
        lines = list(_lines(words.raw, taken, is_unseen))
        pictured = letters < LETTERS_BESIDE and _share_of_pictures(page) > MOST_OF_PAGE
        return Page(number, page.get_height(), lines, letters <= MOST_LETTERS_OF_PAGE, pictured)
    finally:
        words.close()
        page.close()


def _share_of_pictures(page: Pdfium) -> float:
    """How much of a page pictures take up: a scan may be cut into strips."""
    edges = page.get_bbox()
    taken = 0.0
    for one in islice(page.get_objects(max_depth=DEPTH), MOST_OBJECTS):
        if one.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = one.get_bounds()
            taken += _area(max(left, edges[0]), max(bottom, edges[1]), min(right, edges[2]), min(top, edges[3]))
    return taken / max(_area(*edges), 1.0)


def _area(left: float, bottom: float, right: float, top: float) -> float:
    return max(0.0, right - left) * max(0.0, top - bottom)


def _lines(page: Pdfium, letters: int, is_unseen: Callable[[int], bool] | None) -> Iterator[Line]:
    code_at = raw.FPDFText_GetUnicode
    codes = [code_at(page, place) for place in range(letters)]
    if is_unseen:
        codes = [code if code in LINE_END or not is_unseen(place) else NOTHING for place, code in enumerate(codes)]
    begin = 0
    for place, code in enumerate([*codes, 0x0A]):
        if code in LINE_END:
            if line := _line(page, codes, begin, place):
                yield line
            begin = place + 1


def _line(page: Pdfium, codes: list[int], begin: int, end: int) -> Line | None:
    while end > begin and codes[end - 1] in BLANK:
        end -= 1
    while begin < end and codes[begin] in BLANK:
        begin += 1
    if begin == end:
        return None
    broken = codes[end - 1] in HYPHENS
    last = end - 2 if broken and end - 2 >= begin else end - 1
    first_box, last_box = _box(page, begin), _box(page, last)
    height = max(first_box[3] - first_box[1], 1.0)
    mirrored = sum(code in RIGHT_TO_LEFT for code in codes[begin:end]) * 2 > end - begin
    left, right = (-first_box[2], -last_box[0]) if mirrored else (first_box[0], last_box[2])
    cells = tuple(_cells(page, codes, begin, end, WIDE_GAP * height))
    text = " ".join(cells)
    if broken:
        text += "-"
    bold, fixed = _look(page, begin)
    if fixed:
        fixed = _look(page, last)[1]
    return Line(text, cells, left, right, first_box[1], last_box[1], height, bold, fixed)


def _cells(page: Pdfium, codes: list[int], begin: int, end: int, wide: float) -> Iterator[str]:
    start = begin
    for place in range(begin + 1, end - 1):
        if codes[place] == SPACE and _gap(page, place) > wide:
            yield _text(codes[start:place])
            start = place + 1
    yield _text(codes[start:end])


def _text(codes: list[int]) -> str:
    # Half characters of UTF-16 come one by one.
    units = b"".join(code.to_bytes(2, "little") for code in codes if 0 < code < ABOVE_UTF_16 and code not in HYPHENS)
    return units.decode("utf-16-le", "ignore").strip()


def _gap(page: Pdfium, place: int) -> float:
    before, after = _box(page, place - 1), _box(page, place + 1)
    return max(after[0] - before[2], before[0] - after[2])


def _box(page: Pdfium, place: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a letter, as high as its font."""
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(page, place, box):
        return 0.0, 0.0, 0.0, 0.0
    return box.left, box.bottom, box.right, box.top


def _look(page: Pdfium, place: int) -> tuple[bool, bool]:
    """Whether a letter is bold, and of a font in which all are equally wide."""
    flags = ctypes.c_int(0)
    name = ctypes.create_string_buffer(100)
    length = raw.FPDFText_GetFontInfo(page, place, name, len(name), flags)
    called = name.raw[: min(max(length - 1, 0), len(name))].decode("utf-8", "ignore").lower()
    bold = "bold" in called or bool(flags.value & FORCE_BOLD) or raw.FPDFText_GetFontWeight(page, place) >= BOLD_WEIGHT
    fixed = bool(flags.value & FIXED_PITCH) or any(one in called for one in MONOSPACED)
    return bold, fixed
