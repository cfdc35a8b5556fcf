"""Slides: each by its number, under its title, with what its author says to it."""

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
        ("prose", "Say that the nucleus holds DNA.", 1, "The cell"),
        ("prose", "Plants turn light into sugar.", 2, "Plants"),
        ("table", "Part\tSize\nNucleus\t6 µm", 3, "Plants"),
    ]
