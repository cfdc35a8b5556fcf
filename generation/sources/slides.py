"""Slides of PowerPoint (.pptx), with tables and what their author noted for speaking."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from generation.sources.blocks import Block, Contents, Found, Heading, Table, list_item
from generation.sources.office_text import child, text_of, value
from quiz.material import PassageKind, PlaceKind

Element = Any
"""An element of lxml, which has no types."""
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
BODIES = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT}
NOT_SAID = {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER}
NOTES = ("Notes", "Заметки")
"""What notes for speaking stand under, in words or in Cyrillic ones: they are on no slide."""
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
MOST_GROUPS = 20
ON, OFF = {"1", "true"}, {"0", "false"}
TINY = 200
"""Hundredths of a point: smaller letters nobody reads."""
Shape = Any
"""A shape of python-pptx: which kind it is, it says itself."""


def read(data: bytes) -> Contents:
    """Titles, texts, tables and notes of all slides; not numbers, footers and what stands in pictures.

    Nor slides that are hidden, and what lies beside a slide, is switched off there, or in letters of two points.
    """
    presentation = Presentation(BytesIO(data))
    title = str(presentation.core_properties.title or "")
    # What PowerPoint calls a presentation without a title, in the languages of the bot.
    title = "" if title in {"PowerPoint Presentation", "Презентация PowerPoint"} else title
    return Contents(PlaceKind.SLIDE, _found(presentation), title)


def _found(presentation: Any) -> Iterator[Found]:  # noqa: ANN401 - what python-pptx makes is typed in part
    size = presentation.slide_width or 0, presentation.slide_height or 0
    for number, slide in enumerate(presentation.slides, start=1):
        if slide.element.get("show") in OFF:
            continue
        shapes = [one for shape in slide.shapes if not _is_beyond(shape, size) for one in _shapes([shape], 0)]
        heading = next((shape for shape in shapes if _place_of(shape) in TITLES), None)
        if heading is not None:
            yield Heading(" ".join(map(_text, _paragraphs(heading))), number, 1)
        for shape in shapes:
            if getattr(shape, "has_table", False):
                rows = ([" ".join(map(_text, _paragraphs(cell))) for cell in row.cells] for row in shape.table.rows)
                yield from Table(number, list(rows)).blocks()
            elif shape is not heading and getattr(shape, "has_text_frame", False) and _place_of(shape) not in NOT_SAID:
                yield from _texts(list(_paragraphs(shape)), number, listed=_place_of(shape) in BODIES)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            notes = slide.notes_slide.notes_placeholder
            for one in _texts(list(_paragraphs(notes)), number, listed=False):
                yield replace(one, under=NOTES[bool(CYRILLIC.search(one.text))])


def _shapes(shapes: Iterable[Shape], depth: int) -> Iterator[Shape]:
    for shape in shapes:
        if _is_switched_off(shape):
            continue
        if hasattr(shape, "shapes") and depth < MOST_GROUPS:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _is_switched_off(shape: Shape) -> bool:
    """Whether its author has switched its eye off in the list of what stands on a slide."""
    named = next(shape.element.iter("{*}cNvPr"), None)
    return named is not None and named.get("hidden") in ON


def _is_beyond(shape: Shape, size: tuple[int, int]) -> bool:
    """Whether all of it lies beside the slide; one that is turned may reach into it."""
    where = shape.left, shape.top, shape.width, shape.height
    if None in where or getattr(shape, "rotation", 0):
        return False
    left, top, width, height = where
    return left >= size[0] or top >= size[1] or left + width <= 0 or top + height <= 0


def _place_of(shape: Shape) -> PP_PLACEHOLDER | None:
    return shape.placeholder_format.type if getattr(shape, "is_placeholder", False) else None


def _paragraphs(holder: Shape) -> Iterator[Any]:
    for paragraph in holder.text_frame.paragraphs:
        yield paragraph._p  # noqa: SLF001 - python-pptx's own text leaves formulas out


def _texts(paragraphs: list[Any], number: int, *, listed: bool) -> Iterator[Block]:
    """Paragraphs of a shape: those of the body of a slide are items of a list, if there are several."""
    said = [(text, paragraph) for paragraph in paragraphs if (text := _text(paragraph)).strip()]
    if listed and len(said) > 1:
        items = (list_item(text, _depth(paragraph)) for text, paragraph in said)
        yield Block(PassageKind.LIST, "\n".join(items), number)
        return
    for text, _ in said:
        yield Block(PassageKind.PROSE, text, number)


def _text(paragraph: Element) -> str:
    return text_of(paragraph, _is_tiny)


def _is_tiny(run: Element) -> bool:
    size = value(child(run, "rPr"), "sz")
    return size.isdigit() and int(size) <= TINY


def _depth(paragraph: Element) -> int:
    level = value(child(paragraph, "pPr"), "lvl")
    return int(level) if level.isdigit() else 0
