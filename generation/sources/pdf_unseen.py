"""Which letters of a PDF's page nobody sees: beyond its edge, too small, transparent, or with nothing behind them."""

import ctypes
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_OBJECTS = 20_000
"""Of a page; what more there is, is taken for seen."""
MOST_FORMS = 8
"""Forms within each other."""
SMALLEST = 1.5
"""Points: letters that are neither wider nor higher nobody reads."""
NOT_DRAWN = {3, 7}
"""Modes in which letters are placed and not drawn. A scan has such ones over its picture: what was read there."""
FILLED = 0
WHITE = (255, 255, 255)

Pdfium = Any
"""A thing of PDFium: pypdfium2 has no types."""

raw: Pdfium = importlib.import_module("pypdfium2.raw")

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
BoxOf = Callable[[int], Box]


def unseen_letters(page: Pdfium, words: Pdfium, box_of: BoxOf) -> Callable[[int], bool] | None:
    """What says of a letter, by its place, whether nobody sees it; None where all are seen.

    Certain are letters beyond the page, of less than 1.5 points, and transparent ones; and letters that are white, or
    not drawn at all, where no picture and no colour is behind them. What covers letters, and clips them, is not known.
    """
    edges = _edges(page)
    on_page = _OnPage.of(page, edges)
    if not on_page.is_suspect:
        return None
    object_at = raw.FPDFText_GetTextObject

    def is_unseen(place: int) -> bool:
        box = box_of(place)
        if _is_beyond(box, edges) or 0 < max(box[2] - box[0], box[3] - box[1]) < SMALLEST:
            return True
        drawn_by = _address(object_at(words, place))
        if drawn_by in on_page.transparent:
            return True
        return drawn_by in on_page.pale and not any(_meet(box, behind) for behind in on_page.coloured)

    return is_unseen


@dataclass(slots=True)
class _OnPage:
    """What is drawn on a page: the objects of letters by their addresses, and where there is colour."""

    transparent: set[int] = field(default_factory=set[int])
    pale: set[int] = field(default_factory=set[int])
    """White, or not drawn."""
    coloured: list[Box] = field(default_factory=list[Box])
    strays: bool = False
    """Whether some letters may be beyond the page, or tiny."""

    @property
    def is_suspect(self) -> bool:
        """Whether any letter can be unseen."""
        return bool(self.transparent or self.pale or self.strays)

    @classmethod
    def of(cls, page: Pdfium, edges: Box) -> "_OnPage":
        found = cls()
        others: list[Pdfium] = []
        for one, depth in _objects(page):
            if raw.FPDFPageObj_GetType(one) != raw.FPDF_PAGEOBJ_TEXT:
                if not depth:
                    others.append(one)
                # In a form all is measured from a place of its own.
                found.strays = found.strays or bool(depth)
                continue
            found._take(one)
            box = _bounds(one)
            inside = edges[0] <= box[0] and edges[1] <= box[1] and box[2] <= edges[2] and box[3] <= edges[3]
            found.strays = found.strays or bool(depth) or not inside or max(box[2] - box[0], box[3] - box[1]) < SMALLEST
        if found.pale:
            found.coloured = [_bounds(one) for one in others if _has_colour(one)]
        return found

    def _take(self, text: Pdfium) -> None:
        mode, colour = raw.FPDFTextObj_GetTextRenderMode(text), _colour(text)
        if mode in NOT_DRAWN or (mode == FILLED and colour is not None and colour[:3] == WHITE):
            self.pale.add(_address(text))
        if mode == FILLED and colour is not None and colour[3] == 0:
            self.transparent.add(_address(text))


def _objects(page: Pdfium) -> Iterator[tuple[Pdfium, int]]:
    """What is drawn on a page, and in how many forms it is."""
    left = MOST_OBJECTS
    waiting = [(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page, 0)]
    while waiting:
        count, get, holder, depth = waiting.pop()
        for place in range(min(max(count(holder), 0), left)):
            one = get(holder, place)
            left -= 1
            yield one, depth
            if depth < MOST_FORMS and raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_FORM:
                waiting.append((raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, one, depth + 1))


def _has_colour(drawn: Pdfium) -> bool:
    """Whether what is drawn may have another colour than white: a picture, a form, an area that is filled."""
    if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
        return True
    fill, stroke = ctypes.c_int(0), ctypes.c_int(0)
    if not raw.FPDFPath_GetDrawMode(drawn, fill, stroke):
        return True
    return bool(fill.value) and (_colour(drawn) or (0, 0, 0, 255))[:3] != WHITE


def _colour(drawn: Pdfium) -> tuple[int, int, int, int] | None:
    """Red, green, blue and how dense, up to 255."""
    parts = [ctypes.c_uint(0) for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(drawn, *parts):
        return None
    red, green, blue, dense = (part.value for part in parts)
    return red, green, blue, dense


def _bounds(drawn: Pdfium) -> Box:
    parts = [ctypes.c_float(0) for _ in range(4)]
    raw.FPDFPageObj_GetBounds(drawn, *parts)
    left, bottom, right, top = (part.value for part in parts)
    return left, bottom, right, top


def _edges(page: Pdfium) -> Box:
    """What is shown of a page."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    return left, bottom, min(media[2], crop[2]), min(media[3], crop[3])


def _is_beyond(box: Box, edges: Box) -> bool:
    return box != (0.0, 0.0, 0.0, 0.0) and not _meet(box, edges)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _address(pointer: Pdfium) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
