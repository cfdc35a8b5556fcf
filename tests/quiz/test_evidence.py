"""Evidence is what the source says, word for word, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.evidence import find_evidence
from quiz.material import Evidence, Material, Passage, Place, PlaceKind

PAGE_4 = Place(PlaceKind.PAGE, 4, "The cell")
PAGE_7 = Place(PlaceKind.PAGE, 7)
TEXT = "The nucleus — “the brain of the cell” — holds most of its DNA. A well-known fact."


def found(quote: str, *texts: str) -> str | None:
    """What is found of a quote in a source of these passages."""
    material = Material("notes", tuple(Passage(text, PAGE_4) for text in texts or (TEXT,)))
    evidence = find_evidence(quote, material)
    return evidence.quote if evidence else None


def test_a_quote_is_found_with_its_place() -> None:
    material = Material("notes", (Passage("Plants need light and water.", PAGE_4), Passage(TEXT, PAGE_7)))

    evidence = find_evidence("holds most of its DNA", material)

    assert evidence is not None
    assert (evidence.quote, evidence.place) == ("holds most of its DNA", PAGE_7)


def test_the_place_is_that_of_the_line_where_the_lines_are_known() -> None:
    place = Place(PlaceKind.LINE, 2, "The cell")
    passage = Passage("Plants need light.\nA nucleus holds DNA.\nAll cells have walls.", place, lines=(2, 5, 7))
    material = Material("notes", (passage,))

    for quote, line in (("Plants need light", 2), ("holds DNA.\nAll cells", 5), ("All cells have walls.", 7)):
        evidence = find_evidence(quote, material)
        assert evidence is not None
        assert evidence.place == Place(PlaceKind.LINE, line, "The cell")
        assert passage.has(evidence)
    assert not passage.has(Evidence("All cells have walls.", place))


@pytest.mark.parametrize(
    "quote",
    [
        'The nucleus - "the brain of the cell" - holds most',
        "The  nucleus\n— «the brain\tof the cell» – holds most",
        "The nu\u00adcleus — “the brain of\u00a0the cell” — holds most",
        "The nu-\ncleus — “the brain of the cell” — holds most",
        "“The nucleus — “the brain of the cell” — holds most”",
        "The nucleus — “the brain of the cell” — holds most…",
        "The nucleus — “the brain of the cell” — holds most.",
    ],
)
def test_white_space_quotes_dashes_and_hyphenation_do_not_count(quote: str) -> None:
    assert found(quote) == "The nucleus — “the brain of the cell” — holds most"


@pytest.mark.parametrize(
    "quote",
    [
        "holds most of its RNA",
        "Holds most of its DNA",
        "holds its DNA",
        "holds most of it",
        "olds most of its DNA",
        "A wellknown fact",
        "A well known fact",
        "the brain of the cell holds most of its DNA",
        "",
        " ",
        '"…"',
    ],
)
def test_other_words_are_no_evidence(quote: str) -> None:
    assert found(quote) is None


def test_a_hyphen_at_the_end_of_a_line_may_be_the_words_own_or_not() -> None:
    broken = "It is well-\nknown that photo-\nsynthesis needs light."

    assert found("well-known that photosynthesis needs", broken) == "well-\nknown that photo-\nsynthesis needs"
    assert found("wellknown that photo-synthesis needs", broken) == "well-\nknown that photo-\nsynthesis needs"


def test_a_minus_is_not_a_hyphen() -> None:
    assert found("it is 5 degrees", "Outside it is -5 degrees cold.") is None
    assert found("it is -5 degrees", "Outside it is −5 degrees cold.") == "it is −5 degrees"


def test_two_words_are_evidence_only_as_a_whole_line() -> None:
    items = "Parts of a cell:\nnucleus\ncell membrane;\nthe cytoplasm of it"

    assert found("cell membrane", items) == "cell membrane"
    assert found("Nucleus", items) is None
    assert found("nucleus", items) == "nucleus"
    assert found("cytoplasm of", items) is None


def test_the_same_letters_written_otherwise_are_found() -> None:
    decomposed = "Мои\u0306 чаи\u0306 остыл давно."

    assert found("Мой чай остыл", decomposed) == "Мои\u0306 чаи\u0306 остыл"


def test_formulas_and_other_scripts_are_found() -> None:
    assert found(r"gives \(x_{1} = \frac{-b}{2a}\) at", r"This gives \(x_{1} = \frac{-b}{2a}\) at once.")
    assert found("الوحدة الأساسية للحياة", "الخلية هي الوحدة الأساسية للحياة في الكائنات.")


WORDS = st.lists(st.text("abcдё'-1.«”—\u00ad\u0301", min_size=1, max_size=6), min_size=3, max_size=30)


@given(words=WORDS, begin=st.integers(0, 27), space=st.sampled_from([" ", "\t", "\u00a0 "]))
def test_what_stands_there_is_found_and_what_is_found_stands_there(words: list[str], begin: int, space: str) -> None:
    text = " ".join(words)
    quote = space.join(words[begin : begin + 5])
    evidence = found(quote, text)

    if evidence is None:
        assert len([word for word in words[begin : begin + 5] if word.strip("\u00ad")]) < 3
    else:
        assert evidence in text
