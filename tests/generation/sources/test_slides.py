"""Slides: each by its number, under its title, with what its author says to it."""

from typing import Any

from pptx import Presentation
from pptx.util import Inches

from generation.sources import slides
from tests.documents import office
from tests.generation.sources.reading import passages


def test_titles_bullets_notes_and_tables_are_found_on_their_slides() -> None:
    document = office.slides(
        ("The cell", [(0, "It has a membrane."), (0, "nucleus"), (1, "nucleolus")], "Say that the nucleus holds DNA."),
        ("Plants", [(0, "Plants turn light into sugar.")], ""),
        table=[["Part", "Size"], ["Nucleus", "6 µm"]],
    )

    assert passages(slides, document) == [
        ("list", "It has a membrane.\nnucleus\n  nucleolus", 1, "The cell"),
        ("prose", "Say that the nucleus holds DNA.", 1, "The cell › Notes"),
        ("prose", "Plants turn light into sugar.", 2, "Plants"),
        ("table", "Part\tSize\nNucleus\t6 µm", 3, "Plants"),
    ]


def test_notes_stand_under_a_heading_of_their_own_and_no_other_slide_does() -> None:
    document = office.slides(("Клетка", [(0, "У неё есть мембрана.")], "Ядро хранит ДНК."), ("", [(0, "И ядро.")], ""))

    assert passages(slides, document) == [
        ("prose", "У неё есть мембрана.", 1, "Клетка"),
        ("prose", "Ядро хранит ДНК.", 1, "Клетка › Заметки"),
        ("prose", "И ядро.", 2, "Клетка"),
    ]


def test_a_box_that_reaches_into_its_slide_is_read_and_slides_keep_their_numbers() -> None:
    presentation: Any = Presentation()
    for number, text in enumerate(("Hidden.", "It reaches into the slide."), start=1):
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        slide.shapes.add_textbox(Inches(-4), Inches(1), Inches(5), Inches(1)).text_frame.text = text
        if number == 1:
            slide.element.set("show", "0")

    assert passages(slides, office.saved(presentation)) == [("prose", "It reaches into the slide.", 2, "")]
